import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '#workspace/session.mjs';
import { turnsOf } from '#workspace/steps.mjs';

const add = { id: '1', kind: 'event.add', event: 'a', type: 'EX' };
const title = (id, value, tags = {}) => ({ id, kind: 'value.set', event: 'a', field: 'title', value, ...tags });

test('operations that belong to one step are taken back together, last first', () => {
  const { undo, redo } = turnsOf([add, title('2', 'x', { step: '1' })]);

  assert.deepEqual(undo, [
    { id: '1', back: [{ kind: 'value.clear', event: 'a', field: 'title' }, { kind: 'event.remove', event: 'a' }] },
  ]);
  assert.deepEqual(redo, []);
});

test('typing that was sent in pieces goes back to what stood before all of it', () => {
  const { undo } = turnsOf([add, title('2', 'old'), title('3', 'n'), title('4', 'ne', { step: '3' }), title('5', 'new', { step: '3' })]);

  assert.deepEqual(undo.at(-1), { id: '3', back: [title(undefined, 'old')].map(({ id, ...body }) => body) });
});

test('what was taken back can be done again, and a new act forgets it', () => {
  const undone = [add, title('2', 'x'), { id: '3', kind: 'value.clear', event: 'a', field: 'title', undo: '2' }];

  const { undo, redo } = turnsOf(undone);
  assert.deepEqual(undo.map(({ id }) => id), ['1']);
  assert.deepEqual(redo, [{ id: '2', back: [{ kind: 'value.set', event: 'a', field: 'title', value: 'x' }] }]);
  assert.deepEqual(turnsOf([...undone, title('4', 'y')]).redo, []);
});

test('undone, done again and undone once more, a step waits to be done again', () => {
  const { undo, redo } = turnsOf([
    add,
    title('2', 'x'),
    { id: '3', kind: 'value.clear', event: 'a', field: 'title', undo: '2' },
    title('4', 'x', { redo: '2' }),
    { id: '5', kind: 'value.clear', event: 'a', field: 'title', undo: '2' },
  ]);

  assert.deepEqual([undo.map(({ id }) => id), redo.map(({ id }) => id)], [['1'], ['2']]);
});

test('a sitting that begins anew undoes and redoes what the last one did', () => {
  let n = 0;
  const newId = () => `op${++n}`;
  const empty = { version: 0, state: 'started', events: [], passages: [] };
  const before = new Session(empty, { newId });
  before.do([{ kind: 'event.add', event: 'a', type: 'EX' }, { kind: 'value.set', event: 'a', field: 'title', value: 'x' }]);
  before.do([{ kind: 'value.set', event: 'a', field: 'place', value: 'V' }], { typing: true });
  before.do([{ kind: 'value.set', event: 'a', field: 'place', value: 'Va' }], { typing: true });
  before.undo();
  const log = before.pending;

  const after = new Session({ ...empty, version: log.length, events: Object.values(before.state.events) }, { newId });
  assert.deepEqual([after.canUndo, after.canRedo], [false, false]);
  after.recall(log);

  after.redo();
  assert.deepEqual(after.state.events.a.values, { title: 'x', place: 'Va' });
  after.undo();
  after.undo();
  assert.equal(after.state.events.a.removed, true);
  assert.equal(after.canUndo, false);
  after.redo();
  after.redo();
  assert.deepEqual(after.state.events.a.values, { title: 'x', place: 'Va' });
});
