// Controls that refer to something: an alliance of the project's list, an event of this or of another document.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon, maybe } from './parts.mjs';

/** An alliance: typed with the list's references at hand; those that bind the event's states are one press away. */
export function alliance(desk, { field, value, id, describedBy, readonly, invalid }) {
  const { alliances } = desk.aids;
  alliances.load();
  const fitting = readonly ? [] : alliances.fitting(desk.event).filter((one) => one.reference !== value).slice(0, 4);
  const known = value && alliances.nameOf(String(value));
  return html`
    <input
      id=${id}
      type="text"
      autocomplete="off"
      list=${alliances.list?.length ? `${id}-known` : nothing}
      .value=${live(desk.textOf(field))}
      ?readonly=${readonly}
      aria-describedby=${describedBy}
      aria-invalid=${invalid ? 'true' : nothing}
      @input=${({ target }) => desk.type(field, target.value)}
      @change=${({ target }) => desk.commit(field, target.value)}
    />
    <datalist id="${id}-known">${(alliances.list ?? []).map((one) => html`<option value=${one.reference}>${one.name}</option>`)}</datalist>
    ${maybe(known, () => html`<p class="coded__said"><span>${known}</span></p>`)}
    ${maybe(alliances.list?.length && value && !known && !String(value).startsWith('-'), () => html`<p class="coded__said"><span>Not in the project's list of alliances.</span></p>`)}
    ${maybe(fitting.length, () => html`<div class="suggested" role="group" aria-label="Alliances between these states">
      ${fitting.map((one) => html`<button class="suggested__one" type="button" title=${one.name} @click=${() => desk.commit(field, one.reference)}>${icon('plus')}${one.reference}<span class="soft">${one.name}</span></button>`)}
    </div>`)}
  `;
}

/** What the list of alliances says the role is; the coder takes it or codes otherwise and says why. */
export function roleProposal(desk, field, value) {
  const { alliances } = desk.aids;
  alliances.load();
  if (!alliances.list?.length) return nothing; // a project without a list hears nothing of it
  alliances.ask(desk.event);
  const { proposal } = alliances;
  if (!proposal) return nothing;
  const from = proposal.references.length ? ` (${proposal.references.join(', ')})` : '';
  const option = field.options.find(({ code }) => code === proposal.code);
  if (!option) return html`<p class="coded__said"><span>The list of alliances does not settle it: ${proposal.reason || proposal.role}${from}.</span></p>`;
  if (value === option.code) return html`<p class="coded__said"><span>${icon('check')} as the list of alliances has it${from}</span></p>`;
  return html`<div class="suggested">
    ${maybe(!desk.readonly, () => html`<button class="suggested__one" type="button" @click=${() => desk.put(field, { value: option.code })}>${icon('plus')}${option.label}<span class="soft">from the list of alliances${from}</span></button>`)}
    ${maybe(value !== undefined, () => html`<p class="coded__said"><span>The list of alliances says ${option.label}${from}; say in the note why it is otherwise.</span></p>`)}
  </div>`;
}

const otherEvents = (desk) => desk.events.filter(({ id }) => id !== desk.open);

const listOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Events of this document as choices, and of the coder's other documents by search. */
export const eventRef = (isMultiple) => (desk, { field, value, id, describedBy, readonly }) => {
  const held = listOf(value);
  const here = otherEvents(desk);
  const isHere = (one) => here.some((event) => event.id === one);
  const put = (next) => desk.put(field, next.length ? { value: isMultiple ? next : next.at(-1) } : { blank: true });
  const toggle = (one) => put(held.includes(one) ? held.filter((other) => other !== one) : isMultiple ? [...held, one] : [one]);
  const isAsking = desk.asking?.about === 'elsewhere' && desk.asking.field === field.name;
  const shown = [...here.map(({ id: one }) => one), ...held.filter((one) => !isHere(one))];
  return html`
    <div class="choices" role="group" aria-labelledby="${id}-label" aria-describedby=${describedBy}>
      ${shown.map(
        (one) => html`<label class="choice choice--square">
          <input type="checkbox" .checked=${held.includes(one)} ?disabled=${readonly} @change=${({ target }) => target.checked !== held.includes(one) && toggle(one)} />
          ${maybe(held.includes(one), () => icon('check'))}<span>${desk.names.event(one)}</span>
        </label>`,
      )}
      ${maybe(!readonly && !isAsking, () => html`<button class="button button--small button--quiet" id=${id} type="button" @click=${() => begin(desk, field)}>${icon('search')}In another document…</button>`)}
    </div>
    ${maybe(isAsking, () => elsewhereForm(desk, field, (one) => {
      desk.asking = null;
      toggle(one);
      desk.goTo(field.name);
    }))}
  `;
};

function begin(desk, field) {
  desk.aids.elsewhere.begin();
  desk.jump = { to: '#elsewhere' };
  desk.ask({ about: 'elsewhere', field: field.name });
}

function elsewhereForm(desk, field, take) {
  const { elsewhere } = desk.aids;
  const key = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (elsewhere.found[0] && elsewhere.words.trim()) take(elsewhere.found[0].id);
  };
  return html`<div class="asking">
    <label for="elsewhere">One of my events in another document</label>
    <input id="elsewhere" type="text" autocomplete="off" placeholder="Words of its title, type, date or document" .value=${live(elsewhere.words)} @input=${({ target }) => elsewhere.look(target.value)} @keydown=${key} />
    ${maybe(elsewhere.trouble, () => html`<p class="coded__wrong" role="alert">${elsewhere.trouble}</p>`)}
    <ul class="elsewhere" aria-label="Events found">${elsewhere.found.map(
      (one) => html`<li><button type="button" @click=${() => take(one.id)}><span class="type-code">${one.type}</span> ${one.title || 'without a title'} <span class="soft">${[one.start, one.document].filter(Boolean).join(' · ')}</span></button></li>`,
    )}</ul>
    ${maybe(!elsewhere.found.length && !elsewhere.trouble, () => html`<p class="soft">None of your events in other documents fits.</p>`)}
    <div class="actions"><button class="button button--small button--quiet" type="button" @click=${() => desk.ask(null)}>Cancel</button></div>
  </div>`;
}
