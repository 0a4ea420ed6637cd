// What a field rests on: the passages under it, the whole document, and what can be linked now.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { wantsEvidence } from '../codebook.mjs';
import { icon, maybe, shorten } from './parts.mjs';

export function evidence(desk, field, isActive) {
  const { event, readonly } = desk;
  const passages = (event.evidence[field.name] ?? []).map((id) => desk.passage(id)).sort((a, b) => a.start - b.start);
  const whole = event.whole_document[field.name];
  const isAsking = desk.asking?.about === 'whole' && desk.asking.field === field.name;
  const canLink = isActive && desk.mark && !readonly;
  const again = isActive && !desk.mark && !readonly && !passages.length && field.level !== 'none' ? desk.lastFor(field.name) : null;
  if (!passages.length && whole === undefined && !isAsking && !canLink && !again)
    return wantsEvidence(field, event) ? html`<p class="coded__unproved">no passage yet</p>` : nothing;
  const shown = desk.isUnfolded(field.name) ? passages : folded(passages, desk.last);
  return html`
    ${maybe(passages.length || whole !== undefined, () => html`<ul class="chips" aria-label="Evidence for ${field.label}">
      ${repeat(shown, ({ id }) => id, (passage) => chip(desk, field, passage))}
      ${maybe(shown.length < passages.length, () => html`<li><button class="linklike small" type="button" @click=${() => desk.unfold(field.name)}>All ${passages.length} passages</button></li>`)}
      ${maybe(
        whole !== undefined,
        () => html`<li class="chip chip--whole">
          <span class="chip__quote">${icon('document')} Whole document: ${whole}</span>
          ${maybe(!readonly, () => html`<button class="chip__end" type="button" aria-label="Take back" @click=${() => desk.setWhole(field.name, '')}>×</button>`)}
        </li>`,
      )}
    </ul>`)}
    ${maybe(isAsking, () => wholeForm(desk, field))}
    ${maybe(
      canLink,
      () => html`<button class="button button--small coded__link" type="button" @click=${() => desk.linkMark(field.name)}>
        ${icon('link')}Link the marked passage <kbd>Enter</kbd>
      </button>`,
    )}
    ${maybe(
      again,
      () => html`<button class="suggested__one" type="button" title="Link it here too (Shift+Enter)" @click=${() => desk.linkAgain(field.name)}>
        ${icon('link')}<span class="coded__again">the same passage: <q>${shorten(desk.map.slice(again.start, again.end), 60)}</q></span> <kbd>Shift</kbd> <kbd>Enter</kbd>
      </button>`,
    )}
  `;
}

const MOST = 12; // more passages than these make way for the next field until somebody wants them

/** The first few, and the one that was linked last. */
const folded = (passages, last) => (passages.length <= MOST ? passages : passages.filter(({ id }, index) => index < MOST - 2 || id === last));

// Which key moves which end of a passage, where somebody chose others.
const endMoves = (chosen) => ({
  [chosen.start_left ?? '[']: ['start', -1],
  [chosen.start_right ?? '{']: ['start', 1],
  [chosen.end_right ?? ']']: ['end', 1],
  [chosen.end_left ?? '}']: ['end', -1],
});

function chip(desk, field, { id, start, end }) {
  const page = desk.map.pageOf(start);
  const quote = desk.map.slice(start, end);
  const keydown = (event) => {
    const move = endMoves(desk.aids.keys.keys)[event.key];
    if (move) desk.adjust(id, ...move);
    else if (event.key === 'Delete' || event.key === 'Backspace') desk.unlink(field.name, id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`
    <li class="chip">
      <button class="chip__quote" type="button" title="Show in the text; [ ] move its ends" @click=${() => desk.reveal(id)} @keydown=${desk.readonly ? nothing : keydown}>
        ${maybe(page, () => html`<span class="chip__page">p. ${page}</span>`)}<q>${shorten(quote)}</q>
      </button>
      ${maybe(!desk.readonly, () => html`<button class="chip__end" type="button" aria-label="Unlink “${shorten(quote, 40)}”" @click=${() => desk.unlink(field.name, id)}>×</button>`)}
    </li>
  `;
}

function wholeForm(desk, field) {
  const send = (event) => {
    event.preventDefault();
    const reason = new FormData(event.target).get('reason').trim();
    if (reason) desk.setWhole(field.name, reason);
  };
  return html`<form class="asking" @submit=${send}>
    <label for="whole-${field.name}">Why no single passage shows it</label>
    <input id="whole-${field.name}" name="reason" required maxlength="500" autocomplete="off" />
    <div class="actions">
      <button class="button button--small button--primary" type="submit">Whole document</button>
      <button class="button button--small button--quiet" type="button" @click=${() => desk.ask(null)}>Cancel</button>
    </div>
  </form>`;
}
