// Questions to the PI: what was asked on this document, what came back, and asking.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { icon, keyHint, maybe, shorten } from './parts.mjs';

const day = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });

export function questionsPane(desk) {
  const { questions } = desk.aids;
  const newestFirst = [...questions.list].reverse();
  return html`
    <div class="asked-pane">
      ${questions.about ? askForm(desk) : html`<button class="button button--small" type="button" @click=${() => questions.begin(desk.place)}>${icon('question')}Ask the PI ${keyHint(desk, 'ask', 'q')}</button>`}
      ${newestFirst.length
        ? html`<ul class="asked-list">${repeat(newestFirst, ({ id }) => id, (one) => html`<li>${thread(desk, one)}</li>`)}</ul>`
        : maybe(!questions.about, () => html`<p class="soft small">Nothing asked on this document. Only the PI and you see what you ask. An answer comes back here.</p>`)}
    </div>
  `;
}

export function thread(desk, { event, field, start, end, quote, words, asked_at: at, answer, answered_at: answeredAt, is_new: isNew }) {
  const live = event && desk.session.state.events[event];
  const about = live && !live.removed ? aboutWords(desk, live, field) : null;
  return html`
    <article class="asked">
      <p class="asked__about">
        ${about ? html`<button class="linklike" type="button" @click=${() => desk.show(event, field || null)}>${about}</button>` : event ? 'An event since removed' : quote ? 'A passage' : 'The document'}
        <span class="soft">· ${day(at)}</span>
      </p>
      ${maybe(quote, () => html`<button class="chip__quote asked__quote" type="button" @click=${() => desk.showPlace({ start, end })}><q>${shorten(quote)}</q></button>`)}
      <p>${words}</p>
      ${answer
        ? html`<div class="asked__answer">${icon('check')}<div>${maybe(isNew, () => html`<span class="badge" data-tone="agree">new</span> `)}${answer}<p class="soft">PI, ${day(answeredAt)}</p></div></div>`
        : html`<p class="soft">${icon('clock')} Not answered yet.</p>`}
    </article>
  `;
}

function aboutWords(desk, event, field) {
  const number = desk.events.indexOf(event) + 1;
  const label = field && desk.codebook.field(event.type, field)?.label;
  return `Event ${number}, ${desk.codebook.labelOf(event.type)}${label ? `: ${label}` : ''}`;
}

function askForm(desk) {
  const { questions } = desk.aids;
  const { event, field, mark } = questions.about;
  const coded = event && desk.session.state.events[event];
  const about = coded ? aboutWords(desk, coded, field) : mark ? 'a passage' : 'the document';
  const send = (submitted) => {
    submitted.preventDefault();
    questions.send(desk.aids.settle);
  };
  return html`<form class="asking" @submit=${send}>
    <label for="question">Question to the PI on ${about}</label>
    ${mark ? html`<q class="asked__quote">${shorten(desk.map.slice(mark.start, mark.end), 160)}</q>` : nothing}
    <textarea id="question" rows="3" maxlength="4000" required .value=${live(questions.words)} @input=${({ target }) => (questions.words = target.value)}></textarea>
    ${maybe(questions.trouble, () => html`<p class="coded__wrong" role="alert">${icon('alert')}${questions.trouble}</p>`)}
    <div class="actions">
      <button class="button button--small button--primary" type="submit" ?disabled=${questions.isAsking}>${questions.isAsking ? 'Asking' : 'Ask'}</button>
      <button class="button button--small button--quiet" type="button" @click=${() => questions.cancel()}>Cancel</button>
    </div>
  </form>`;
}
