// <date-box>: a text input for dates as sources give them, answering below what it understood.
// In a plain form it wraps a plain input: <date-box><input name="since" ...></date-box>.
// In script: set `value` (EDTF or text); "input" and "change" of the inner input bubble.
import { describeDate, readDate } from './dates.mjs';

let boxes = 0;

export class DateBox extends HTMLElement {
  #input = null;
  #echo = null;

  connectedCallback() {
    if (this.#input) return;
    const id = `datebox-${++boxes}`;
    this.#input = this.querySelector('input') ?? this.appendChild(document.createElement('input'));
    this.#input.type = 'text';
    this.#input.autocomplete = 'off';
    this.#input.spellcheck = false;
    if (this.getAttribute('input-id')) this.#input.id = this.getAttribute('input-id');
    this.#input.placeholder ||= '14 Mar 1951, spring 1951, 1951-06/1951-08';
    this.#input.disabled = this.hasAttribute('disabled');
    this.#echo = Object.assign(document.createElement('output'), { className: 'echo', id: `${id}-echo` });
    const describing = [this.getAttribute('described-by'), this.#echo.id].filter(Boolean).join(' ');
    this.#input.setAttribute('aria-describedby', describing);
    this.append(this.#echo);
    this.#input.addEventListener('input', () => this.#answer());
    this.#input.value ||= this.#pending ?? '';
    this.#answer();
  }

  #pending = null;
  static observedAttributes = ['disabled'];

  attributeChangedCallback() {
    if (this.#input) this.#input.disabled = this.hasAttribute('disabled');
  }

  get value() {
    return this.#input?.value ?? this.#pending ?? '';
  }

  // What is being typed is not overwritten by its own canonical form.
  set value(text) {
    this.#pending = text ?? '';
    if (!this.#input || this.#input.value === text) return;
    if (document.activeElement === this.#input && readDate(this.#input.value)?.edtf === text) return;
    this.#input.value = text ?? '';
    this.#answer();
  }

  set invalid(isInvalid) {
    if (isInvalid) this.#input?.setAttribute('aria-invalid', 'true');
    if (isInvalid && this.#echo?.dataset.tone) this.#echo.hidden = true; // the refusal beside it says more
    else this.#input?.removeAttribute('aria-invalid');
  }

  focus(options) {
    this.#input?.focus(options);
  }

  #answer() {
    const text = this.#input.value.trim();
    const date = text && readDate(text);
    this.#echo.hidden = !text;
    this.#echo.textContent = date ? describeDate(date) : /^-[789]$/.test(text) ? '' : 'Not understood here; the server will read it';
    if (date || !text) delete this.#echo.dataset.tone;
    else this.#echo.dataset.tone = 'caution';
  }
}

customElements.define('date-box', DateBox);
