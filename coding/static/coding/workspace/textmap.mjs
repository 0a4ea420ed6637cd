// Between the canonical text (offsets in Unicode code points, end-exclusive) and the page (nodes, UTF-16 units).
// Each block of the text is one element with data-s and exactly one text node; between blocks stand line feeds only.

const SURROGATE = /[\ud800-\udfff]/;

export class TextMap {
  /** @param root the element that holds the blocks; @param length of the canonical text, for its last line feeds */
  constructor(root, length) {
    this.root = root;
    this.blocks = [...root.querySelectorAll('[data-s]')].map((element) => {
      const node = element.firstChild ?? element.appendChild(document.createTextNode(''));
      const characters = SURROGATE.test(node.data) ? Array.from(node.data) : null; // null where units and code points are the same
      const start = Number(element.dataset.s);
      const size = characters ? characters.length : node.data.length;
      return { element, node, start, end: start + size, characters, page: Number(element.closest('[data-page]')?.dataset.page) || 0 };
    });
    this.length = length;
  }

  /** The canonical text as the page holds it. */
  get text() {
    let text = '';
    let at = 0;
    for (const block of this.blocks) {
      text += '\n'.repeat(Math.max(0, block.start - at)) + block.node.data;
      at = block.end;
    }
    return text + '\n'.repeat(Math.max(0, this.length - at));
  }

  get isWhole() {
    const inOrder = this.blocks.every((block, i) => block.start >= (this.blocks[i - 1]?.end ?? 0));
    return inOrder && (this.blocks.at(-1)?.end ?? 0) <= this.length;
  }

  /** Index of the block that holds an offset, or of the one before it when it falls between two. */
  indexAt(offset) {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  pageOf(offset) {
    return this.blocks[this.indexAt(offset)]?.page ?? 0;
  }

  /** The text of a passage; block boundaries are line feeds. */
  slice(start, end) {
    const parts = [];
    for (let i = this.indexAt(start); i < this.blocks.length && this.blocks[i].start < end; i++) {
      const block = this.blocks[i];
      const from = Math.max(start, block.start) - block.start;
      const to = Math.min(end, block.end) - block.start;
      if (to > from) parts.push(sliceOf(block, from, to));
    }
    return parts.join('\n');
  }

  /** A live Range over a passage, or a static one, which costs the page nothing when it changes. */
  range(start, end, { live = false } = {}) {
    const [startContainer, startOffset] = this.#point(start, false);
    const [endContainer, endOffset] = this.#point(end, true);
    if (!live) return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range;
  }

  // An end at the very beginning of a block belongs to the block before it.
  #point(offset, isEnd) {
    let index = this.indexAt(offset);
    if (isEnd && index > 0 && this.blocks[index].start >= offset) index--;
    const block = this.blocks[index];
    const inside = Math.min(Math.max(offset - block.start, 0), block.end - block.start);
    return [block.node, unitsOf(block, inside)];
  }

  /** Offset of a place in the page, or null outside the text. */
  offsetOf(node, units) {
    if (!this.root.contains(node)) return null;
    if (node.nodeType === Node.TEXT_NODE) {
      const block = this.#blockOf(node.parentElement.closest('[data-s]'));
      return block?.node === node ? block.start + pointsOf(block, units) : this.#nextFrom(node);
    }
    const child = node.childNodes[units];
    if (child) return this.#nextFrom(child);
    const block = this.#blockOf(node.closest?.('[data-s]'));
    return block ? block.end : this.#endBefore(node);
  }

  #blockOf(element) {
    if (!element) return null;
    const block = this.blocks[this.indexAt(Number(element.dataset.s))];
    return block?.element === element ? block : null;
  }

  // First block at or after a node that is not text of a block (a page number, the space between pages).
  #nextFrom(node) {
    const found = this.blocks.find(
      ({ element }) => element === node || element.contains(node) || node.compareDocumentPosition(element) & (4 | 16),
    );
    return found ? found.start : this.length;
  }

  #endBefore(node) {
    const found = this.blocks.findLast(({ element }) => node === element || node.contains(element) || element.compareDocumentPosition(node) & 4);
    return found ? found.end : 0;
  }

  /** The selection as a passage without white space at its ends, or null. */
  selection(selection = document.getSelection()) {
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = this.offsetOf(range.startContainer, range.startOffset);
    const end = this.offsetOf(range.endContainer, range.endOffset);
    return start === null || end === null ? null : this.trimmed(start, end);
  }

  trimmed(start, end) {
    const isBlank = (offset) => !/\S/.test(this.slice(offset, offset + 1));
    while (start < end && isBlank(start)) start++;
    while (end > start && isBlank(end - 1)) end--;
    return start < end ? { start, end } : null;
  }

  /** The next or previous word or sentence from an offset: [start, end], or null at the edge. */
  step(offset, direction, granularity) {
    for (let i = this.indexAt(Math.max(0, offset)); i >= 0 && i < this.blocks.length; i += direction) {
      const units = this.#units(this.blocks[i], granularity);
      const hit = direction > 0 ? units.find(([start]) => start > offset) : units.findLast(([, end]) => end < offset);
      if (hit) return hit;
    }
    return null;
  }

  #units(block, granularity) {
    block.units ??= {};
    return (block.units[granularity] ??= segmentsOf(block, granularity, document.documentElement.lang || 'en'));
  }

  offsetAtPoint(x, y) {
    const place = document.caretPositionFromPoint?.(x, y);
    if (place) return this.offsetOf(place.offsetNode, place.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.offsetOf(range.startContainer, range.startOffset) : null;
  }
}

const sliceOf = (block, from, to) =>
  block.characters ? block.characters.slice(from, to).join('') : block.node.data.slice(from, to);

const unitsOf = (block, points) =>
  block.characters ? block.characters.slice(0, points).join('').length : points;

const pointsOf = (block, units) =>
  block.characters ? Array.from(block.node.data.slice(0, units)).length : units;

function segmentsOf(block, granularity, language) {
  return [...new Intl.Segmenter(language, { granularity }).segment(block.node.data)]
    .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
    .map(({ index, segment }) => [
      block.start + pointsOf(block, index),
      block.start + pointsOf(block, index + segment.trimEnd().length),
    ]);
}
