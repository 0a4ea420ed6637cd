// Sends the text while it is written: the server keeps it and says what is wrong with it. What it could not be
// sent yet is held on this computer, so that neither a lost line nor a closed window loses it.

const WAIT = 500; // after the last key
const LONGEST_WAIT = 20_000;

export class Checker extends EventTarget {
  #timer = 0;
  #backoff = 0;
  #latest = null; // what was typed and is not answered yet
  #running = false;
  #isTyped = false; // only what was typed is kept

  constructor({ url, project, token, base, store = storage(), fetch = globalThis.fetch.bind(globalThis) }) {
    super();
    Object.assign(this, { url, token, base, store, fetch });
    this.key = `concord-codebook-${project}`;
    this.status = 'looking';
    this.keptAt = null;
    this.detail = null;
    this.unsent = store?.getItem(this.key) ?? null;
  }

  /** Somebody typed. */
  changed(text) {
    this.#latest = text;
    this.#isTyped = true;
    let isHeld = true;
    try {
      this.store.setItem(this.key, text);
    } catch {
      isHeld = false;
    }
    this.#tell(isHeld ? 'waiting' : 'unheld');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), WAIT);
  }

  /** Look at a text that was not typed here. */
  look(text) {
    this.#latest = text;
    return this.flush();
  }

  forget() {
    this.unsent = null;
    this.#release();
  }

  #release() {
    this.store?.removeItem(this.key);
  }

  /** The form goes: the server answers with the page itself. */
  leave() {
    clearTimeout(this.#timer);
    this.#latest = null;
    this.forget();
  }

  async flush({ leaving = false } = {}) {
    clearTimeout(this.#timer);
    if (this.#latest === null || (this.#running && !leaving) || (leaving && !this.#isTyped)) return;
    const text = this.#latest;
    this.#running = true;
    this.#tell('sending');
    const answer = await this.#ask(text, leaving);
    this.#running = false;
    if (answer.kind === 'answer') {
      this.#backoff = 0;
      if (answer.body.kept_at) this.keptAt = new Date(answer.body.kept_at);
      if (this.#latest === text) {
        this.#latest = null;
        if (this.keptAt) this.#release();
        this.#tell(this.keptAt ? 'kept' : 'untouched');
        this.dispatchEvent(Object.assign(new Event('answer'), { answer: answer.body }));
      } else this.flush();
      return;
    }
    this.detail = answer.detail;
    this.#tell(answer.kind);
    this.#backoff = Math.min(LONGEST_WAIT, (this.#backoff || 1000) * 2);
    if (answer.kind === 'local' && !leaving) this.#timer = setTimeout(() => this.flush(), this.#backoff);
  }

  async #ask(text, leaving) {
    try {
      const response = await this.fetch(this.url, {
        method: 'POST',
        credentials: 'same-origin',
        keepalive: leaving && text.length < 30_000, // browsers refuse more than 64 KB while a page goes
        headers: { Accept: 'application/json', 'X-CSRFToken': this.token() },
        body: new URLSearchParams({ text, base: this.base(), ...(this.#isTyped ? {} : { look: 'yes' }) }),
      });
      if (response.ok && !response.redirected && response.headers.get('Content-Type')?.includes('json'))
        return { kind: 'answer', body: await response.json() };
      if (response.redirected) return { kind: 'refused', detail: 'You are signed out: sign in in another window, then go on.' };
      if (response.status >= 500) return { kind: 'local' };
      return { kind: 'refused', detail: 'The server does not take this text; it may be too long, or hold a character that cannot be kept.' };
    } catch {
      return { kind: 'local' };
    }
  }

  #tell(status) {
    this.status = status;
    this.dispatchEvent(new Event('status'));
  }
}

function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
