import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMoney, readText, stateList, toggleCode } from '#workspace/checks.mjs';
import { Codebook, wantsEvidence } from '#workspace/codebook.mjs';
import { evaluate, namesIn } from '#workspace/conditions.mjs';

const truths = [
  [['==', 'a', { value: 1 }], { a: 1 }, true],
  [['==', 'a', { value: 1 }], {}, null],
  [['!=', 'a', { value: 1 }], {}, null],
  [['==', 'a', { value: 1 }], { a: '-9' }, null],
  [['==', 'a', { value: '-9' }], { a: '-9' }, true],
  [['==', 'a', { value: '-9' }], { a: 1 }, false],
  [['in', 'a', { value: [1, 3] }], { a: 3 }, true],
  [['not in', 'a', { value: [1, 3] }], { a: 2 }, true],
  [['not in', 'a', { value: [1, 3] }], {}, null],
  [['in', 'a', { value: ['x'] }], { a: ['x', 'y'] }, true],
  [['==', 'a', { value: ['x', 'y'] }], { a: ['y', 'x'] }, true],
  [['!=', 'a', { value: ['none'] }], { a: ['x'] }, true],
  [['is set', 'a'], { a: 0 }, true],
  [['is set', 'a'], { a: '-8' }, false],
  [['is not set', 'a'], {}, true],
  [['<', 'a', { value: 3 }], { a: 2 }, true],
  [['>=', 'a', { value: 3 }], { a: '-9' }, null],
  [['<=', 'a', { field: 'b' }], { a: 2, b: 2 }, true],
  [['<=', 'a', { field: 'b' }], { a: 2 }, null],
  [['<', 'a', { field: 'b' }], { a: '1951-06', b: '1951-08' }, true],
  [['<', 'a', { field: 'b' }], { a: '1951', b: '1951-08' }, null],
  [['>', 'a', { field: 'b' }], { a: '1951-06', b: '1951-08' }, false],
  [['==', 'a', { value: '1951-06-05' }], { a: '1951-06-05' }, true],
  [['==', 'a', { value: '1951-06-05' }], { a: '1951-06' }, null],
  [['and', ['is set', 'a'], ['==', 'b', { value: 1 }]], { a: 1 }, null],
  [['and', ['is set', 'c'], ['==', 'b', { value: 1 }]], { a: 1 }, false],
  [['or', ['is set', 'a'], ['==', 'b', { value: 1 }]], { a: 1 }, true],
  [['not', ['==', 'b', { value: 1 }]], {}, null],
];
for (const [tree, values, expected] of truths) {
  test(`${JSON.stringify(tree)} given ${JSON.stringify(values)} is ${expected}`, () => {
    assert.equal(evaluate(tree, values), expected);
  });
}

test('a condition names the fields it speaks of, once', () => {
  assert.deepEqual(namesIn(['and', ['<', 'a', { field: 'b' }], ['not', ['is set', 'a']]]), ['a', 'b']);
});

const book = new Codebook(
  {
    title: { en: 'Small book', de: 'Kleines Buch' },
    missing: [{ code: '-9', label: 'unknown' }, { code: '-8', label: 'not applicable' }],
    fields: {
      title: { name: 'title', label: 'Title', kind: 'text', level: 'none', required: true, missing: [] },
      basis: {
        name: 'basis', label: 'Basis', kind: 'single_choice', level: 'nominal', required: true, missing: ['-9'],
        options: [{ code: 1, label: 'treaty' }, { code: 3, label: 'additional' }, { code: '-9', label: 'text not available' }],
      },
      article: { name: 'article', label: 'Article', kind: 'text', level: 'nominal', visible_if: ['==', 'basis', { value: 1 }], required_if: ['==', 'basis', { value: 1 }], missing: ['-9', '-8'] },
      clause: { name: 'clause', label: 'Clause', kind: 'text', level: 'none', visible_if: ['is set', 'article'], missing: ['-9'] },
      passages: { name: 'passages', label: 'Passages', kind: 'spans', level: 'none', required: true, from_any_field: true, missing: [] },
      'EX.size': { name: 'size', label: 'Size', kind: 'integer', level: 'ratio', missing: ['-9', '-8'] },
    },
    types: [
      { code: 'EX', label: { en: 'Exercise', de: 'Übung' }, fields: ['title', 'basis', 'article', 'clause', 'passages', 'EX.size'] },
      { code: 'TO', label: 'Treaty', fields: ['title', 'passages'] },
    ],
    rules: [{ condition: ['!=', 'basis', { value: 3 }], message: 'basis may not be 3 here', fields: ['basis'] }],
  },
  'de-AT',
);
const event = (rest = {}) => ({ type: 'EX', values: {}, evidence: {}, whole_document: {}, near_miss: false, ...rest });
const shown = (one) => book.layout(one).map(({ field, required, open }) => [field.name, required, open]);

test('texts come in the language asked for, else in the codebook’s own', () => {
  assert.equal(book.title, 'Kleines Buch');
  assert.equal(book.labelOf('EX'), 'Übung');
  assert.equal(book.labelOf('TO'), 'Treaty');
});

test('a field shows only when its condition certainly holds, and so do the fields behind it', () => {
  assert.deepEqual(shown(event()), [['title', true, true], ['basis', true, true], ['passages', true, true], ['size', false, false]]);
  assert.deepEqual(shown(event({ values: { basis: 1, article: 'II' } })).map(([name]) => name), ['title', 'basis', 'article', 'clause', 'passages', 'size']);
  assert.deepEqual(shown(event({ values: { basis: 3, article: 'II' } })).map(([name]) => name), ['title', 'basis', 'passages', 'size']);
});

test('a passage for any field fills a spans field that says so', () => {
  assert.deepEqual(shown(event({ type: 'TO', evidence: { title: ['p'] } }))[1], ['passages', true, false]);
});

test('a near miss may stay incomplete', () => {
  assert.ok(shown(event({ near_miss: true })).every(([, , open]) => !open));
});

test('only a rule that is certainly broken speaks', () => {
  assert.deepEqual(book.broken(event()), []);
  assert.deepEqual(book.broken(event({ values: { basis: 3 } })).map(({ message }) => message), ['basis may not be 3 here']);
});

test('missing codes that are options already are not offered twice', () => {
  assert.deepEqual(book.missingFor(book.field('EX', 'basis')), []);
  assert.deepEqual(book.missingFor(book.field('EX', 'size')).map(({ code }) => code), ['-9', '-8']);
});

test('own fields of a type are told from common ones', () => {
  assert.deepEqual(['title', 'size'].map((name) => book.isOwn('EX', name)), [false, true]);
});

test('a measured value wants a passage, -8 and unmeasured fields do not', () => {
  const size = book.field('EX', 'size');

  assert.equal(wantsEvidence(size, event({ values: { size: 5 } })), true);
  assert.equal(wantsEvidence(size, event({ values: { size: '-8' } })), false);
  assert.equal(wantsEvidence(size, event({ values: { size: 5 }, whole_document: { size: 'table' } })), false);
  assert.equal(wantsEvidence(book.field('EX', 'title'), event({ values: { title: 'x' } })), false);
});

const integer = { kind: 'integer', missing: ['-9'] };
const typed = [
  [integer, '70,000', { value: 70000 }],
  [integer, '1 500', { value: 1500 }],
  [integer, ' 0 ', { value: 0 }],
  [integer, '-9', { value: '-9' }],
  [integer, '', { blank: true }],
  [integer, 'seventy', { message: '“seventy” is not a whole number' }],
  [integer, '1,5', { message: '“1,5” is not a whole number' }],
  [{ ...integer, maximum: 100, unit: 'per cent' }, '101', { message: 'at most 100 per cent' }],
  [{ kind: 'decimal', missing: [] }, '2.5', { value: 2.5 }],
  [{ kind: 'decimal', missing: [] }, '-9.0', { value: -9 }],
  [{ kind: 'date', missing: [] }, '14 Mar 1951', { value: '1951-03-14' }],
  [{ kind: 'date', missing: [] }, 'Whitsun 1951', { value: 'Whitsun 1951' }],
  [{ kind: 'text', missing: [] }, '-9', { value: '-9' }],
];
for (const [field, text, expected] of typed) {
  test(`“${text}” in a field of kind ${field.kind} reads ${JSON.stringify(expected)}`, () => {
    const read = readText(field, text);

    assert.deepEqual(read, expected);
  });
}

test('money needs amount, currency and scale', () => {
  const field = { kind: 'money', missing: [] };

  assert.deepEqual(readMoney(field, { amount: '110', currency: 'usd', scale: 'millions' }), { value: { amount: 110, currency: 'USD', scale: 'millions' } });
  assert.deepEqual(readMoney(field, { amount: '', currency: '', scale: 'units' }), { blank: true });
  assert.deepEqual(readMoney(field, { amount: '110', currency: '$', scale: 'units' }), { message: 'give the currency as three letters, for instance USD' });
});

test('codes of a multiple choice stand in the order of the codebook; one that stands alone drives out the others', () => {
  const field = { options: [{ code: 'none', alone: true }, { code: 'a' }, { code: 'b' }] };

  assert.deepEqual(toggleCode(field, ['b'], 'a'), { value: ['a', 'b'] });
  assert.deepEqual(toggleCode(field, ['a', 'b'], 'none'), { value: ['none'] });
  assert.deepEqual(toggleCode(field, ['none'], 'b'), { value: ['b'] });
  assert.deepEqual(toggleCode(field, ['b'], 'b'), { blank: true });
});

test('states are sorted and stand once', () => {
  assert.deepEqual(stateList([740, 2, 740]), { value: [2, 740] });
});
