import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Checker } from '../../coding/static/coding/editor/checker.mjs';

class Store extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, text) => this.set(key, text);
  removeItem = (key) => this.delete(key);
}

const KEY = 'concord-codebook-pact';
const json = (body) => ({ ok: true, status: 200, redirected: false, headers: new Headers({ 'Content-Type': 'application/json' }), json: async () => body });

function place(answers, store = new Store()) {
  const sent = [];
  const fetch = async (url, { body }) => {
    sent.push(Object.fromEntries(body));
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const checker = new Checker({ url: '/check/', project: 'pact', token: () => 't', base: () => 'b', store, fetch });
  const seen = [];
  checker.addEventListener('answer', ({ answer }) => seen.push(answer));
  return { checker, sent, seen, store };
}

test('a text that was only looked at is not kept, one that was typed is', async () => {
  const { checker, sent, seen } = place([json({ problems: [] }), json({ problems: [], kept_at: '2026-01-01T10:00:00Z' })]);

  await checker.look('a');
  assert.equal(checker.status, 'untouched');
  checker.changed('ab');
  await checker.flush();

  assert.deepEqual(sent, [{ text: 'a', base: 'b', look: 'yes' }, { text: 'ab', base: 'b' }]);
  assert.deepEqual([checker.status, seen.length], ['kept', 2]);
});

test('what the server does not get stays on this computer until it does', async () => {
  const { checker, store } = place([new Error('offline'), json({ problems: [], kept_at: '2026-01-01T10:00:00Z' })]);

  checker.changed('typed');
  await checker.flush();
  assert.deepEqual([checker.status, store.getItem(KEY)], ['local', 'typed']);
  assert.equal(place([], store).checker.unsent, 'typed');

  await checker.flush();
  assert.deepEqual([checker.status, store.getItem(KEY)], ['kept', null]);
});

test('an answer to an older text is not shown for a newer one', async () => {
  const { checker, seen, sent } = place([json({ problems: ['old'], kept_at: '2026-01-01T10:00:00Z' }), json({ problems: [], kept_at: '2026-01-01T10:00:01Z' })]);

  checker.changed('old');
  const first = checker.flush();
  checker.changed('new');
  await first;
  await checker.flush();
  await new Promise((resolve) => setTimeout(resolve));

  assert.deepEqual(sent.map(({ text }) => text), ['old', 'new']);
  assert.deepEqual(seen.map(({ problems }) => problems), [[]]);
});

test('a server that refuses, is down or asks to sign in never takes the text away', async () => {
  for (const [answer, status] of [
    [{ ok: false, status: 422, redirected: false, headers: new Headers() }, 'refused'],
    [{ ok: false, status: 503, redirected: false, headers: new Headers() }, 'local'],
    [{ ok: true, status: 200, redirected: true, headers: new Headers() }, 'refused'],
  ]) {
    const { checker, store } = place([answer]);
    checker.changed('typed');
    await checker.flush({ leaving: true });
    assert.deepEqual([checker.status, store.getItem(KEY)], [status, 'typed']);
  }
});

test('a full or forbidden store is told', () => {
  const { checker } = place([], { getItem: () => null, setItem: () => { throw new Error('full'); }, removeItem() {} });

  checker.changed('typed');
  assert.equal(checker.status, 'unheld');
  checker.leave();
});
