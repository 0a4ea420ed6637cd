import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '#workspace/session.mjs';

function sitting(json = {}) {
  let n = 0;
  const session = new Session({ version: 0, state: 'assigned', events: [], passages: [], ...json }, { newId: () => `op${++n}` });
  const records = [];
  session.addEventListener('change', (event) => event.records && records.push(event.records));
  return { session, records };
}
const add = { kind: 'event.add', event: 'a', type: 'EX' };
const title = (value) => ({ kind: 'value.set', event: 'a', field: 'title', value });

test('an operation is reduced at once, waits to be sent, and is recorded for the disk', () => {
  const { session, records } = sitting();

  session.do([add]);

  assert.equal(session.state.events.a.type, 'EX');
  assert.deepEqual(session.pending, [{ id: 'op1', ...add }]);
  assert.deepEqual(records, [{ put: [{ operation: { id: 'op1', ...add } }], dropped: [] }]);
});

test('typing replaces the newest unsent operation under a new id and is one step to undo', () => {
  const { session } = sitting();
  session.do([add]);

  session.do([title('U')], { typing: true });
  session.do([title('Ul')], { typing: true });

  assert.deepEqual(session.pending.map(({ id, value }) => [id, value]), [['op1', undefined], ['op3', 'Ul']]);
  session.undo();
  assert.deepEqual(session.state.events.a.values, {});
});

test('typing never replaces an operation that is on its way', () => {
  const { session } = sitting();
  session.do([add]);
  session.do([title('U')], { typing: true });
  session.inFlight.add('op2');

  session.do([title('Ul')], { typing: true });

  assert.deepEqual(session.pending.map(({ id }) => id), ['op1', 'op2', 'op3']);
});

test('undo and redo send operations of their own', () => {
  const { session } = sitting();
  session.do([add]);
  session.do([title('x')]);

  session.undo();
  session.undo();
  session.redo();
  session.redo();

  assert.equal(session.state.events.a.values.title, 'x');
  assert.deepEqual(session.pending.map(({ kind }) => kind), ['event.add', 'value.set', 'value.clear', 'event.remove', 'event.restore', 'value.set']);
  assert.equal(session.canRedo, false);
});

test('a new act forgets what was undone', () => {
  const { session } = sitting();
  session.do([add]);
  session.do([title('x')]);
  session.undo();

  session.do([title('z')]);

  assert.equal(session.redo(), null);
});

test('confirming moves operations from waiting to the base', () => {
  const { session, records } = sitting();
  const sent = session.do([add, title('x')]);
  session.do([title('y')]);

  session.confirm(sent, 2);

  assert.equal(session.version, 2);
  assert.equal(session.lifecycle, 'started');
  assert.deepEqual(session.pending.map(({ id }) => id), ['op3']);
  assert.equal(session.state.events.a.values.title, 'y');
  const confirmed = { from: 0, version: 2, operations: sent };
  assert.deepEqual(records.at(-1), { put: [], dropped: ['op1', 'op2'], confirmed });
});

test('what was confirmed is recalled on top of the assignment as it was told whole', () => {
  const { session } = sitting({ version: 3 });

  session.takeConfirmed([
    { from: 1, version: 3, operations: [{ id: 'old', ...add }] },
    { from: 3, version: 5, operations: [{ id: 'x', ...add }, { id: 'y', ...title('kept') }] },
    { from: 7, version: 8, operations: [{ id: 'gap', ...title('after a gap') }] },
  ]);

  assert.equal(session.version, 5);
  assert.deepEqual(session.state.events.a.values, { title: 'kept' });
});

test('a confirmation that another tab told before changes nothing but what waits', () => {
  const { session } = sitting();
  const sent = session.do([add, title('mine')]);
  session.takeServerState({ version: 3, state: 'started', events: [{ id: 'a', type: 'EX', values: { title: 'newer' } }] });

  session.confirm(sent, 2);

  assert.equal(session.version, 3);
  assert.deepEqual(session.pending, []);
  assert.deepEqual(session.state.events.a.values, { title: 'newer' });
});

test('what is half typed is recorded once and goes when the field is left', () => {
  const { session, records } = sitting();
  const place = { event: 'a', field: 'start' };
  session.draft(place, '19');
  session.draft(place, '195');
  assert.deepEqual(records.at(-1), { put: [{ operation: { id: 'op2', kind: 'value.set', ...place, value: '195' }, draft: true }], dropped: ['op1'] });

  session.dropDraft('a', 'start');

  assert.deepEqual(records.at(-1), { put: [], dropped: ['op2'] });
  assert.deepEqual(session.records, []);
});

test('a value that the server wrote in its own form is shown in that form', () => {
  const { session } = sitting();
  session.do([add]);
  session.do([{ kind: 'value.set', event: 'a', field: 'start', value: 'early 1951' }]);

  session.confirm(session.pending, 2, [{ event: 'a', field: 'start', value: '1951-01~/1951-04~' }]);

  assert.deepEqual(session.state.events.a.values, { start: '1951-01~/1951-04~' });
});

test('a rebase puts ours on top of theirs, drops ours that had arrived, and names what both set', () => {
  const { session } = sitting();
  session.do([add]);
  session.do([title('mine')]);
  const theirs = [
    { id: 'op1', ...add },
    { id: 'other', ...title('theirs') },
    { id: 'more', kind: 'value.set', event: 'a', field: 'series', value: 's' },
  ];

  const contested = session.rebase(theirs, 3);

  assert.deepEqual(session.state.events.a.values, { title: 'mine', series: 's' });
  assert.deepEqual(session.pending.map(({ id }) => id), ['op2']);
  assert.deepEqual(contested.map(({ id }) => id), ['op2']);
  assert.equal(session.version, 3);
});

test('what the server refuses is set aside with its words and leaves the rest to be sent', () => {
  const { session, records } = sitting();
  session.do([add]);
  const [bad] = session.do([{ kind: 'value.set', event: 'a', field: 'start', value: 'soon' }]);
  session.do([title('x')]);

  session.setAside([{ operation: bad.id, message: 'not a date' }]);

  assert.deepEqual(session.pending.map(({ id }) => id), ['op1', 'op3']);
  assert.equal(session.state.events.a.values.start, undefined);
  assert.deepEqual(session.refusal('a', 'start'), { operation: bad, message: 'not a date' });
  assert.deepEqual(records.at(-1), { put: [{ operation: bad, refused: 'not a date' }], dropped: [] });
});

test('what is no value is taken back when refused, with all that hung on it', () => {
  const { session, records } = sitting();
  const [first] = session.do([{ ...add, type: 'ZZ' }]);
  const [second] = session.do([title('x')]);

  const judged = session.setAside([first, second].map(({ id }) => ({ operation: id, message: 'no such type' })));

  assert.deepEqual(session.state.events, {});
  assert.equal(session.refused.size, 0);
  assert.deepEqual(judged.map(({ isKept }) => isKept), [false, false]);
  assert.deepEqual(records.at(-1), { put: [], dropped: ['op1', 'op2'] });
});

test('a new value in the place of a refused one takes its record away', () => {
  const { session, records } = sitting();
  session.do([add]);
  session.hold({ kind: 'value.set', event: 'a', field: 'start', value: 'soon' }, 'not a date');

  session.do([{ kind: 'value.set', event: 'a', field: 'start', value: '1994' }]);

  assert.equal(session.refusal('a', 'start'), null);
  assert.deepEqual(records.at(-1).dropped, ['op2']);
});

test('records of an earlier sitting are taken up in order, refused ones apart', () => {
  const { session } = sitting();

  session.mirror([
    { operation: { id: 'x', ...add } },
    { operation: { id: 'y', ...title('kept') } },
    { operation: { id: 'z', kind: 'value.set', event: 'a', field: 'start', value: 'soon' }, refused: 'not a date' },
  ]);

  assert.deepEqual(session.state.events.a.values, { title: 'kept' });
  assert.deepEqual(session.pending.map(({ id }) => id), ['x', 'y']);
  assert.equal(session.refusal('a', 'start').message, 'not a date');
});

test('a state with more than our operations is adopted whole, what is newer stays on top', () => {
  const { session } = sitting();
  const sent = session.do([add]);
  session.do([title('newer')]);

  session.adopt(sent, { version: 5, state: 'started', events: [{ id: 'a', type: 'EX', values: { series: 's' }, position: 1 }], passages: [] });

  assert.deepEqual(session.state.events.a.values, { series: 's', title: 'newer' });
  assert.equal(session.version, 5);
});

test('nothing can be done in a locked session', () => {
  const { session } = sitting();
  session.do([add]);
  session.lock('submitted');

  assert.deepEqual(session.do([title('x')]), []);
  assert.equal(session.undo(), null);
  assert.equal(session.lifecycle, 'submitted');
});

test('what is given up is gone from the page and from the disk, and what the server has stays', () => {
  const { session, records } = sitting();
  session.confirm(session.do([add]), 1);
  session.do([title('lost')]);
  session.hold(title('not allowed'), 'no');
  session.draft({ event: 'a', field: 'start' }, '19');

  session.discard();

  assert.deepEqual([session.records, session.state.events.a.values], [[], {}]);
  assert.deepEqual(records.at(-1), { put: [], dropped: ['op2', 'op3', 'op4'] });
});
