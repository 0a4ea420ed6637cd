// What the workspace asks the server beside the work itself. An answer that does not come is an error with plain words.

export class Library {
  #urls;
  #token;

  /** @param urls {history, questions, time, elsewhere, alliances, role, templates, keys} */
  constructor({ urls, token, fetch = globalThis.fetch.bind(globalThis) }) {
    this.#urls = urls;
    this.#token = token;
    this.fetch = fetch;
  }

  history = () => this.#ask(this.#urls.history);
  questions = () => this.#ask(this.#urls.questions);
  ask = (question) => this.#ask(this.#urls.questions, { method: 'POST', body: question });
  readAnswers = () => this.#ask(`${this.#urls.questions}read/`, { method: 'POST', body: {} });
  tellTime = (stint, leaving = false) => this.#ask(this.#urls.time, { method: 'POST', body: stint, leaving });
  elsewhere = (parameters) => this.#ask(`${this.#urls.elsewhere}?${new URLSearchParams(parameters)}`);
  alliances = () => this.#ask(this.#urls.alliances);
  role = (parameters) => this.#ask(`${this.#urls.role}?${new URLSearchParams(parameters)}`);
  templates = () => this.#ask(this.#urls.templates);
  keepTemplate = (template) => this.#ask(this.#urls.templates, { method: 'POST', body: template });
  dropTemplate = (id) => this.#ask(`${this.#urls.templates}${id}/`, { method: 'DELETE', body: {} });
  keepKeys = (choice) => this.#ask(this.#urls.keys, { method: 'PUT', body: choice });

  async #ask(url, { method = 'GET', body = null, leaving = false } = {}) {
    let response;
    try {
      response = await this.fetch(url, {
        method,
        credentials: 'same-origin',
        keepalive: leaving,
        headers: {
          Accept: 'application/json',
          ...(body && { 'Content-Type': 'application/json', 'X-CSRFToken': this.#token() }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      });
    } catch {
      throw new Error('the server cannot be reached');
    }
    const isJson = response.headers.get('Content-Type')?.includes('json');
    const answer = isJson ? await response.json() : {};
    if (response.redirected || response.status === 401 || (response.ok && !isJson)) throw new Error('you are signed out');
    if (!response.ok) throw new Error(answer.detail ?? `the server answered ${response.status}`);
    return answer;
  }
}
