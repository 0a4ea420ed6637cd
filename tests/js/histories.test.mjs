import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyOf } from '#workspace/histories.mjs';

const at = (minute) => `2026-01-01T10:${String(minute).padStart(2, '0')}:00Z`;
const by = 'C1';

test('a history tells when and who, and from what to what', () => {
  const log = [
    { id: '1', kind: 'event.add', event: 'a', type: 'EX', at: at(0), by },
    { id: '2', kind: 'value.set', event: 'a', field: 'status', value: 1, at: at(1), by },
    { id: '3', kind: 'value.set', event: 'b', field: 'status', value: 9, at: at(1), by },
    { id: '4', kind: 'value.set', event: 'a', field: 'status', value: 4, at: at(9), by },
    { id: '5', kind: 'passage.link', event: 'a', field: 'status', passage: 'p', start: 3, end: 8, at: at(10), by },
    { id: '6', kind: 'value.set', event: 'a', field: 'status', value: 1, undo: '4', at: null, by: null },
  ];

  assert.deepEqual(historyOf(log, 'a'), [
    { at: at(0), by, isTurn: null, kind: 'added', after: 'EX' },
    { at: at(1), by, isTurn: null, kind: 'value', field: 'status', before: undefined, after: 1 },
    { at: at(9), by, isTurn: null, kind: 'value', field: 'status', before: 1, after: 4 },
    { at: at(10), by, isTurn: null, kind: 'linked', field: 'status', passage: { id: 'p', start: 3, end: 8 } },
    { at: null, by: null, isTurn: 'undo', kind: 'value', field: 'status', before: 4, after: 1 },
  ]);
});

test('a value typed in pieces is one line, and one that came back to itself is none', () => {
  const typed = (id, value, minute) => ({ id, kind: 'value.set', event: 'a', field: 'title', value, at: at(minute), by });
  const log = [{ id: '1', kind: 'event.add', event: 'a', type: 'EX', at: at(0), by }, typed('2', 'S', 1), typed('3', 'Sh', 1), typed('4', 'Shield', 1)];

  assert.deepEqual(historyOf(log, 'a').slice(1), [{ at: at(1), by, isTurn: null, kind: 'value', field: 'title', before: undefined, after: 'Shield' }]);
  const back = [...log, typed('5', 'X', 20), typed('6', 'Shield', 20)];
  assert.equal(historyOf(back, 'a').length, 2);
});
