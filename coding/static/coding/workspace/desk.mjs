// What the coder has in hand: the open event, the focused field, the marked passage, and the acts they can do.
// Each act becomes operations of the session; drawing is the views' business.
import { readMoney, readText } from './checks.mjs';
import { duplicated, filled, split } from './copying.mjs';
import { newId } from './ids.mjs';
import { liveEvents, servedFields } from './reducer.mjs';
import { valueOf } from '#site/elements/dates.mjs';

const placeOf = (event, field) => `${event} ${field}`;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export class Desk extends EventTarget {
  #unfolded = new Set(); // places whose passages are all shown, however many
  #drafts = new Map(); // place -> text being typed, so that its canonical form does not overwrite it

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

  #touched(event, field) {
    this.problems = this.problems.filter((one) => one.event !== event || one.field !== field);
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

  // events

  addEvent(type, template = null) {
    if (this.readonly) return;
    const event = newId();
    const bodies = [{ kind: 'event.add', event, type }, ...filled(this.codebook, type, template?.values ?? {}, event)];
    if (this.outcome.value !== 'events') bodies.push({ kind: 'outcome.set', outcome: 'events', reason: '' });
    const spans = this.codebook.spansField(type);
    if (this.mark && spans) {
      const link = this.#link(event, spans.name, this.mark);
      this.last = link.passage;
      bodies.push(link);
    }
    this.mark = null;
    this.session.do(bodies);
    const fields = this.codebook.fieldsOf(type).filter(({ kind }) => kind !== 'spans');
    this.show(event, (fields.find(({ name }) => template && name === 'start') ?? fields[0])?.name);
    if (template) this.say(`Begun from “${template.name}”. Ctrl+Z takes it back.`);
  }

  /** The next of a series: the same again, but for the days. */
  duplicate() {
    if (this.readonly || !this.event) return false;
    const copy = newId();
    this.session.do(duplicated(this.codebook, this.event, this.session.state.passages, copy));
    this.show(copy, this.codebook.field(this.event.type, 'start') ? 'start' : null);
    this.say('Duplicated without its dates. Ctrl+Z takes it back.');
  }

  /** Splits passages off into a second event of the same type. */
  splitOff(chosen) {
    const half = newId();
    this.session.do(split(this.codebook, this.event, this.session.state.passages, chosen, half));
    this.show(half, 'title');
    this.say('Split in two; both have the same values. Mend what differs.');
  }

  removeEvent() {
    const { id } = this.event;
    this.problems = this.problems.filter(({ event }) => event !== id);
    const rest = this.events.filter((event) => event.id !== id);
    const bodies = [{ kind: 'event.remove', event: id }];
    if (!rest.some((event) => !event.near_miss) && this.outcome.value === 'events')
      bodies.push({ kind: 'outcome.set', outcome: rest.length ? 'no_event' : '', reason: '' });
    for (const { operation } of [...this.session.refused.values()])
      if (operation.event === id) this.session.release(id, operation.field);
    this.session.do(bodies);
    this.say('Event removed. Ctrl+Z brings it back.');
  }

  changeType(type) {
    if (type === this.event.type) return;
    this.session.do([{ kind: 'event.type', event: this.event.id, type }]);
    this.jump = { field: null };
  }

  setNearMiss(nearMiss, reason = '', { typing = false } = {}) {
    const { id } = this.event;
    const bodies = [{ kind: 'near_miss.set', event: id, near_miss: nearMiss, reason }];
    this.asking = null;
    this.problems = this.problems.filter(({ event }) => event !== id);
    const isEvents = this.events.some((event) => (event.id === id ? !nearMiss : !event.near_miss));
    const outcome = isEvents ? 'events' : 'no_event';
    if (this.outcome.value !== outcome && this.outcome.value !== 'cannot_code')
      bodies.push({ kind: 'outcome.set', outcome, reason: '' });
    this.session.do(bodies, { typing });
  }

  setOutcome(outcome, reason = '', options) {
    this.asking = null;
    this.session.do([{ kind: 'outcome.set', outcome, reason }], options);
  }

  // values

  /** What a text control shows: what is being typed, what was refused, or the value. */
  textOf(field) {
    const draft = this.#drafts.get(placeOf(this.open, field.name));
    if (draft !== undefined) return draft;
    const refused = this.session.refusal(this.open, field.name);
    const value = refused ? refused.operation.value : this.event.values[field.name];
    return value === undefined || typeof value === 'object' ? '' : String(value);
  }

  /** Typed and not yet to be judged: a number is one only when it is whole. */
  draft(field, text) {
    this.#drafts.set(placeOf(this.open, field.name), text);
    this.session.draft({ event: this.open, field: field.name }, text);
  }

  /** What was being typed when the page went away is taken as if the field had been left then. */
  takeUpDrafts() {
    const before = this.open;
    for (const { operation } of [...this.session.drafts.values()]) {
      this.open = operation.event;
      const field = this.fieldOf(operation.field);
      if (field?.kind === 'money') this.put(field, readMoney(field, operation.value), { raw: operation.value });
      else if (field) this.commit(field, operation.value);
      else this.session.dropDraft(operation.event, operation.field);
    }
    this.open = before;
    this.changed();
  }

  type(field, text) {
    this.#drafts.set(placeOf(this.open, field.name), text);
    this.#put(field, readText(field, text), text, { typing: true });
  }

  commit(field, text) {
    this.#drafts.delete(placeOf(this.open, field.name));
    this.#put(field, readText(field, text), text);
    this.session.dropDraft(this.open, field.name);
    this.changed();
  }

  /** @param result {value} | {blank} | {message} from checks; `raw` is kept when it cannot be sent */
  put(field, result, { raw = null, typing = false } = {}) {
    this.#put(field, result, raw, { typing });
    this.session.dropDraft(this.open, field.name);
  }

  #put(field, result, raw, { typing = false } = {}) {
    const place = { event: this.open, field: field.name };
    if (result.message) {
      const held = this.session.refusal(this.open, field.name);
      if (same(held?.operation.value, raw)) return;
      this.session.hold({ kind: 'value.set', ...place, value: raw }, result.message);
      return;
    }
    const refused = this.session.refusal(this.open, field.name);
    if (refused && !result.blank && same(refused.operation.value, result.value)) return; // the same again
    const before = this.event.values[field.name];
    this.#touched(this.open, field.name);
    this.session.release(this.open, field.name);
    if (result.blank) {
      if (before !== undefined) this.session.do([{ kind: 'value.clear', ...place }], { typing });
    } else if (!same(before, result.value)) {
      this.session.do([{ kind: 'value.set', ...place, value: result.value }], { typing });
    }
  }

  undo() {
    this.#drafts.clear();
    this.say(this.session.undo() ? 'Taken back' : 'Nothing to take back');
    this.changed();
  }

  redo() {
    this.#drafts.clear();
    this.say(this.session.redo() ? 'Done again' : 'Nothing to do again');
    this.changed();
  }

  // evidence

  #link(event, field, { start, end }) {
    const known = Object.values(this.session.state.passages).find((one) => one.start === start && one.end === end);
    return { kind: 'passage.link', event, field, passage: known?.id ?? newId(), start, end };
  }

  /** Ties the marked passage to a field. */
  linkMark(field = this.field) {
    if (this.readonly || !this.mark || !this.event) return false;
    const name = field ?? this.codebook.spansField(this.event.type)?.name;
    if (!name) return false;
    this.#touched(this.open, name);
    const link = this.#link(this.open, name, this.mark);
    this.session.do([link]);
    this.last = link.passage;
    this.say(`Passage linked to ${this.fieldOf(name)?.label ?? name}`);
    this.mark = null;
    document.getSelection()?.removeAllRanges();
    this.changed();
    return true;
  }

  /** The passage linked last, if this field does not rest on it yet: one passage often proves several fields. */
  lastFor(field) {
    const passage = this.passage(this.last);
    return passage && field && !this.event.evidence[field]?.includes(passage.id) ? passage : null;
  }

  linkAgain(field = this.field) {
    const passage = !this.readonly && this.event ? this.lastFor(field) : null;
    if (!passage) return false;
    this.#touched(this.open, field);
    this.session.do([this.#link(this.open, field, passage)]);
    this.say(`The same passage linked to ${this.fieldOf(field)?.label ?? field}`);
    return true;
  }

  unlink(field, passage) {
    this.session.do([{ kind: 'passage.unlink', event: this.open, field, passage }]);
    this.say('Passage unlinked. Ctrl+Z brings it back.');
  }

  isUnfolded(field) {
    return this.#unfolded.has(placeOf(this.open, field));
  }

  unfold(field) {
    this.#unfolded.add(placeOf(this.open, field));
    this.jump = { to: `.coded[data-field="${CSS.escape(field)}"] .chip:nth-child(11) button` };
    this.changed();
  }

  setWhole(field, reason) {
    this.asking = null;
    this.#touched(this.open, field);
    const kind = reason ? 'whole.set' : 'whole.clear';
    this.session.do([{ kind, event: this.open, field, ...(reason && { reason }) }]);
  }

  /** Moves one end of a passage, or of the mark, by a word: edge 'start' or 'end', direction -1 or 1. */
  adjust(id, edge, direction) {
    const passage = id ? this.passage(id) : this.mark;
    if (!passage || this.readonly) return;
    const next = { ...passage, [edge]: this.#nextEdge(passage, edge, direction) };
    if (next.start >= next.end || same(next, passage)) return;
    if (id) this.session.do([{ kind: 'passage.move', passage: id, start: next.start, end: next.end }], { typing: true });
    else this.setMark({ start: next.start, end: next.end });
  }

  #nextEdge({ start, end }, edge, direction) {
    const at = edge === 'start' ? 0 : 1;
    const from = edge === 'start' ? start : direction > 0 ? end - 1 : end;
    const word = this.map.step(from, direction, 'word');
    return word ? word[at] : edge === 'start' ? start : end;
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
