import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, folded } from '#workspace/finding.mjs';

const places = (text, words) => find(folded(text), words).map(({ start, end }) => Array.from(text).slice(start, end).join(''));

test('case, accents, quotes and white space do not matter', () => {
  assert.deepEqual(places('Traité de SÉCURITÉ; traite de\nsecurite', 'traité de  securite'), ['Traité de SÉCURITÉ', 'traite de\nsecurite']);
  assert.deepEqual(places('the ally’s forces', "ally's"), ['ally’s']);
});

test('offsets are code points, also after characters outside the basic plane', () => {
  assert.deepEqual(find(folded('🥂🥂 a 𝒯he pact'), 'the pact'), [{ start: 5, end: 13 }]);
});

test('a combining mark belongs to the letter before it', () => {
  assert.deepEqual(places('naïve café', 'naive'), ['naïve']);
});

test('nothing is found for nothing, and every place for a word', () => {
  assert.deepEqual(find(folded('aaa'), '  '), []);
  assert.equal(find(folded('pact, pact, pact'), 'pact').length, 3);
});
