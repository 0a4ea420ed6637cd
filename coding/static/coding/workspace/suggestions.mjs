// Suggestions: runs of the text that may be wanted in a field, marked faintly; a key takes one into the focused field.
// Every use goes with the operations it makes (`suggested`), so that it is kept wherever the coding is kept. Paints and
// draws by itself; the desk and the text pane know nothing of it.
import { html, nothing, render } from 'lit-html';
import { canHighlight, Highlights } from './highlights.mjs';
import { newId } from './ids.mjs';
import { icon } from './views/parts.mjs';

const FITS = { state: ['state', 'state_list'], date: ['date'], money: ['money'], organisation: ['organisation'] };
const WORDS = { state: 'State', date: 'Date', money: 'Money', organisation: 'Organisation', phrase: 'Key phrase' };
const STYLES = ['suggestion', 'suggestion-fits', 'suggestion-current'];

/** Does this suggestion say something that such a field takes? A key phrase, or money of unknown currency, is only a passage. */
export const fits = ({ kind, value }, field) => Boolean(field) && value !== null && (FITS[kind] ?? []).includes(field.kind);

/** The value of the field once the suggestion is taken; states are added to those that are there. */
export function taken({ kind, value }, field, before) {
  if (kind !== 'state' || field.kind !== 'state_list') return value;
  return [...new Set([...(Array.isArray(before) ? before : []), value])].sort((a, b) => a - b);
}

/** What taking a suggestion into a field does: its words as passage, and what they say as value where that fits. */
export function operations({ start, end, ...one }, { event, field, passages }) {
  const suggested = { kind: one.kind, start, end };
  const place = { event: event.id, field: field.name };
  const known = Object.values(passages).find((passage) => passage.start === start && passage.end === end);
  const link = { kind: 'passage.link', ...place, passage: known?.id ?? newId(), start, end, suggested };
  if (!fits(one, field)) return [link];
  return [{ kind: 'value.set', ...place, value: taken(one, field, event.values[field.name]), suggested }, link];
}

/** Shows what the server suggests for this document, if it does, and returns the keys for it. */
export async function suggest({ root, desk, pane, url }) {
  if (!url) return [];
  const answer = await fetch(url, { headers: { Accept: 'application/json' }, credentials: 'same-origin' }).catch(() => null);
  if (!answer?.ok) return []; // coding goes on without
  const { found, english } = await answer.json();
  return new Suggestions({ root, desk, pane, found, english }).keys();
}

export class Suggestions {
  #at = -1; // number of the one being looked at
  #highlights = null;
  #slot = null;
  #asked = false;

  /** @param found [{start, end, kind, value}] in the order of the text */
  constructor({ root, desk, pane, found = [], english = true }) {
    Object.assign(this, { desk, pane, english });
    this.found = found.map((one, n) => ({ ...one, id: `suggestion-${n}` }));
    if (root) this.#show(root);
  }

  #show(root) {
    const { pane, desk } = this;
    if (canHighlight()) {
      const chunks = [...pane.text.querySelectorAll('[data-chunk]')];
      this.#highlights = new Highlights(pane.map, { scroller: pane.scroller, chunks, styles: STYLES });
    }
    const mark = root.querySelector('[data-slot=mark]');
    this.#slot = mark.cloneNode(false);
    this.#slot.dataset.slot = 'suggestion';
    mark.after(this.#slot);
    desk.addEventListener('change', () => this.draw());
    pane.text.addEventListener('click', (event) => this.#clicked(event));
    addEventListener('keydown', (event) => this.#escaped(event), { capture: true }); // before the table of keys
    this.draw();
  }

  #escaped(event) {
    if (event.key !== 'Escape' || !this.isShown || document.querySelector('dialog[open]')) return;
    this.drop();
    event.preventDefault();
    event.stopPropagation();
  }

  // What is coded comes before what is only suggested.
  #clicked({ clientX, clientY }) {
    if (this.desk.readonly || !document.getSelection().isCollapsed) return;
    const offset = this.pane.map.offsetAtPoint(clientX, clientY);
    const isUnder = ({ start, end }) => start <= offset && offset < end;
    if (offset === null || this.desk.painted.some(isUnder)) return;
    const at = this.found.findIndex(isUnder);
    if (at >= 0) this.show(at);
  }

  get current() {
    return this.found[this.#at] ?? null;
  }

  get isShown() {
    return Boolean(this.current) && !this.desk.readonly && !this.desk.mark;
  }

  get field() {
    return this.desk.event ? this.desk.fieldOf(this.desk.field) : null;
  }

  /** To the next one, in either direction, that fits the focused field; among all where no field is focused or none fits. */
  step(direction = 1) {
    const { found, field } = this;
    if (!found.length || this.desk.readonly) return false;
    const isWanted = field && found.some((one) => fits(one, field)) ? (one) => fits(one, field) : () => true;
    const from = this.#at >= 0 ? this.#at : direction > 0 ? -1 : 0;
    for (let n = 1; n <= found.length; n++) {
      const at = (from + direction * n + 2 * found.length) % found.length;
      if (!isWanted(found[at])) continue;
      this.show(at);
      return true;
    }
    return false;
  }

  show(at) {
    this.#at = at;
    if (this.desk.mark) this.desk.setMark(null);
    this.pane.reveal(this.current);
    this.draw();
  }

  drop() {
    this.#at = -1;
    this.draw();
  }

  /** Into the focused field. What was being typed there is committed first, so that it does not come back on top. */
  take(target = null) {
    const { desk } = this;
    if (!this.isShown || !this.field) return false;
    target?.dispatchEvent?.(new Event('change', { bubbles: true }));
    const { current, field } = this;
    const bodies = operations(current, { event: desk.event, field, passages: desk.session.state.passages });
    desk.session.release(desk.open, field.name);
    desk.problems = desk.problems.filter((one) => one.event !== desk.open || one.field !== field.name);
    desk.session.do(bodies);
    const words = bodies.length > 1 ? `Taken into ${field.label}` : `Passage linked to ${field.label}`;
    desk.dispatchEvent(Object.assign(new Event('say'), { words }));
    this.drop();
    return true;
  }

  keys() {
    if (!this.found.length) return [];
    return [
      { keys: ['s'], shift: false, shown: ['S'], name: 'Next suggestion that fits the focused field; Shift: the one before', run: () => this.step(1) },
      { keys: ['s'], shift: true, run: () => this.step(-1) },
      { keys: ['a'], shown: ['A'], name: 'Take the suggestion into the focused field', run: () => this.take() },
      {
        keys: [' '],
        ctrl: true,
        whileTyping: true,
        shown: ['Ctrl', 'Space'],
        name: 'While typing: show a suggestion, then take it',
        run: ({ target }) => (this.isShown && this.field ? this.take(target) : this.step(1)),
      },
    ];
  }

  /** One drawing per frame, whatever changed. */
  draw() {
    if (this.#asked || !this.#slot) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#highlights?.show(this.painted);
      render(this.bar(), this.#slot);
    });
  }

  get painted() {
    if (this.desk.readonly) return [];
    const { current, field } = this;
    const style = (one) => (one === current ? 'suggestion-current' : fits(one, field) ? 'suggestion-fits' : 'suggestion');
    return this.found.map((one) => ({ ...one, style: style(one) }));
  }

  bar() {
    if (!this.isShown) return nothing;
    const { current, field, desk } = this;
    const goesIn = fits(current, field);
    return html`
      <div class="markbar" data-suggestion>
        <span class="markbar__quote"><span class="chip__page">${WORDS[current.kind]}</span><q>${desk.map.slice(current.start, current.end)}</q>${goesIn ? html` → ${this.#said(current)}` : nothing}</span>
        ${field
          ? html`<button class="button button--small button--primary" type="button" @click=${() => this.take()}>${icon('link')}<span class="markbar__target">${goesIn ? 'Take into' : 'Passage for'} ${field.label}</span> <kbd>A</kbd></button>`
          : html`<span class="small soft">Go to a field to take it</span>`}
        <button class="button button--quiet button--small" type="button" @click=${() => this.step(1)}>Next <kbd>S</kbd></button>
        <button class="button button--quiet button--small button--icon" type="button" aria-label="Leave the suggestion" title="Leave the suggestion (Esc)" @click=${() => this.drop()}>${icon('close')}</button>
      </div>
    `;
  }

  #said({ kind, value }) {
    if (kind === 'state') return this.desk.states.nameOf(value);
    if (kind === 'money') return `${value.amount} ${value.scale} ${value.currency}`;
    return String(value);
  }
}
