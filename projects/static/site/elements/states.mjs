// Finding states by what people type: name, old name, abbreviation or code; accents and case do not matter.
// The list comes from the server; only searching in it happens here.

export const fold = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’'`.-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

export class StateList {
  #states;
  #byCode;

  /** @param rows [{ccode, abbreviation, name, names, spells: [[from, to|null]]}], days as ISO strings */
  constructor(rows) {
    this.#states = rows.map((row) => ({
      ...row,
      keys: [...new Set([row.name, ...(row.names ?? [])].map(fold))],
      short: fold(row.abbreviation),
    }));
    this.#byCode = new Map(this.#states.map((state) => [state.ccode, state]));
  }

  byCode(ccode) {
    return this.#byCode.get(Number(ccode)) ?? null;
  }

  nameOf(ccode) {
    return this.byCode(ccode)?.name ?? `state ${ccode}`;
  }

  /** The one state that this text names exactly, or null. */
  exactly(text) {
    if (/^\d{1,3}$/.test(text.trim())) return this.byCode(text);
    const key = fold(text);
    const hits = this.#states.filter((state) => state.short === key || state.keys.includes(key));
    return hits.length === 1 ? hits[0] : (hits.find((state) => fold(state.name) === key) ?? null);
  }

  /**
   * States for what is typed, best first: code, abbreviation, beginning of the name, of a word, anywhere.
   * Members on the date go before the others. Each comes with the old name that matched, if one did.
   */
  search(text, { on = null, limit = 8 } = {}) {
    const key = fold(text);
    const found = [];
    for (const state of this.#states) {
      const rank = rankOf(state, key);
      if (rank) found.push({ state, ...rank, isMember: isMember(state, on) });
    }
    found.sort((a, b) => b.isMember - a.isMember || a.rank - b.rank || a.state.name.localeCompare(b.state.name));
    return found.slice(0, limit);
  }
}

function rankOf(state, key) {
  if (!key) return { rank: 5, name: null };
  if (String(state.ccode) === key || state.short === key) return { rank: 0, name: null };
  let best = null;
  for (const [index, name] of state.keys.entries()) {
    const at = name.indexOf(key);
    if (at < 0) continue;
    const rank = (at === 0 ? 1 : name[at - 1] === ' ' ? 2 : 3) + (index ? 0.5 : 0);
    if (!best || rank < best.rank) best = { rank, name: index ? (state.names?.find((one) => fold(one) === name) ?? null) : null };
  }
  return best;
}

/** Was the state a member of the system on any day of [first, last] (ISO days)? Without days, yes. */
export function isMember(state, on) {
  if (!on || !state.spells?.length) return true;
  const [first, last] = on;
  return state.spells.some(([from, to]) => from <= last && (to === null || to >= first));
}

/** Years of membership in words. */
export function spellsOf(state) {
  return (state.spells ?? []).map(([from, to]) => `${from.slice(0, 4)}–${to ? to.slice(0, 4) : ''}`).join(', ');
}
