// Questions to the PI: what was asked on this document and what came back, and the notes every coder reads.
import { newId } from '../ids.mjs';

export class Questions {
  list = [];
  notes = [];
  about = null; // {event?, field?, mark?}: what the form that is open asks about
  words = ''; // typed and not yet asked; kept when asking fails
  trouble = '';
  isAsking = false;
  #id = null;
  #desk;
  #library;

  constructor(desk, library) {
    this.#desk = desk;
    this.#library = library;
  }

  async load() {
    const answer = await this.#library.questions().catch(() => null);
    if (answer) this.#take(answer);
  }

  #take({ questions, notes }) {
    [this.list, this.notes] = [questions, notes];
    this.#desk.changed();
  }

  get fresh() {
    return this.list.filter(({ is_new: isNew }) => isNew).length;
  }

  of(event, field) {
    return this.list.filter((one) => one.event === event && one.field === field);
  }

  /** Opens the form: on the marked passage, the focused field, the open event or the document. */
  begin({ event = null, field = '', mark = null } = {}) {
    this.about = { event, field, mark };
    this.trouble = '';
    this.#id = newId();
    this.#desk.turn('questions');
    this.#desk.jump = { to: '#question' };
    this.#desk.changed();
  }

  cancel() {
    this.about = null;
    this.words = '';
    this.#desk.changed();
  }

  /** @param settle sends what waits first: a question is about an event that the server knows */
  async send(settle) {
    if (this.isAsking || !this.words.trim()) return;
    this.isAsking = true;
    this.trouble = '';
    this.#desk.changed();
    const { event, field, mark } = this.about;
    try {
      if (event && !(await settle())) throw new Error('your work has not reached the server yet');
      this.#take(await this.#library.ask({ id: this.#id, words: this.words, event, field, start: mark?.start ?? null, end: mark?.end ?? null }));
      this.about = null;
      this.words = '';
      this.#desk.say('Asked. The answer will stand here.');
    } catch (error) {
      this.trouble = `Not asked: ${error.message}. Your words are still here.`;
    }
    this.isAsking = false;
    this.#desk.changed();
  }

  /** The coder looks at the answers: from now on they are not new; this page still points at them. */
  seen() {
    if (this.fresh && !this.#told) this.#library.readAnswers().catch(() => (this.#told = false));
    this.#told = true;
  }
  #told = false;
}
