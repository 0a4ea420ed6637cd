// Looking through the sections of the help: every word typed must begin a word of the section; titles weigh most.

const fold = (words) =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();

const split = (words) => fold(words).match(/[\p{L}\p{N}_]+/gu) ?? [];

/** The sections as they came, each with its words ready to be looked through. */
export const parsed = (sections) =>
  sections.map((section) => ({ ...section, inTitle: split(`${section.title} ${section.page}`), inWords: split(section.words) }));

/** Those that hold all words, best first: title before text, then in the order of the pages. */
export function found(sections, typed) {
  const wanted = split(typed);
  if (!wanted.length) return [];
  return sections
    .map((section) => ({ section, weight: weight(section, wanted) }))
    .filter((one) => one.weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ section }) => ({ ...section, quote: quote(section.words, wanted) }));
}

function weight(section, wanted) {
  let sum = 0;
  for (const word of wanted) {
    const inTitle = section.inTitle.some((one) => one.startsWith(word));
    const often = section.inWords.reduce((n, one) => n + (one.startsWith(word) ? 1 : 0), 0);
    if (!inTitle && !often) return 0;
    sum += (inTitle ? 10 : 0) + Math.min(often, 5);
  }
  return sum;
}

const ROUND = 60;

function quote(words, wanted) {
  const at = Math.max(0, fold(words).search(new RegExp(`(?<![\\p{L}\\p{N}_])${wanted[0]}`, 'u')));
  const start = at <= ROUND ? 0 : words.indexOf(' ', at - ROUND) + 1;
  const end = words.indexOf(' ', at + 2 * ROUND);
  return `${start ? '… ' : ''}${words.slice(start, end < 0 ? undefined : end)}${end < 0 ? '' : ' …'}`;
}
