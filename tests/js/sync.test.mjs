import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '#workspace/session.mjs';
import { Sync } from '#workspace/sync.mjs';

// A server that keeps its promises: operations once per id, If-Match, all or nothing.
class FakeServer {
  operations = [];
  down = false;
  loseAnswers = 0;
  refuse = () => null;

  get version() {
    return this.operations.length;
  }

  async send(version, batch) {
    if (this.down) return { kind: 'unreachable' };
    const known = new Set(this.operations.map(({ id }) => id));
    const fresh = batch.filter(({ id }) => !known.has(id));
    if (fresh.length && version !== this.version) return { kind: 'stale', version: this.version, operations: this.operations.slice(version) };
    const problems = fresh.map((operation) => ({ operation: operation.id, message: this.refuse(operation) })).filter(({ message }) => message);
    if (problems.length) return { kind: 'refused', problems, detail: 'refused' };
    this.operations.push(...fresh);
    if (this.loseAnswers-- > 0) return { kind: 'unreachable' };
    return { kind: 'accepted', version: this.version };
  }
}

class FakeOutbox {
  records = new Map();
  broken = false;

  async write(assignment, { put, dropped }) {
    if (this.broken) throw new Error('disk full');
    dropped.forEach((id) => this.records.delete(id));
    put.forEach((record) => this.records.set(record.operation.id, record));
  }

  async read() {
    return [...this.records.values()];
  }
}

let ids = 0;
function place({ server = new FakeServer(), outbox = new FakeOutbox() } = {}) {
  const session = new Session({ version: server.version, state: 'started', events: [], passages: [] }, { newId: () => `id${++ids}` });
  const sync = new Sync({ assignment: 'as', session, server, outbox, locks: null });
  sync.schedule = () => {}; // the tests say when
  return { server, outbox, session, sync };
}
const breath = () => new Promise((resolve) => setTimeout(resolve));
const add = (event) => ({ kind: 'event.add', event, type: 'EX' });
const title = (event, value) => ({ kind: 'value.set', event, field: 'title', value });

test('work is on disk before it is sent, and off it when the server has it', async () => {
  const { server, outbox, session, sync } = place();
  session.do([add('a'), title('a', 'x')]);
  await breath();

  assert.deepEqual(sync.status, { kind: 'local', count: 2, trouble: null });
  assert.equal(outbox.records.size, 2);
  await sync.flush();
  await breath();

  assert.deepEqual(sync.status, { kind: 'saved' });
  assert.equal(outbox.records.size, 0);
  assert.equal(server.version, 2);
});

test('without a connection work stays on this computer and goes later, once', async () => {
  const { server, session, sync } = place();
  server.down = true;
  session.do([add('a')]);
  await sync.flush();
  await breath();
  assert.deepEqual(sync.status, { kind: 'local', count: 1, trouble: { kind: 'unreachable' } });

  server.down = false;
  await sync.flush();
  await breath();

  assert.deepEqual(sync.status, { kind: 'saved' });
  assert.equal(server.operations.length, 1);
});

test('a lost answer doubles nothing', async () => {
  const { server, session, sync } = place();
  server.loseAnswers = 1;
  session.do([add('a')]);
  await sync.flush();
  session.do([title('a', 'x')]);
  await sync.flush();
  await breath();

  assert.deepEqual(server.operations.map(({ kind }) => kind), ['event.add', 'value.set']);
  assert.deepEqual(sync.status, { kind: 'saved' });
});

test('two computers on one assignment end with the same state and every operation once', async () => {
  const server = new FakeServer();
  const [one, two] = [place({ server }), place({ server })];
  one.session.do([add('a'), title('a', 'one')]);
  two.session.do([add('b'), title('b', 'two')]);

  await one.sync.flush();
  await two.sync.flush();
  one.session.do([title('a', 'one again')]);
  await one.sync.flush();

  assert.deepEqual(Object.keys(one.session.state.events).sort(), ['a', 'b']);
  assert.equal(one.session.state.events.b.values.title, 'two');
  assert.equal(new Set(server.operations.map(({ id }) => id)).size, 5);
});

test('values changed on both computers are named', async () => {
  const server = new FakeServer();
  const [one, two] = [place({ server }), place({ server })];
  one.session.do([add('a')]);
  await one.sync.flush();
  two.session.rebase(server.operations, 1);
  const contested = [];
  two.sync.addEventListener('contested', ({ operations }) => contested.push(...operations.map(({ value }) => value)));
  one.session.do([title('a', 'one')]);
  two.session.do([title('a', 'two')]);

  await one.sync.flush();
  await two.sync.flush();

  assert.deepEqual(contested, ['two']);
  assert.equal(server.operations.at(-1).value, 'two');
});

test('a refused value is set aside and the rest of the batch is sent without it', async () => {
  const { server, outbox, session, sync } = place();
  server.refuse = ({ value }) => (value === 'soon' ? 'not a date' : null);
  session.do([add('a')]);
  session.do([{ kind: 'value.set', event: 'a', field: 'start', value: 'soon' }]);
  session.do([title('a', 'x')]);

  await sync.flush();
  await breath();

  assert.deepEqual(server.operations.map(({ kind, value }) => [kind, value]), [['event.add', undefined], ['value.set', 'x']]);
  assert.deepEqual(sync.status, { kind: 'refused', count: 1 });
  assert.deepEqual([...outbox.records.values()].map(({ refused }) => refused), ['not a date']);
});

test('what an earlier sitting left is taken up and sent', async () => {
  const first = place();
  first.server.down = true;
  first.session.do([add('a')]);
  await first.sync.flush();
  await breath();

  first.server.down = false;
  const second = place({ server: first.server, outbox: first.outbox });
  assert.equal(await second.sync.start(), 1);
  await second.sync.flush();
  await breath();

  assert.deepEqual(second.sync.status, { kind: 'saved' });
  assert.equal(first.server.version, 1);
});

test('a disk that refuses is said to be one, and leaving would lose work', async () => {
  const { outbox, server, session, sync } = place();
  outbox.broken = true;
  server.down = true;
  session.do([add('a')]);
  await breath();

  assert.deepEqual(sync.status, { kind: 'disk', count: 1, detail: 'disk full' });
  assert.equal(sync.wouldLose, true);
});

test('a disk that takes work again is given what it refused before', async () => {
  const { outbox, server, session, sync } = place();
  server.down = outbox.broken = true;
  session.do([add('a')]);
  await breath();
  outbox.broken = false;
  session.do([title('a', 'x')]);
  await breath();

  assert.deepEqual([...outbox.records.values()].map(({ operation }) => operation.kind), ['event.add', 'value.set']);
  assert.deepEqual(sync.status, { kind: 'local', count: 2, trouble: null });
  assert.equal(sync.wouldLose, false);
});

test('what is made while the disk is read is not lost from view', async () => {
  const { outbox, session, sync } = place();
  const read = outbox.read.bind(outbox);
  outbox.read = async () => {
    const records = await read();
    if (!session.pending.length) session.do([add('a')]);
    return records;
  };

  await sync.start();
  await breath();

  assert.equal(session.pending.length, 1);
  assert.equal(session.state.events.a.type, 'EX');
});

test('half a number is said to lie on this computer only', async () => {
  const { outbox, session, sync } = place();
  session.draft({ event: 'a', field: 'troops' }, '4');
  await breath();

  assert.deepEqual(sync.status, { kind: 'typing' });
  assert.equal(outbox.records.size, 1);
});

test('work on a closed assignment is kept, locked and said not to be saved', async () => {
  const { server, outbox, session, sync } = place();
  server.send = async () => ({ kind: 'closed', detail: 'this assignment was withdrawn' });
  session.do([add('a')]);
  await sync.flush();
  await breath();

  assert.deepEqual(sync.status, { kind: 'closed', count: 1, detail: 'this assignment was withdrawn' });
  assert.equal(session.readonly, true);
  assert.equal(outbox.records.size, 1);
});

test('an answer that hides what others did makes the page take the whole state', async () => {
  const { server, session, sync } = place();
  server.loseAnswers = 1;
  session.do([add('a')]);
  await sync.flush();
  server.operations.push({ id: 'foreign', ...title('a', 'theirs') });
  server.state = async () => ({ version: 2, state: 'started', events: [{ id: 'a', type: 'EX', values: { title: 'theirs' }, position: 1 }], passages: [] });

  await sync.flush();
  await breath();

  assert.equal(session.state.events.a.values.title, 'theirs');
  assert.deepEqual(sync.status, { kind: 'saved' });
});

test('that the round has another codebook by now is told, and the work stands', async () => {
  const { server, session, sync } = place();
  let told = 0;
  sync.addEventListener('codebook', () => told++);
  server.operations.push({ id: 'moved', kind: 'codebook.move', from: 1, to: 2 });

  session.do([add('a')]);
  await sync.flush();

  assert.equal(told, 1);
  assert.deepEqual([session.version, Object.keys(session.state.events)], [2, ['a']]);
});
