// The history of one event: when, by whom, and from what to what.
import { html, nothing } from 'lit-html';
import { historyOf } from '../histories.mjs';
import { wordsOf } from '../words.mjs';
import { icon, maybe, shorten } from './parts.mjs';

export function historyPane(desk) {
  const lines = historyOf(desk.aids.operations, desk.event.id).reverse();
  return html`
    <div class="history">
      ${maybe(!desk.aids.history, () => html`<p class="soft small">Only what was done since this page was opened can be told: the server cannot be reached.</p>`)}
      <ol class="history__list">${lines.map((line) => html`<li>${told(desk, line)}</li>`)}</ol>
    </div>
  `;
}

const ICONS = { added: 'plus', removed: 'bin', restored: 'undo', linked: 'link', unlinked: 'close', moved: 'link', near_miss: 'missing' };

function told(desk, { at, by, isTurn, ...line }) {
  return html`
    ${icon(ICONS[line.kind] ?? 'pen')}
    <div>
      <p>${sentence(desk, line)}</p>
      <p class="soft">${at ? html`<time datetime=${at}>${new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' })}</time>, ${by}` : 'not sent yet'}${isTurn === 'undo' ? ', undone' : isTurn === 'redo' ? ', done again' : nothing}</p>
    </div>
  `;
}

function sentence(desk, { kind, field, before, after, passage }) {
  const known = desk.codebook.field(desk.event.type, field) ?? { label: field };
  const words = (value) => wordsOf(known, value, desk.names, desk.codebook.missing);
  const quote = () => (passage ? html`<q>${shorten(desk.map.slice(passage.start, passage.end), 80)}</q>` : nothing);
  switch (kind) {
    case 'added':
      return html`Begun as <b>${desk.codebook.labelOf(after)}</b>`;
    case 'removed':
      return 'Removed';
    case 'restored':
      return 'Brought back';
    case 'type':
      return html`Type: <del>${desk.codebook.labelOf(before)}</del> → <ins>${desk.codebook.labelOf(after)}</ins>`;
    case 'near_miss':
      return after === null ? 'An event after all' : html`Near miss: <ins>${desk.codebook.nearMissReasons.find(({ code }) => String(code) === after)?.label ?? after}</ins>`;
    case 'whole':
      return html`<b>${known.label}</b>: ${after === undefined ? 'no longer rests on the whole document' : html`rests on the whole document: ${after}`}`;
    case 'linked':
      return html`<b>${known.label}</b>: passage linked ${quote()}`;
    case 'unlinked':
      return html`<b>${known.label}</b>: passage unlinked ${quote()}`;
    case 'moved':
      return html`<b>${known.label}</b>: passage is now ${quote()}`;
  }
  return html`<b>${known.label}</b>: ${before === undefined ? nothing : html`<del>${words(before)}</del> → `}<ins>${words(after)}</ins>`;
}
