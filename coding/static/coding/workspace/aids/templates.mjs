// Event templates: the values of an event, kept by the coder under a name, in this round and for nobody else.
import { templateValues } from '../copying.mjs';
import { newId } from '../ids.mjs';

export class Templates {
  list = []; // {id, name, type, values}
  trouble = '';
  #desk;
  #library;

  constructor(desk, library) {
    this.#desk = desk;
    this.#library = library;
  }

  load() {
    return this.#take(this.#library.templates()).catch(() => {}); // without them one codes as ever
  }

  async #take(answer) {
    this.list = (await answer).templates;
    this.#desk.changed();
  }

  /** Opens the form that asks for a name. */
  begin() {
    if (this.#desk.readonly || !this.#desk.event) return false;
    this.trouble = '';
    this.#desk.tab = 'fields';
    this.#desk.jump = { to: '#template-name' };
    this.#desk.ask({ about: 'template', id: newId() });
  }

  /** Keeps the open event under this name; the form stays open with the words of what went wrong. */
  async keep(name) {
    const { event, codebook, asking } = this.#desk;
    try {
      await this.#take(this.#library.keepTemplate({ id: asking.id, name, type: event.type, values: templateValues(codebook, event) }));
      this.#desk.ask(null);
      this.#desk.say(`Kept. “${name}” is offered when you begin a new event.`);
    } catch (error) {
      this.trouble = `Not kept: ${error.message}.`;
      this.#desk.changed();
    }
  }

  async drop({ id, name }) {
    await this.#take(this.#library.dropTemplate(id)).then(
      () => this.#desk.say(`Template “${name}” removed. Events begun from it stay.`),
      (error) => this.#desk.say(`Not removed: ${error.message}.`),
    );
  }
}
