// The workspace's HTTP: turns answers into a few plain outcomes, so that nobody else knows status codes.

export class Server {
  #urls;
  #token;
  #owner;

  /** @param owner whose work this is: the server is told, for another person may have signed in here since */
  constructor({ urls, token, owner = '', fetch = globalThis.fetch.bind(globalThis) }) {
    this.#urls = urls;
    this.#token = token;
    this.#owner = owner;
    this.fetch = fetch;
  }

  state(patience = 30_000) {
    return this.#read(this.#urls.state, patience);
  }

  codebook() {
    return this.#read(this.#urls.codebook);
  }

  states() {
    return this.#read(this.#urls.states);
  }

  /**
   * Sends a batch on top of a version.
   * @returns {kind: 'accepted', version, values?} | {kind: 'stale', version, operations} | {kind: 'refused', problems, detail}
   *   | {kind: 'closed', detail} | {kind: 'signed-out'} | {kind: 'unreachable'} | {kind: 'failed', detail}
   */
  async send(version, operations, { leaving = false } = {}) {
    const answer = await this.#post(this.#urls.operations, version, { operations }, leaving);
    if (answer.status === 200) return { kind: 'accepted', ...answer.body };
    if (answer.status === 412 && answer.body.operations) return { kind: 'stale', ...answer.body };
    if (answer.status === 422) return { kind: 'refused', problems: [], ...answer.body };
    return otherwise(answer);
  }

  async submit(version) {
    const answer = await this.#post(this.#urls.submit, version, {});
    if (answer.status === 200) return { kind: 'submitted', ...answer.body };
    if (answer.status === 412) return { kind: 'stale', ...answer.body };
    if (answer.status === 422) return { kind: 'refused', problems: [], ...answer.body };
    return otherwise(answer);
  }

  async #read(url, patience = 30_000) {
    const headers = { Accept: 'application/json' };
    const response = await this.fetch(url, { headers, credentials: 'same-origin', signal: AbortSignal.timeout(patience) });
    if (response.ok) return response.json();
    const said = response.status === 401 ? 'You are signed out. Sign in and come back.' : `The server answered ${response.status}.`;
    throw Object.assign(new Error(said), { status: response.status });
  }

  async #post(url, version, body, leaving = false) {
    const text = JSON.stringify(body);
    try {
      const response = await this.fetch(url, {
        method: 'POST',
        credentials: 'same-origin',
        keepalive: leaving && text.length < 60_000, // browsers refuse more than 64 KB while a page goes
        headers: {
          Accept: 'application/json',
          'Content-Type': 'application/json',
          'X-CSRFToken': this.#token(),
          'If-Match': `"${version}"`,
          'Concord-Person': this.#owner,
        },
        body: text,
        signal: AbortSignal.timeout(20_000),
      });
      const isJson = response.headers.get('Content-Type')?.includes('json');
      if (response.redirected || (response.ok && !isJson)) return { status: 401, body: {} };
      return { status: response.status, body: isJson ? await response.json() : {} };
    } catch {
      return { status: 0, body: {} };
    }
  }
}

function otherwise({ status, body }) {
  if (status === 0) return { kind: 'unreachable' };
  if (status === 401) return { kind: 'signed-out' };
  if ([403, 404, 409, 410].includes(status)) return { kind: 'closed', detail: body.detail ?? 'this work is closed' };
  // What the machine refuses comes in words of its own: "The disk is full".
  if (status === 503 && body.title) return { kind: 'failed', detail: `${body.title.replace(/^The/, 'the')}, trying again` };
  if (status >= 500) return { kind: 'failed', detail: 'the server has a fault, trying again' };
  return { kind: 'failed', detail: body.detail ?? `the server answered ${status}` };
}
