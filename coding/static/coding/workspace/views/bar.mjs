// What the bar says and does: where the work is, back and forth in history, submitting.
import { html, nothing } from 'lit-html';
import { durationWords } from '../aids/activity.mjs';
import { icon, keyHint, maybe } from './parts.mjs';

const operations = (count) => (count === 1 ? '1 change' : `${count} changes`);

/** The truth about where the work is: [tone, icon, words]. */
export function statusWords(status) {
  const { kind, count, trouble, detail } = status;
  switch (kind) {
    case 'saved':
      return ['agree', 'cloud', 'Saved'];
    case 'writing':
      return ['info', 'computer', 'Saving on this computer'];
    case 'sending':
      return ['info', 'cloud', `Saved on this computer, sending ${count}`];
    case 'local':
      if (trouble?.kind === 'unreachable') return ['caution', 'computer', `No connection. Saved on this computer, ${count} to send`];
      if (trouble) return ['caution', 'computer', `Saved on this computer, ${count} to send; ${trouble.detail}`];
      return ['info', 'computer', `Saved on this computer, ${count} to send`];
    case 'typing':
      return ['info', 'computer', 'Saved on this computer; sent when you leave the field'];
    case 'refused':
      return ['differ', 'alert', `Not saved: ${count === 1 ? '1 value is' : `${count} values are`} not accepted`];
    case 'disk':
      return ['differ', 'alert', `Not saved: ${operations(count)} only in this window (${detail})`];
    case 'closed':
      return ['differ', 'lock', `Not saved: ${operations(count)} not taken, kept on this computer`];
    case 'signed-out':
      return ['differ', 'lock', `Not saved: you are signed out; ${operations(count)} kept on this computer`];
  }
  return ['missing', 'missing', ''];
}

export function statusLine(status, showRefused) {
  const [tone, name, words] = statusWords(status);
  const body = html`${icon(name)}<span>${words}</span>`;
  if (status.kind === 'refused') return html`<button class="status" data-tone=${tone} type="button" @click=${showRefused}>${body}</button>`;
  if (status.kind === 'signed-out') return html`<a class="status" data-tone=${tone} href="" target="_blank">${body}, sign in</a>`;
  return html`<span class="status" data-tone=${tone}>${body}</span>`;
}

const LIFECYCLE = {
  submitted: ['agree', 'check', 'Submitted'],
  sent_back: ['caution', 'undo', 'Sent back to you'],
  withdrawn: ['missing', 'lock', 'Withdrawn'],
};

export function tools(desk, { submit, isSubmitting }) {
  const { session, readonly } = desk;
  const state = LIFECYCLE[session.lifecycle];
  return html`
    <span class="workbar__time" title="Active time on this document; pauses of more than a minute are left out">${icon('clock')}<span class="hidden-visually">Active time: </span>${durationWords(desk.aids.activity.total)}</span>
    ${maybe(state, () => html`<span class="badge" data-tone=${state[0]}>${icon(state[1])}${state[2]}</span>`)}
    ${maybe(
      !readonly,
      () => html`
        <button class="button button--quiet button--small button--icon" type="button" title="Undo (Ctrl+Z)" aria-label="Undo" ?disabled=${!session.canUndo} @click=${() => desk.undo()}>${icon('undo')}</button>
        <button class="button button--quiet button--small button--icon" type="button" title="Redo (Ctrl+Shift+Z)" aria-label="Redo" ?disabled=${!session.canRedo} @click=${() => desk.redo()}>${icon('redo')}</button>
        <button class="button button--primary button--small" type="button" ?disabled=${isSubmitting} @click=${submit} title="Submit (Ctrl+Enter)">${icon('send')}${isSubmitting ? 'Submitting' : 'Submit'}</button>
      `,
    )}
    ${maybe(readonly && !state && !desk.locked, () => html`<span class="badge">${icon('lock')}Read-only</span>`)}
  `;
}

/** What would happen with the marked passage. */
export function markBar(desk, quote) {
  const { mark, event, readonly } = desk;
  if (!mark || readonly) return nothing;
  const field = event && (desk.fieldOf(desk.field) ?? desk.codebook.spansField(event.type));
  const page = desk.map.pageOf(mark.start);
  return html`
    <div class="markbar">
      <span class="markbar__quote">${page ? html`<span class="chip__page">p. ${page}</span>` : nothing}<q>${quote}</q></span>
      ${field
        ? html`<button class="button button--small button--primary" type="button" @click=${() => desk.linkMark()}>${icon('link')}<span class="markbar__target">Link to ${field.label}</span> <kbd>Enter</kbd></button>`
        : html`<span class="small soft">New event ${keyHint(desk, 'new_event', 'n')} begins one with it</span>`}
      <button class="button button--quiet button--small button--icon" type="button" aria-label="Ask the PI about it" title="Ask the PI about it (Q)" @click=${() => desk.aids.questions.begin(desk.place)}>${icon('question')}</button>
      <button class="button button--quiet button--small button--icon" type="button" aria-label="Drop the mark" title="Drop the mark (Esc)" @click=${() => desk.setMark(null)}>${icon('close')}</button>
    </div>
  `;
}
