// A document's text and its pages side by side: a word pressed in one is shown in the other, and the page follows the text.
// The server draws each sheet (an SVG with one rect for each run of the text); this module only fetches and marks.
import { TextMap } from '../../../coding/static/coding/workspace/textmap.mjs';
import { canHighlight } from '../../../coding/static/coding/workspace/highlights.mjs';

const text = document.querySelector('.text[data-length]');
const pane = document.querySelector('[data-drawn]');
const hit = taken(text);
const map = new TextMap(text, Number(text.dataset.length));
const highlight = canHighlight() ? new Highlight() : null;
if (highlight) CSS.highlights.set('mark', highlight);

const sheets = new Map(); // number -> promise of a figure element
const shown = () => pane.querySelector('.drawn');
let wanted = Number(shown().dataset.number);
sheets.set(wanted, Promise.resolve(shown()));
// The page does not follow the text while it moves because a page was turned or a word was pressed: only hands set it free.
let still = false;
for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
  addEventListener(kind, () => { still = false; }, { capture: true, passive: true });
}

/** The place a search led to: its marks are taken out, so that each block is one run of letters again, and its offsets told. */
function taken(text) {
  let found = null;
  for (const mark of text.querySelectorAll('mark')) {
    const block = mark.closest('[data-s]');
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEndBefore(mark);
    const start = Number(block.dataset.s) + [...before.toString()].length;
    found = { start: found?.start ?? start, end: start + [...mark.textContent].length };
    mark.replaceWith(...mark.childNodes);
    block.normalize();
  }
  return found;
}

function fetched(number) {
  if (!sheets.has(number)) {
    const loading = fetch(`${pane.dataset.drawn}${number}/`).then(async (response) => {
      if (!response.ok) throw new Error(`page ${number}: ${response.status}`);
      const holder = document.createElement('template');
      holder.innerHTML = await response.text();
      return holder.content.querySelector('.drawn');
    });
    loading.catch(() => sheets.delete(number));
    sheets.set(number, loading);
  }
  return sheets.get(number);
}

/** Shows a page; answers whether it is the one still wanted when it has come. */
async function turn(number) {
  wanted = number;
  try {
    const figure = await fetched(number);
    if (wanted !== number) return false;
    if (shown() !== figure) shown().replaceWith(figure);
    return true;
  } catch {
    return false; // the page before stays; the links in its bar still lead to every page
  }
}

function paint(start, end) {
  for (const rect of pane.querySelectorAll('rect[data-on]')) delete rect.dataset.on;
  highlight?.clear();
  if (end <= start) return [];
  highlight?.add(map.range(start, end));
  const rects = [...shown().querySelectorAll('rect')].filter((rect) => {
    const from = Number(rect.dataset.s);
    return from < end && from + Number(rect.dataset.l) > start;
  });
  for (const rect of rects) rect.dataset.on = '';
  return rects;
}

/** The run of letters around an offset, without the spaces beside it. */
function wordAt(offset) {
  const block = map.blocks[map.indexAt(offset)];
  if (!block || offset < block.start || offset > block.end) return null;
  const characters = block.characters ?? block.node.data;
  let from = offset - block.start;
  let to = from;
  while (from > 0 && !/\s/.test(characters[from - 1])) from--;
  while (to < characters.length && !/\s/.test(characters[to])) to++;
  return to > from ? { start: block.start + from, end: block.start + to } : null;
}

function offsetAt({ clientX, clientY }) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(clientX, clientY);
    return place && map.offsetOf(place.offsetNode, place.offset);
  }
  const range = document.caretRangeFromPoint?.(clientX, clientY);
  return range && map.offsetOf(range.startContainer, range.startOffset);
}

text.addEventListener('pointerup', async (event) => {
  const offset = offsetAt(event);
  const passage = map.selection() ?? (offset === null ? null : wordAt(offset));
  if (!passage) return;
  still = true;
  const page = map.pageOf(passage.start);
  if (page && !(await turn(page))) return;
  paint(passage.start, passage.end)[0]?.scrollIntoView({ block: 'nearest' });
});

function point(rect) {
  const start = Number(rect.dataset.s);
  paint(start, start + Number(rect.dataset.l));
  still = true;
  map.blocks[map.indexAt(start)].element.scrollIntoView({ block: 'center', behavior: 'auto' });
}

pane.addEventListener('click', (event) => {
  const rect = event.target.closest('rect');
  if (rect) return point(rect);
  const link = event.target.closest('[data-turn]');
  if (!link) return;
  event.preventDefault();
  const number = Number(link.dataset.turn);
  still = true;
  turn(number).then((came) => {
    if (!came) return;
    text.querySelector(`[data-page="${number}"]`)?.scrollIntoView({ block: 'start' });
    pane.querySelector(`[data-turn]`)?.focus({ preventScroll: true });
  });
});

pane.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches('svg')) return;
  event.preventDefault();
  const rects = [...shown().querySelectorAll('rect')];
  const at = rects.findIndex((rect) => 'on' in rect.dataset);
  const next = rects[at < 0 ? 0 : at + step];
  if (next) point(next);
});

// A jump to a section shows its page at once, also right after a word was pressed.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#at-"]');
  const page = link && map.pageOf(Number(link.hash.slice(4)));
  if (!page) return;
  still = true;
  turn(page);
});

const visible = new Set();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) visible[isIntersecting ? 'add' : 'delete'](target);
    if (still || !visible.size) return;
    const first = Math.min(...[...visible].map((sheet) => Number(sheet.dataset.page)));
    if (first && first !== wanted) turn(first);
  },
  { rootMargin: '-30% 0px -50% 0px' },
);
for (const sheet of text.querySelectorAll('.sheet[data-page]')) observer.observe(sheet);

async function reveal({ start, end }) {
  still = true;
  map.blocks[map.indexAt(start)].element.scrollIntoView({ block: 'center', behavior: 'auto' });
  const page = map.pageOf(start);
  if (!page || (await turn(page))) paint(start, end)[0]?.scrollIntoView({ block: 'nearest' });
}

if (hit) reveal(hit);
