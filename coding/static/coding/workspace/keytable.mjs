// Which key does what in the workspace. Order matters only for keys that pass on (run gives false).
import { takeTyped } from './keys.mjs';

export function keyTable({ desk, pane, pickType, submit, showKeys }) {
  const inText = (event) => pane.scroller.contains(event.target) || event.target === document.body;
  const { aids } = desk;
  const turn = (direction) => {
    const links = [...document.querySelectorAll('[data-queue] a')];
    const next = links[links.findIndex((link) => link.getAttribute('aria-current')) + direction];
    if (next) location.assign(next.href);
    else desk.say(direction > 0 ? 'This is the last document of your queue' : 'This is the first document of your queue');
  };
  const turnToUnfinished = () => {
    const next = nextUnfinished([...document.querySelectorAll('[data-queue] a')]);
    if (next) location.assign(next.href);
    else desk.say('No other document of your queue is open');
  };
  const isControl = (target) => target.matches?.('.events :is(input, textarea, select)');
  const arrow = (key, direction, granularity) => ({
    keys: [key],
    run: (event) => {
      if (!inText(event) || desk.readonly) return false;
      pane.step(desk, { direction, granularity, extend: event.shiftKey });
    },
  });
  const edge = (key, end, direction, name) => ({
    act: `${end}_${direction < 0 ? 'left' : 'right'}`,
    keys: [key],
    name,
    run: () => (desk.mark ? desk.adjust(null, end, direction) : false),
  });

  return [
    { act: 'new_event', keys: ['n'], name: 'New event, with the marked passage', run: () => pickType('new') },
    {
      keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
      shown: ['1', '…', '9'],
      name: 'Field 1 to 9; links the marked passage to it',
      run: ({ key }) => {
        if (!desk.event) return false;
        const row = desk.codebook.layout(desk.event)[Number(key) - 1];
        if (!row) return false;
        if (desk.mark) desk.linkMark(row.field.name);
        desk.goTo(row.field.name);
      },
    },
    {
      keys: ['Enter'],
      shown: ['Enter'],
      name: 'Link the marked passage to the focused field; without a mark, next field',
      whileTyping: true,
      run: (event) => {
        const { target } = event;
        if (event.shiftKey || target.closest?.('button, summary, a, .asking')) return false;
        if (desk.mark) {
          takeTyped(target);
          return desk.linkMark();
        }
        if (!target.matches?.('.coded input')) return false;
        takeTyped(target);
        desk.nextField();
      },
    },
    {
      keys: ['Enter'],
      shift: true,
      shown: ['Shift', 'Enter'],
      name: 'Link the passage linked last to the focused field too',
      whileTyping: true,
      run: ({ target }) => (target.matches?.('.coded :is(input, select)') ? desk.linkAgain() : false),
    },
    {
      keys: ['F2'],
      shown: ['F2'],
      name: 'To the text',
      whileTyping: true,
      run: () => pane.focus(),
    },
    arrow('ArrowDown', 1, 'sentence'),
    arrow('ArrowUp', -1, 'sentence'),
    arrow('ArrowRight', 1, 'word'),
    arrow('ArrowLeft', -1, 'word'),
    { keys: [], shown: ['↑', '↓', '←', '→'], name: 'In the text: mark a sentence or word; Shift extends', run: () => false },
    edge('[', 'start', -1, 'Mark or focused passage begins a word earlier'),
    edge('{', 'start', 1, '… a word later'),
    edge(']', 'end', 1, 'Mark or focused passage ends a word later'),
    edge('}', 'end', -1, '… a word earlier'),
    {
      keys: ['Escape'],
      shown: ['Esc'],
      name: 'Drop the mark; out of a field; from the text back to the form',
      whileTyping: true,
      run: ({ target }) => {
        if (aids.search.active) return leaveSearch(aids.search, pane);
        if (desk.asking) return void desk.ask(null);
        if (desk.mark) {
          document.getSelection().removeAllRanges();
          return void desk.setMark(null);
        }
        if (isControl(target)) target.blur(); // so that single keys speak again
        else if (desk.event) desk.goTo(desk.field);
      },
    },
    { act: 'next_open', keys: ['.'], name: 'Next required field that is open', run: () => (desk.event ? desk.goToOpen() : false) },
    { act: 'keep_template', keys: ['t'], name: 'Keep the event as a template for others', run: () => aids.templates.begin() },
    { keys: ['d'], ctrl: true, whileTyping: true, shown: ['Ctrl', 'D'], name: 'Duplicate the event, for the next of a series', run: () => desk.duplicate() },
    { keys: ['z'], ctrl: true, shift: false, whileTyping: true, shown: ['Ctrl', 'Z'], name: 'Undo', run: () => desk.undo() },
    { keys: ['z'], ctrl: true, shift: true, whileTyping: true, shown: ['Ctrl', 'Shift', 'Z'], name: 'Redo', run: () => desk.redo() },
    { keys: ['Enter'], ctrl: true, whileTyping: true, shown: ['Ctrl', 'Enter'], name: 'Submit', run: () => void submit() },
    {
      act: 'search',
      keys: ['/'],
      name: 'Search in the text; Enter goes on, Esc leaves with the hit marked',
      run: () => document.querySelector('[data-search-text]').focus(),
    },
    { act: 'page_image', keys: ['p'], name: 'The page as it looks, or its text', run: () => (aids.sheets.isThere ? aids.sheets.turn() : false) },
    { act: 'codebook', keys: ['c'], name: 'The codebook, or back to the fields', run: () => turnTo(desk, 'guide') },
    { act: 'history', keys: ['h'], name: 'History of the event, or back to the fields', run: () => (desk.event ? turnTo(desk, 'history') : false) },
    { act: 'ask', keys: ['q'], name: 'Ask the PI: on the marked passage, else the field', run: () => aids.questions.begin(desk.place) },
    { act: 'next', keys: ['j'], shift: false, name: 'Next document', run: () => turn(1) },
    { act: 'previous', keys: ['k'], name: 'Previous document', run: () => turn(-1) },
    { act: 'next_unfinished', keys: ['u'], name: 'Next document that is not finished', run: turnToUnfinished },
    { act: 'keys', keys: ['?'], name: 'These keys', run: () => showKeys() },
  ];
}

/** The next link of the queue, after this document and around its end, to work that is not handed in. */
export function nextUnfinished(links) {
  const at = links.findIndex((link) => link.getAttribute('aria-current'));
  const rest = [...links.slice(at + 1), ...links.slice(0, Math.max(0, at))];
  return rest.find((link) => link.querySelector('[data-state]')?.dataset.state !== 'submitted') ?? null;
}

function turnTo(desk, tab) {
  const next = desk.tab === tab ? 'fields' : tab;
  desk.turn(next);
  desk.jump = next === 'guide' ? { to: '[data-search-codebook]' } : { field: desk.field };
  desk.changed();
}

function leaveSearch(search, pane) {
  search.close();
  pane.focus();
}
