// What happened to one event, told from the operations: when, by whom, and from what to what. Pure.
import { advance, fromServer, servedFields } from './reducer.mjs';

/**
 * @param operations oldest first, each with `at` and `by` where the server has it
 * @returns [{at, by, kind, field?, before?, after?, passage?, isTurn}] oldest first; a run of edits of one
 *   person on one field within a minute is one line
 */
export function historyOf(operations, event) {
  const lines = [];
  const state = fromServer({});
  const seen = ({ passage }) => ({ event: state.events[event], passage: state.passages[passage] });
  for (const operation of operations) {
    const before = seen(operation);
    advance(state, operation);
    for (const line of linesOf(before, seen(operation), operation, event)) {
      const last = lines.at(-1);
      const { at = null, by = null } = operation;
      if (last && goesOn(last, line, at, by)) Object.assign(last, { after: line.after, at });
      else lines.push({ at, by, isTurn: operation.undo ? 'undo' : operation.redo ? 'redo' : null, ...line });
    }
  }
  return lines.filter((line) => line.kind !== 'value' || JSON.stringify(line.before) !== JSON.stringify(line.after));
}

const MINUTE = 60_000;

const goesOn = (last, line, at, by) =>
  last.kind === 'value' && line.kind === 'value' && last.field === line.field && last.by === by && !last.isTurn &&
  (at === last.at || new Date(at) - new Date(last.at) < MINUTE);

// Told from {event, passage} as they were before the operation and after it.
function linesOf(was, is, operation, id) {
  const { kind, field } = operation;
  if (kind === 'passage.move') return movedLines(was, is, operation);
  if (operation.event !== id) return [];
  const [before, after] = [was.event, is.event];
  if (!after || before === after) return [];
  switch (kind) {
    case 'event.add':
      return [{ kind: 'added', after: after.type }];
    case 'event.remove':
      return [{ kind: 'removed' }];
    case 'event.restore':
      return [{ kind: 'restored' }];
    case 'event.type':
      return [{ kind: 'type', before: before.type, after: after.type }];
    case 'value.set':
    case 'value.clear':
      return [{ kind: 'value', field, before: before.values[field], after: after.values[field] }];
    case 'whole.set':
    case 'whole.clear':
      return [{ kind: 'whole', field, before: before.whole_document[field], after: after.whole_document[field] }];
    case 'near_miss.set':
      return [{ kind: 'near_miss', before: before.near_miss ? before.near_miss_reason : null, after: after.near_miss ? after.near_miss_reason : null }];
    case 'passage.link':
      return [{ kind: 'linked', field, passage: is.passage }];
    case 'passage.unlink':
      return [{ kind: 'unlinked', field, passage: was.passage }];
  }
  return [];
}

function movedLines({ event, passage: before }, { passage: after }, { passage }) {
  if (!event || !before || before === after) return [];
  return servedFields(event, passage).slice(0, 1).map((field) => ({ kind: 'moved', field, before, after, passage: after }));
}
