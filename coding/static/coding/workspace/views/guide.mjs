// The codebook at hand: what a type is, what belongs to it, what does not, its fields with their options, and search.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { fold } from '#site/elements/states.mjs';
import { icon, maybe } from './parts.mjs';

const list = (title, items, template = (item) => item) =>
  items?.length ? html`<h3>${title}</h3><ul>${items.map((item) => html`<li>${template(item)}</li>`)}</ul>` : nothing;

export function guide(desk) {
  const { guide: state } = desk.aids;
  const shown = desk.codebook.type(state.type) ?? (desk.event && desk.codebook.type(desk.event.type));
  const set = (change) => {
    Object.assign(state, change);
    desk.changed();
  };
  return html`
    <div class="guide">
      <div class="guide__search">
        ${icon('search')}
        <input type="text" data-search-codebook aria-label="Search the codebook" placeholder="Search all types, fields and options" autocomplete="off" .value=${live(state.words)} @input=${({ target }) => set({ words: target.value })} />
      </div>
      ${state.words.trim() ? results(desk, state.words, (type) => set({ type, words: '' })) : shown ? oneType(desk, shown, set) : allTypes(desk, set)}
    </div>
  `;
}

function oneType(desk, type, set) {
  const isOpen = desk.event?.type === type.code;
  const go = ({ versus }) => desk.codebook.type(versus) ? html`<button class="linklike" type="button" @click=${() => set({ type: versus })}><strong>${versus}</strong></button>` : html`<strong>${versus}</strong>`;
  return html`
    <div class="prose">
      ${isOpen ? nothing : html`<p class="guide__which"><span class="type-code">${type.code}</span> <strong>${type.label}</strong>
        <button class="linklike small" type="button" @click=${() => set({ type: null })}>${desk.event ? 'back to the type of this event' : 'all types'}</button></p>`}
      <p class="guide__definition">${type.definition}</p>
      ${notes(desk, type.code, '')}
      ${list('Include', type.include)} ${list('Exclude', type.exclude)}
      ${list('Boundaries', type.boundary, (one) => html`${go(one)} ${one.rule}`)}
      ${type.counting ? html`<h3>Counting</h3><p>${type.counting}</p>` : nothing}
      ${list('Examples', type.examples, ({ code_as: codes, text }) => html`<span class="type-code">${codes?.length ? codes.join(' ') : 'no event'}</span> ${text}`)}
      <h3>Fields</h3>
    </div>
    ${desk.codebook.fieldsOf(type.code).map((field) => fieldGuide(desk, type, field))}
  `;
}

function fieldGuide(desk, type, field) {
  return html`<details class="guide__field" ?open=${desk.event?.type === type.code && desk.field === field.name}>
    <summary>${field.label} <span class="soft">${field.kind.replaceAll('_', ' ')}</span></summary>
    ${maybe(field.help, () => html`<p>${field.help}</p>`)}
    ${notes(desk, type.code, field.name)}
    ${maybe(field.options.length, () => html`<dl>${field.options.map(({ code, label, definition }) => html`<dt><span class="number soft">${code}</span> ${label}</dt><dd>${definition ?? nothing}</dd>`)}</dl>`)}
    ${maybe(!field.help && !field.options.length, () => html`<p class="soft">${desk.codebook.isOwn(type.code, field.name) ? `A field of ${type.label}.` : 'A field of every event.'}</p>`)}
  </details>`;
}

/** Notes of the PI on a type or a field. */
export function notes(desk, type, field) {
  const found = desk.aids.questions.notes.filter((note) => note.field === field && (note.type === type || (!note.type && !field)));
  return found.map(({ words }) => html`<div class="guide__note">${icon('info')}<div><strong>Note of the PI:</strong> ${words}</div></div>`);
}

function allTypes(desk, set) {
  return html`<ul class="guide__types">${desk.codebook.types.map(({ code, label, definition }) => html`<li><button class="linklike" type="button" @click=${() => set({ type: code })}><span class="type-code">${code}</span> ${label}</button><p class="soft small">${definition}</p></li>`)}</ul>`;
}

const MOST = 60;

function results(desk, words, go) {
  const found = searched(desk.codebook, words);
  if (!found.length) return html`<p class="soft">The codebook does not speak of “${words.trim()}”.</p>`;
  return html`
    <p class="small soft" role="status">${found.length > MOST ? `The first ${MOST} of ${found.length} places` : `${found.length} ${found.length === 1 ? 'place' : 'places'}`}</p>
    <ul class="guide__types">${found.slice(0, MOST).map(({ type, where, text }) => html`<li><button class="linklike" type="button" @click=${() => go(type.code)}><span class="type-code">${type.code}</span> ${where}</button><p class="soft small">${text}</p></li>`)}</ul>
  `;
}

/** Every place of the codebook that holds all the words: [{type, where, text}]; a field of all types once. */
export function searched(codebook, words) {
  const sought = fold(words).split(' ').filter(Boolean);
  const holds = (...texts) => {
    const text = fold(texts.filter(Boolean).join(' '));
    return sought.every((word) => text.includes(word));
  };
  const found = [];
  const told = new Set();
  const take = (type, where, text) => found.push({ type, where, text });
  for (const type of codebook.types) {
    if (holds(type.code, type.label, type.definition)) take(type, type.label, type.definition);
    for (const [name, items] of [['include', type.include], ['exclude', type.exclude], ['example', type.examples?.map(({ text }) => text)], ['boundary', type.boundary?.map(({ versus, rule }) => `${versus}: ${rule}`)]])
      for (const text of items ?? []) if (holds(text)) take(type, `${type.label}, ${name}`, text);
    for (const field of codebook.fieldsOf(type.code)) {
      if (told.has(field.name) && !codebook.isOwn(type.code, field.name)) continue;
      told.add(field.name);
      if (holds(field.label, field.help)) take(type, field.label, field.help ?? '');
      for (const option of field.options) if (holds(option.label, option.definition)) take(type, `${field.label}: ${option.label}`, option.definition ?? '');
    }
  }
  return found;
}
