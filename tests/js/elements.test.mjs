import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDate, readDate } from '#site/elements/dates.mjs';
import { StateList, isMember, spellsOf } from '#site/elements/states.mjs';
import { digest, newId } from '#workspace/ids.mjs';

const dates = [
  ['1951', '1951', 5],
  ['14 Mar 1951', '1951-03-14', 1],
  ['March 14, 1951', '1951-03-14', 1],
  ['14.03.1951', '1951-03-14', 1],
  ['1951-03-14', '1951-03-14', 1],
  ['Sept 1951', '1951-09', 4],
  ['c. 14 Mar 1878', '1878-03-14~', 1],
  ['spring 1951', '1951-21', 5],
  ['1950s', '195X', 5],
  ['1951?', '1951?', 5],
  ['3-5 June 1951', '1951-06-03/1951-06-05', 2],
  ['June to August 1951', '1951-06/1951-08', 5],
  ['1951-06/1951-08', '1951-06/1951-08', 5],
  ['since June 1951', '1951-06/..', -9],
  ['1951-06-01/1951-06-07', '1951-06-01/1951-06-07', 3],
];
for (const [text, edtf, precision] of dates) {
  test(`“${text}” is ${edtf}`, () => {
    const date = readDate(text);

    assert.deepEqual([date?.edtf, date?.precision], [edtf, precision]);
  });
}

for (const text of ['', 'soon', '31 Feb 1951', '1951-13', '1952/1951', '14 Mrz', '../..']) {
  test(`“${text}” is left to the server`, () => assert.equal(readDate(text), null));
}

test('a date is echoed in words with its precision', () => {
  assert.equal(describeDate(readDate('14 Mar 1951')), '14 March 1951; known to the day');
  assert.equal(describeDate(readDate('c. Mar 1994')), 'March 1994 (approximate): 1 March 1994 to 31 March 1994; known to the month');
  assert.equal(describeDate(readDate('since June 1951')), 'from June 1951, no end known; one side is not bounded');
});

const states = new StateList([
  { ccode: 2, abbreviation: 'USA', name: 'United States of America', names: ['United States'], spells: [['1816-01-01', null]] },
  { ccode: 437, abbreviation: 'CDI', name: 'Ivory Coast', names: ["Côte d'Ivoire"], spells: [['1960-08-07', null]] },
  { ccode: 260, abbreviation: 'GFR', name: 'German Federal Republic', names: ['West Germany'], spells: [['1955-05-05', '1990-10-02']] },
  { ccode: 255, abbreviation: 'GMY', name: 'Germany', names: [], spells: [['1816-01-01', '1945-05-08'], ['1990-10-03', null]] },
]);
const found = (text, options) => states.search(text, options).map(({ state }) => state.ccode);

test('states are found by name, old name, abbreviation and code, whatever the accents', () => {
  assert.deepEqual(found('cote'), [437]);
  assert.deepEqual(found('usa'), [2]);
  assert.deepEqual(found('260'), [260]);
  assert.deepEqual(found('germ'), [260, 255]);
  assert.equal(states.search('west')[0].name, 'West Germany');
});

test('members on the date come first', () => {
  assert.deepEqual(found('germ', { on: ['1994-03-01', '1994-03-31'] }), [255, 260]);
  assert.deepEqual(found('germ', { on: ['1960-01-01', '1960-12-31'] }), [260, 255]);
});

test('a state is taken for what was typed only when it is the only one', () => {
  assert.equal(states.exactly('West Germany').ccode, 260);
  assert.equal(states.exactly('germ'), null);
  assert.equal(states.exactly('255').name, 'Germany');
});

test('membership is judged over all of its spells', () => {
  const germany = states.byCode(255);

  assert.equal(isMember(germany, ['1950-01-01', '1950-12-31']), false);
  assert.equal(isMember(germany, ['1990-01-01', '1990-12-31']), true);
  assert.equal(isMember(germany, null), true);
  assert.equal(spellsOf(germany), '1816–1945, 1990–');
});

test('ids are version 4 UUIDs', () => {
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the fallback fingerprint is SHA-256', async () => {
  for (const text of ['', 'abc', 'é𝒜'.repeat(40), 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64)]) {
    const bytes = new TextEncoder().encode(text);
    const expected = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    assert.deepEqual(digest(bytes), expected);
  }
});
