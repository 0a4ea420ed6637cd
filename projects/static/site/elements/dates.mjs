// What a typed date probably means, so that the date box can answer at once. The server's reader is the authority:
// what is not understood here may still be understood there, so null means "ask the server", not "wrong".

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const SEASONS = { 21: 'spring', 22: 'summer', 23: 'autumn', 24: 'winter' };
const SEASON_OF = { spring: 21, summer: 22, autumn: 23, fall: 23, winter: 24 };
const PRECISIONS = {
  1: 'known to the day',
  2: 'known to two to six days',
  3: 'known to the week',
  4: 'known to the month',
  5: 'known to a season, a year or longer',
  '-9': 'one side is not bounded',
};
const DAY = 86_400_000;

const two = (n) => String(n).padStart(2, '0');
const four = (n) => String(n).padStart(4, '0');
const lastDay = (year, month) => utc(year, month + 1, 1) - DAY;

function utc(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

const monthNumber = (word) => {
  const found = MONTHS.findIndex((name) => word.length >= 3 && name.toLowerCase().startsWith(word.replace(/^sept$/, 'sep')));
  return found + 1;
};

/** @returns {edtf, earliest, latest, precision} with days as milliseconds UTC (null: open side), or null. */
export function readDate(text) {
  const edtf = asEdtf(text.normalize('NFKC').trim());
  return edtf && valueOf(edtf);
}

/** Bounds of an EDTF date, or null. */
export function valueOf(edtf) {
  const sides = edtf.split('/');
  if (sides.length > 2) return null;
  const bounds = sides.map((side) => (side === '' || side === '..' ? 'open' : boundsOf(side)));
  if (bounds.includes(null) || bounds.every((side) => side === 'open')) return null;
  const first = bounds[0];
  const last = bounds.at(-1);
  const earliest = first === 'open' ? null : first[0];
  const latest = last === 'open' ? null : last[1];
  if (earliest !== null && latest !== null && earliest > latest) return null;
  return { edtf, earliest, latest, precision: precisionOf(earliest, latest) };
}

function precisionOf(earliest, latest) {
  if (earliest === null || latest === null) return -9;
  const days = (latest - earliest) / DAY + 1;
  return [1, 6, 7, 31].findIndex((widest) => days <= widest) + 1 || 5;
}

function boundsOf(one) {
  const found = /^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?$/.exec(one);
  if (!found) return null;
  const [, year, month, day] = found;
  if (year === '0000') return null;
  if (year.includes('X')) return month ? null : [utc(+year.replaceAll('X', '0'), 1, 1), utc(+year.replaceAll('X', '9'), 12, 31)];
  if (!month || month === 'XX') return day && day !== 'XX' ? null : [utc(+year, 1, 1), utc(+year, 12, 31)];
  if (month in SEASONS) return day ? null : seasonOf(+year, +month);
  if (+month < 1 || +month > 12) return null;
  const first = utc(+year, +month, 1);
  const last = lastDay(+year, +month);
  if (!day || day === 'XX') return [first, last];
  const exact = first + (+day - 1) * DAY;
  return +day >= 1 && exact <= last ? [exact, exact] : null;
}

// Northern seasons by whole months; winter begins in December of its year.
function seasonOf(year, season) {
  const begins = { 21: 3, 22: 6, 23: 9, 24: 12 }[season];
  const [endYear, endMonth] = begins + 2 > 12 ? [year + 1, begins - 10] : [year, begins + 2];
  return [utc(year, begins, 1), lastDay(endYear, endMonth)];
}

// free wording -> EDTF

const FORMS = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, ([, y, m, d]) => day(y, m, d)],
  [/^(\d{4})-(\d{1,2})$/, ([, y, m]) => `${y}-${two(m)}`],
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, ([, d, m, y]) => day(y, m, d)],
  [/^(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+)\.?,? (\d{4})$/, ([, d, m, y]) => named(m, (month) => day(y, month, d))],
  [/^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/, ([, m, d, y]) => named(m, (month) => day(y, month, d))],
  [/^(spring|summer|autumn|fall|winter)(?: of)?,? (\d{4})$/, ([, season, y]) => `${y}-${SEASON_OF[season]}`],
  [/^([a-z]+)\.?,? (\d{4})$/, ([, m, y]) => named(m, (month) => `${y}-${two(month)}`)],
  [/^(\d{4})$/, ([, y]) => y],
  [/^(?:the )?(\d{3})0s$/, ([, decade]) => `${decade}X`],
];
const INTERVALS = [
  // 3-5 June 1951
  [/^(\d{1,2}) ?(?:-|–|to|and) ?(\d{1,2}) ([a-z]+)\.? (\d{4})$/, ([, a, b, m, y]) => [`${a} ${m} ${y}`, `${b} ${m} ${y}`]],
  // June to August 1951
  [/^([a-z]+)\.? ?(?:-|–|to) ?([a-z]+)\.? (\d{4})$/, ([, a, b, y]) => [`${a} ${y}`, `${b} ${y}`]],
  [/^(?:from |between )?(.+?) (?:to|until|and|–|-) (.+)$/, ([, a, b]) => [a, b]],
  [/^(\d{4}) ?[-–] ?(\d{4})$/, ([, a, b]) => [a, b]],
];

const day = (y, m, d) => `${y}-${two(m)}-${two(d)}`;
const named = (word, make) => {
  const month = monthNumber(word);
  return month ? make(month) : null;
};

function asEdtf(text) {
  if (/^[\dX.?~%/-]+$/.test(text) && valueOf(text)) return text;
  const words = text.toLowerCase().replace(/\s+/g, ' ');
  const slash = words.split('/').map((side) => side.trim());
  if (slash.length === 2) return between(...slash);
  const open = /^(since|from|until|before|after) (.+)$/.exec(words);
  if (open && !/ (to|until|and) /.test(open[2])) return openSide(open[1], single(open[2]));
  for (const [form, make] of INTERVALS) {
    const found = form.exec(words);
    const edtf = found && between(...make(found));
    if (edtf) return edtf;
  }
  return single(words);
}

function between(first, last) {
  const sides = [first, last].map((side) => (side === '' || side === '..' ? '..' : single(side)));
  return sides.includes(null) ? null : sides.join('/');
}

// "before 1951" ends on the last day of 1950, "after 1951" begins on the first of 1952.
function openSide(word, edtf) {
  if (!edtf) return null;
  const { earliest, latest } = valueOf(edtf);
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const sides = { until: `../${edtf}`, before: `../${iso(earliest - DAY)}`, after: `${iso(latest + DAY)}/..` };
  return sides[word] ?? `${edtf}/..`;
}

function single(words) {
  let mark = '';
  let text = words;
  const about = /^(?:c\.|ca\.?|circa|about|around|approximately) ?(.+)$/.exec(text) ?? /^c (\d.*)$/.exec(text);
  if (about) [mark, text] = ['~', about[1]];
  const doubt = /^(.+?) ?([?~])$/.exec(text) ?? /^(?:probably|perhaps) (.+)()$/.exec(text);
  if (doubt) [mark, text] = [mark && doubt[2] !== '~' ? '%' : doubt[2] || '?', doubt[1]];
  for (const [form, make] of FORMS) {
    const found = form.exec(text);
    const edtf = found && make(found);
    if (edtf) return valueOf(edtf) && edtf + mark;
  }
  return /^[\dx-]+$/.test(text) && valueOf(text.toUpperCase()) ? text.toUpperCase() + mark : null;
}

// EDTF -> words

const dayWords = (time) => {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${four(date.getUTCFullYear())}`;
};

function sideWords(side) {
  const [, year, month, date, mark] = /^([\dX]{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)$/.exec(side);
  const doubt = { '~': ' (approximate)', '?': ' (uncertain)', '%': ' (approximate and uncertain)' }[mark] ?? '';
  const when = year.endsWith('X') ? `the ${year.replaceAll('X', '0')}s` : year;
  if (!month || month === 'XX') return when + doubt;
  if (month in SEASONS) return `${SEASONS[month]} ${year}${doubt}`;
  const named = `${MONTHS[month - 1]} ${year}`;
  return (date && date !== 'XX' ? `${+date} ${named}` : named) + doubt;
}

/** What was understood: the date in words and how precise it is. */
export function describeDate({ edtf, earliest, latest, precision }) {
  const [first, last] = edtf.split('/');
  const openFirst = first === '' || first === '..';
  const openLast = last === '' || last === '..';
  let words = sideOrBoth();
  if (precision > 1 && last === undefined) words += `: ${dayWords(earliest)} to ${dayWords(latest)}`;
  return `${words}; ${PRECISIONS[precision]}`;

  function sideOrBoth() {
    if (last === undefined) return sideWords(first);
    if (openLast) return `from ${sideWords(first)}, no end known`;
    if (openFirst) return `until ${sideWords(last)}, no beginning known`;
    return `${sideWords(first)} to ${sideWords(last)}`;
  }
}
