// The coding workspace: loads what it needs, puts the parts together and draws.
import { html, nothing, render } from 'lit-html';
import '#site/elements/elements.mjs';
import { StateList } from '#site/elements/states.mjs';
import { Aids } from './aids/aids.mjs';
import { Codebook } from './codebook.mjs';
import { Desk } from './desk.mjs';
import { newId, sha256 } from './ids.mjs';
import { keyTable } from './keytable.mjs';
import { Keys, takeTyped } from './keys.mjs';
import { NoOutbox, Outbox } from './outbox.mjs';
import { letOthersIn, reopenOffline } from './presence.mjs';
import { Server } from './server.mjs';
import { Session } from './session.mjs';
import { submission } from './submission.mjs';
import { suggest } from './suggestions.mjs';
import { Sync } from './sync.mjs';
import { TextPane } from './textpane.mjs';
import { markBar, statusLine, tools } from './views/bar.mjs';
import { keyList } from './views/keys.mjs';
import { eventsPane } from './views/events.mjs';
import { leftover } from './views/leftover.mjs';
import { icon, shorten } from './views/parts.mjs';
import { TypePicker } from './views/picker.mjs';
import { readingBar } from './views/reading.mjs';

const root = document.getElementById('workspace');
const PATIENCE = 6_000; // a server that does not answer for so long is none, where this computer knows the work
const slot = (name) => root.querySelector(`[data-slot=${name}]`);

start().catch((error) => {
  console.error(error);
  slot('events').replaceChildren(); // the word that it is loading
  render(
    html`<div class="events__start" role="alert">
      <p class="events__lead">Your coding could not be fetched</p>
      <p>The server does not answer as it should. Nothing is lost: what you coded before is on the server or on this computer. You can read the text meanwhile.</p>
      <p class="soft small">${error.message}</p>
      <div class="actions"><button class="button" type="button" @click=${() => location.reload()}>Try again</button></div>
    </div>`,
    slot('events'),
  );
});

async function start() {
  root.querySelector('[data-queue] [aria-current]')?.scrollIntoView({ block: 'nearest' });
  const { dataset } = root;
  const urls = { state: dataset.stateUrl, operations: dataset.operationsUrl, submit: dataset.submitUrl, codebook: dataset.codebookUrl, states: dataset.statesUrl };
  const server = new Server({ urls, token: csrfToken, owner: dataset.owner });
  const opening = Outbox.open(dataset.owner).catch(() => new NoOutbox());
  const work = workAsKnown(server, opening, dataset.assignment);
  const pane = new TextPane(root, Number(dataset.length)); // while the server tells what was coded
  pane.paint(printed(pane.text)); // as the page was made, so that the text is not seen bare
  pane.ready.then(() => performance.mark('concord-painted')); // for tests/benchmarks/painting.py
  const { json, confirmed } = await work;
  // Asked for together with the work, these kept the server from telling that, and passages from being painted.
  const reference = Promise.all([server.codebook(), server.states(), opening]);
  reference.catch(() => {}); // told when it is waited for
  const session = new Session(json, { newId });
  if (confirmed) session.takeConfirmed(confirmed);
  pane.paint(passagesOf(session.state));
  const [book, states, outbox] = await reference;
  const desk = new Desk({
    session,
    codebook: new Codebook(book, document.documentElement.lang),
    states: new StateList(states.states),
    map: pane.map,
    work: { id: json.id, document: json.document },
  });
  await aBreath(); // what is painted is seen before the text is proved and the forms are made
  desk.locked = await whyLocked(json, pane.map);
  await aBreath();
  const channel = globalThis.BroadcastChannel ? new BroadcastChannel(`concord-${json.id}`) : null;
  const sync = new Sync({ assignment: json.id, session, server, outbox, channel, address: location.pathname });

  const aids = new Aids({ root, desk, pane, sync, token: csrfToken });
  const draw = drawing(desk, sync, pane);
  const picker = new TypePicker(root.querySelector('[data-dialog-name=type]'), desk, draw);
  const submitting = submission({ desk, sync, server, draw, say });
  const pickType = (what) => {
    if (desk.readonly) return;
    const take = (code, template) => {
      if (what === 'change') desk.changeType(code);
      else desk.addEvent(code, template);
      draw.now();
    };
    picker.open(take, { isNew: what === 'new' });
  };
  render(picker.view(), slot('picker')); // N may be pressed before anything else is drawn
  draw.with({ picker, pickType, submitting });

  const keys = keyTable({ desk, pane, pickType, submit: submitting.submit, showKeys: () => root.querySelector('[data-dialog-name=keys]').showModal() });
  draw.with({ keys });
  keys.push(...(await suggest({ root, desk, pane, url: dataset.suggestionsUrl })));
  listen({ desk, sync, pane, keys: new Keys(keys, aids.keys), draw });

  slot('events').replaceChildren(); // the word that it is loading
  const left = await sync.start(confirmed ? null : json);
  desk.takeUpDrafts();
  if (left) say(`${left} unsent changes from this computer taken up again`);
  if (confirmed) say('No connection: this is your work as this computer keeps it');
  await inParts(desk);
  aids.begin();
  letOthersIn(dataset.owner, sync);
  reopenOffline(dataset);
  requestAnimationFrame(() => (root.dataset.ready = ''));
}

/** All passages in the quietest style, to be seen until it is known which event is open. */
function quiet(passage) {
  return { ...passage, style: 'evidence-other' };
}
const passagesOf = ({ passages }) => Object.values(passages).map(quiet);

/** The passages that the page itself tells, before the work has come. */
function printed({ dataset }) {
  const offsets = dataset.passages.split(' ').map(Number);
  return Array.from({ length: offsets.length >> 1 }, (_, n) => quiet({ id: `printed-${n}`, start: offsets[2 * n], end: offsets[2 * n + 1] }));
}

/** The assignment as the server tells it; without a server, as this computer knows it, with what was `confirmed` since. */
async function workAsKnown(server, opening, assignment) {
  const known = opening.then((outbox) => outbox.known(assignment)).catch(() => null);
  const told = server.state().then((json) => ({ json, confirmed: null }));
  const tired = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(async () => (await known) ?? told);
  try {
    return await Promise.race([told, tired]);
  } catch (error) {
    if (!(await known) || (error.status && error.status < 500)) throw error;
    return known;
  }
}

/** The first form grows over a few frames: made and laid out at once it would hold the page up for a tenth of a second. */
async function inParts(desk) {
  for (const rows of [0, 4, 10, 18, 28, Infinity]) {
    desk.rows = rows;
    desk.changed();
    await Promise.race([new Promise((resolve) => requestAnimationFrame(resolve)), new Promise((resolve) => setTimeout(resolve, 200))]); // no frames come where nobody looks
    await aBreath();
  }
}

const aBreath = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/** Why nothing may be changed here, in words, or null. */
async function whyLocked(json, map) {
  if (!map.isWhole || (await sha256(map.text)) !== json.text.sha256)
    return 'The text on this page is not the text this assignment is pinned to, so passages would point to wrong words. Coding is locked; please tell the manager of the project.';
  return null;
}

function csrfToken() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? decodeURIComponent(cookie[1]) : root.dataset.csrf;
}

let silence = 0;
function say(words) {
  const region = slot('said');
  region.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => (region.textContent = ''), 4000);
}

/**
 * One drawing per frame, whatever changed; none while the pointer is pressed in a form. Focus goes at the press and what
 * stands under the field before closes up: drawn at once, the control would move away before the click reached it.
 */
function drawing(desk, sync, pane) {
  let asked = false;
  let given = {};
  let isPressed = false;
  slot('events').addEventListener('pointerdown', () => (isPressed = true), { capture: true });
  for (const kind of ['pointerup', 'pointercancel', 'dragend', 'blur'])
    addEventListener(kind, ({ target }) => (kind === 'blur' && target !== window) || setTimeout(released), { capture: true });
  function released() {
    if (!isPressed) return;
    isPressed = false;
    draw();
  }
  const draw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => draw.now());
  };
  /** What a key did is drawn before the next key comes: fast hands type into the field that the first one led to. */
  draw.now = () => {
    if (!asked) return;
    asked = false;
    if (isPressed) return;
    const { picker, pickType, submitting, keys } = given;
    const { session } = desk;
    render(statusLine(sync.status, () => showRefused(desk)), slot('status'));
    render(tools(desk, { submit: submitting.submit, isSubmitting: submitting.isRunning }), slot('tools'));
    render([lockNotice(desk), leftover(desk, sync)], slot('notice'));
    render(eventsPane(desk, { pickType }), slot('events'));
    render(markBar(desk, desk.mark ? shorten(desk.map.slice(desk.mark.start, desk.mark.end), 90) : ''), slot('mark'));
    render(picker.view(), slot('picker'));
    render(keyList(keys, desk.aids.keys), slot('keys'));
    render(readingBar(desk), slot('reading'));
    const { painted } = desk;
    pane.paint(painted);
    desk.aids.sheets.paint(painted);
    jump(desk);
    markInQueue(session.lifecycle);
  };
  draw.with = (parts) => (given = { ...given, ...parts });
  return draw;
}

// The queue came with the page; only this document's mark can change while it is open.
function markInQueue(lifecycle) {
  const mark = root.querySelector('[data-queue] [aria-current] .queue__mark');
  if (!mark || mark.dataset.state === lifecycle) return;
  const [name, word] = { submitted: ['check', 'submitted'], started: ['pen', 'started'], sent_back: ['undo', 'sent back'] }[lifecycle] ?? ['missing', 'not started'];
  mark.dataset.state = lifecycle;
  mark.querySelector('use').setAttribute('href', `#i-${name}`);
  mark.querySelector('span').textContent = word;
}

function showRefused(desk) {
  const [first] = desk.session.refused.values();
  if (first?.operation.event) desk.show(first.operation.event, first.operation.field ?? null);
}

const lockNotice = (desk) =>
  desk.locked ? html`<div class="notice" data-tone="differ" role="alert">${icon('lock')}<div>${desk.locked}</div></div>` : nothing;

// Puts the keyboard where the desk last pointed: the first control of a field, or the top of the event.
function jump(desk) {
  if (!desk.jump) return;
  const { field, to } = desk.jump;
  desk.jump = null;
  if (to) return void root.querySelector(to)?.focus();
  const row = field && root.querySelector(`.coded[data-field="${CSS.escape(field)}"]`);
  slot('events').querySelector('.event-pill[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  if (!row) return void slot('events').scrollTo({ top: 0 });
  const controls = [...row.querySelectorAll('input:not([type=hidden]), textarea, select, button')];
  const target = row.querySelector('input:checked') ?? controls.find((control) => !control.closest('.coded__head')) ?? row.querySelector('summary');
  target?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

// Wide screens hide the queue, narrow ones show it; the style sheet knows which of the two counts.
function toggleQueue() {
  const isHidden = root.toggleAttribute('data-queue-hidden');
  root.toggleAttribute('data-queue-shown', isHidden);
  tellQueue();
}

function tellQueue() {
  const queue = root.querySelector('.queue');
  const isSeen = getComputedStyle(queue).visibility === 'visible' && queue.offsetWidth > 0;
  root.querySelector('[data-toggle-queue]').setAttribute('aria-expanded', String(isSeen));
}

function listen({ desk, sync, pane, keys, draw }) {
  desk.addEventListener('change', draw);
  desk.addEventListener('say', ({ words }) => say(words));
  desk.addEventListener('reveal', ({ passage }) => (desk.aids.sheets.isShown ? desk.aids.sheets : pane).reveal(passage));
  sync.addEventListener('status', draw);
  sync.addEventListener('contested', () => say('The same values were changed elsewhere; yours stand on top. Undo brings back the others.'));
  sync.addEventListener('codebook', () => {
    desk.locked = 'The codebook of this round has a new version. Load this page again to go on with it; what you coded is kept.';
    desk.changed();
  });
  sync.addEventListener('refused', ({ judged }) => {
    const taken = judged.find(({ isKept }) => !isKept);
    say(taken ? `Not accepted and taken back: ${taken.message}` : 'A value was not accepted; see the form');
  });
  pane.addEventListener('marked', ({ mark }) => !desk.readonly && desk.setMark(mark));
  pane.addEventListener('pointed', ({ passage }) => desk.showPassage(passage));
  addEventListener('keydown', (event) => keys.handle(event) && draw.now());
  root.querySelector('[data-toggle-queue]').addEventListener('click', toggleQueue);
  tellQueue();
  root.addEventListener('toggle', ({ target }) => target.open && target.querySelector('.menu__list')?.scrollIntoView({ block: 'nearest' }), true);
  addEventListener('online', () => sync.refresh());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    takeTyped(document.activeElement);
    sync.flush({ leaving: true });
  });
  addEventListener('beforeunload', (event) => {
    if (sync.wouldLose) event.preventDefault();
  });
}
