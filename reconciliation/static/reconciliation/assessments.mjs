// The grid of yearly judgements: alliances that open, cells that are walked and chosen, letters that judge.
// Without this module an alliance opens as a page of its own and each cell leads to a page where it is judged.
import { announce } from '#site/site.mjs';
import { between, neighbour } from './grid.mjs';

const main = document.querySelector('[data-assessments]');
if (main) wake();

function wake() {
  const table = main.querySelector('.years');
  const ask = document.getElementById('ask');
  const verdicts = JSON.parse(document.getElementById('verdicts').textContent);
  const token = ask.querySelector('[name=csrfmiddlewaretoken]').value;
  const hint = main.querySelector('[data-chosen]').textContent;
  let here = null; // the cell that has the focus
  let from = null; // where choosing began
  let chosen = [];
  let waiting = null; // what the dialog asks about
  let asked = 0; // the newest question for what a cell rests on

  // --- rows that open

  async function fill(parameters) {
    const query = new URLSearchParams({ ...parameters, years: main.dataset.years });
    if (main.dataset.type) query.set('type', main.dataset.type);
    const response = await fetch(`${main.dataset.rowsUrl}?${query}`);
    const page = new DOMParser().parseFromString(`<table>${await response.text()}</table>`, 'text/html');
    if (!response.ok) throw new Error(response.status);
    return [...page.querySelectorAll('tbody')].map((body) => document.adoptNode(body));
  }

  async function toggle(button) {
    const body = button.closest('tbody');
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    const { alliance } = body.dataset;
    if (button.hasAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    try {
      if (alliance) {
        const rows = [...table.querySelectorAll(`tbody[data-of="${alliance}"]`)];
        if (rows.length) for (const row of rows) row.hidden = isOpen;
        else body.after(...(await fill({ alliance })));
      } else {
        const rows = [...body.querySelectorAll('.cells')];
        if (rows.length) for (const row of rows) row.hidden = isOpen;
        else {
          const [fresh] = await fill({ alliance: body.dataset.of, direction: body.dataset.direction });
          body.append(...fresh.querySelectorAll('.cells'));
        }
      }
      button.setAttribute('aria-expanded', String(!isOpen));
      stand(here?.checkVisibility() ? here : cells()[0]?.find(Boolean), { quietly: true });
    } catch {
      announce('The rows could not be loaded. Is the connection there?');
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  // --- cells: rows in the order they stand, each by year

  const years = range(...main.dataset.years.split('-').map(Number));
  function cells() {
    return [...table.querySelectorAll('.cells')].filter((row) => !row.hidden && !row.parentElement.hidden).map((row) => {
      const found = new Map([...row.querySelectorAll('.cell')].map((cell) => [Number(cell.dataset.year), cell]));
      return years.map((year) => found.get(year) ?? null);
    });
  }

  function stand(cell, { extend = false, quietly = false } = {}) {
    if (here) here.tabIndex = -1;
    here = cell ?? null;
    if (!here) return choose([]);
    here.tabIndex = 0;
    if (quietly) return;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (!extend) from = here;
    choose(extend && from ? between(cells(), from, here) : [here]);
    rests(here);
  }

  function choose(found) {
    for (const cell of chosen) cell.removeAttribute('aria-selected');
    chosen = found;
    for (const cell of chosen) cell.setAttribute('aria-selected', 'true');
    for (const button of main.querySelectorAll('[data-say]')) button.disabled = !chosen.length;
    main.querySelector('[data-chosen]').textContent = !chosen.length ? hint : chosen.length > 1 ? `${count(chosen)} chosen; ${told(chosen)}.` : '';
  }

  const count = (found) => `${found.length} ${found.length === 1 ? 'cell' : 'cells'}`;
  function told(found) {
    const judged = found.filter((cell) => cell.dataset.seen).length;
    return `${judged || 'none'} of them judged already`;
  }

  // What the focused cell rests on: the answer to the newest question only.
  async function rests(cell) {
    const n = ++asked;
    const place = main.querySelector('[data-rests]');
    place.setAttribute('aria-busy', 'true');
    try {
      await new Promise((done) => setTimeout(done, 120)); // whoever walks fast asks once
      if (n !== asked) return;
      const response = await fetch(cell.href);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (n !== asked) return;
      const fresh = page.querySelector('[data-detail]');
      if (fresh) place.replaceChildren(document.adoptNode(fresh));
    } catch {
      if (n === asked) place.textContent = 'What it rests on could not be loaded.';
    } finally {
      if (n === asked) place.removeAttribute('aria-busy');
    }
  }

  // --- judging

  function say(key) {
    if (!chosen.length || !('mayJudge' in main.dataset)) return;
    const act = key === 'Enter' ? 'accept' : key === 'Delete' ? 'withdraw' : 'judge';
    const found = act === 'withdraw' ? chosen.filter((cell) => cell.dataset.seen) : chosen;
    if (!found.length) return announce('Nothing is judged there that could be taken back.');
    const label = main.querySelector(`[data-say="${key}"]`).lastChild.textContent.trim();
    const meant = { act, label, parts: verdicts[key] ?? {}, cells: found };
    if (found.length > 1 || act === 'withdraw') question(meant);
    else send(meant, '');
  }

  function question(meant, refused = '') {
    waiting = meant;
    const [first, last] = [meant.cells[0], meant.cells.at(-1)].map((cell) => cell.dataset.key.split('.').slice(-2).join(' '));
    ask.querySelector('#ask-title').textContent = `${meant.label}: ${count(meant.cells)}?`;
    ask.querySelector('[data-question]').textContent = `${meant.cells.length > 1 ? `From ${first} to ${last}; ${told(meant.cells)}` : first}. ${meant.act === 'accept' ? 'Only parts that are proposed and not judged are taken.' : 'What was said before stays in the history.'}`;
    const notice = ask.querySelector('[data-refused]');
    notice.hidden = !refused;
    notice.textContent = refused;
    if (!ask.open) {
      ask.querySelector('form').reset();
      ask.showModal();
    }
    ask.querySelector('[name=reason]').focus();
  }

  async function send(meant, reason) {
    const body = new URLSearchParams({ act: meant.act, reason, ...meant.parts });
    body.set('cells', JSON.stringify(meant.cells.map((cell) => [cell.dataset.key, cell.dataset.seen])));
    main.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(main.dataset.judgeUrl, { method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': token } });
      if (!response.headers.get('Content-Type').includes('json')) throw new Error(response.status);
      const answer = await response.json();
      if (!response.ok) return question(meant, answer.said);
      if (ask.open) ask.close();
      answer.cells.forEach(show);
      announce(answer.said);
      choose(chosen);
      if (here) {
        here.focus({ preventScroll: true });
        rests(here);
      }
    } catch {
      announce('It was not judged: the server did not take it. Load the page again.');
    } finally {
      main.removeAttribute('aria-busy');
    }
  }

  function show(one) {
    const cell = table.querySelector(`.cell[data-key="${CSS.escape(one.key)}"]`);
    if (!cell) return;
    const was = Boolean(cell.dataset.seen);
    Object.assign(cell.dataset, { seen: one.seen, state: one.state, kind: one.kind });
    cell.toggleAttribute('data-changed', one.changed);
    cell.textContent = one.letter;
    cell.setAttribute('aria-label', one.words);
    if (was !== Boolean(one.seen)) tally(cell, one.seen ? 1 : -1);
  }

  function tally(cell, by) {
    const body = cell.closest('tbody');
    const alliance = table.querySelector(`tbody[data-alliance="${body.dataset.of}"]`);
    for (const row of [body.querySelector('.direction'), alliance.querySelector('.alliance')]) {
      const place = row.querySelector(`.tally[data-year="${cell.dataset.year}"]`);
      const judged = Number(place.dataset.judged) + by;
      const all = Number(place.dataset.cells);
      place.dataset.judged = judged;
      place.dataset.state = judged === all ? 'all' : judged ? 'some' : 'none';
      place.title = `${cell.dataset.year}: ${judged} of ${all} judged`;
    }
    const progress = alliance.querySelector('[data-progress]');
    progress.textContent = progress.textContent.replace(/^\d+/, (n) => Number(n) + by);
  }

  // --- hands

  table.addEventListener('click', (event) => {
    const button = event.target.closest('[data-open-alliance], [data-open-direction]');
    const cell = event.target.closest('.cell');
    if ((!button && !cell) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (button) toggle(button);
    else stand(cell, { extend: event.shiftKey });
  });

  table.addEventListener('focusin', (event) => {
    const cell = event.target.closest('.cell');
    if (cell && cell !== here) stand(cell);
    else if (cell && !chosen.length) stand(cell);
  });

  const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener('keydown', (event) => {
    if (event.key === ' ' && event.target.matches('[data-open-alliance]')) {
      event.preventDefault(); // a link that is a button is pressed by Space too
      toggle(event.target);
    }
    if (!event.target.closest('.cell') || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = ARROWS[event.key];
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key === 'Backspace' ? 'Delete' : event.key;
    if (step) stand(neighbour(cells(), here, ...step) ?? here, { extend: event.shiftKey });
    else if (key === 'r') choose(cells().find((row) => row.includes(here)).filter(Boolean));
    else if (key === 'Escape') stand(here);
    else if (key in verdicts || key === 'Enter' || key === 'Delete') say(key);
    else return;
    event.preventDefault();
  });

  main.addEventListener('click', (event) => {
    const button = event.target.closest('[data-say]');
    if (button) say(button.dataset.say);
  });

  document.addEventListener('keydown', (event) => {
    if (event.key === '?' && !event.target.closest?.('input, select') && !document.querySelector('dialog[open]')) document.getElementById('keys').showModal();
  });

  ask.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    send(waiting, event.target.elements.reason.value);
  });

  stand(cells()[0]?.find(Boolean), { quietly: true });
  main.dataset.ready = '';
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
