// What has not reached the server yet, on this computer's disk. One database per person, because laboratory
// computers are shared. A record is {id, assignment, order, operation, refused?}.

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });

export class Outbox {
  #database;
  #order = 0;

  static async open(owner) {
    const request = indexedDB.open(`concord-outbox-${owner}`, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('operations', { keyPath: 'id' });
      store.createIndex('assignment', ['assignment', 'order']);
    };
    const outbox = new Outbox();
    outbox.#database = await asked(request);
    outbox.#database.onversionchange = () => outbox.#database.close();
    return outbox;
  }

  /** Puts and drops in one transaction; resolves only when the disk has it (strict durability). */
  write(assignment, { put = [], dropped = [] }) {
    const transaction = this.#database.transaction('operations', 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore('operations');
    for (const id of dropped) store.delete(id);
    for (const record of put) store.put({ ...record, id: record.operation.id, assignment, order: this.#nextOrder() });
    return finished(transaction);
  }

  /** Records of an assignment, oldest first. */
  read(assignment) {
    const store = this.#database.transaction('operations').objectStore('operations');
    return asked(store.index('assignment').getAll(IDBKeyRange.bound([assignment, 0], [assignment, Infinity])));
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
}
