// What the coder does with what they have in hand: each act becomes operations of the session. Drawing is the views' business.
import { Attention, placeOf, same } from './attention.mjs';
import { readMoney, readText } from './checks.mjs';
import { duplicated, filled, split } from './copying.mjs';
import { newId } from './ids.mjs';

export class Desk extends Attention {
  #drafts = new Map(); // place -> text being typed, so that its canonical form does not overwrite it

  #touched(event, field) {
    this.problems = this.problems.filter((one) => one.event !== event || one.field !== field);
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
}
