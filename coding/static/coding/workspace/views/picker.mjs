// Choosing the type of an event, or one's template of one: type its code or a word of its name, arrows, Enter. The
// definition stays in sight.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { fold } from '#site/elements/states.mjs';
import { icon } from './parts.mjs';
import { templateAbout } from './templates.mjs';

const startsWord = (text, key) => ` ${text}`.includes(` ${key}`);

export class TypePicker {
  #redraw;
  #choose = () => {};
  typed = '';
  active = 0;
  isNew = true; // an event that is there changes its type only

  constructor(dialog, desk, redraw) {
    Object.assign(this, { dialog, desk });
    this.#redraw = redraw;
  }

  open(choose, { isNew }) {
    this.#choose = choose;
    this.isNew = isNew;
    this.typed = '';
    this.active = 0;
    this.#redraw();
    this.dialog.showModal();
    this.dialog.querySelector('input').focus();
  }

  /** Types and, for a new event, templates, the likeliest first: [{id, code, label, type?, template?}]. */
  get found() {
    const key = fold(this.typed);
    const { codebook, aids } = this.desk;
    const named = (template) => {
      const label = fold(template.name);
      return !key || label.startsWith(key) || startsWord(label, key) ? 2 : label.includes(key) || fold(template.type) === key ? 3 : -1;
    };
    const rank = (type) => {
      const [code, label] = [fold(type.code), fold(type.label)];
      if (!key || code === key) return 0;
      if (code.startsWith(key) || label.startsWith(key)) return 1;
      if (startsWord(label, key)) return 2;
      if (label.includes(key)) return 3;
      const told = fold(`${type.definition} ${(type.include ?? []).join(' ')}`);
      return key.split(' ').every((word) => startsWord(told, word)) ? 4 : -1;
    };
    const types = codebook.types.map((type) => [rank(type), { id: type.code, code: type.code, label: type.label, type }]);
    const templates = (this.isNew ? aids.templates.list : [])
      .filter(({ type }) => codebook.type(type))
      .map((template) => [named(template), { id: template.id, code: template.type, label: template.name, template }]);
    return [...types, ...templates]
      .filter(([value]) => value >= 0)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
  }

  #take({ code, template }) {
    this.dialog.close();
    this.#choose(code, template);
  }

  #drop = async (template) => {
    await this.desk.aids.templates.drop(template);
    this.active = 0;
    this.#redraw();
    this.dialog.querySelector('input').focus();
  };

  #key = (event) => {
    if (event.target.closest('button')) return;
    const { found } = this;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % (found.length || 1);
      this.#redraw();
      this.dialog.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && found[this.active]) {
      event.preventDefault();
      this.#take(found[this.active]);
    }
  };

  view() {
    const { found } = this;
    const active = found[this.active];
    const { codebook, names } = this.desk;
    return html`
      <div class="picker" @keydown=${this.#key}>
        <div class="picker__search">
          ${icon('search')}
          <input
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="picker-list"
            aria-activedescendant=${active ? `picker-${active.id}` : nothing}
            aria-label=${this.isNew && this.desk.aids.templates.list.length ? 'Type of the event, or a template: code or name' : 'Type of the event: code or name'}
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
                id="picker-${one.id}"
                role="option"
                aria-selected=${String(index === this.active)}
                @pointermove=${({ movementX, movementY }) => {
                  // Only a mouse that moves chooses: the list also changes under one that rests while somebody types.
                  if (index === this.active || !(movementX || movementY)) return;
                  this.active = index;
                  this.#redraw();
                }}
                @click=${() => this.#take(one)}
              >
                <span class="type-code">${one.code}</span><span>${one.label}</span>${one.template ? html`<span class="badge picker__kind">template</span>` : nothing}
              </li>`,
            )}
          </ul>
          <div class="picker__about">
            ${active?.template ? templateAbout(active.template, { codebook, names, drop: this.#drop }) : active ? typeAbout(active.type) : html`<p class="soft">No type fits “${this.typed}”.</p>`}
          </div>
        </div>
      </div>
    `;
  }
}

const typeAbout = ({ definition, exclude }) => html`
  <p class="guide__definition">${definition}</p>
  ${exclude?.length ? html`<h4>Not this</h4><ul>${exclude.slice(0, 3).map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
`;
