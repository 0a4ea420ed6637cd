// One sitting with an assignment: what the server has, what is still to be sent, what was refused, undo and redo.
// Knows neither network nor disk: `sync.mjs` listens to its changes and tells it what came back.
import { fromServer, inverseOf, reduce, replay } from './reducer.mjs';
import { turnsOf } from './steps.mjs';

/** Two operations of this kind on the same thing are one piece of typing. */
const TYPED = new Set(['value.set', 'near_miss.set', 'outcome.set', 'whole.set']);

export const placeOf = (operation) => `${operation.event ?? ''} ${operation.field ?? ''}`;

export class Session extends EventTarget {
  #base;
  #undo = [];
  #redo = [];

  /** @param newId makes an operation's id */
  constructor(json, { newId }) {
    super();
    this.newId = newId;
    this.pending = []; // operations not yet confirmed, oldest first
    this.inFlight = new Set(); // ids on their way; never reused, never coalesced
    this.refused = new Map(); // place -> {operation, message}: what was typed and could not be taken
    this.drafts = new Map(); // place -> {operation}: typed, and judged when the field is left
    this.takeServerState(json);
  }

  takeServerState(json) {
    this.version = json.version;
    this.lifecycle = json.state;
    this.readonly = Boolean(json.readonly);
    this.#base = fromServer(json);
    this.#rebuild();
  }

  /** Do operations as one step that one undo takes back. Returns them with their ids. */
  do(bodies, { typing = false } = {}) {
    if (this.readonly || !bodies.length) return [];
    const back = inverseOf(this.state, bodies);
    const last = this.#undo.at(-1);
    const continues = typing && bodies.length === 1 && last?.typing && samePlace(last.forward[0], bodies[0]);
    const made = this.#append(continues ? [{ ...bodies[0], step: last.id }] : bodies, typing);
    if (continues) last.forward = bodies;
    else if (back.length) this.#undo.push({ id: made[0].id, forward: bodies, back, typing });
    this.#redo = [];
    return made;
  }

  /** What can be taken back and done again, from every operation of this work: the server's, then those that wait. */
  recall(operations) {
    const known = new Set(operations.map(({ id }) => id));
    const { undo, redo } = turnsOf([...operations, ...this.pending.filter(({ id }) => !known.has(id))]);
    [this.#undo, this.#redo] = [undo, redo];
    this.#tell();
  }

  undo() {
    return this.#turn(this.#undo, this.#redo, 'undo');
  }

  redo() {
    return this.#turn(this.#redo, this.#undo, 'redo');
  }

  get canUndo() {
    return this.#undo.length > 0;
  }

  get canRedo() {
    return this.#redo.length > 0;
  }

  #turn(from, to, name) {
    if (this.readonly) return null;
    const step = from.pop();
    if (!step) return null;
    to.push({ id: step.id, forward: step.back, back: inverseOf(this.state, step.back), typing: false });
    return this.#append(step.back.map((body) => ({ ...body, [name]: step.id })), false);
  }

  #append(bodies, typing) {
    const dropped = [];
    let step = null; // what follows the first operation names it, so that a reload still knows they are one step
    const made = bodies.map((body) => {
      const operation = { id: this.newId(), ...body, ...(step && !body.undo && !body.redo && { step }) };
      step ??= operation.id;
      const last = this.pending.at(-1);
      // Typing replaces the newest unsent operation, under a new id: the old one may have left from another tab.
      if (typing && last && TYPED.has(body.kind) && samePlace(last, body) && !this.inFlight.has(last.id)) {
        this.pending.pop();
        dropped.push(last.id);
      }
      this.pending.push(operation);
      this.#forgetRefusal(operation, dropped);
      this.state = reduce(this.state, operation);
      return operation;
    });
    if (dropped.length) this.#rebuild();
    this.#tell({ put: made.map((operation) => ({ operation })), dropped });
    return made;
  }

  /** Keep what was typed though it cannot be sent: a value that the codebook does not allow. */
  hold(body, message) {
    if (this.readonly) return;
    const dropped = [];
    this.#forgetRefusal(body, dropped);
    const operation = { id: this.newId(), ...body };
    this.refused.set(placeOf(operation), { operation, message });
    this.#tell({ put: [{ operation, refused: message }], dropped });
  }

  release(event, field) {
    const dropped = [];
    this.#forgetRefusal({ event, field }, dropped);
    if (dropped.length) this.#tell({ put: [], dropped });
  }

  refusal(event, field) {
    return this.refused.get(placeOf({ event, field })) ?? null;
  }

  #forgetRefusal(operation, dropped) {
    const old = this.refused.get(placeOf(operation));
    if (!old) return;
    this.refused.delete(placeOf(operation));
    dropped.push(old.operation.id);
  }

  /** Keep what is being typed where a single keystroke says nothing yet: half a number, half a date. */
  draft({ event, field }, text) {
    if (this.readonly) return;
    const place = placeOf({ event, field });
    const dropped = this.drafts.has(place) ? [this.drafts.get(place).operation.id] : [];
    const operation = { id: this.newId(), kind: 'value.set', event, field, value: text };
    this.drafts.set(place, { operation });
    this.#tell({ put: [{ operation, draft: true }], dropped });
  }

  /** The field was left: what became of the draft is said by other operations. */
  dropDraft(event, field) {
    const place = placeOf({ event, field });
    const old = this.drafts.get(place);
    if (!old) return;
    this.drafts.delete(place);
    this.#tell({ put: [], dropped: [old.operation.id] });
  }

  /** All that must lie on the disk while the server does not have it. */
  get records() {
    return [
      ...this.pending.map((operation) => ({ operation })),
      ...[...this.refused.values()].map(({ operation, message }) => ({ operation, refused: message })),
      ...[...this.drafts.values()].map(({ operation }) => ({ operation, draft: true })),
    ];
  }

  /** Give up all that the server does not have: it will not take it any more. */
  discard() {
    const dropped = this.records.map(({ operation }) => operation.id);
    this.pending = [];
    this.refused.clear();
    this.drafts.clear();
    this.#rebuild();
    this.#tell({ put: [], dropped });
  }

  /** Take what the shared outbox holds for what waits: after a reload, or when another tab wrote or sent. */
  mirror(records) {
    this.pending = [];
    this.refused.clear();
    this.drafts.clear();
    for (const { operation, refused, draft } of records) {
      if (draft) this.drafts.set(placeOf(operation), { operation });
      else if (refused) this.refused.set(placeOf(operation), { operation, message: refused });
      else this.pending.push(operation);
    }
    this.#rebuild();
    this.#tell();
  }

  /** What the server took after it told this assignment whole; a copy on this computer holds both. */
  takeConfirmed(confirmed) {
    for (const { from, version, operations } of confirmed)
      if (from === this.version) {
        this.#base = replay(this.#base, operations);
        this.version = version;
      }
    this.#rebuild();
  }

  /** The server has these operations, and others that this page never saw: take its whole state. */
  adopt(operations, json) {
    const ids = new Set(operations.map(({ id }) => id));
    this.pending = this.pending.filter(({ id }) => !ids.has(id));
    if (json.version >= this.version) this.takeServerState(json);
    this.#tell({ put: [], dropped: [...ids], base: json });
  }

  /** The server has these operations now; `values` [{event, field, value}] are those it wrote in another form. */
  confirm(operations, version, values = []) {
    const ids = new Set(operations.map(({ id }) => id));
    const from = this.version;
    const taken = [...operations, ...values.map((place) => ({ kind: 'value.set', ...place }))];
    this.pending = this.pending.filter(({ id }) => !ids.has(id));
    let confirmed = null;
    if (version > from) {
      this.#base = replay(this.#base, taken);
      this.version = version;
      confirmed = { from, version, operations: taken };
    } // else another tab told of it, with what came after
    if (this.lifecycle === 'assigned') this.lifecycle = 'started';
    this.#rebuild();
    this.#tell({ put: [], dropped: [...ids], confirmed });
  }

  /**
   * Someone else went ahead: take all operations since our version, in order, and stand our own on top.
   * Returns our pending operations that set a place someone else set too.
   */
  rebase(operations, version) {
    const ids = new Set(operations.map(({ id }) => id));
    const confirmed = { from: this.version, version, operations };
    this.#base = replay(this.#base, operations);
    this.version = version;
    const ours = this.pending.filter(({ id }) => ids.has(id)).map(({ id }) => id);
    this.pending = this.pending.filter(({ id }) => !ids.has(id));
    const theirs = operations.filter(({ id }) => !ours.includes(id));
    this.#rebuild();
    this.#tell({ put: [], dropped: ours, confirmed });
    return this.pending.filter((mine) => theirs.some((other) => samePlace(mine, other)));
  }

  /**
   * The server refused these and took nothing of the batch. A value is put aside with the server's words, for the
   * coder to mend; anything else is taken back, as is what belongs to an event that did not come to be.
   * Returns [{operation, message, isKept}].
   */
  setAside(problems) {
    const said = new Map(problems.map(({ operation, message }) => [operation, message]));
    const refused = this.pending.filter(({ id }) => said.has(id));
    this.pending = this.pending.filter(({ id }) => !said.has(id));
    this.#rebuild();
    const judged = refused.map((operation) => ({
      operation,
      message: withoutName(said.get(operation.id), operation.field),
      isKept: operation.kind === 'value.set' && Boolean(this.state.events[operation.event]),
    }));
    const kept = judged.filter(({ isKept }) => isKept);
    for (const { operation, message } of kept) this.refused.set(placeOf(operation), { operation, message });
    this.#tell({
      put: kept.map(({ operation, message }) => ({ operation, refused: message })),
      dropped: judged.filter(({ isKept }) => !isKept).map(({ operation }) => operation.id),
    });
    return judged;
  }

  lock(lifecycle = this.lifecycle) {
    this.lifecycle = lifecycle;
    this.readonly = true;
    this.#undo = [];
    this.#redo = [];
    this.#tell();
  }

  #rebuild() {
    this.state = replay(this.#base, this.pending);
  }

  #tell(records = null) {
    this.dispatchEvent(Object.assign(new Event('change'), { records }));
  }
}

// The server's words begin with the field's name; the form shows them under its label.
const withoutName = (message, field) => (message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message);

function samePlace(a, b) {
  return a.kind === b.kind && a.event === b.event && a.field === b.field && a.passage === b.passage;
}
