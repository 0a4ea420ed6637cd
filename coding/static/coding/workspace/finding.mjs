// Searching in the text: case, accents and the kind of white space do not matter. Offsets are code points. Pure.

/** A text made ready for searching: folded, with the offset in code points of each folded unit. */
export function folded(text) {
  let key = '';
  const at = [];
  let offset = 0;
  let wasSpace = false;
  for (const character of text) {
    const units = /\s/.test(character) ? (wasSpace ? '' : ' ') : foldedCharacter(character);
    if (/\s/.test(character)) wasSpace = true;
    else if (units) wasSpace = false;
    for (let i = 0; i < units.length; i++) at.push(offset);
    key += units;
    offset++;
  }
  at.push(offset);
  return { key, at };
}

const cache = new Map();
function foldedCharacter(character) {
  const code = character.codePointAt(0);
  if (code < 128) return character.toLowerCase();
  let units = cache.get(character);
  if (units === undefined) {
    units = (QUOTES[character] ?? character).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    cache.set(character, units);
  }
  return units;
}

const QUOTES = { '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-', '‑': '-', '\u00ad': '' };

const MOST = 5_000;

/** Every place that holds the words, in order: [{start, end}]. */
export function find({ key, at }, words) {
  const sought = folded(words.trim()).key;
  if (!sought) return [];
  const found = [];
  for (let from = key.indexOf(sought); from >= 0 && found.length < MOST; from = key.indexOf(sought, from + sought.length)) {
    const last = from + sought.length - 1;
    found.push({ start: at[from], end: endAfter(at, last) });
  }
  return found;
}

// A folded character may be several units, and a combining mark none: the end is where the next character begins that counts.
function endAfter(at, last) {
  let next = last + 1;
  while (next < at.length - 1 && at[next] === at[last]) next++;
  return at[next];
}
