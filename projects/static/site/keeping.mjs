// What this browser keeps of the people who work on it: work not yet sent, and copies for when there is no network.
// One database and one cache per person, because laboratory computers are shared; what is inside is the workspace's business.

const DATABASE = 'concord-outbox-';
const COPIES = 'concord-copies-';

export const copiesOf = (person) => `${COPIES}${person}`;

export const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('the disk did not take it'));
  });

/**
 * operations: what waits to be sent. bases: an assignment as the server last told it whole. confirmed: what the server
 * took since then.
 */
export function openDatabase(person) {
  const request = indexedDB.open(`${DATABASE}${person}`, 2);
  request.onupgradeneeded = () => {
    const database = request.result;
    const known = database.objectStoreNames;
    if (!known.contains('operations'))
      database.createObjectStore('operations', { keyPath: 'id' }).createIndex('assignment', ['assignment', 'order']);
    if (!known.contains('bases')) database.createObjectStore('bases', { keyPath: 'assignment' });
    if (!known.contains('confirmed')) database.createObjectStore('confirmed', { keyPath: ['assignment', 'version'] });
  };
  return asked(request);
}

/** What of a person's work has not reached the server: [{assignment, count, title, address}]. */
export async function waitingOf(person) {
  const database = await openDatabase(person);
  try {
    const transaction = database.transaction(['operations', 'bases']);
    const [operations, bases] = await Promise.all([
      asked(transaction.objectStore('operations').getAll()),
      asked(transaction.objectStore('bases').getAll()),
    ]);
    const known = new Map(bases.map((base) => [base.assignment, base]));
    return [...Map.groupBy(operations, ({ assignment }) => assignment)].map(([assignment, records]) => ({
      assignment,
      count: records.length,
      title: known.get(assignment)?.json.document?.title ?? assignment,
      address: known.get(assignment)?.address ?? null,
    }));
  } finally {
    database.close();
  }
}

/**
 * Whoever is at this browser now sees nothing of those who were before: their copies go. What they could not send stays
 * in their database, which only pages of their own open, until they sign in here again.
 */
export async function forgetOthers(person) {
  const tasks = [];
  if (globalThis.caches)
    for (const name of await caches.keys()) if (name.startsWith(COPIES) && name !== copiesOf(person)) tasks.push(caches.delete(name));
  for (const { name } of (await indexedDB.databases?.()) ?? [])
    if (name.startsWith(DATABASE) && name !== `${DATABASE}${person}`) tasks.push(forgetCopies(name.slice(DATABASE.length)));
  await Promise.allSettled(tasks);
}

async function forgetCopies(person) {
  const database = await openDatabase(person);
  const transaction = database.transaction(['bases', 'confirmed'], 'readwrite');
  transaction.objectStore('bases').clear();
  transaction.objectStore('confirmed').clear();
  await finished(transaction).finally(() => database.close());
}
