import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, neighbour } from '../../reconciliation/static/reconciliation/grid.mjs';

const rows = [
  ['a1', 'a2', null, 'a4'],
  [null, 'b2', 'b3', null],
  ['c1', null, 'c3', 'c4'],
];

test('one walks over gaps and stops at the edge', () => {
  assert.equal(neighbour(rows, 'a2', 0, 1), 'a4');
  assert.equal(neighbour(rows, 'a4', 0, 1), null);
  assert.equal(neighbour(rows, 'a4', 1, 0), 'c4');
  assert.equal(neighbour(rows, 'a1', -1, 0), null);
  assert.equal(neighbour(rows, 'gone', 1, 0), null);
});

test('two cells span a rectangle, whichever was chosen first', () => {
  assert.deepEqual(between(rows, 'a2', 'c3'), ['a2', 'b2', 'b3', 'c3']);
  assert.deepEqual(between(rows, 'c3', 'a2'), ['a2', 'b2', 'b3', 'c3']);
  assert.deepEqual(between(rows, 'gone', 'b2'), ['b2']);
});
