// The coder's own events in other documents: to link an event to an earlier one that another paper reported.

export class Elsewhere {
  words = '';
  found = [];
  trouble = '';
  #known = new Map(); // id -> event
  #wanted = new Set();
  #timer = 0;
  #desk;
  #library;

  constructor(desk, library) {
    this.#desk = desk;
    this.#library = library;
  }

  begin() {
    this.words = '';
    this.found = [];
    this.#fetch();
  }

  look(words) {
    this.words = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fetch(), 200);
  }

  async #fetch() {
    const { words } = this;
    try {
      const { events } = await this.#library.elsewhere({ words });
      if (words !== this.words) return;
      this.found = this.#keep(events);
      this.trouble = '';
    } catch (error) {
      this.trouble = `Events of other documents cannot be searched now: ${error.message}.`;
    }
    this.#desk.changed();
  }

  #keep(events) {
    for (const event of events) this.#known.set(event.id, event);
    return events;
  }

  /** An event of another document by its id; asked for when it is not known, null until it is. */
  event(id) {
    if (!this.#known.has(id) && !this.#wanted.has(id)) {
      this.#wanted.add(id);
      this.#library.elsewhere({ id }).then(({ events }) => this.#keep(events).length && this.#desk.changed(), () => this.#wanted.delete(id));
    }
    return this.#known.get(id) ?? null;
  }
}
