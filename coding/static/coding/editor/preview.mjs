// What a coder will see: the workspace's own form over an event that nobody keeps, so that conditions can be tried out.
import { html, nothing, render } from 'lit-html';
import { Alliances } from '#workspace/aids/alliances.mjs';
import { Elsewhere } from '#workspace/aids/elsewhere.mjs';
import { KeyChoices } from '#workspace/aids/keychoices.mjs';
import { Questions } from '#workspace/aids/questions.mjs';
import { Codebook } from '#workspace/codebook.mjs';
import { Desk } from '#workspace/desk.mjs';
import { newId } from '#workspace/ids.mjs';
import { Session } from '#workspace/session.mjs';
import { fields } from '#workspace/views/fields.mjs';
import { guide } from '#workspace/views/guide.mjs';

const NO_TEXT = { slice: () => '', pageOf: () => null, step: () => null };

/** What lies around the desk, where nobody is asked, no list proposes and no other document is there. */
function aidsWithoutServer(desk) {
  const silent = {
    alliances: async () => ({ results: [] }),
    role: async () => null,
    elsewhere: async () => ({ events: [] }),
    questions: async () => ({ questions: [], notes: [] }),
  };
  return {
    guide: { words: '', type: null },
    keys: new KeyChoices(),
    questions: new Questions(desk, silent),
    alliances: new Alliances(desk, silent),
    elsewhere: new Elsewhere(desk, silent),
    search: { painted: [] },
    history: null,
    operations: [],
    refreshHistory() {},
    settle: async () => {},
  };
}

export class Preview {
  #place;
  #jump;
  #answer = null;
  #desk = null;
  #type = null;
  #language = null;
  #tab = 'fields';
  #tried = {}; // type -> what was tried out in its form
  #isStale = false;
  #states;

  constructor(place, { jump, states }) {
    this.#place = place;
    this.#jump = jump;
    this.#states = states;
    this.#draw();
  }

  set states(list) {
    this.#states = list;
    if (this.#answer) this.#build();
  }

  set isStale(isStale) {
    if (this.#isStale === isStale) return;
    this.#isStale = isStale;
    this.#draw();
  }

  /** @param answer {book, lines, languages} of the server */
  show(answer) {
    this.#answer = answer;
    const codes = answer.book.types.map(({ code }) => code);
    if (!codes.includes(this.#type)) this.#type = codes[0];
    if (!answer.languages.includes(this.#language)) [this.#language] = answer.languages;
    this.#build();
  }

  /** The cursor stands in this line: show the type it belongs to. */
  follow(line) {
    if (!this.#answer) return;
    const types = this.#answer.book.types.filter(({ code }) => this.#answer.lines[code] <= line);
    const code = types.sort((a, b) => this.#answer.lines[a.code] - this.#answer.lines[b.code]).at(-1)?.code;
    if (code && code !== this.#type) this.#choose(code);
  }

  #choose(code) {
    this.#type = code;
    this.#build();
  }

  #build() {
    if (this.#desk?.event) this.#tried[this.#desk.event.type] = this.#desk.event.values;
    const id = newId();
    const session = new Session(
      {
        version: 0,
        state: 'started',
        outcome: { value: 'events', reason: '' },
        events: [{ id, type: this.#type, position: 1, values: this.#tried[this.#type] ?? {} }],
        passages: [],
      },
      { newId },
    );
    const codebook = new Codebook(this.#answer.book, this.#language);
    this.#desk = new Desk({ session, codebook, states: this.#states, map: NO_TEXT });
    this.#desk.aids = aidsWithoutServer(this.#desk);
    this.#desk.open = id;
    this.#desk.addEventListener('change', () => this.#draw());
    this.#draw();
  }

  #draw() {
    render(this.#view(), this.#place);
  }

  #view() {
    if (!this.#desk) return html`<p class="soft editor__empty">As soon as the text is a codebook, this is where it shows what a coder will see.</p>`;
    const { codebook, event, field } = this.#desk;
    const { lines, languages, book } = this.#answer;
    const known = lines[`${event.type}.${field}`] ?? lines[field];
    return html`
      ${this.#isStale ? html`<div class="notice" data-tone="caution"><div>The text has mistakes; this is how it stood before.</div></div>` : nothing}
      <div class="preview__bar">
        <label class="hidden-visually" for="preview-type">Event type</label>
        <select id="preview-type" .value=${this.#type} @change=${({ target }) => this.#choose(target.value)}>
          ${book.types.map(({ code }) => html`<option value=${code} ?selected=${code === this.#type}>${code} ${codebook.labelOf(code)}</option>`)}
        </select>
        ${languages.length > 1
          ? html`<label class="hidden-visually" for="preview-language">Language</label>
              <select id="preview-language" @change=${({ target }) => this.#speak(target.value)}>
                ${languages.map((one) => html`<option ?selected=${one === this.#language}>${one}</option>`)}
              </select>`
          : nothing}
        <div class="segments" role="group" aria-label="Show">
          ${['fields', 'guide'].map((tab) => html`<button type="button" aria-pressed=${String(this.#tab === tab)} @click=${() => this.#turn(tab)}>${tab === 'fields' ? 'Fields' : 'Codebook'}</button>`)}
        </div>
        <button class="button button--small" type="button" @click=${() => this.#jump(known ?? lines[event.type])}>Line ${known ?? lines[event.type]}</button>
      </div>
      <div class="preview__form">
        ${codebook.broken(event).map((rule) => html`<div class="notice" data-tone="differ"><div>${rule.message}</div></div>`)}
        ${this.#tab === 'guide' ? guide(this.#desk) : fields(this.#desk)}
      </div>
    `;
  }

  #turn(tab) {
    this.#tab = tab;
    this.#draw();
  }

  #speak(language) {
    this.#language = language;
    this.#build();
  }
}
