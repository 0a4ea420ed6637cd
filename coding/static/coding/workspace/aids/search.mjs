// Searching in the text: the hits, the one in hand, and what becomes of it.
import { find, folded } from '../finding.mjs';

export class Search {
  words = '';
  hits = [];
  at = -1;
  #ready = null; // the text made ready, once somebody searches
  #desk;
  #pane;

  constructor(desk, pane) {
    this.#desk = desk;
    this.#pane = pane;
  }

  get active() {
    return this.hits[this.at] ?? null;
  }

  look(words) {
    this.words = words;
    this.hits = words.trim() ? find((this.#ready ??= folded(this.#desk.map.text)), words) : [];
    const top = this.hits.length ? this.#pane.topOffset : 0;
    this.at = this.hits.length ? Math.max(0, this.hits.findIndex(({ start }) => start >= top)) : -1;
    this.#show();
  }

  step(direction) {
    if (!this.hits.length) return;
    this.at = (this.at + direction + this.hits.length) % this.hits.length;
    this.#show();
  }

  /** Leaves the search; the hit in hand becomes the mark, ready to be linked. */
  close() {
    const hit = this.active;
    this.words = '';
    this.hits = [];
    this.at = -1;
    if (hit && !this.#desk.readonly) this.#desk.setMark({ ...hit });
    this.#desk.changed();
  }

  #show() {
    if (this.active) this.#desk.showPlace(this.active);
    this.#desk.changed();
  }

  get painted() {
    return this.hits.map((hit, index) => ({ id: `found-${index}`, ...hit, style: index === this.at ? 'found-active' : 'found' }));
  }
}
