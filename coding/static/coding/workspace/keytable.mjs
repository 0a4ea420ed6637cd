// Which key does what in the workspace. Order matters only for keys that pass on (run gives false).

export function keyTable({ desk, pane, pickType, submit, showKeys }) {
  const inText = (event) => pane.scroller.contains(event.target) || event.target === document.body;
  const turn = (direction) => {
    const links = [...document.querySelectorAll('[data-queue] a')];
    const at = links.findIndex((link) => link.getAttribute('aria-current'));
    const next = links[at + direction];
    if (next) location.assign(next.href);
  };
  const isControl = (target) => target.matches?.('.events :is(input, textarea, select)');
  const arrow = (key, direction, granularity) => ({
    keys: [key],
    run: (event) => {
      if (!inText(event) || desk.readonly) return false;
      pane.step(desk, { direction, granularity, extend: event.shiftKey });
    },
  });
  const edge = (key, shown, end, direction) => ({
    keys: [key],
    shown,
    run: () => (desk.mark ? desk.adjust(null, end, direction) : false),
  });

  return [
    { keys: ['n'], shown: ['N'], name: 'New event, with the marked passage', run: () => pickType('new') },
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
          target.dispatchEvent(new Event('change', { bubbles: true }));
          return desk.linkMark();
        }
        if (!target.matches?.('.coded input')) return false;
        target.dispatchEvent(new Event('change', { bubbles: true }));
        desk.nextField();
      },
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
    edge('[', ['['], 'start', -1),
    edge('{', ['{'], 'start', 1),
    edge(']', [']'], 'end', 1),
    edge('}', ['}'], 'end', -1),
    { keys: [], shown: ['[', ']'], name: 'Widen the mark, or the focused passage, at its beginning or end; Shift narrows', run: () => false },
    {
      keys: ['Escape'],
      shown: ['Esc'],
      name: 'Drop the mark; out of a field; from the text back to the form',
      whileTyping: true,
      run: ({ target }) => {
        if (desk.asking) return void desk.ask(null);
        if (desk.mark) {
          document.getSelection().removeAllRanges();
          return void desk.setMark(null);
        }
        if (isControl(target)) target.blur(); // so that single keys speak again
        else if (desk.event) desk.goTo(desk.field);
      },
    },
    { keys: ['.'], shown: ['.'], name: 'Next required field that is open', run: () => (desk.event ? desk.goToOpen() : false) },
    { keys: ['z'], ctrl: true, shift: false, whileTyping: true, shown: ['Ctrl', 'Z'], name: 'Undo', run: () => desk.undo() },
    { keys: ['z'], ctrl: true, shift: true, whileTyping: true, shown: ['Ctrl', 'Shift', 'Z'], name: 'Redo', run: () => desk.redo() },
    { keys: ['Enter'], ctrl: true, whileTyping: true, shown: ['Ctrl', 'Enter'], name: 'Submit', run: () => void submit() },
    { keys: ['j'], shown: ['J'], name: 'Next document', run: () => turn(1) },
    { keys: ['k'], shown: ['K'], name: 'Previous document', run: () => turn(-1) },
    { keys: ['?'], shown: ['?'], name: 'These keys', run: () => showKeys() },
  ];
}
