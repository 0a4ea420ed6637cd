// Between session, disk and server: writes every change to the outbox, sends batches, rebases, keeps tabs in step,
// and knows at every moment what may truthfully be said about where the work is.

const BATCH = 200;
const WAIT = 700; // a short breath, so that a burst of edits is one request,
const LONGEST_BREATH = 4000; // though someone who types without pause is not kept waiting
const LONGEST_WAIT = 30_000;

export class Sync extends EventTarget {
  #timer = 0;
  #waitingSince = 0;
  #backoff = 0;
  #writes = 0;
  #written = 0; // how often this page has written: what was read from the disk before that is old
  #isBehind = false; // another tab wrote what this page has not read yet
  #diskError = null;
  #trouble = null; // {kind, detail} of the last failed sending
  #sending = false;
  #channel = null;

  constructor({ assignment, session, server, outbox, address = null, locks = globalThis.navigator?.locks, channel = null }) {
    super();
    Object.assign(this, { assignment, session, server, outbox, address, locks });
    this.#channel = channel;
    if (channel) channel.onmessage = ({ data }) => this.#hear(data);
    session.addEventListener('change', ({ records }) => records && this.#record(records));
  }

  /**
   * Takes up what an earlier sitting left on this computer. Returns how many operations.
   * @param base the assignment as the server just told it, to be kept here for a start without it
   */
  async start(base = null) {
    if (base) this.#record({ put: [], dropped: [], base });
    await this.#mirror();
    if (this.session.pending.length) this.schedule(0);
    return this.session.pending.length;
  }

  /**
   * What is true now:
   * saved | writing | typing | local {count} | sending {count} | refused {count} | disk {detail} | closed {detail} | signed-out
   */
  get status() {
    const { pending, refused, drafts } = this.session;
    const count = pending.length;
    if (this.#diskError && count + drafts.size) return { kind: 'disk', count: count + drafts.size, detail: this.#diskError.message };
    if (this.#trouble?.kind === 'closed' && count) return { kind: 'closed', count, detail: this.#trouble.detail };
    if (this.#trouble?.kind === 'signed-out' && count) return { kind: 'signed-out', count };
    if (this.#writes) return { kind: 'writing', count };
    if (this.#sending) return { kind: 'sending', count };
    if (count) return { kind: 'local', count, trouble: this.#trouble };
    if (drafts.size) return { kind: 'typing' };
    if (refused.size) return { kind: 'refused', count: refused.size };
    return { kind: 'saved' };
  }

  /** True only when leaving now would lose work: the disk refused it, and the server does not have it. */
  get wouldLose() {
    return Boolean(this.#diskError && this.session.records.length);
  }

  async #record(records) {
    const { put, dropped, confirmed, base } = records;
    if (!put.length && !dropped.length && !confirmed && !base) return;
    const isWork = put.length > 0; // the rest is bookkeeping: what fails there loses nothing
    this.#writes += isWork;
    this.#written++;
    this.#tell();
    try {
      await this.outbox.write(this.assignment, {
        ...records,
        put: this.#diskError ? this.session.records : put, // what the disk refused before goes with it
        base: base && { json: base, address: this.address },
      });
      this.#diskError = null;
      if (put.length || dropped.length) this.#channel?.postMessage({ kind: 'written' });
    } catch (error) {
      if (isWork) this.#diskError = error;
    }
    this.#writes -= isWork;
    this.#tell();
    if (this.session.pending.length) this.schedule();
    if (this.#isBehind) await this.#mirror();
  }

  // Reads until nothing was written here meanwhile: an operation made between would be missing from what was read.
  async #mirror() {
    this.#isBehind = true;
    while (this.#isBehind && !this.#writes && !this.#diskError) {
      const written = this.#written;
      const records = await this.outbox.read(this.assignment).catch((error) => {
        this.#diskError = error;
        return null;
      });
      if (!records || written !== this.#written) continue;
      this.#isBehind = false;
      this.session.mirror(records);
    }
    this.#tell();
  }

  schedule(wait = WAIT) {
    if (this.#trouble?.kind === 'closed') return;
    clearTimeout(this.#timer);
    this.#waitingSince ||= Date.now();
    const patience = Math.max(0, this.#waitingSince + LONGEST_BREATH - Date.now());
    this.#timer = setTimeout(() => this.flush(), wait === WAIT ? Math.min(wait, patience) : wait);
  }

  /** Sends what waits. One tab at a time where the browser has locks; without them, ids keep it harmless. */
  async flush(options) {
    clearTimeout(this.#timer);
    if (this.#sending || !this.session.pending.length) return;
    if (!this.locks) return this.#flush(options);
    await this.locks.request(`concord-${this.assignment}`, { ifAvailable: true }, (lock) =>
      lock ? this.#flush(options) : this.schedule(),
    );
  }

  /** The network is back: send, and learn what others did. */
  async refresh() {
    if (this.session.pending.length) return this.schedule(0);
    await this.server.state().then((json) => json.version > this.session.version && this.session.adopt([], json), () => {});
  }

  /** Resolves true when nothing waits any more; for submitting. */
  async settle() {
    for (let tries = 0; tries < 40 && (this.session.pending.length || this.#sending || this.#writes); tries++) {
      await this.flush();
      if (this.#trouble) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return !this.session.pending.length;
  }

  async #flush(options) {
    const { session } = this;
    this.#sending = true;
    this.#waitingSince = 0;
    this.#trouble = null;
    this.#tell();
    try {
      while (session.pending.length && !this.#trouble) {
        const batch = session.pending.slice(0, BATCH);
        batch.forEach(({ id }) => session.inFlight.add(id));
        const answer = await this.server.send(session.version, batch, options);
        batch.forEach(({ id }) => session.inFlight.delete(id));
        await this.#take(answer, batch);
      }
    } finally {
      this.#sending = false;
    }
    if (this.#trouble && this.#trouble.kind !== 'closed') {
      this.#backoff = Math.min(LONGEST_WAIT, (this.#backoff || 1000) * 2);
      this.schedule(this.#backoff * (0.75 + Math.random() / 2));
    }
    this.#tell();
  }

  async #take(answer, batch) {
    const { session } = this;
    if (answer.kind === 'accepted' && answer.version > session.version + batch.length) {
      // All of the batch had arrived before and someone went ahead since: what they did is not in this answer.
      const json = await this.server.state().catch(() => null);
      if (json) session.adopt(batch, json);
      else this.#trouble = { kind: 'unreachable' };
    } else if (answer.kind === 'accepted') {
      this.#backoff = 0;
      const from = session.version;
      const { version, values = [] } = answer;
      session.confirm(batch, version, values);
      this.#channel?.postMessage({ kind: 'confirmed', operations: batch, values, from, version });
    } else if (answer.kind === 'stale') {
      const contested = session.rebase(answer.operations, answer.version);
      if (answer.operations.some(({ kind }) => kind === 'codebook.move')) this.dispatchEvent(new Event('codebook'));
      if (contested.length) this.dispatchEvent(Object.assign(new Event('contested'), { operations: contested }));
    } else if (answer.kind === 'refused' && answer.problems.some(({ operation }) => batch.some(({ id }) => id === operation))) {
      this.dispatchEvent(Object.assign(new Event('refused'), { judged: session.setAside(answer.problems) }));
    } else {
      this.#trouble = answer.kind === 'refused' ? { kind: 'failed', detail: answer.detail } : answer;
      if (answer.kind === 'closed') session.lock();
    }
  }

  async #hear(message) {
    const { session } = this;
    if (message.kind === 'confirmed' && message.version > session.version) {
      if (message.from === session.version) session.confirm(message.operations, message.version, message.values);
      else await this.server.state().then((json) => session.adopt(message.operations, json), () => {});
    }
    if (message.kind === 'submitted') session.lock('submitted');
    await this.#mirror();
  }

  /** Gives up what the server will not take, on the disk too, and shows what it has. */
  async discard() {
    this.session.discard();
    await this.server.state().then((json) => this.session.adopt([], json), () => {});
  }

  announceSubmission() {
    this.#channel?.postMessage({ kind: 'submitted' });
  }

  #tell() {
    this.dispatchEvent(new Event('status'));
  }
}
