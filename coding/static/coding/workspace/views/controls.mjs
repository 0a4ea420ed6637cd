// The control for each kind of field. A control reads the desk and tells it what was put; it keeps nothing.
import { html, nothing } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { readMoney, readText, stateList, toggleCode } from '../checks.mjs';
import { icon, maybe } from './parts.mjs';
import { alliance, eventRef } from './references.mjs';

const LONGEST_PILLS = 14; // more options than this are a list to open
const SCALES = ['units', 'thousands', 'millions', 'billions'];

/** @param place {field, value, id, describedBy, readonly, invalid} */
export function control(desk, place) {
  const template = (kinds[place.field.kind] ?? kinds.text)(desk, place);
  return OWN_MIND.has(place.field.kind) ? keyed(desk.open, template) : template;
}

// Controls that keep half-typed things to themselves; they begin anew with each event, the others are used again.
const OWN_MIND = new Set(['state', 'state_list', 'date', 'money', 'state_integer_table']);

/** Is the control one input that a <label for> can name, or a group? */
export const isGroup = ({ kind, options }) =>
  kind === 'multi_choice' ||
  kind === 'boolean' ||
  kind === 'money' ||
  kind === 'state_integer_table' ||
  kind === 'spans' ||
  kind === 'event_ref' ||
  kind === 'event_refs' ||
  (kind === 'single_choice' && options.length <= LONGEST_PILLS);

const line = (inputMode) => (desk, { field, id, describedBy, readonly, invalid }) => html`
  <input
    id=${id}
    type="text"
    inputmode=${inputMode}
    autocomplete="off"
    .value=${live(desk.textOf(field))}
    ?readonly=${readonly}
    aria-describedby=${describedBy}
    aria-invalid=${invalid ? 'true' : nothing}
    @input=${({ target }) => (inputMode === 'text' ? desk.type(field, target.value) : desk.draft(field, target.value))}
    @change=${(event) => desk.commit(field, event.target.value)}
  />
`;

const LONG_TEXT = /note|reason|comment|clause|summary/;

const text = (desk, place) => {
  const { field, id, describedBy, readonly } = place;
  if (!LONG_TEXT.test(field.name)) return line('text')(desk, place);
  return html`<textarea
    id=${id}
    rows="2"
    .value=${live(desk.textOf(field))}
    ?readonly=${readonly}
    aria-describedby=${describedBy}
    @input=${(event) => desk.type(field, event.target.value)}
    @change=${(event) => desk.commit(field, event.target.value)}
  ></textarea>`;
};

const pill = ({ type, name, option, checked, readonly, onClick, onChange }) => html`
  <label class="choice ${type === 'checkbox' ? 'choice--square' : ''}" title=${option.definition || nothing}>
    <input
      type=${type}
      name=${name}
      value=${option.code}
      .checked=${checked /* not live: a drawing between click and change would take the click back */}
      ?disabled=${readonly}
      @click=${onClick ?? nothing}
      @change=${onChange}
    />
    ${maybe(checked && type === 'checkbox', () => icon('check'))}<span>${option.label}</span>
  </label>
`;

function pills(desk, { field, value, id, describedBy, readonly }, options) {
  const clear = () => desk.put(field, { blank: true });
  const isHeld = (code) => value !== undefined && String(value) === String(code);
  return html`
    <div
      class="choices"
      role="radiogroup"
      aria-labelledby="${id}-label"
      aria-describedby=${describedBy}
      @keydown=${(event) => {
        if (event.key !== 'Backspace' && event.key !== 'Delete') return;
        event.preventDefault();
        clear();
      }}
    >
      ${options.map((option) =>
        pill({
          type: 'radio',
          name: `${desk.open}-${field.name}`,
          option,
          checked: isHeld(option.code),
          readonly,
          onClick: () => isHeld(option.code) && queueMicrotask(clear), // a second click takes it back
          onChange: ({ target }) => target.checked && desk.put(field, { value: option.code }, { typing: true }),
        }),
      )}
    </div>
  `;
}

const choice = (desk, place) => {
  const { field, value, id, describedBy, readonly } = place;
  if (field.options.length <= LONGEST_PILLS) return pills(desk, place, field.options);
  const pick = (event) => {
    const option = field.options.find(({ code }) => String(code) === event.target.value);
    desk.put(field, option ? { value: option.code } : { blank: true });
  };
  return html`
    <select id=${id} aria-describedby=${describedBy} ?disabled=${readonly} @change=${pick}>
      <option value="" ?selected=${value === undefined}></option>
      ${field.options.map(
        ({ code, label }) => html`<option value=${code} ?selected=${String(code) === String(value)}>${label}</option>`,
      )}
    </select>
  `;
};

const choices = (desk, { field, id, describedBy, readonly }) => {
  const held = () => desk.event?.values[field.name]; // asked anew: two clicks may come between two drawings
  const isHeld = (code) => Array.isArray(held()) && held().includes(code);
  return html`
    <div class="choices" role="group" aria-labelledby="${id}-label" aria-describedby=${describedBy}>
      ${field.options.map((option) =>
        pill({
          type: 'checkbox',
          name: `${desk.open}-${field.name}`,
          option,
          checked: isHeld(option.code),
          readonly,
          onChange: ({ target }) => target.checked !== isHeld(option.code) && desk.put(field, toggleCode(field, held(), option.code)),
        }),
      )}
    </div>
  `;
};

const yesNo = (desk, place) =>
  pills(desk, place, [
    { code: 1, label: 'yes' },
    { code: 0, label: 'no' },
  ]);

const stateBox = (isMultiple) => (desk, { field, value, id, describedBy, readonly }) => html`
  <state-box
    input-id=${id}
    described-by=${describedBy}
    ?multiple=${isMultiple}
    ?disabled=${readonly}
    .states=${desk.states}
    .on=${desk.days}
    .value=${Array.isArray(value) ? value : typeof value === 'number' ? [value] : []}
    @change=${(event) => {
      const codes = event.currentTarget.value;
      desk.put(field, isMultiple ? stateList(codes) : codes.length ? { value: codes[0] } : { blank: true });
    }}
    @unknown=${({ detail }) => {
      const read = readText(field, detail.text); // -9 typed
      if (read.value && field.missing?.includes(read.value)) desk.put(field, read);
      else desk.put(field, { message: `“${detail.text}” is no state of the list: choose one, or type its code` }, { raw: detail.text });
    }}
  ></state-box>
`;

const date = (desk, { field, id, describedBy, readonly, invalid }) => html`
  <date-box
    input-id=${id}
    described-by=${describedBy}
    ?disabled=${readonly}
    .value=${desk.textOf(field)}
    .invalid=${invalid}
    @input=${({ target }) => desk.draft(field, target.value)}
    @change=${(event) => desk.commit(field, event.target.value)}
  ></date-box>
`;

// Inputs of a group are not `live`: what is half typed in one of them must survive a drawing.
const money = (desk, { field, value, id, describedBy, readonly, invalid }) => {
  const refused = desk.session.refusal(desk.open, field.name)?.operation.value;
  const held = refused && typeof refused === 'object' ? refused : value && typeof value === 'object' ? value : null;
  const typed = ({ currentTarget }) => {
    const [amount, currency, scale] = currentTarget.querySelectorAll('input, select');
    return { amount: amount.value, currency: currency.value, scale: scale.value };
  };
  const leave = (event) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    const raw = typed(event);
    desk.put(field, readMoney(field, raw), { raw });
  };
  const keep = (event) => desk.session.draft({ event: desk.open, field: field.name }, typed(event));
  return html`
    <div class="money" role="group" aria-labelledby="${id}-label" aria-describedby=${describedBy} @focusout=${leave} @input=${keep}>
      <input id=${id} inputmode="decimal" aria-label="Amount" placeholder="Amount" .value=${String(held?.amount ?? '')} ?readonly=${readonly} aria-invalid=${invalid ? 'true' : nothing} />
      <input class="money__currency" aria-label="Currency, three letters" placeholder="USD" maxlength="3" .value=${held?.currency ?? ''} ?readonly=${readonly} />
      <select aria-label="Scale" ?disabled=${readonly}>
        ${SCALES.map((scale) => html`<option ?selected=${(held?.scale ?? 'units') === scale}>${scale}</option>`)}
      </select>
    </div>
  `;
};

const table = (desk, { field, value, id, readonly }) => {
  const rows = value && typeof value === 'object' ? value : {};
  const put = (next) => desk.put(field, Object.keys(next).length ? { value: next } : { blank: true });
  const set = (code) => (event) => {
    const number = readText({ kind: 'integer', missing: [] }, event.target.value);
    if (number.message || number.blank) event.target.setAttribute('aria-invalid', 'true');
    else put({ ...rows, [code]: number.value });
  };
  const drop = (code) => put(Object.fromEntries(Object.entries(rows).filter(([one]) => one !== code)));
  const add = (event) => {
    const [code] = event.currentTarget.value;
    const amount = event.currentTarget.parentElement.querySelector('input[data-amount]');
    const number = readText({ kind: 'integer', missing: [] }, amount.value);
    if (code === undefined || number.value === undefined) return amount.focus();
    event.currentTarget.value = [];
    amount.value = '';
    put({ ...rows, [code]: number.value });
  };
  return html`
    <div class="statetable" role="group" aria-labelledby="${id}-label">
      ${repeat(
        Object.entries(rows),
        ([code]) => code,
        ([code, number]) => html`
          <span>${desk.states.nameOf(code)}</span>
          <input inputmode="numeric" aria-label="${desk.states.nameOf(code)}" .value=${String(number)} ?readonly=${readonly} @change=${set(code)} />
          <button class="button button--quiet button--small button--icon" type="button" ?disabled=${readonly} aria-label="Remove ${desk.states.nameOf(code)}" @click=${() => drop(code)}>${icon('close')}</button>
        `,
      )}
      ${maybe(
        !readonly,
        () => html`
          <state-box input-id=${id} label="State" placeholder="State" .states=${desk.states} .on=${desk.days} @change=${add}></state-box>
          <input data-amount inputmode="numeric" aria-label="Number for this state" placeholder="Number" @change=${(event) => add({ currentTarget: event.target.parentElement.querySelector('state-box') })} />
          <span></span>
        `,
      )}
    </div>
  `;
};

const spans = (desk, { field, id }) => html`<p class="help" id=${id}>
  ${desk.event.evidence[field.name]?.length ? '' : 'Mark words in the text, then press Enter or “Link”.'}
</p>`;

const kinds = {
  single_choice: choice,
  multi_choice: choices,
  boolean: yesNo,
  state: stateBox(false),
  state_list: stateBox(true),
  date,
  integer: line('numeric'),
  decimal: line('decimal'),
  money,
  text,
  organisation: line('text'),
  non_state_actor: line('text'),
  treaty_ref: alliance,
  state_integer_table: table,
  event_ref: eventRef(false),
  event_refs: eventRef(true),
  spans,
};
