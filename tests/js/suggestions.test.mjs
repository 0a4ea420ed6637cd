import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, operations, Suggestions, taken } from '#workspace/suggestions.mjs';

const japan = { start: 4, end: 9, kind: 'state', value: 740 };
const day = { start: 20, end: 34, kind: 'date', value: '1951-06-14' };
const dollars = { start: 40, end: 50, kind: 'money', value: null };
const phrase = { start: 60, end: 70, kind: 'phrase', value: null };
const FIELDS = { provider: { name: 'provider', kind: 'state_list', label: 'Provider' }, start: { name: 'start', kind: 'date', label: 'Start' }, cost: { name: 'cost', kind: 'money', label: 'Cost' } };

function desk(field = null, more = {}) {
  const done = [];
  const made = Object.assign(new EventTarget(), {
    open: 'e1', field, event: { id: 'e1', values: {} }, readonly: false, mark: null, problems: [{ event: 'e1', field }, { event: 'e1', field: 'other' }],
    fieldOf: (name) => FIELDS[name] ?? null,
    session: { state: { passages: {} }, release() {}, do: (bodies) => done.push(...bodies) },
    ...more,
  });
  return { made, done };
}

const on = (field, more) => {
  const { made, done } = desk(field, more);
  const revealed = [];
  const suggestions = new Suggestions({ desk: made, pane: { reveal: (one) => revealed.push(one) }, found: [japan, day, dollars, phrase] });
  return { suggestions, revealed, done, made };
};

test('only what says something a field takes fits it', () => {
  assert.deepEqual([fits(japan, FIELDS.provider), fits(japan, FIELDS.start), fits(day, FIELDS.start), fits(dollars, FIELDS.cost), fits(phrase, FIELDS.cost), fits(japan, null)], [true, false, true, false, false, false]);
});

test('states are added to those that are there, and a missing code gives way', () => {
  assert.deepEqual(taken(japan, FIELDS.provider, [900, 2]), [2, 740, 900]);
  assert.deepEqual(taken(japan, FIELDS.provider, '-9'), [740]);
  assert.equal(taken(day, FIELDS.start, '1950'), '1951-06-14');
});

test('taking makes a value and its passage, and both tell that they were suggested', () => {
  const made = operations(day, { event: { id: 'e1', values: {} }, field: FIELDS.start, passages: { p7: { id: 'p7', start: 20, end: 34 } } });
  const suggested = { kind: 'date', start: 20, end: 34 };
  assert.deepEqual(made, [
    { kind: 'value.set', event: 'e1', field: 'start', value: '1951-06-14', suggested },
    { kind: 'passage.link', event: 'e1', field: 'start', passage: 'p7', start: 20, end: 34, suggested },
  ]);
});

test('what says nothing a field takes is only a passage of it: no value is invented', () => {
  const made = operations(dollars, { event: { id: 'e1', values: {} }, field: FIELDS.cost, passages: {} });
  assert.deepEqual(made.map(({ kind }) => kind), ['passage.link']);
});

test('steps go to what fits the focused field, around the end, else through all', () => {
  const one = on('start');
  one.suggestions.step();
  one.suggestions.step();
  assert.deepEqual(one.revealed.map(({ kind }) => kind), ['date', 'date']);
  const all = on(null);
  [1, 1, -1, -1, -1].forEach((direction) => all.suggestions.step(direction));
  assert.deepEqual(all.revealed.map(({ kind }) => kind), ['state', 'date', 'state', 'phrase', 'money']);
});

test('a suggestion is taken once, clears what stood against the field, and is gone', () => {
  const { suggestions, done, made } = on('provider');
  suggestions.step();
  assert.equal(suggestions.take(), true);
  assert.equal(suggestions.take(), false);
  assert.deepEqual(done.map(({ kind, value }) => [kind, value]), [['value.set', [740]], ['passage.link', undefined]]);
  assert.deepEqual(made.problems, [{ event: 'e1', field: 'other' }]);
});

test('nothing is shown or taken where nothing may be changed, and keys pass on', () => {
  const { suggestions } = on('provider', { readonly: true });
  assert.deepEqual([suggestions.step(), suggestions.take(), suggestions.painted], [false, false, []]);
  assert.deepEqual(new Suggestions({ desk: desk().made, pane: {}, found: [] }).keys(), []);
});
