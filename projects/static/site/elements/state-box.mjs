// <state-box>: an editable combobox over the states of the system, for one state or several.
// In a plain form: <state-box name="members" src="/states.json" multiple value="2 200"></state-box>.
// In script: set `states` (a StateList), `value` (codes) and `on` ([first, last] ISO days); listen to "change".
import { StateList, isMember, spellsOf } from './states.mjs';

const lists = new Map(); // address -> promise of a StateList; a form with ten boxes asks once
let boxes = 0;

export function statesFrom(url) {
  if (!lists.has(url)) {
    const loading = fetch(url, { headers: { Accept: 'application/json' } })
      .then((response) => response.json())
      .then((json) => new StateList(json.states));
    lists.set(url, loading);
  }
  return lists.get(url);
}

export class StateBox extends HTMLElement {
  #states = null;
  #codes = [];
  #on = null;
  #found = [];
  #active = -1;
  #input = null;
  #list = null;
  #tags = null;

  connectedCallback() {
    if (this.#input) return;
    const id = `statebox-${++boxes}`;
    this.#codes = this.#codes.length ? this.#codes : codesIn(this.getAttribute('value'));
    this.#input = Object.assign(document.createElement('input'), {
      type: 'text',
      id: this.getAttribute('input-id') ?? id,
      autocomplete: 'off',
      spellcheck: false,
      disabled: this.hasAttribute('disabled'),
      placeholder: this.getAttribute('placeholder') ?? '',
    });
    setAttributes(this.#input, {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': `${id}-list`,
      'aria-describedby': this.getAttribute('described-by'),
      'aria-label': this.getAttribute('label'),
    });
    this.#list = Object.assign(document.createElement('ul'), { id: `${id}-list`, className: 'statebox__list', hidden: true });
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute('aria-label', 'States');
    const frame = Object.assign(document.createElement('div'), { className: 'statebox' });
    this.#tags = document.createElement('span');
    this.#tags.hidden = true;
    frame.append(this.#tags, this.#input);
    this.append(frame, this.#list);
    this.#listen();
    if (this.getAttribute('src')) statesFrom(this.getAttribute('src')).then((states) => (this.states = states));
    this.#draw();
  }

  static observedAttributes = ['disabled'];

  attributeChangedCallback() {
    if (!this.#input) return;
    this.#input.disabled = this.hasAttribute('disabled');
    this.#draw();
  }

  get isMultiple() {
    return this.hasAttribute('multiple');
  }

  set states(states) {
    if (this.#states === states) return;
    this.#states = states;
    this.#draw();
  }

  get value() {
    return [...this.#codes];
  }

  set value(codes) {
    const next = codes ?? [];
    if (next.length === this.#codes.length && next.every((code, i) => code === this.#codes[i])) return;
    this.#codes = [...next];
    this.#draw();
  }

  set on(days) {
    if (String(days) === String(this.#on)) return;
    this.#on = days;
    this.#draw();
  }

  /** What is typed and not (yet) a state. */
  get typed() {
    const text = this.#input?.value.trim() ?? '';
    return !this.isMultiple && this.#codes.length && text === this.#states?.nameOf(this.#codes[0]) ? '' : text;
  }

  focus(options) {
    this.#input?.focus(options);
  }

  #listen() {
    this.#input.addEventListener('input', () => {
      this.#input.removeAttribute('aria-invalid');
      this.#open();
    });
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#input.addEventListener('focusout', () => this.#leave());
    this.#list.addEventListener('pointerdown', (event) => {
      event.preventDefault(); // the input keeps the focus
      const option = event.target.closest('[role=option]');
      if (option) this.#take(Number(option.dataset.code));
    });
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-code]');
      if (!button) return;
      this.#set(this.#codes.filter((code) => code !== Number(button.dataset.code)));
      this.#input.focus();
    });
  }

  #key(event) {
    const isOpen = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) this.#move(event.key === 'ArrowDown' ? 1 : -1);
      else this.#open();
    } else if (event.key === 'Enter' && isOpen && this.#active >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.#take(this.#found[this.#active].state.ccode);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key === 'Backspace' && this.isMultiple && !this.#input.value && this.#codes.length) {
      this.#set(this.#codes.slice(0, -1));
    }
  }

  #leave() {
    this.#close();
    const text = this.typed;
    if (!text) {
      if (!this.isMultiple && !this.#input.value.trim() && this.#codes.length) this.#set([]);
      return;
    }
    const state = this.#states?.exactly(text);
    if (state) this.#take(state.ccode);
    else if (this.dispatchEvent(new CustomEvent('unknown', { bubbles: true, cancelable: true, detail: { text } })))
      this.#input.setAttribute('aria-invalid', 'true');
    else this.#draw();
  }

  #take(code) {
    this.#input.value = '';
    this.#close();
    if (this.isMultiple) this.#set(this.#codes.includes(code) ? this.#codes : [...this.#codes, code]);
    else this.#set([code]);
  }

  #set(codes) {
    this.#codes = codes;
    this.#draw();
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #open() {
    if (!this.#states) return;
    const text = this.#input.value.trim();
    this.#found = this.#states.search(text, { on: this.#on, limit: text ? 9 : 200 });
    this.#active = text && this.#found.length ? 0 : -1;
    this.#list.replaceChildren(...this.#found.map((hit, index) => this.#option(hit, index)));
    this.#list.hidden = !this.#found.length;
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
    this.#point();
  }

  #option({ state, name, isMember: member }, index) {
    const option = element('li', 'statebox__option');
    option.id = `${this.#list.id}-${index}`;
    option.dataset.code = state.ccode;
    option.setAttribute('role', 'option');
    option.append(
      element('span', '', name ? `${state.name} (${name})` : state.name),
      element('span', 'statebox__code', state.abbreviation),
      element('span', 'statebox__code', String(state.ccode)),
    );
    if (!member) option.append(element('span', 'statebox__note', `not a member on this date (${spellsOf(state)})`));
    return option;
  }

  #move(by) {
    const count = this.#found.length;
    if (!count) return;
    this.#active = (this.#active + by + count) % count;
    this.#point();
    this.#list.children[this.#active].scrollIntoView({ block: 'nearest' });
  }

  #point() {
    [...this.#list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === this.#active)));
    if (this.#active >= 0) this.#input.setAttribute('aria-activedescendant', `${this.#list.id}-${this.#active}`);
    else this.#input.removeAttribute('aria-activedescendant');
  }

  #close() {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#active = -1;
  }

  #draw() {
    if (!this.#input) return;
    const isTyping = document.activeElement === this.#input && this.#input.value;
    if (!this.isMultiple && !isTyping) this.#input.value = this.#codes.length ? (this.#states?.nameOf(this.#codes[0]) ?? '') : '';
    this.querySelectorAll('.tag').forEach((tag) => tag.remove());
    if (this.isMultiple) this.#tags.before(...this.#codes.map((code) => this.#tag(code)));
    if (this.#codes.length) this.#input.removeAttribute('aria-invalid');
    this.#drawHidden();
  }

  #tag(code) {
    const state = this.#states?.byCode(code);
    const tag = element('span', 'tag', state?.name ?? String(code));
    if (state && !isMember(state, this.#on)) {
      tag.classList.add('tag--caution');
      tag.title = `Not a member of the system on this date (${spellsOf(state)})`;
    }
    if (this.hasAttribute('disabled')) tag.classList.add('tag--plain');
    else {
      const button = element('button', '', '×');
      button.type = 'button';
      button.dataset.code = code;
      button.tabIndex = -1; // Backspace in the input does the same
      button.setAttribute('aria-label', `Remove ${state?.name ?? code}`);
      tag.append(button);
    }
    return tag;
  }

  #drawHidden() {
    const name = this.getAttribute('name');
    if (!name) return;
    this.querySelectorAll('input[type=hidden]').forEach((input) => input.remove());
    for (const code of this.#codes) this.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value: code }));
  }
}

const codesIn = (text) => (text ?? '').split(/[\s,]+/).filter(Boolean).map(Number);

function element(tag, className, text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) if (value !== null) target.setAttribute(name, value);
}

customElements.define('state-box', StateBox);
