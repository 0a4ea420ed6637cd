// The search of the help pages: what is found, in what order, with which words around it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { found, parsed } from '../../config/static/config/helpsearch.mjs';

const sections = parsed([
  { page: 'Coding', title: 'Keys', url: '/a', words: 'Enter links the marked passage.' },
  { page: 'Coding', title: 'Ask', url: '/b', words: 'Keys and questions. A passage may be asked about; every passage has its place.' },
  { page: 'Coefficients', title: "Krippendorff's alpha", url: '/c', words: 'Widlöcher wrote of units.' },
]);
const urls = (typed) => found(sections, typed).map((one) => one.url);

test('titles come before texts', () => assert.deepEqual(urls('keys'), ['/a', '/b']));
test('every word must be there, as the beginning of one', () => {
  assert.deepEqual(urls('passage mark'), ['/a']);
  assert.deepEqual(urls('passage nowhere'), []);
});
test('accents and case do not matter', () => assert.deepEqual(urls('WIDLOCHER'), ['/c']));
test('nothing typed finds nothing', () => assert.deepEqual(urls('  '), []));
test('the words around the first hit are shown', () => assert.equal(found(sections, 'widl')[0].quote, 'Widlöcher wrote of units.'));
