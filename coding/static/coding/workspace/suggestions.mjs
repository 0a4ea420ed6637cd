// Suggestions: runs of the text that may be wanted in a field, marked faintly; a key takes one into the focused field.
// Every use goes with the operation it makes (`suggested`), so that it is kept wherever the coding is kept.
import { html, nothing } from 'lit-html';
import { icon } from './views/parts.mjs';

const FITS = { state: ['state', 'state_list'], date: ['date'], money: ['money'], organisation: ['organisation'] };
const WORDS = { state: 'State', date: 'Date', money: 'Money', organisation: 'Organisation', phrase: 'Key phrase' };

/** Does this suggestion say something that such a field takes? A key phrase, or money of unknown currency, is only a passage. */
export const fits = ({ kind, value }, field) => Boolean(field) && value !== null && (FITS[kind] ?? []).includes(field.kind);

/** The value of the field once the suggestion is taken; states are added to those that are there. */
export function taken({ kind, value }, field, before) {
  if (kind !== 'state' || field.kind !== 'state_list') return value;
  return [...new Set([...(Array.isArray(before) ? before : []), value])].sort((a, b) => a - b);
}

export class Suggestions {
  #at = -1; // number of the one being looked at

  /** @param found [{start, end, kind, value}] in the order of the text */
  constructor({ desk, pane, found = [], english = true, draw }) {
    Object.assign(this, { desk, pane, english, draw });
    this.found = found.map((one, n) => ({ ...one, id: `suggestion-${n}` }));
  }

  get current() {
    return this.found[this.#at] ?? null;
  }

  get field() {
    return this.desk.event ? this.desk.fieldOf(this.desk.field) : null;
  }

  /** Marks to paint under everything else. */
  get painted() {
    if (this.desk.readonly) return [];
    const { current, field } = this;
    return this.found.map((one) => ({
      ...one,
      style: one === current ? 'suggestion-current' : fits(one, field) ? 'suggestion-fits' : 'suggestion',
    }));
  }

  /** To the next one, in either direction, that fits the focused field; among all where no field is focused or none fits. */
  step(direction = 1) {
    if (!this.found.length || this.desk.readonly) return false;
    const { field } = this;
    const some = field && this.found.some((one) => fits(one, field));
    const from = this.#at >= 0 ? this.#at : direction > 0 ? -1 : 0;
    for (let n = 1; n <= this.found.length; n++) {
      const at = (from + direction * n + 2 * this.found.length) % this.found.length;
      if (some && !fits(this.found[at], field)) continue;
      this.show(at);
      return true;
    }
    return false;
  }

  show(at) {
    this.#at = at;
    this.desk.setMark(null);
    this.pane.reveal(this.current);
    this.draw();
  }

  point(id) {
    this.show(this.found.findIndex((one) => one.id === id));
  }

  drop() {
    if (this.#at < 0) return false;
    this.#at = -1;
    this.draw();
    return true;
  }

  /** Into the focused field: what it says as the value, where that fits, and the words as the passage behind it. */
  take() {
    const { current, field, desk } = this;
    if (!current || !field || desk.readonly) return false;
    desk.takeSuggestion(field, current, fits(current, field) ? taken(current, field, desk.event.values[field.name]) : undefined);
    this.#at = -1;
    this.draw();
    return true;
  }

  /** One key does both while typing: it shows the first that fits, and takes what is shown. */
  stepOrTake() {
    return this.current && this.field ? this.take() : this.step();
  }

  keys() {
    if (!this.found.length) return [];
    const inText = { whileTyping: false };
    return [
      { keys: ['s'], shift: false, shown: ['S'], name: 'Next suggestion that fits the focused field; Shift: the one before', run: () => this.step(1), ...inText },
      { keys: ['s'], shift: true, run: () => this.step(-1), ...inText },
      { keys: ['a'], shown: ['A'], name: 'Take the suggestion into the focused field', run: () => this.take(), ...inText },
      { keys: [' '], ctrl: true, whileTyping: true, shown: ['Ctrl', 'Space'], name: 'While typing: show a suggestion, then take it', run: () => this.stepOrTake() },
      { keys: ['Escape'], whileTyping: true, run: () => this.drop() },
    ];
  }

  bar() {
    const { current, field, desk } = this;
    if (!current || desk.readonly || desk.mark) return nothing;
    const goesIn = fits(current, field);
    const said = goesIn ? this.#said(current) : '';
    return html`
      <div class="markbar" data-suggestion>
        <span class="markbar__quote"><span class="chip__page">${WORDS[current.kind]}</span><q>${desk.map.slice(current.start, current.end)}</q>${said ? html` → ${said}` : nothing}</span>
        ${field
          ? html`<button class="button button--small button--primary" type="button" @click=${() => this.take()}>${icon('link')}<span class="markbar__target">${goesIn ? 'Take into' : 'Passage for'} ${field.label}</span> <kbd>A</kbd></button>`
          : html`<span class="small soft">Go to a field to take it</span>`}
        <button class="button button--quiet button--small" type="button" @click=${() => this.step(1)}>Next <kbd>S</kbd></button>
        <button class="button button--quiet button--small button--icon" type="button" aria-label="Leave the suggestion" @click=${() => this.drop()}>${icon('close')}</button>
      </div>
    `;
  }

  #said({ kind, value }) {
    if (kind === 'state') return this.desk.states.nameOf?.(value) ?? String(value);
    if (kind === 'money') return `${value.amount} ${value.scale} ${value.currency}`;
    return String(value);
  }
}
