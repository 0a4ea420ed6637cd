import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyChoices } from '#workspace/aids/keychoices.mjs';
import { Keys } from '#workspace/keys.mjs';
import { statusWords } from '#workspace/views/bar.mjs';
import { shorten } from '#workspace/views/parts.mjs';

globalThis.document = { querySelector: () => null };
const page = { closest: () => null };
const input = { closest: (what) => (what.startsWith('dialog') ? null : input) };
const inClosedDialog = { closest: () => inClosedDialog };
const press = (key, rest = {}) => ({ key, target: page, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, preventDefault() { this.defaultPrevented = true; }, ...rest });

function keys(choice) {
  const done = [];
  const table = [
    { act: 'new_event', keys: ['n'], run: () => done.push('new') },
    { act: 'start_left', keys: ['['], run: () => done.push('widen') },
    { keys: ['z'], ctrl: true, shift: false, whileTyping: true, run: () => done.push('undo') },
    { keys: ['z'], ctrl: true, shift: true, whileTyping: true, run: () => done.push('redo') },
    { keys: ['Enter'], whileTyping: true, run: () => false },
    { keys: ['Enter'], whileTyping: true, run: () => done.push('next') },
  ];
  return { done, keys: new Keys(table, new KeyChoices(choice)) };
}

test('a single key acts on the page and is silent while typing', () => {
  const { done, keys: table } = keys();

  table.handle(press('n'));
  table.handle(press('N'));
  table.handle(press('n', { target: input }));

  assert.deepEqual(done, ['new', 'new']);
});

test('the control of a dialog just closed, which still has the focus, is nowhere to type in', () => {
  const { done, keys: table } = keys();

  table.handle(press('n', { target: inClosedDialog }));

  assert.deepEqual(done, ['new']);
});

test('single keys can be switched off; the others stay', () => {
  const { done, keys: table } = keys({ single_keys: false });

  table.handle(press('n'));
  table.handle(press('z', { ctrlKey: true }));

  assert.deepEqual(done, ['undo']);
});

test('control and shift are told apart, also while typing', () => {
  const { done, keys: table } = keys();

  table.handle(press('z', { ctrlKey: true, target: input }));
  table.handle(press('Z', { metaKey: true, shiftKey: true, target: input }));
  table.handle(press('z'));

  assert.deepEqual(done, ['undo', 'redo']);
});

test('a bracket typed with AltGr is a bracket; Alt alone belongs to the browser', () => {
  const { done, keys: table } = keys();

  table.handle(press('[', { altKey: true, ctrlKey: true, getModifierState: (name) => name === 'AltGraph' }));
  table.handle(press('n', { altKey: true }));

  assert.deepEqual(done, ['widen']);
});

test('an act that passes lets the next one have the key', () => {
  const { done, keys: table } = keys();

  assert.equal(table.handle(press('Enter')), true);
  assert.deepEqual(done, ['next']);
});

test('a key that something else took is left alone', () => {
  const { done, keys: table } = keys();

  assert.equal(table.handle(press('n', { defaultPrevented: true })), false);
  assert.deepEqual(done, []);
});

test('the status line says where the work is', () => {
  const said = (status) => statusWords(status)[2];

  assert.equal(said({ kind: 'saved' }), 'Saved');
  assert.equal(said({ kind: 'local', count: 3, trouble: null }), 'Saved on this computer, 3 to send');
  assert.equal(said({ kind: 'local', count: 3, trouble: { kind: 'unreachable' } }), 'No connection. Saved on this computer, 3 to send');
  assert.equal(said({ kind: 'refused', count: 1 }), 'Not saved: 1 value is not accepted');
  assert.equal(said({ kind: 'disk', count: 2, detail: 'disk full' }), 'Not saved: 2 changes only in this window (disk full)');
});

test('a long quotation keeps both ends, at words', () => {
  const short = shorten('alpha beta gamma delta epsilon zeta eta theta iota kappa', 30);

  assert.equal(short, 'alpha beta gamma … kappa');
});

test('an act goes by the key a person chose, and no longer by its own', () => {
  const { done, keys: table } = keys({ keys: { new_event: 'e' } });

  table.handle(press('n'));
  table.handle(press('E'));

  assert.deepEqual(done, ['new']);
});

test('a key that another act has is refused by name; a free one is taken and kept', async () => {
  const kept = [];
  const choices = new KeyChoices({}, { keep: async (choice) => kept.push(choice) });
  const table = [{ act: 'new_event', keys: ['n'], name: 'New event' }, { act: 'start_left', keys: ['['], name: 'Widen' }, { act: 'digits', keys: ['1', '2'], name: 'Field' }];
  choices.ask('start_left');

  choices.take('N', table);
  assert.equal(choices.trouble, '“N” is taken: New event.');
  choices.take('2', table);
  assert.equal(choices.trouble, '“2” is taken: Field.');
  await choices.take('ö', table);

  assert.deepEqual([choices.asking, choices.trouble], [null, '']);
  assert.deepEqual(kept, [{ single_keys: true, keys: { start_left: 'ö' } }]);
  choices.reset('start_left');
  assert.deepEqual(choices.keys, {});
});
