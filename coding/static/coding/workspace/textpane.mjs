// The middle pane: marks made with the mouse become passages, clicks find the passages under them, passages are painted.
import { canHighlight, Highlights } from './highlights.mjs';
import { TextMap } from './textmap.mjs';

const STYLES = ['evidence-other', 'evidence', 'evidence-active', 'found', 'found-active', 'mark'];

export class TextPane extends EventTarget {
  #highlights = null;
  #passages = [];

  constructor(root, length) {
    super();
    this.scroller = root.querySelector('[data-pane=text]');
    this.text = root.querySelector('[data-text]');
    this.map = new TextMap(this.text, length);
    if (canHighlight()) {
      this.#highlights = new Highlights(this.map, { scroller: this.scroller, chunks: this.#chunks(), styles: STYLES });
    } else {
      root.querySelector('[data-no-highlights]').hidden = false;
    }
    this.#listen();
  }

  // Pages, or the blocks themselves where a text has no pages.
  #chunks() {
    const sheets = [...this.text.querySelectorAll('[data-chunk]')];
    if (sheets.length > 1) return sheets;
    return this.map.blocks.map(({ element }) => {
      element.dataset.chunk = '';
      return element;
    });
  }

  #listen() {
    let pressed = false;
    this.text.addEventListener('pointerdown', () => (pressed = true));
    // The mark is taken when the hand lets go, anywhere, so that the bar does not dance under it.
    addEventListener('pointerup', () => {
      if (pressed) setTimeout(() => this.#taken());
      pressed = false;
    });
    document.addEventListener('selectionchange', () => {
      if (!pressed && this.text.contains(document.getSelection().anchorNode)) this.#taken();
    });
    this.text.addEventListener('click', (event) => this.#clicked(event));
  }

  #taken() {
    const mark = this.map.selection();
    if (mark) this.dispatchEvent(Object.assign(new Event('marked'), { mark }));
  }

  #clicked({ clientX, clientY }) {
    if (!document.getSelection().isCollapsed) return;
    const offset = this.map.offsetAtPoint(clientX, clientY);
    const hits = this.#passages.filter(({ style, start, end }) => style.startsWith('evidence') && start <= offset && offset < end);
    hits.sort((a, b) => a.end - a.start - (b.end - b.start));
    if (hits.length) this.dispatchEvent(Object.assign(new Event('pointed'), { passage: hits[0].id }));
    else if (this.#passages.some(({ id }) => id === 'mark')) this.dispatchEvent(Object.assign(new Event('marked'), { mark: null }));
  }

  paint(passages) {
    this.#passages = passages;
    this.#highlights?.show(passages);
  }

  /** Resolves when passages that are shown can be seen. */
  get ready() {
    return this.#highlights?.ready ?? Promise.resolve();
  }

  /** Scrolls to a passage, a third down the pane. */
  reveal({ start, end }) {
    const range = this.map.range(start, end, { live: true });
    range.startContainer.parentElement.scrollIntoView({ block: 'center' });
    requestAnimationFrame(() => {
      const [box, view] = [range.getBoundingClientRect(), this.scroller.getBoundingClientRect()];
      this.scroller.scrollBy({ top: box.top - view.top - view.height / 3 });
    });
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  /** Marks the next or previous sentence, or extends the mark by a word or sentence. */
  step(desk, { direction, granularity, extend }) {
    const { mark } = desk;
    const { map } = this;
    const top = this.#firstVisible();
    const from = mark ?? { start: top - 1, end: top };
    if (extend && mark) {
      const word = direction > 0 ? map.step(mark.end - 1, 1, granularity) : map.step(mark.end, -1, granularity);
      const end = word?.[1];
      if (end > mark.start) this.#mark(desk, { start: mark.start, end });
      return;
    }
    const next = direction > 0 ? map.step(from.start, 1, granularity) : map.step(from.start, -1, granularity);
    if (next) this.#mark(desk, { start: next[0], end: next[1] });
  }

  #mark(desk, mark) {
    document.getSelection().removeAllRanges();
    desk.setMark(mark);
    const range = this.map.range(mark.start, mark.end, { live: true });
    const [box, view] = [range.getBoundingClientRect(), this.scroller.getBoundingClientRect()];
    if (box.top < view.top + 24 || box.bottom > view.bottom - 80) this.reveal(mark);
  }

  /** Where the block at the top of the pane begins. */
  get topOffset() {
    return this.#firstVisible();
  }

  #firstVisible() {
    const view = this.text.getBoundingClientRect();
    const pane = this.scroller.getBoundingClientRect();
    const offset = this.map.offsetAtPoint(view.left + view.width / 2, Math.max(pane.top, view.top) + 40) ?? 0;
    return this.map.blocks[this.map.indexAt(offset)].start;
  }
}
