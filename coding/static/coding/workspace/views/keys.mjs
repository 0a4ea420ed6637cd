// The list of keys, where a person also chooses others or switches single keys off.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { isRemappable } from '../aids/keychoices.mjs';
import { maybe } from './parts.mjs';

export function keyList(table, choices) {
  const listed = table.filter(({ name }) => name);
  return html`
    <label class="keys__single">
      <input type="checkbox" .checked=${live(choices.single)} @change=${({ target }) => choices.turn(target.checked)} />
      <span>Single keys act. <span class="soft">Switched off, only keys with Ctrl and the arrows do; good for speech input.</span></span>
    </label>
    ${maybe(choices.trouble, () => html`<p class="coded__wrong" role="alert">${choices.trouble}</p>`)}
    <dl class="keylist">${listed.map((entry) => line(entry, table, choices))}</dl>
  `;
}

function line(entry, table, choices) {
  const { act, name } = entry;
  const isChosen = Boolean(act && choices.keys[act]);
  const shown = entry.shown ?? [choices.keyOf(entry).toUpperCase()];
  return html`
    <dt>${choices.asking === act && act ? html`<input class="keys__ask" aria-label="New key for: ${name}" placeholder="press a key" maxlength="1" @keydown=${(event) => taken(event, table, choices)} @blur=${() => choices.asking === act && choices.cancel()} />` : shown.map((key) => html`<kbd>${key}</kbd> `)}</dt>
    <dd>
      <span>${name}</span>
      ${isRemappable(entry)
        ? html`<span class="keys__change">
            <button class="linklike" type="button" @click=${(event) => ask(event, act, choices)}>Change<span class="hidden-visually"> the key for: ${name}</span></button>
            ${maybe(isChosen, () => html`<button class="linklike" type="button" @click=${() => choices.reset(act)}>Usual key<span class="hidden-visually"> for: ${name}</span></button>`)}
          </span>`
        : nothing}
    </dd>
  `;
}

function ask(event, act, choices) {
  const list = event.target.closest('.keylist');
  choices.ask(act);
  requestAnimationFrame(() => requestAnimationFrame(() => list.querySelector('.keys__ask')?.focus()));
}

function taken(event, table, choices) {
  if (event.key === 'Tab' || event.key === 'Shift' || event.key === 'AltGraph') return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === 'Escape') choices.cancel();
  else choices.take(event.key, table);
}
