// Work that this computer keeps and the server will not take any more: what it is, as a download, or given up.
import { html, nothing } from 'lit-html';
import { wordsOf } from '../words.mjs';
import { icon, maybe, shorten } from './parts.mjs';

const SHOWN = 8;

export function leftover(desk, sync) {
  const { status } = sync;
  const { records } = desk.session;
  if (status.kind !== 'closed' || !records.length) return nothing;
  const lines = records.map((record) => lineOf(desk, record));
  return html`<section class="notice leftover" data-tone="differ" aria-labelledby="leftover-title">
    ${icon('lock')}
    <div>
      <h2 id="leftover-title">${records.length === 1 ? '1 change was' : `${records.length} changes were`} not taken</h2>
      <p>${sentence(status.detail)} What you did since is kept on this computer only:</p>
      <ul>${lines.slice(0, SHOWN).map((line) => html`<li>${line}</li>`)}${maybe(lines.length > SHOWN, () => html`<li class="soft">and ${lines.length - SHOWN} more</li>`)}</ul>
      <p class="soft">If it should count, ask the manager to give you the document back before you discard it: it is sent as soon as you open it then.</p>
      <div class="actions">
        <button class="button button--small" type="button" @click=${() => download(desk, lines)}>${icon('download')}Download it</button>
        <button class="button button--small button--quiet" type="button" @click=${() => discard(desk, sync, lines)}>${icon('bin')}Discard it…</button>
      </div>
    </div>
  </section>`;
}

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;

async function discard(desk, sync, lines) {
  const what = lines.slice(0, SHOWN).join('\n');
  if (!confirm(`Discard what was not taken? It is nowhere else and cannot be brought back:\n\n${what}${lines.length > SHOWN ? `\nand ${lines.length - SHOWN} more` : ''}`)) return;
  await sync.discard();
  desk.say('Discarded. What the server has is shown.');
}

function download(desk, lines) {
  const { session, work } = desk;
  const kept = { assignment: work.id, document: work.document, version: session.version, not_taken: lines, operations: session.records };
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], { type: 'application/json' }));
  link.download = `not-taken-${work.id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** One change in plain words, without the event's history. */
function lineOf(desk, { operation, refused }) {
  const { kind, event: id, field: name } = operation;
  const { codebook, session, names } = desk;
  const event = session.state.events[id];
  const field = (event && codebook.field(event.type, name)) ?? { label: name };
  const quote = () => ` “${shorten(desk.map.slice(operation.start, operation.end), 60)}”`;
  const words = {
    'event.add': () => 'begun',
    'event.remove': () => 'removed',
    'event.restore': () => 'brought back',
    'event.type': () => `now ${codebook.labelOf(operation.type)}`,
    'value.set': () => `${field.label}: ${wordsOf(field, operation.value, names, codebook.missing)}${refused ? ' (not accepted)' : ''}`,
    'value.clear': () => `${field.label}: cleared`,
    'passage.link': () => `${field.label}: passage${quote()}`,
    'passage.unlink': () => `${field.label}: a passage unlinked`,
    'passage.move': () => `a passage is now${quote()}`,
    'whole.set': () => `${field.label}: rests on the whole document`,
    'whole.clear': () => `${field.label}: no longer rests on the whole document`,
    'near_miss.set': () => (operation.near_miss ? 'a near miss' : 'no near miss'),
    'outcome.set': () => `Outcome of the document: ${(operation.outcome || 'none').replaceAll('_', ' ')}`,
  }[kind];
  const about = event ? `Event ${desk.events.indexOf(event) + 1 || '(removed)'}, ${event.values.title ?? codebook.labelOf(event.type)}: ` : '';
  return `${about}${words ? words() : kind}`;
}
