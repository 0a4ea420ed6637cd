import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from '#workspace/words.mjs';

const names = { state: (code) => ({ 2: 'United States', 740: 'Japan' })[code], event: () => '1 · Shield' };
const missing = [{ code: '-9', label: 'unknown' }];

test('values of every kind are said with the words of the codebook', () => {
  const choice = { kind: 'single_choice', options: [{ code: 4, label: 'carried out' }] };
  for (const [field, value, words] of [
    [choice, 4, 'carried out'],
    [choice, '-9', 'unknown (-9)'],
    [choice, undefined, 'blank'],
    [{ kind: 'state_list' }, [2, 740], 'United States, Japan'],
    [{ kind: 'boolean' }, 0, 'no'],
    [{ kind: 'event_ref' }, 'id', '1 · Shield'],
    [{ kind: 'money' }, { amount: 5, currency: 'USD', scale: 'millions' }, '5 USD millions'],
    [{ kind: 'state_integer_table' }, { 2: 1200 }, 'United States: 1200'],
    [{ kind: 'text' }, 'Shield', 'Shield'],
  ])
    assert.equal(wordsOf(field, value, names, missing), words);
});
