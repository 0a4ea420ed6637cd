// The adjudication board: passages painted in the text, keys, and decisions that stay on the page.
// Every form works without this module; it only saves loading the page and reaching for the mouse.
import { TextMap } from '#workspace/textmap.mjs';
import { Highlights, canHighlight } from '#workspace/highlights.mjs';
import { keys } from './keys.mjs';

const main = document.querySelector('.board');
const pane = main.querySelector('.board__text');
const map = new TextMap(pane.querySelector('.text'), Number(main.dataset.length));
const styles = ['coder-a', 'coder-b', 'coder-c', 'coder-d', 'here'];
const marks = canHighlight() ? new Highlights(map, { scroller: pane, chunks: [...pane.querySelectorAll('[data-chunk]')], styles }) : null;
let here = null; // the row that keys speak to
let shown = null; // [start, end] of the quote last asked for

const OWN = 'state-box input:not([type=hidden]), [name="value"]:is(input:not([type=hidden]), select, textarea)';

const find = (selector) => [...main.querySelectorAll(selector)];

// --- passages in the text

function paint() {
  if (!marks) return;
  const all = JSON.parse(document.getElementById('marks').textContent);
  const passages = all.map(([start, end, letter], n) => ({ id: `c${n}`, start, end, style: `coder-${letter}` }));
  const quotes = here ? [...here.querySelectorAll('[data-scroll]')].map((q) => [Number(q.dataset.scroll), Number(q.dataset.to)]) : [];
  if (shown) quotes.push(shown);
  marks.show([...passages, ...quotes.map(([start, end], n) => ({ id: `h${n}-${start}-${end}`, start, end, style: 'here' }))]);
}

function scrollTo(start) {
  const block = map.blocks[map.indexAt(start)]?.element;
  block?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

// --- the row that keys speak to

function stand(row, { scroll = true } = {}) {
  here?.removeAttribute('aria-current');
  here = row;
  shown = null;
  if (row) {
    row.setAttribute('aria-current', 'true');
    for (const more of find('details.decision__more[open]')) if (!row.contains(more)) more.open = false;
    const more = row.querySelector('details.decision__more');
    if (more && row.dataset.open === 'conflict') more.open = true;
    if (scroll) row.scrollIntoView({ block: 'nearest' });
    const quote = row.querySelector('[data-scroll]');
    if (quote && scroll) scrollTo(Number(quote.dataset.scroll));
  }
  paint();
}

function step(by) {
  const open = find('tr[data-open="conflict"]');
  const rows = open.length ? open : find('tr[data-open]');
  if (!rows.length) return;
  const all = find('tr.position');
  const at = all.indexOf(here);
  const next = by > 0 ? rows.find((row) => all.indexOf(row) > at) : rows.findLast((row) => all.indexOf(row) < at);
  stand(next ?? (by > 0 ? rows[0] : rows.at(-1)));
}

// --- decisions

// A value that goes against somebody needs a reason first: ask for it where one types it, then send.
function needsReason(button) {
  const form = button.form;
  const reason = form?.elements.reason;
  if (!('against' in button.dataset) || !reason || reason.value.trim()) return false;
  stand(button.closest('tr'), { scroll: false });
  form.querySelector('details').open = true;
  for (const other of find('[data-pending]')) delete other.dataset.pending;
  button.dataset.pending = '';
  reason.placeholder = `Reason for taking ${button.value}'s value, then Enter`;
  reason.focus();
  return true;
}

main.addEventListener('click', (event) => {
  const quote = event.target.closest('[data-scroll]');
  if (quote) {
    stand(quote.closest('tr'), { scroll: false });
    shown = [Number(quote.dataset.scroll), Number(quote.dataset.to)];
    scrollTo(shown[0]);
    return paint();
  }
  const button = event.target.closest('button[name="take"][form]');
  if (button && needsReason(button)) return event.preventDefault();
  const row = event.target.closest('tr.position');
  if (row && row !== here) stand(row, { scroll: false });
});

main.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.target.name !== 'reason') return;
  const pending = main.querySelector(`[data-pending][form="${event.target.form?.id}"]`);
  if (!pending || !event.target.value.trim()) return;
  event.preventDefault();
  event.target.form.requestSubmit(pending);
});

main.addEventListener('submit', (event) => {
  if (event.defaultPrevented || !('board' in event.target.dataset)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

// A field that no coder filled gets its row without loading the page, and the row is stood on.
main.addEventListener('submit', (event) => {
  if (!('fill' in event.target.dataset)) return;
  event.preventDefault();
  if (event.target.elements.fill.value) fill(event.target);
});

async function fill(form) {
  const query = new URLSearchParams(new FormData(form));
  const [group, ...name] = query.get('fill').split('.');
  main.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(`${location.pathname}?${query}`, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (!page.querySelector('[data-swap="groups"]')) return location.assign(`?${query}`);
    swap(page, `p-${group}-${name.join('.').replace(/^@+|@+$/g, '')}`);
    open(OWN);
  } catch {
    form.submit(); // the browser says what is wrong with the connection
  } finally {
    main.removeAttribute('aria-busy');
  }
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  main.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (!page.querySelector('[data-swap="groups"]')) return location.reload();
    swap(page);
  } catch {
    form.submit(); // the browser says what is wrong with the connection
  } finally {
    main.removeAttribute('aria-busy');
  }
}

function swap(page, wanted = '') {
  const all = find('tr.position').map((row) => row.id);
  const at = here ? all.indexOf(here.id) : 0;
  const unfolded = new Map(find('.group__all').map((box) => [box.id, box.checked]));
  for (const part of find('[data-swap]')) {
    const top = part.scrollTop;
    const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (!fresh) continue;
    part.replaceChildren(...document.adoptNode(fresh).childNodes);
    part.scrollTop = top;
  }
  for (const box of find('.group__all')) if (unfolded.get(box.id)) box.checked = true;
  const asked = wanted && document.getElementById(wanted);
  if (asked) return stand(asked);
  const refused = main.querySelector('tr.position [role="alert"]')?.closest('tr');
  if (refused) return stand(refused);
  // Settled: go on with the next open row after the one just left.
  const rows = find('tr.position');
  const open = rows.filter((row) => row.dataset.open === 'conflict');
  stand(open.find((row) => rows.indexOf(row) >= at) ?? open[0] ?? null);
}

// --- keys

const document_ = (by) => main.querySelector(by > 0 ? 'a[aria-label="Next document"]' : 'a[aria-label="Previous document"]')?.click();

keys({
  n: () => step(1),
  p: () => step(-1),
  j: () => document_(1),
  k: () => document_(-1),
  a: () => document.getElementById('accept')?.querySelector('button:not(:disabled)')?.click(),
  e: () => open(OWN),
  m: prove,
  f: () => (here?.closest('.group') ?? main.querySelector('.group'))?.querySelector('[name="fill"]')?.focus(),
  '/': () => main.querySelector('.board__filter [name="words"]')?.focus(),
  r: () => open('[name="reason"]'),
  g: () => regroup('[name="to"]'),
  u: () => regroup('[name="labels"]'),
  '?': () => document.getElementById('keys').showModal(),
  digit: (n) => here?.querySelector(`button[data-key="${n}"]`)?.click(),
});

// Why events were grouped, and mending it, is loaded when its menu is opened for the first time.
async function load(menu) {
  const place = menu.querySelector('.menu__list');
  const link = place.querySelector('a[href]');
  if (!link || menu.dataset.loading) return;
  menu.dataset.loading = '';
  try {
    const response = await fetch(link.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const part = page.querySelector(`[data-part="${menu.dataset.load}"]`);
    if (part) place.replaceChildren(document.adoptNode(part));
  } catch {
    // The link to the same on a page of its own stays.
  } finally {
    delete menu.dataset.loading;
  }
}

main.addEventListener('toggle', (event) => {
  if (event.target.open && 'load' in event.target.dataset) load(event.target);
}, true);

// What is asked first stands open before whoever types; the rest of the menu is a Tab away.
async function regroup(selector) {
  const menu = (here?.closest('.group') ?? main.querySelector('.group'))?.querySelector('[data-load="regroup"]');
  if (!menu) return;
  for (const other of main.querySelectorAll('details.menu[open]')) other.open = false;
  await load(menu);
  menu.open = true;
  menu.querySelector(selector)?.focus();
}

// What is marked in the text proves the decision; with nothing marked its words are asked for.
function prove() {
  const lines = here?.querySelector('[name="passages"]');
  if (!lines) return;
  const marked = map.selection();
  if (marked) lines.value = `${lines.value.trim()}\n${marked.start}-${marked.end}`.trim();
  open('[name="passages"]');
  if (marked) {
    shown = [marked.start, marked.end];
    paint();
  }
}

function open(selector) {
  const control = here?.querySelector(selector);
  if (!control) return;
  const more = control.closest('details');
  if (more) more.open = true;
  control.focus();
}

main.querySelector('.board__queue [aria-current]')?.scrollIntoView({ block: 'nearest' });
const wanted = location.hash && document.getElementById(location.hash.slice(1));
stand(wanted?.querySelector?.('tr[data-open="conflict"]') ?? main.querySelector('tr[data-open="conflict"]'), { scroll: Boolean(wanted) });
main.dataset.ready = '';
