// Where the coder is: the open event, the focused field, the marked passage, the side of the pane; and what is known of
// them. Changes nothing that is coded; what can be done with it is the desk's.
import { liveEvents, servedFields } from './reducer.mjs';
import { valueOf } from '#site/elements/dates.mjs';

export const placeOf = (event, field) => `${event} ${field}`;
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export class Attention extends EventTarget {
  #unfolded = new Set(); // places whose passages are all shown, however many

  constructor({ session, codebook, states, map, work = null }) {
    super();
    Object.assign(this, { session, codebook, states, map, work }); // work: {id, document} as the server tells them
    this.open = null; // id of the open event
    this.field = null; // name of the focused field
    this.mark = null; // {start, end} marked in the text
    this.last = null; // id of the passage linked last
    this.rows = Infinity; // how many fields are drawn; few while the page is being put together
    this.tab = 'fields'; // or 'guide', 'questions', 'history'
    this.aids = null; // what lies around: search, questions, pages; see aids/aids.mjs
    this.problems = []; // what stands against submitting, until it is touched
    this.asking = null; // {about: 'whole' | 'cannot_code' | 'near_miss' | 'split' | 'template' | 'elsewhere', field?}: a small form is open
    this.jump = null; // {field} or {to: selector} to focus after the next drawing
    this.locked = null; // why nothing can be changed, in words
    session.addEventListener('change', () => this.changed());
  }

  changed() {
    if (!this.event) {
      this.open = this.events.at(-1)?.id ?? null;
      this.field = null;
    }
    this.dispatchEvent(new Event('change'));
  }

  get readonly() {
    return this.session.readonly || Boolean(this.locked);
  }

  get events() {
    return liveEvents(this.session.state);
  }

  get event() {
    const event = this.session.state.events[this.open];
    return event && !event.removed ? event : null;
  }

  get outcome() {
    return this.session.state.outcome;
  }

  fieldOf(name) {
    return this.event && this.codebook.field(this.event.type, name);
  }

  /** What a question would be about: the marked passage, else the focused field of the open event. */
  get place() {
    const { mark, event } = this;
    return { event: event?.id ?? null, field: event && !mark ? (this.field ?? '') : '', mark };
  }

  /** Names of what values refer to. */
  get names() {
    return { state: (code) => this.states.nameOf(code), event: (id) => this.#nameOfEvent(id) };
  }

  #nameOfEvent(id) {
    const event = this.session.state.events[id];
    if (event) return `${this.events.indexOf(event) + 1 || 'removed'} · ${event.values.title ?? this.codebook.labelOf(event.type)}`;
    const other = this.aids.elsewhere.event(id);
    return other ? `${other.title || other.type}${other.start ? `, ${other.start}` : ''} (${other.document})` : 'an event of another document';
  }

  passage(id) {
    return this.session.state.passages[id] ?? null;
  }

  /** Bounds of the event's date as ISO days, for who was a state then; null when unknown. */
  get days() {
    const edtf = this.event?.values.start;
    const date = typeof edtf === 'string' ? valueOf(edtf) : null;
    if (!date) return null;
    const iso = (time, open) => (time === null ? open : new Date(time).toISOString().slice(0, 10));
    return [iso(date.earliest, '0000-01-01'), iso(date.latest, '9999-12-31')];
  }

  problemAt(event, field) {
    return this.problems.find((one) => one.event === event && one.field === field) ?? null;
  }

  /** The problem after the focused one, around the end. */
  goToProblem() {
    const placed = this.problems.filter(({ event }) => this.session.state.events[event]);
    const at = placed.findIndex((one) => one.event === this.open && one.field === this.field);
    const next = placed[(at + 1) % placed.length];
    if (next) this.show(next.event, next.field);
  }

  // moving about

  show(event, field = null) {
    this.open = event;
    this.field = field;
    this.tab = 'fields';
    this.asking = null;
    this.jump = { field };
    this.changed();
  }

  focus(field) {
    if (this.field === field) return;
    this.field = field;
    this.changed();
  }

  goTo(field) {
    this.field = field;
    this.tab = 'fields';
    this.jump = { field };
    this.changed();
  }

  /** The next field that is required and blank, after the focused one, around the end. */
  goToOpen() {
    const layout = this.codebook.layout(this.event);
    const at = layout.findIndex(({ field }) => field.name === this.field);
    const next = [...layout.slice(at + 1), ...layout.slice(0, at + 1)].find(({ open }) => open);
    if (next) this.goTo(next.field.name);
  }

  nextField(direction = 1) {
    const layout = this.codebook.layout(this.event);
    const at = layout.findIndex(({ field }) => field.name === this.field);
    const next = layout[at + direction];
    if (next) this.goTo(next.field.name);
  }

  /** Shows another side of the pane: the fields, the codebook, the questions or the history. */
  turn(tab) {
    this.tab = tab;
    this.asking = null;
    if (tab === 'history') this.aids?.refreshHistory();
    if (tab === 'questions') this.aids?.questions.seen();
    this.changed();
  }

  setMark(mark) {
    if (same(mark, this.mark)) return;
    this.mark = mark;
    this.changed();
  }

  ask(question) {
    this.asking = question;
    this.changed();
  }

  /** The passage linked last, if this field does not rest on it yet: one passage often proves several fields. */
  lastFor(field) {
    const passage = this.passage(this.last);
    return passage && field && !this.event.evidence[field]?.includes(passage.id) ? passage : null;
  }

  isUnfolded(field) {
    return this.#unfolded.has(placeOf(this.open, field));
  }

  unfold(field) {
    this.#unfolded.add(placeOf(this.open, field));
    this.jump = { to: `.coded[data-field="${CSS.escape(field)}"] .chip:nth-child(11) button` };
    this.changed();
  }

  /** Passages to paint: [{id, start, end, style}]; the strongest style of each. */
  get painted() {
    const { passages } = this.session.state;
    const styles = new Map();
    for (const event of this.events) {
      for (const [field, ids] of Object.entries(event.evidence)) {
        const rank = event.id !== this.open ? 1 : field === this.field ? 3 : 2;
        for (const id of ids) styles.set(id, Math.max(rank, styles.get(id) ?? 0));
      }
    }
    const named = ['', 'evidence-other', 'evidence', 'evidence-active'];
    const painted = [...styles].map(([id, rank]) => ({ ...passages[id], style: named[rank] }));
    painted.push(...(this.aids?.search.painted ?? []));
    if (this.mark) painted.push({ id: 'mark', ...this.mark, style: 'mark' });
    return painted;
  }

  /** Opens the event and field that a passage serves. */
  showPassage(id) {
    const event = [this.event, ...this.events].find((one) => one && servedFields(one, id).length);
    if (event) this.show(event.id, servedFields(event, id)[0]);
  }

  reveal(id) {
    const passage = this.passage(id);
    if (passage) this.showPlace(passage);
  }

  showPlace(passage) {
    this.dispatchEvent(Object.assign(new Event('reveal'), { passage }));
  }

  say(words) {
    this.dispatchEvent(Object.assign(new Event('say'), { words }));
  }
}
