// The service worker: documents that were opened on this computer open again without a network. It keeps pages as they
// came and asks the network first; the work itself is the workspace's outbox. Nothing is kept but what the server marks
// with the person it is for, and of one person only. Pages elsewhere delete the copies when that person goes.
import { offlinePage } from './offlinepage.mjs';

const COPIES = 'concord-copies-';
const MOST_PAGES = 40;
const PATIENCE = 5_000; // a network that does not answer for so long is none, if there is a copy

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOurs = request.method === 'GET' && new URL(request.url).origin === location.origin;
  if (isOurs && request.mode === 'navigate') event.respondWith(page(event));
  else if (isOurs && !request.headers.has('Range')) event.respondWith(part(request));
});

// A workspace that is ready says what it was made of, and is told when that is here.
self.addEventListener('message', (event) => {
  const [told] = event.ports;
  if (event.data?.kind === 'keep') event.waitUntil(keep(event.data).then(() => told?.postMessage('kept')));
});

async function page(event) {
  const copied = await copyOf(event.request);
  try {
    const answer = await withPatience(fetch(event.request), copied ? PATIENCE : Infinity);
    const person = answer.headers.get('Concord-Person');
    if (answer.ok && person) event.waitUntil(put(person, event.request, answer.clone()));
    return copied && answer.status >= 500 ? copied : answer;
  } catch {
    return copied ?? (await notHere());
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const copied = await copyOf(request);
    if (copied) return copied;
    throw error;
  }
}

// There is one person's copies at most.
const copyOf = (request) => caches.match(request, { ignoreVary: true });

function withPatience(answer, patience) {
  if (patience === Infinity) return answer;
  const tired = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), patience));
  return Promise.race([answer, tired]);
}

async function put(person, request, answer) {
  const copies = await onlyOf(person);
  await copies.put(request, answer);
  const pages = (await copies.keys()).filter(({ url }) => /\/work\/[^/]+\/$/.test(new URL(url).pathname));
  for (const old of pages.slice(0, -MOST_PAGES)) await copies.delete(old);
}

async function onlyOf(person) {
  const name = `${COPIES}${person}`;
  for (const other of await caches.keys()) if (other.startsWith(COPIES) && other !== name) await caches.delete(other);
  return caches.open(name);
}

async function keep({ person, addresses }) {
  const copies = await onlyOf(person);
  await Promise.allSettled(
    addresses.map(async (address) => {
      const isKept = await copies.match(address, { ignoreVary: true });
      if (isKept && !address.startsWith('/api/')) return; // pages are renewed when they are opened, the rest never changes
      const answer = await fetch(address, { credentials: 'same-origin' });
      if (answer.ok && !answer.redirected) await copies.put(address, answer);
    }),
  );
}

async function notHere() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(COPIES)) continue;
    const copies = await caches.open(name);
    return offlinePage(await copies.keys(), (url) => copies.match(url, { ignoreVary: true }));
  }
  return offlinePage([], null);
}
