// Choosing the type of an event: type its code or a word of its name, arrows, Enter. The definition stays in sight.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { fold } from '#site/elements/states.mjs';
import { icon } from './parts.mjs';

const startsWord = (text, key) => ` ${text}`.includes(` ${key}`);

export class TypePicker {
  #redraw;
  #choose = () => {};
  typed = '';
  active = 0;

  constructor(dialog, codebook, redraw) {
    Object.assign(this, { dialog, codebook });
    this.#redraw = redraw;
  }

  open(choose) {
    this.#choose = choose;
    this.typed = '';
    this.active = 0;
    this.#redraw();
    this.dialog.showModal();
    this.dialog.querySelector('input').focus();
  }

  get found() {
    const key = fold(this.typed);
    const rank = (type) => {
      const [code, label] = [fold(type.code), fold(type.label)];
      if (!key || code === key) return 0;
      if (code.startsWith(key) || label.startsWith(key)) return 1;
      if (startsWord(label, key)) return 2;
      if (label.includes(key)) return 3;
      const told = fold(`${type.definition} ${(type.include ?? []).join(' ')}`);
      return key.split(' ').every((word) => startsWord(told, word)) ? 4 : -1;
    };
    return this.codebook.types
      .map((type) => [rank(type), type])
      .filter(([value]) => value >= 0)
      .sort(([a], [b]) => a - b)
      .map(([, type]) => type);
  }

  #take(code) {
    this.dialog.close();
    this.#choose(code);
  }

  #key = (event) => {
    const { found } = this;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % (found.length || 1);
      this.#redraw();
      this.dialog.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && found[this.active]) {
      event.preventDefault();
      this.#take(found[this.active].code);
    }
  };

  view() {
    const { found } = this;
    const type = found[this.active];
    return html`
      <div class="picker" @keydown=${this.#key}>
        <div class="picker__search">
          ${icon('search')}
          <input
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="picker-list"
            aria-activedescendant=${type ? `picker-${type.code}` : nothing}
            aria-label="Type of the event: code or name"
            placeholder="Code or name of the type"
            autocomplete="off"
            .value=${live(this.typed)}
            @input=${({ target }) => {
              this.typed = target.value;
              this.active = 0;
              this.#redraw();
            }}
          />
          <kbd>Esc</kbd>
        </div>
        <div class="picker__body">
          <ul class="picker__list" id="picker-list" role="listbox" aria-label="Types of event">
            ${found.map(
              (one, index) => html`<li
                id="picker-${one.code}"
                role="option"
                aria-selected=${String(index === this.active)}
                @pointermove=${({ movementX, movementY }) => {
                  // Only a mouse that moves chooses: the list also changes under one that rests while somebody types.
                  if (index === this.active || !(movementX || movementY)) return;
                  this.active = index;
                  this.#redraw();
                }}
                @click=${() => this.#take(one.code)}
              >
                <span class="type-code">${one.code}</span><span>${one.label}</span>
              </li>`,
            )}
          </ul>
          <div class="picker__about">
            ${type
              ? html`<p class="guide__definition">${type.definition}</p>
                  ${type.exclude?.length ? html`<h4>Not this</h4><ul>${type.exclude.slice(0, 3).map((one) => html`<li>${one}</li>`)}</ul>` : nothing}`
              : html`<p class="soft">No type fits “${this.typed}”.</p>`}
          </div>
        </div>
      </div>
    `;
  }
}
