// The workspace's disk: what has not reached the server yet, and what the server is known to have, so that an
// assignment can be opened again without it. A record of the outbox is {id, assignment, order, operation, refused?, draft?}.
import { asked, finished, openDatabase } from '#site/keeping.mjs';

export class Outbox {
  #owner;
  #database = null;
  #order = 0;

  static async open(owner) {
    const outbox = new Outbox();
    outbox.#owner = owner;
    await outbox.#opened();
    return outbox;
  }

  // A browser may close a database under us (its storage was cleared, another tab brings a newer form of it).
  async #opened() {
    if (this.#database) return this.#database;
    const database = await openDatabase(this.#owner);
    const close = () => {
      database.close();
      if (this.#database === database) this.#database = null;
    };
    database.onversionchange = database.onclose = close;
    this.#database = database;
    return database;
  }

  /**
   * One transaction, in the order of the calls; resolves only when the disk has it (strict durability).
   * @param put records; @param dropped ids; @param confirmed {from, version, operations} that the server has;
   * @param base {json, address}: an assignment as the server tells it whole
   */
  async write(assignment, { put = [], dropped = [], confirmed = null, base = null }) {
    const ordered = put.map((record) => ({ ...record, id: record.operation.id, assignment, order: this.#nextOrder() }));
    const database = this.#database ?? (await this.#opened());
    const transaction = database.transaction(['operations', 'bases', 'confirmed'], 'readwrite', { durability: 'strict' });
    const operations = transaction.objectStore('operations');
    for (const id of dropped) operations.delete(id);
    for (const record of ordered) operations.put(record);
    if (confirmed) transaction.objectStore('confirmed').put({ assignment, ...confirmed });
    if (base) {
      transaction.objectStore('bases').put({ assignment, ...base });
      transaction.objectStore('confirmed').delete(IDBKeyRange.bound([assignment, 0], [assignment, base.json.version]));
    }
    transaction.commit?.(); // all is asked for: the page may go now
    return finished(transaction);
  }

  /** Records of an assignment, oldest first. */
  async read(assignment) {
    const store = (await this.#opened()).transaction('operations').objectStore('operations');
    return asked(store.index('assignment').getAll(IDBKeyRange.bound([assignment, 0], [assignment, Infinity])));
  }

  /** The assignment as the server is known to have it: {json, confirmed: [{from, version, operations}]}, or null. */
  async known(assignment) {
    const transaction = (await this.#opened()).transaction(['bases', 'confirmed']);
    const [base, confirmed] = await Promise.all([
      asked(transaction.objectStore('bases').get(assignment)),
      asked(transaction.objectStore('confirmed').getAll(IDBKeyRange.bound([assignment, 0], [assignment, Infinity]))),
    ]);
    return base ? { json: base.json, confirmed } : null;
  }

  // Milliseconds first, so that records of two tabs interleave as they were made.
  #nextOrder() {
    this.#order = Math.max(this.#order + 1, Date.now() * 1000);
    return this.#order;
  }
}

/** Stands in where the browser gives no disk (private windows of some browsers); the status line then says so. */
export class NoOutbox {
  write() {
    return Promise.reject(new Error('this browser gives no storage'));
  }

  read() {
    return Promise.resolve([]);
  }

  known() {
    return Promise.resolve(null);
  }
}
