// Paints passages with the CSS Custom Highlight API. Only passages near the viewport are registered, so that the
// cost does not grow with the document. Styles are in workspace.css as ::highlight(name).

export const canHighlight = () => Boolean(globalThis.CSS?.highlights && globalThis.Highlight);

export class Highlights {
  #map;
  #items = new Map(); // id -> {start, end, style, chunks, range}
  #near = new Set(); // numbers of chunks near the viewport
  #number; // chunk -> its place in the text
  #chunkOf; // per block of the map, the number of the chunk that holds it
  #observer;
  #told;

  /** Resolves once it is known what is near the viewport: from then on, what is shown is painted at once. */
  ready = new Promise((resolve) => (this.#told = resolve));

  /** @param styles names in order of rising priority; @param chunks [data-chunk] elements in text order, each with whole blocks */
  constructor(map, { scroller, chunks, styles, margin = '900px' }) {
    this.#map = map;
    styles.forEach((name, priority) => {
      const highlight = new Highlight();
      highlight.priority = priority;
      CSS.highlights.set(name, highlight);
    });
    this.#number = new Map(chunks.map((chunk, index) => [chunk, index]));
    this.#chunkOf = map.blocks.map(({ element }) => this.#number.get(element.closest('[data-chunk]')) ?? 0);
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { root: scroller, rootMargin: margin });
    chunks.forEach((chunk) => this.#observer.observe(chunk));
  }

  #moved(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(this.#number.get(target));
      else this.#near.delete(this.#number.get(target));
    }
    this.#paint();
    this.#told();
  }

  /** Shows exactly these: [{id, start, end, style}]. */
  show(passages) {
    const wanted = new Map(passages.map((passage) => [passage.id, passage]));
    for (const [id, item] of this.#items) {
      const next = wanted.get(id);
      if (next && next.start === item.start && next.end === item.end && next.style === item.style) wanted.delete(id);
      else this.#forget(id, item);
    }
    for (const [id, passage] of wanted) this.#items.set(id, { ...passage, chunks: this.#chunksOf(passage), range: null });
    this.#paint();
  }

  #chunksOf({ start, end }) {
    return [start, Math.max(start, end - 1)].map((offset) => this.#chunkOf[this.#map.indexAt(offset)] ?? 0);
  }

  #paint() {
    for (const item of this.#items.values()) {
      const [first, last] = item.chunks;
      let isNear = false;
      for (let chunk = first; chunk <= last && !isNear; chunk++) isNear = this.#near.has(chunk);
      if (isNear && !item.range) {
        item.range = this.#map.range(item.start, item.end);
        CSS.highlights.get(item.style).add(item.range);
      } else if (!isNear && item.range) {
        CSS.highlights.get(item.style).delete(item.range);
        item.range = null;
      }
    }
  }

  #forget(id, item) {
    if (item.range) CSS.highlights.get(item.style).delete(item.range);
    this.#items.delete(id);
  }

  /** Passages under an offset, shortest first. */
  at(offset) {
    return [...this.#items.values()]
      .filter(({ start, end }) => start <= offset && offset < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
  }
}
