// The state of one assignment and what each operation does to it. Pure: no browser, no network, no clock.
// The server applies the same operations to its rows; this file only has to agree with it.

/** @returns the state of an assignment as the server sent it, keyed by id. */
export function fromServer(json) {
  return {
    outcome: { value: json.outcome?.value ?? '', reason: json.outcome?.reason ?? '' },
    events: Object.fromEntries((json.events ?? []).map((event) => [event.id, { ...emptyEvent(event.id), ...event }])),
    passages: Object.fromEntries((json.passages ?? []).map(({ id, start, end }) => [id, { id, start, end }])),
  };
}

const emptyEvent = (id) => ({
  id,
  type: '',
  values: {},
  near_miss: false,
  near_miss_reason: '',
  evidence: {},
  whole_document: {},
  position: 0,
});

/** Events that stand, in the order in which they were made. */
export function liveEvents(state) {
  return Object.values(state.events)
    .filter((event) => !event.removed)
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

/** Fields of an event that a passage serves. */
export function servedFields(event, passage) {
  return Object.keys(event.evidence).filter((field) => event.evidence[field].includes(passage));
}

const without = (record, key) => {
  const { [key]: _, ...rest } = record;
  return rest;
};

const nextPosition = (state) => 1 + Math.max(0, ...Object.values(state.events).map((event) => event.position));

// What an operation does to the event it names. An operation on an event that is not there changes nothing:
// another computer may have undone what this one still speaks of.
const onEvent = {
  'event.remove': (event) => ({ ...event, removed: true }),
  'event.restore': (event) => without(event, 'removed'),
  'event.type': (event, { type }) => ({ ...event, type }),
  'value.set': (event, { field, value }) => ({ ...event, values: { ...event.values, [field]: value } }),
  'value.clear': (event, { field }) => ({ ...event, values: without(event.values, field) }),
  'whole.set': (event, { field, reason }) => ({ ...event, whole_document: { ...event.whole_document, [field]: reason } }),
  'whole.clear': (event, { field }) => ({ ...event, whole_document: without(event.whole_document, field) }),
  'near_miss.set': (event, { near_miss, reason }) => ({
    ...event,
    near_miss,
    near_miss_reason: near_miss ? reason : '',
  }),
  'passage.link': (event, { field, passage }) => {
    const linked = event.evidence[field] ?? [];
    if (linked.includes(passage)) return event;
    return { ...event, evidence: { ...event.evidence, [field]: [...linked, passage] } };
  },
  'passage.unlink': (event, { field, passage }) => {
    const left = (event.evidence[field] ?? []).filter((id) => id !== passage);
    return { ...event, evidence: left.length ? { ...event.evidence, [field]: left } : without(event.evidence, field) };
  },
};

// What an operation does to a state that was made for changing. Says whether it did anything.
const onAssignment = {
  'event.add': (state, { event, type }) => {
    if (state.events[event]) return false;
    state.events[event] = { ...emptyEvent(event), type, position: nextPosition(state) };
    return true;
  },
  'passage.move': (state, { passage, start, end }) => {
    if (!state.passages[passage]) return false;
    state.passages[passage] = { id: passage, start, end };
    return true;
  },
  'outcome.set': (state, { outcome, reason }) => {
    state.outcome = { value: outcome, reason: reason ?? '' };
    return true;
  },
};

/**
 * A state of one's own, for `advance` with these operations: a long history is told in one, because a copy of 2,000
 * passages for each of 2,000 operations would stop the page for half a second. The events and passages in it are never
 * changed, only replaced.
 */
export function ownCopy(state, operations) {
  const movesPassages = operations.some(({ kind }) => kind.startsWith('passage.'));
  return { ...state, events: { ...state.events }, passages: movesPassages ? { ...state.passages } : state.passages };
}

/** Does an operation to a state of one's own. Never throws: an unknown kind is left to a newer version of this page. */
export function advance(state, operation) {
  const whole = onAssignment[operation.kind];
  if (whole) return whole(state, operation);
  const change = onEvent[operation.kind];
  const event = state.events[operation.event];
  if (!change || !event) return false;
  state.events[event.id] = change(event, operation);
  const { kind, passage: id, start, end } = operation;
  if (kind === 'passage.link') state.passages[id] ??= { id, start, end };
  // A passage that no field rests on any more is gone, as it is on the server.
  if (kind === 'passage.unlink' && !Object.values(state.events).some((one) => servedFields(one, id).length)) delete state.passages[id];
  return true;
}

/** The state after an operation. */
export function reduce(state, operation) {
  const next = ownCopy(state, [operation]);
  return advance(next, operation) ? next : state;
}

/** The state after several. */
export function replay(state, operations) {
  const next = ownCopy(state, operations);
  for (const operation of operations) advance(next, operation);
  return next;
}

/** Operations (without ids) that take an operation back, given the state before it. */
export function inverse(state, operation) {
  const { kind, event: id, field, passage } = operation;
  const event = state.events[id];
  switch (kind) {
    case 'event.add':
      return event ? [] : [{ kind: 'event.remove', event: id }];
    case 'event.remove':
      return event && !event.removed ? [{ kind: 'event.restore', event: id }] : [];
    case 'event.restore':
      return event?.removed ? [{ kind: 'event.remove', event: id }] : [];
    case 'outcome.set':
      return [{ kind, outcome: state.outcome.value, reason: state.outcome.reason }];
    case 'passage.move': {
      const before = state.passages[passage];
      return before ? [{ kind, passage, start: before.start, end: before.end }] : [];
    }
  }
  if (!event) return [];
  switch (kind) {
    case 'event.type':
      return [{ kind, event: id, type: event.type }];
    case 'value.set':
    case 'value.clear':
      if (field in event.values) return [{ kind: 'value.set', event: id, field, value: event.values[field] }];
      return kind === 'value.set' ? [{ kind: 'value.clear', event: id, field }] : [];
    case 'whole.set':
    case 'whole.clear':
      if (field in event.whole_document)
        return [{ kind: 'whole.set', event: id, field, reason: event.whole_document[field] }];
      return kind === 'whole.set' ? [{ kind: 'whole.clear', event: id, field }] : [];
    case 'near_miss.set':
      return [{ kind, event: id, near_miss: event.near_miss, reason: event.near_miss_reason }];
    case 'passage.link':
      return event.evidence[field]?.includes(passage) ? [] : [{ kind: 'passage.unlink', event: id, field, passage }];
    case 'passage.unlink': {
      if (!event.evidence[field]?.includes(passage)) return [];
      const { start, end } = state.passages[passage];
      return [{ kind: 'passage.link', event: id, field, passage, start, end }];
    }
  }
  return [];
}

/** The way back for several operations done as one step, last first. */
export function inverseOf(state, operations) {
  const back = [];
  const current = ownCopy(state, operations);
  for (const operation of operations) {
    back.unshift(...inverse(current, operation));
    advance(current, operation);
  }
  return back;
}
