import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromServer, inverse, inverseOf, liveEvents, reduce, replay, servedFields } from '#workspace/reducer.mjs';

const empty = fromServer({ events: [], passages: [] });
const add = (event, type = 'EX') => ({ kind: 'event.add', event, type });
const set = (event, field, value) => ({ kind: 'value.set', event, field, value });
const link = (event, field, passage, start = 3, end = 9) => ({ kind: 'passage.link', event, field, passage, start, end });

test('an event is added with the next position and nothing in it', () => {
  const state = replay(empty, [add('a'), add('b', 'MA')]);

  assert.deepEqual(
    liveEvents(state).map(({ id, type, position }) => [id, type, position]),
    [['a', 'EX', 1], ['b', 'MA', 2]],
  );
  assert.deepEqual(state.events.a.values, {});
});

test('adding the same event twice changes nothing', () => {
  const once = replay(empty, [add('a'), set('a', 'title', 'x')]);

  assert.equal(reduce(once, add('a', 'MA')), once);
});

test('values are set and cleared field by field', () => {
  const state = replay(empty, [add('a'), set('a', 'title', 'x'), set('a', 'reciprocal', 0), { kind: 'value.clear', event: 'a', field: 'title' }]);

  assert.deepEqual(state.events.a.values, { reciprocal: 0 });
});

test('a removed event is not live, keeps its content and comes back', () => {
  const removed = replay(empty, [add('a'), set('a', 'title', 'x'), { kind: 'event.remove', event: 'a' }]);
  const restored = reduce(removed, { kind: 'event.restore', event: 'a' });

  assert.deepEqual(liveEvents(removed), []);
  assert.deepEqual(liveEvents(restored)[0].values, { title: 'x' });
});

test('changing the type keeps values of the old type', () => {
  const state = replay(empty, [add('a'), set('a', 'ex_name', 'Ulchi'), { kind: 'event.type', event: 'a', type: 'MA' }]);

  assert.equal(state.events.a.type, 'MA');
  assert.deepEqual(state.events.a.values, { ex_name: 'Ulchi' });
});

test('one passage serves several fields and is gone when none rests on it', () => {
  const linked = replay(empty, [add('a'), link('a', 'provider', 'p'), link('a', 'start', 'p')]);
  const half = reduce(linked, { kind: 'passage.unlink', event: 'a', field: 'provider', passage: 'p' });
  const none = reduce(half, { kind: 'passage.unlink', event: 'a', field: 'start', passage: 'p' });

  assert.deepEqual(servedFields(linked.events.a, 'p'), ['provider', 'start']);
  assert.deepEqual(half.events.a.evidence, { start: ['p'] });
  assert.deepEqual(half.passages, { p: { id: 'p', start: 3, end: 9 } });
  assert.deepEqual(none.passages, {});
  assert.deepEqual(none.events.a.evidence, {});
});

test('linking a known passage keeps where it stands now', () => {
  const state = replay(empty, [add('a'), link('a', 'start', 'p'), { kind: 'passage.move', passage: 'p', start: 2, end: 9 }, link('a', 'end', 'p', 3, 9)]);

  assert.deepEqual(state.passages.p, { id: 'p', start: 2, end: 9 });
});

test('operations on what is not there, or of an unknown kind, change nothing', () => {
  const state = replay(empty, [add('a')]);

  for (const operation of [set('ghost', 'title', 'x'), { kind: 'passage.move', passage: 'ghost', start: 0, end: 1 }, { kind: 'event.split', event: 'a' }])
    assert.equal(reduce(state, operation), state);
});

test('states are never changed in place', () => {
  const frozen = deepFreeze(replay(empty, [add('a'), set('a', 'title', 'x'), link('a', 'start', 'p')]));

  replay(frozen, [set('a', 'title', 'y'), link('a', 'start', 'q', 1, 2), { kind: 'passage.move', passage: 'p', start: 1, end: 4 }, { kind: 'event.remove', event: 'a' }]);
});

const steps = {
  'adding an event': [[], add('b')],
  'removing an event': [[add('a')], { kind: 'event.remove', event: 'a' }],
  'changing the type': [[add('a')], { kind: 'event.type', event: 'a', type: 'MA' }],
  'a first value': [[add('a')], set('a', 'title', 'x')],
  'another value': [[add('a'), set('a', 'title', 'x')], set('a', 'title', 'y')],
  'clearing a value': [[add('a'), set('a', 'title', 'x')], { kind: 'value.clear', event: 'a', field: 'title' }],
  'linking a passage': [[add('a')], link('a', 'start', 'p')],
  'unlinking a moved passage': [
    [add('a'), link('a', 'start', 'p'), { kind: 'passage.move', passage: 'p', start: 1, end: 4 }],
    { kind: 'passage.unlink', event: 'a', field: 'start', passage: 'p' },
  ],
  'moving a passage': [[add('a'), link('a', 'start', 'p')], { kind: 'passage.move', passage: 'p', start: 1, end: 4 }],
  'giving the whole document': [[add('a')], { kind: 'whole.set', event: 'a', field: 'status', reason: 'tone' }],
  'taking back the whole document': [
    [add('a'), { kind: 'whole.set', event: 'a', field: 'status', reason: 'tone' }],
    { kind: 'whole.clear', event: 'a', field: 'status' },
  ],
  'marking a near miss': [[add('a')], { kind: 'near_miss.set', event: 'a', near_miss: true, reason: 'denied' }],
  'setting the outcome': [[], { kind: 'outcome.set', outcome: 'no_event', reason: '' }],
};
for (const [name, [before, operation]] of Object.entries(steps)) {
  test(`the inverse takes back ${name}`, () => {
    const state = replay(empty, before);

    const back = replay(reduce(state, operation), inverse(state, operation));

    assert.deepEqual(visible(back), visible(state));
  });
}

test('an operation that changed nothing has nothing to take back', () => {
  const state = replay(empty, [add('a')]);

  assert.deepEqual(inverse(state, add('a')), []);
  assert.deepEqual(inverse(state, { kind: 'value.clear', event: 'a', field: 'title' }), []);
  assert.deepEqual(inverse(state, { kind: 'event.restore', event: 'a' }), []);
  assert.deepEqual(inverse(state, set('ghost', 'title', 'x')), []);
});

test('several operations are taken back last first', () => {
  const step = [add('a'), set('a', 'title', 'x'), set('a', 'title', 'y'), { kind: 'outcome.set', outcome: 'events', reason: '' }];

  assert.deepEqual(inverseOf(empty, step).map(({ kind, value }) => [kind, value]), [
    ['outcome.set', undefined],
    ['value.set', 'x'],
    ['value.clear', undefined],
    ['event.remove', undefined],
  ]);
});

// A removed event stays in the state so that it can come back; a person does not see it.
const visible = (state) => ({ outcome: state.outcome, passages: state.passages, events: liveEvents(state) });

function deepFreeze(value) {
  if (value && typeof value === 'object') Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
