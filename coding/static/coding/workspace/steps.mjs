// Which steps can be taken back and done again, told from the operations alone, so that a reload and another
// computer know it too. Pure.
//
// The first operation of a step carries no tag; those that follow in it name it by `step`, the first one's id.
// What takes a step back names it by `undo`, what does it again by `redo`.
import { advance, fromServer, inverse, ownCopy } from './reducer.mjs';

const REPLACING = new Set(['value.set', 'near_miss.set', 'outcome.set', 'whole.set', 'passage.move']);

const samePlace = (a, b) => a.kind === b.kind && a.event === b.event && a.field === b.field && a.passage === b.passage;

/** A step: {id, back} where `back` are the operations, without ids, that turn it. */
export const emptyTurns = () => ({ undo: [], redo: [] });

/**
 * @param operations oldest first; @param before the state before the first of them
 * @returns {undo, redo}: steps, the newest last
 */
export function turnsOf(operations, before = fromServer({})) {
  const turns = emptyTurns();
  const state = ownCopy(before, operations);
  let running = null; // {tag, done: [operations of the step that is being told]}
  for (const operation of operations) {
    const tag = tagOf(operation);
    if (running?.tag !== tag) running = { tag, step: begun(turns, operation), done: [] };
    extend(running, state, operation);
    advance(state, operation);
  }
  return { undo: turns.undo.filter(turnsSomething), redo: turns.redo.filter(turnsSomething) };
}

const tagOf = ({ id, step, undo, redo }) => (undo ? `undo ${undo}` : redo ? `redo ${redo}` : `step ${step ?? id}`);
const turnsSomething = ({ back }) => back.length > 0;

function begun(turns, { id, step, undo, redo }) {
  const name = undo ?? redo ?? step ?? id;
  const isNew = name === id;
  const [from, to] = undo ? [turns.undo, turns.redo] : [turns.redo, turns.undo];
  const at = isNew ? -1 : (undo || redo ? from : turns.undo).findLastIndex((one) => one.id === name);
  if (!undo && !redo) {
    if (at >= 0) return turns.undo[at]; // typing that went on after something else came in between
    turns.redo.length = 0;
    turns.undo.push({ id: name, back: [] });
    return turns.undo.at(-1);
  }
  if (at >= 0) from.splice(at, 1);
  to.push({ id: name, back: [] });
  return to.at(-1);
}

// Of several operations that replace the same thing within a step, the first knows what stood before.
function extend({ step, done }, state, operation) {
  const isAgain = REPLACING.has(operation.kind) && done.some((one) => samePlace(one, operation));
  if (!isAgain) step.back = [...inverse(state, operation), ...step.back];
  done.push(operation);
}
