// The codebook as the form needs it: which fields an event has, which are shown, which are required, what is open.
import { evaluate, holds, namesIn } from './conditions.mjs';

export class Codebook {
  #types;
  #fields;
  #rules;
  #own;
  #layouts = new WeakMap(); // event -> layout; events never change in place

  /** @param json as the server's coding/schema writes it; @param language of the interface, for translated texts */
  constructor(json, language = 'en') {
    const book = inLanguage(json, language, json.language ?? 'en');
    this.title = book.title;
    this.version = book.version;
    this.missing = (book.missing ?? []).map((option) => ({ ...option, code: String(option.code) }));
    this.nearMissReasons = book.near_miss_reasons ?? [];
    this.cannotCodeReasons = book.cannot_code_reasons ?? [];
    this.#rules = book.rules ?? [];
    this.#types = new Map(book.types.map((type) => [type.code, type]));
    this.#fields = new Map(
      book.types.map((type) => [type.code, (type.fields ?? []).map((name) => ({ options: [], ...book.fields[name] }))]),
    );
    this.#own = new Map(
      book.types.map((type) => [type.code, new Set((type.fields ?? []).filter((name) => name.includes('.')).map((name) => name.split('.')[1]))]),
    );
  }

  get types() {
    return [...this.#types.values()];
  }

  type(code) {
    return this.#types.get(code) ?? null;
  }

  labelOf(code) {
    return this.type(code)?.label ?? code;
  }

  /** Fields of an event of this type: the common ones it does not skip, then its own. */
  fieldsOf(code) {
    return this.#fields.get(code) ?? [];
  }

  field(code, name) {
    return this.fieldsOf(code).find((field) => field.name === name) ?? null;
  }

  /** Does this field belong to the type itself, not to every event? */
  isOwn(code, name) {
    return this.#own.get(code)?.has(name) ?? false;
  }

  /** The field that takes passages for the event as a whole, if the codebook has one. */
  spansField(code) {
    return this.fieldsOf(code).find((field) => field.kind === 'spans') ?? null;
  }

  /** Missing codes a coder may give for this field; options that are missing codes speak for themselves. */
  missingFor(field) {
    const allowed = field.missing ?? this.missing.map(({ code }) => code);
    const taken = new Set((field.options ?? []).map(({ code }) => String(code)));
    return this.missing.filter(({ code }) => allowed.map(String).includes(code) && !taken.has(code));
  }

  /** @returns [{field, required, open}] for the fields that are shown, in codebook order. A near miss may stay incomplete. */
  layout(event) {
    if (!this.#layouts.has(event)) this.#layouts.set(event, this.#layOut(event));
    return this.#layouts.get(event);
  }

  #layOut(event) {
    const fields = this.fieldsOf(event.type);
    const shown = shownNames(fields, event.values);
    const values = Object.fromEntries(Object.entries(event.values).filter(([name]) => shown.has(name)));
    return fields
      .filter(({ name }) => shown.has(name))
      .map((field) => {
        const required = Boolean(field.required || (field.required_if && holds(field.required_if, values)));
        return { field, required, open: required && !event.near_miss && !isFilled(field, event) };
      });
  }

  /** Cross-field rules that are certainly broken: [{message, fields}]. */
  broken(event) {
    const shown = shownNames(this.fieldsOf(event.type), event.values);
    const values = Object.fromEntries(Object.entries(event.values).filter(([name]) => shown.has(name)));
    const rules = [...this.#rules, ...(this.type(event.type)?.rules ?? [])];
    return rules.filter(({ condition }) => evaluate(condition, values) === false);
  }
}

// A field is shown when its condition certainly holds for the shown fields it speaks of.
function shownNames(fields, values) {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const answers = new Map();
  const isShown = (name) => {
    if (!byName.has(name)) return false;
    if (!answers.has(name)) {
      const condition = byName.get(name).visible_if;
      answers.set(name, false); // codebooks have no circles; if one had, its fields would stay hidden
      const known = condition && namesIn(condition).filter((other) => other in values && isShown(other));
      answers.set(name, !condition || holds(condition, Object.fromEntries(known.map((other) => [other, values[other]]))));
    }
    return answers.get(name);
  };
  return new Set(fields.map(({ name }) => name).filter(isShown));
}

// A text is a string or a mapping of languages; everywhere else in the JSON, mappings have other keys.
// A text that is not there in the wanted language is taken in the codebook's own.
function inLanguage(node, language, own) {
  if (Array.isArray(node)) return node.map((one) => inLanguage(one, language, own));
  if (node === null || typeof node !== 'object') return node;
  const entries = Object.entries(node);
  const isWording = entries.length > 0 && entries.every(([key, text]) => LANGUAGE.test(key) && typeof text === 'string');
  if (isWording) return node[language] ?? node[language.split('-')[0]] ?? node[own] ?? entries[0][1];
  return Object.fromEntries(entries.map(([key, one]) => [key, inLanguage(one, language, own)]));
}

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export function isFilled(field, event) {
  if (field.kind !== 'spans') return field.name in event.values;
  if (field.name in event.whole_document || event.evidence[field.name]?.length) return true;
  return Boolean(field.from_any_field && Object.keys(event.evidence).length);
}

/** Does this value rest on nothing yet? Soft: shown while coding, judged by the server on submitting. */
export function wantsEvidence(field, event) {
  if (field.level === 'none' || field.kind === 'spans') return false;
  if (!(field.name in event.values) || event.values[field.name] === '-8') return false;
  return !(event.evidence[field.name]?.length || field.name in event.whole_document);
}
