// From what was typed to a canonical value, field kind by field kind, as far as the browser can tell.
// The server's reader has the last word; a date or state that is not understood here is still sent as typed.
import { readDate } from '#site/elements/dates.mjs';
import { isMissing } from './conditions.mjs';

const value = (canonical) => ({ value: canonical });
const wrong = (message) => ({ message });
const blank = { blank: true };

const GROUPED = /^[+-]?\d{1,3}(?:[ ,\u00a0\u202f'](?=\d{3}(?!\d))\d{3})+(\.\d+)?$/;
const tidy = (text) => (GROUPED.test(text) ? text.replace(/[ ,\u00a0\u202f']/g, '') : text);

const readers = {
  integer: (field, text) => {
    if (!/^[+-]?\d+$/.test(tidy(text))) return wrong(`“${text}” is not a whole number`);
    return inRange(field, Number(tidy(text)));
  },
  decimal: (field, text) => {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(tidy(text))) return wrong(`“${text}” is not a number; the decimal sign is a point`);
    return inRange(field, Number(tidy(text)));
  },
  date: (field, text) => value(readDate(text)?.edtf ?? text),
};

function inRange({ minimum, maximum, unit }, number) {
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return wrong('this number is too large');
  if (minimum != null && number < minimum) return wrong(`at least ${minimum}${unit ? ` ${unit}` : ''}`);
  if (maximum != null && number > maximum) return wrong(`at most ${maximum}${unit ? ` ${unit}` : ''}`);
  return value(number);
}

/**
 * A typed text as a value of this field.
 * @returns {value} | {blank: true} | {message}
 */
export function readText(field, typed) {
  const text = typed.trim();
  if (!text) return blank;
  // -9 typed is the missing code in every kind of field; a number of that size is written -9.0.
  if (isMissing(text) && (field.missing ?? ['-9', '-8', '-7']).map(String).includes(text)) return value(text);
  return readers[field.kind] ? readers[field.kind](field, text) : value(text);
}

const SCALES = ['units', 'thousands', 'millions', 'billions'];

/** @param parts {amount: text, currency: text, scale} */
export function readMoney(field, { amount, currency, scale }) {
  if (!amount.trim() && !currency.trim()) return blank;
  const number = readers.decimal({ minimum: field.minimum, maximum: field.maximum }, amount.trim());
  if (number.message) return amount.trim() ? number : wrong('the amount is missing');
  if (!/^[A-Z]{3}$/.test(currency.trim().toUpperCase())) return wrong('give the currency as three letters, for instance USD');
  if (!SCALES.includes(scale)) return wrong(`give the scale: ${SCALES.join(', ')}`);
  return value({ amount: number.value, currency: currency.trim().toUpperCase(), scale });
}

/** Codes of a multiple choice in codebook order; a code that stands alone drives the others out. */
export function toggleCode(field, held, code) {
  const before = Array.isArray(held) ? held : [];
  if (before.includes(code)) {
    const left = before.filter((one) => one !== code);
    return left.length ? value(left) : blank;
  }
  const alone = (one) => field.options.find((option) => option.code === one)?.alone;
  const codes = alone(code) ? [code] : [...before.filter((one) => !alone(one)), code];
  return value(field.options.map((option) => option.code).filter((one) => codes.includes(one)));
}

/** Sorted unique codes of states. */
export const stateList = (codes) => (codes.length ? value([...new Set(codes)].sort((a, b) => a - b)) : blank);
