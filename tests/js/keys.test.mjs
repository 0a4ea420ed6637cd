import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keys } from '#workspace/keys.mjs';
import { statusWords } from '#workspace/views/bar.mjs';
import { shorten } from '#workspace/views/parts.mjs';

globalThis.document = { querySelector: () => null };
const page = { closest: () => null };
const input = { closest: () => input };
const press = (key, rest = {}) => ({ key, target: page, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, preventDefault() { this.defaultPrevented = true; }, ...rest });

function keys(options) {
  const done = [];
  const table = [
    { keys: ['n'], run: () => done.push('new') },
    { keys: ['['], run: () => done.push('widen') },
    { keys: ['z'], ctrl: true, shift: false, whileTyping: true, run: () => done.push('undo') },
    { keys: ['z'], ctrl: true, shift: true, whileTyping: true, run: () => done.push('redo') },
    { keys: ['Enter'], whileTyping: true, run: () => false },
    { keys: ['Enter'], whileTyping: true, run: () => done.push('next') },
  ];
  return { done, keys: new Keys(table, options) };
}

test('a single key acts on the page and is silent while typing', () => {
  const { done, keys: table } = keys();

  table.handle(press('n'));
  table.handle(press('N'));
  table.handle(press('n', { target: input }));

  assert.deepEqual(done, ['new', 'new']);
});

test('single keys can be switched off; the others stay', () => {
  const { done, keys: table } = keys({ singleKeys: false });

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
