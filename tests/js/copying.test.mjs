import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicated, filled, split, templateValues } from '#workspace/copying.mjs';
import { fromServer, liveEvents, replay } from '#workspace/reducer.mjs';

const codebook = {
  fieldsOf: () => [
    { name: 'title', kind: 'text' },
    { name: 'start', kind: 'date' },
    { name: 'provider', kind: 'state_list' },
    { name: 'series_occurrence', kind: 'text' },
    { name: 'evidence', kind: 'spans' },
  ],
};
const event = {
  id: 'a',
  type: 'EX',
  position: 1,
  values: { title: 'Shield', start: '1985-03', provider: [2], series_occurrence: '1985', of_another_type: 1 },
  evidence: { provider: ['p'], start: ['q'], evidence: ['p', 'q'] },
  whole_document: { title: 'throughout' },
};
const state = fromServer({
  events: [event],
  passages: [{ id: 'p', start: 0, end: 5 }, { id: 'q', start: 9, end: 12 }],
});

test('a duplicate has values and passages, but not the days of the first', () => {
  const after = replay(state, duplicated(codebook, event, state.passages, 'b'));

  const copy = after.events.b;
  assert.deepEqual(copy.values, { title: 'Shield', provider: [2] });
  assert.deepEqual(copy.evidence, { provider: ['p'], evidence: ['p', 'q'] });
  assert.deepEqual(copy.whole_document, { title: 'throughout' });
  assert.deepEqual(after.events.a, state.events.a);
});

test('what is split off takes the chosen passages with it and keeps the values in both', () => {
  const after = replay(state, split(codebook, event, state.passages, new Set(['q']), 'b'));

  assert.deepEqual(liveEvents(after).map(({ id, evidence }) => [id, evidence]), [
    ['a', { provider: ['p'], evidence: ['p'] }],
    ['b', { start: ['q'], evidence: ['q'] }],
  ]);
  assert.deepEqual(after.events.b.values, { title: 'Shield', start: '1985-03', provider: [2], series_occurrence: '1985' });
  assert.deepEqual(after.passages, state.passages);
});

test('a template keeps values alone: no days, no passages, nothing of another event or type', () => {
  const linked = { ...event, values: { ...event.values, linked: 'b' } };
  const fields = [...codebook.fieldsOf(), { name: 'linked', kind: 'event_ref' }];

  assert.deepEqual(templateValues({ fieldsOf: () => fields }, linked), { title: 'Shield', provider: [2] });
});

test('an event begun from a template has its values, as far as the codebook still knows the fields', () => {
  const operations = filled(codebook, 'EX', { provider: [2], gone: 1 }, 'b');

  assert.deepEqual(operations, [{ kind: 'value.set', event: 'b', field: 'provider', value: [2] }]);
});
