// One event's form: each field with its control, what was understood, what is wrong, and the passages it rests on.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { isMember, spellsOf } from '#site/elements/states.mjs';
import { isMissing } from '../conditions.mjs';
import { control, isGroup } from './controls.mjs';
import { evidence } from './evidence.mjs';
import { icon, maybe } from './parts.mjs';
import { thread } from './questions.mjs';
import { roleProposal } from './references.mjs';

export function fields(desk) {
  const { event, codebook } = desk;
  const isOwn = ({ field }) => codebook.isOwn(event.type, field.name);
  const layout = codebook.layout(event).map((row, index) => ({ ...row, index })).slice(0, desk.rows);
  const group = (rows, title) =>
    rows.length
      ? html`<section class="coded-group"><h3>${title}</h3>${repeat(rows, ({ field }) => field.name, (row) => fieldRow(desk, row))}</section>`
      : nothing;
  return html`
    ${group(layout.filter((row) => !isOwn(row)), 'Every event')}
    ${group(layout.filter(isOwn), codebook.labelOf(event.type))}
  `;
}

function fieldRow(desk, { field, required, open, index }) {
  const { event, session, readonly } = desk;
  const id = `field-${field.name}`;
  const value = event.values[field.name];
  const refused = session.refusal(event.id, field.name);
  const problem = desk.problemAt(event.id, field.name);
  const isActive = desk.field === field.name;
  const describedBy = `${id}-help ${id}-said`;
  const label = html`${index < 9 ? html`<kbd aria-hidden="true">${index + 1}</kbd>` : nothing}${field.label}${maybe(
    required,
    () => html`<span class="coded__required" title="Required"><span aria-hidden="true">•</span><span class="hidden-visually">, required</span></span>`,
  )}${maybe(field.unit && field.kind !== 'date', () => html` <span class="coded__unit">${field.unit}</span>`)}`;
  return html`
    <div
      class="coded"
      data-field=${field.name}
      data-state=${refused || problem ? 'refused' : open ? 'open' : 'rest'}
      ?data-active=${isActive}
      @focusin=${() => desk.focus(field.name)}
    >
      <div class="coded__head">
        ${isGroup(field) || isMissing(value)
          ? html`<span class="coded__label" id="${id}-label">${label}</span>`
          : html`<label class="coded__label" id="${id}-label" for=${id}>${label}</label>`}
      </div>
      ${isMissing(value) && !field.options?.some(({ code }) => String(code) === value)
        ? missingTag(desk, field, value)
        : control(desk, { field, value, id, describedBy, readonly, invalid: Boolean(refused || problem) })}
      ${maybe(!readonly, () => fieldMenu(desk, field, value))}
      <p class="coded__said" id="${id}-said">${definitionOf(field, value)}</p>
      ${maybe(field.name === 'provider_role', () => roleProposal(desk, field, value))}
      ${maybe(STATES.has(field.kind), () => strangers(desk, value))}
      ${maybe(refused, () => html`<p class="coded__wrong">${icon('alert')}Not saved: ${refused.message}</p>`)}
      ${maybe(problem && !refused, () => html`<p class="coded__wrong">${icon('alert')}${problem.message}</p>`)}
      <p class="coded__help" id="${id}-help">${field.help || nothing}</p>
      ${evidence(desk, field, isActive)}
      ${desk.aids.questions.of(event.id, field.name).map((one) => thread(desk, one))}
    </div>
  `;
}

const STATES = new Set(['state', 'state_list', 'state_integer_table']);

// Who was no member of the state system on the days of the event; coding it is allowed, slipping into it is not.
function strangers(desk, value) {
  const held = typeof value === 'number' ? [value] : Array.isArray(value) ? value : value && typeof value === 'object' ? Object.keys(value) : [];
  const outside = held.map((code) => desk.states.byCode(code)).filter((state) => state && !isMember(state, desk.days));
  return outside.map((state) => html`<p class="coded__caution">${icon('alert')}${state.name} was no member of the state system on this date (member ${spellsOf(state)}).</p>`);
}

// The definition of what was chosen, so that a slip is seen at once.
function definitionOf(field, value) {
  if (!field.options?.length || value === undefined) return nothing;
  const held = Array.isArray(value) ? value : [value];
  return field.options
    .filter(({ code }) => held.some((one) => String(one) === String(code)))
    .map(({ label, definition }) => (definition ? html`<span>${held.length > 1 ? html`<b>${label}:</b> ` : nothing}${definition}</span> ` : nothing));
}

function missingTag(desk, field, value) {
  const option = desk.codebook.missing.find(({ code }) => code === value);
  return html`<div class="coded__missing">
    <span class="tag tag--missing ${desk.readonly ? 'tag--plain' : ''}" title=${option?.definition ?? nothing}>
      ${option?.label ?? value} (${value})
      ${maybe(!desk.readonly, () => html`<button id="field-${field.name}" type="button" aria-label="Remove ${option?.label ?? value} and give a value" @click=${() => desk.put(field, { blank: true })}>×</button>`)}
    </span>
  </div>`;
}

function fieldMenu(desk, field, value) {
  const missing = field.kind === 'spans' ? [] : desk.codebook.missingFor(field);
  return html`
    <details class="menu coded__menu">
      <summary aria-label="No value, or evidence for ${field.label}" title="No value, whole document">${icon('more')}</summary>
      <div class="menu__list">
        ${missing.map(
          (option) => html`<button type="button" title=${option.definition ?? nothing} @click=${() => desk.put(field, { value: option.code })}>
            ${icon('missing')}<span>${option.label} <span class="soft number">${option.code}</span></span>
          </button>`,
        )}
        ${maybe(value !== undefined, () => html`<button type="button" @click=${() => desk.put(field, { blank: true })}>${icon('close')}Clear the value</button>`)}
        <hr />
        ${maybe(desk.mark, () => html`<button type="button" @click=${() => desk.linkMark(field.name)}>${icon('link')}Link the marked passage</button>`)}
        <button type="button" @click=${() => desk.ask({ about: 'whole', field: field.name })}>${icon('document')}Rests on the whole document…</button>
        <button type="button" @click=${() => desk.aids.questions.begin({ event: desk.open, field: field.name })}>${icon('question')}Ask the PI about this…</button>
      </div>
    </details>
  `;
}
