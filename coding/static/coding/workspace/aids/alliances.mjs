// What the project's list of alliances says of the open event: which alliances bind its states on its days, and the
// role of the provider that follows. The list proposes; the coder codes.

const listed = (value) => (Array.isArray(value) ? value : []);

export class Alliances {
  list = null; // once somebody needs it
  proposal = null; // {role, code, references, reason} for the open event
  #asked = ''; // what the proposal answers
  #loading = null;
  #desk;
  #library;

  constructor(desk, library) {
    this.#desk = desk;
    this.#library = library;
  }

  load() {
    this.#loading ??= this.#library.alliances().then(
      ({ results }) => {
        this.list = results.filter((one) => one.is_current);
        this.#desk.changed();
      },
      () => (this.#loading = null),
    );
  }

  nameOf(reference) {
    return this.list?.find((one) => one.reference === reference || String(one.atop_id) === reference)?.name ?? '';
  }

  /** Alliances that bind a provider and, where one is named, a recipient of this event on its days. */
  fitting(event) {
    const days = this.#desk.days;
    const [givers, takers] = [listed(event.values.provider), listed(event.values.recipient)];
    if (!givers.length || !this.list) return [];
    const binds = (one, codes) => one.members.some((member) => codes.includes(member.ccode) && overlaps(member.from, member.to, days));
    return this.list.filter((one) => overlaps(one.start, one.end, days) && binds(one, givers) && (takers.length ? binds(one, takers) : givers.filter((code) => binds(one, [code])).length > 1));
  }

  /** Asks for the role once states and days are there, and again when they change. */
  ask(event) {
    const days = this.#desk.days;
    const [givers, takers] = [listed(event.values.provider), listed(event.values.recipient)];
    if (!givers.length || !days || days[0] === '0000-01-01' || days[1] === '9999-12-31') return this.#forget();
    const pairs = [...givers.map((code) => ['provider', code]), ...takers.map((code) => ['recipient', code]), ['on', days[0]], ['until', days[1]]];
    const asked = String(new URLSearchParams(pairs));
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.proposal = null;
    this.#library.role(pairs).then(
      (proposal) => {
        if (asked !== this.#asked) return;
        this.proposal = proposal;
        this.#desk.changed();
      },
      () => asked === this.#asked && (this.#asked = ''),
    );
  }

  #forget() {
    this.#asked = '';
    this.proposal = null;
  }
}

const overlaps = (from, to, days) => !days || (from <= days[1] && (!to || to >= days[0]));
