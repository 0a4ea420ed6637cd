import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextMap } from '#workspace/textmap.mjs';

// As much of a page as the map reads: elements with one text node each, on pages.
globalThis.document = { documentElement: { lang: 'en' } };
globalThis.StaticRange = class {
  constructor(range) {
    Object.assign(this, range);
  }
};
const blockOf = ([start, data, page]) => ({ dataset: { s: String(start) }, firstChild: { data }, closest: () => (page ? { dataset: { page } } : null) });
const mapOf = (blocks, length) => new TextMap({ querySelectorAll: () => blocks.map(blockOf) }, length);

//            0          11 (two line feeds)      then a character outside the basic plane at 18
const blocks = [[0, 'Old treaty.', 1], [13, 'The 𝒜 pact of 𝒷 holds.', 1], [37, '  Indented words  ', 2]];
const length = 56;
const text = 'Old treaty.\n\nThe 𝒜 pact of 𝒷 holds.\n\n  Indented words  \n';

test('the text of the page is the blocks with line feeds between them', () => {
  const map = mapOf(blocks, length);

  assert.equal(Array.from(text).length, length);
  assert.equal(map.text, text);
  assert.equal(map.isWhole, true);
});

test('blocks that overlap or run over the end are not a whole text', () => {
  assert.equal(mapOf([[0, 'Old treaty.'], [5, 'The']], 20).isWhole, false);
  assert.equal(mapOf([[0, 'Old treaty.']], 4).isWhole, false);
});

test('passages are cut by code points, across blocks with a line feed', () => {
  const map = mapOf(blocks, length);

  assert.equal(map.slice(13, 24), 'The 𝒜 pact ');
  assert.equal(map.slice(19, 23), 'pact');
  assert.equal(map.slice(4, 18), 'treaty.\nThe 𝒜');
});

test('a range counts in UTF-16 units where the page does', () => {
  const map = mapOf(blocks, length);

  const range = map.range(19, 28);

  assert.deepEqual([range.startContainer.data.slice(range.startOffset, range.endOffset), range.startOffset, range.endOffset], ['pact of 𝒷', 7, 17]);
});

test('a range that ends where a block begins ends in the block before', () => {
  const map = mapOf(blocks, length);

  const range = map.range(4, 13);

  assert.deepEqual([range.startOffset, range.endContainer.data, range.endOffset], [4, 'Old treaty.', 11]);
});

test('a mark loses the white space at its ends, and is none when there is nothing else', () => {
  const map = mapOf(blocks, length);

  assert.deepEqual(map.trimmed(11, 41), { start: 13, end: 41 });
  assert.deepEqual(map.trimmed(36, 56), { start: 39, end: 53 });
  assert.equal(map.trimmed(11, 13), null);
});

test('words and sentences are stepped through across blocks, in code points', () => {
  const map = mapOf(blocks, length);
  const cut = (unit) => unit && map.slice(...unit);

  assert.equal(cut(map.step(13, 1, 'word')), '𝒜');
  assert.equal(cut(map.step(17, 1, 'word')), 'pact');
  assert.equal(cut(map.step(13, -1, 'word')), 'treaty');
  assert.equal(cut(map.step(-1, 1, 'sentence')), 'Old treaty.');
  assert.equal(cut(map.step(0, 1, 'sentence')), 'The 𝒜 pact of 𝒷 holds.');
  assert.equal(map.step(48, 1, 'word'), null);
});

test('an offset knows its page', () => {
  const map = mapOf(blocks, length);

  assert.deepEqual([0, 20, 40].map((offset) => map.pageOf(offset)), [1, 1, 2]);
});
