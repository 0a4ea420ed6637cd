// Conditions of a codebook, judged while coding. The same three truths as on the server: true, false, null for
// "cannot be told". The tree is nested lists: ["==", field, {value}], ["in", field, {value: [...]}],
// ["is set", field], ["and", a, b, ...], ["or", ...], ["not", a], ["<", field, {field: other}].
import { valueOf } from '#site/elements/dates.mjs';

const MISSING = new Set(['-9', '-8', '-7']);
export const isMissing = (value) => typeof value === 'string' && MISSING.has(value);

const not = (truth) => (truth === null ? null : !truth);

function any(truths) {
  let answer = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === null) answer = null;
  }
  return answer;
}

/** @param values canonical values of the fields that are shown; blank and hidden ones absent */
export function evaluate(tree, values) {
  const [sign, left, right] = tree;
  switch (sign) {
    case 'and':
      return not(any(tree.slice(1).map((part) => not(evaluate(part, values)))));
    case 'or':
      return any(tree.slice(1).map((part) => evaluate(part, values)));
    case 'not':
      return not(evaluate(left, values));
    case 'is set':
      return left in values && !isMissing(values[left]);
    case 'is not set':
      return !(left in values && !isMissing(values[left]));
    case 'in':
    case 'not in': {
      if (!(left in values)) return null;
      const held = Array.isArray(values[left]) ? values[left] : [values[left]];
      const truth = any(held.flatMap((one) => right.value.map((code) => sameOne(one, code))));
      return sign === 'in' ? truth : not(truth);
    }
  }
  return compare(sign, left, right, values);
}

/** Fields that a condition speaks of. */
export function namesIn(tree) {
  const [sign, ...rest] = tree;
  if (sign === 'and' || sign === 'or' || sign === 'not') return [...new Set(rest.flatMap(namesIn))];
  return [rest[0], ...(rest[1]?.field ? [rest[1].field] : [])];
}

export const holds = (tree, values) => evaluate(tree, values) === true;

function compare(sign, field, right, values) {
  if (!(field in values)) return null;
  const left = values[field];
  let other = right.value;
  if (right.field !== undefined) {
    if (!(right.field in values) || isMissing(left) || isMissing(values[right.field])) return null;
    other = values[right.field];
  }
  if (sign === '==') return same(left, other);
  if (sign === '!=') return not(same(left, other));
  if (isMissing(left) || isMissing(other)) return null;
  return ordered(left, sign, other);
}

function same(left, right) {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((one) => right.includes(one));
  if (Array.isArray(right)) return right.length === 1 && isMissing(right[0]) ? left === right[0] : null;
  return sameOne(left, right);
}

function sameOne(left, right) {
  if (isMissing(right)) return left === right;
  if (isMissing(left)) return null;
  const [a, b] = [boundsOf(left), boundsOf(right)];
  if (a && b) {
    if (a[1] < b[0] || b[1] < a[0]) return false;
    return a[0] === b[0] && a[1] === b[1] && a[0] === a[1] ? true : null;
  }
  return left === right;
}

function ordered(left, sign, right) {
  if (sign === '>' || sign === '>=') return ordered(right, sign === '>' ? '<' : '<=', left);
  const [a, b] = [boundsOf(left), boundsOf(right)];
  if (a && b) {
    if (sign === '<') return a[1] < b[0] ? true : a[0] >= b[1] ? false : null;
    return a[1] <= b[0] ? true : a[0] > b[1] ? false : null;
  }
  if (typeof left !== typeof right) return null;
  return sign === '<' ? left < right : left <= right;
}

// Only a text that reads as a date is one; numbers and codes are compared as they are.
function boundsOf(value) {
  if (typeof value !== 'string' || !/^[\dX.]{2,4}/.test(value)) return null;
  const date = valueOf(value);
  return date && [date.earliest ?? -Infinity, date.latest ?? Infinity];
}
