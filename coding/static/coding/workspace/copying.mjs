// An event made from another: a duplicate for the next of a series, the half that is split off, or what a template fills in.
// Pure.

/** Values that a duplicate must not take over: the next of a series happened on other days. */
const OWN_TO_EACH = new Set(['date']);
const OCCURRENCE = /occurrence/;

const isShared = ({ kind, name }) => !OWN_TO_EACH.has(kind) && !OCCURRENCE.test(name);

/** The operations that make `copy` another event like this one, with its passages and without its days. */
export function duplicated(codebook, event, passages, copy) {
  const fields = codebook.fieldsOf(event.type).filter(isShared);
  return [
    { kind: 'event.add', event: copy, type: event.type },
    ...valuesOf(fields, event, copy),
    ...fields.flatMap(({ name }) => (event.evidence[name] ?? []).map((id) => linkOf(copy, name, passages[id]))),
  ];
}

/** The operations that split `chosen` passages off into `half`, an event of the same type with the same values. */
export function split(codebook, event, passages, chosen, half) {
  const fields = codebook.fieldsOf(event.type);
  const moved = fields.flatMap(({ name }) => (event.evidence[name] ?? []).filter((id) => chosen.has(id)).map((id) => [name, id]));
  return [
    { kind: 'event.add', event: half, type: event.type },
    ...valuesOf(fields, event, half),
    ...moved.map(([name, id]) => linkOf(half, name, passages[id])),
    ...moved.map(([field, passage]) => ({ kind: 'passage.unlink', event: event.id, field, passage })),
  ];
}

/** Values that speak of this document: a template that is used in others leaves them out. */
const OF_ONE_DOCUMENT = new Set(['event_ref', 'event_refs', 'spans']);

/** What a template keeps of an event. */
export function templateValues(codebook, event) {
  const fields = codebook.fieldsOf(event.type).filter((field) => isShared(field) && !OF_ONE_DOCUMENT.has(field.kind) && field.name in event.values);
  return Object.fromEntries(fields.map(({ name }) => [name, event.values[name]]));
}

/** The operations that give `event` a template's values, as far as the codebook still has the fields. */
export const filled = (codebook, type, values, event) =>
  valuesOf(codebook.fieldsOf(type), { values, whole_document: {} }, event);

function valuesOf(fields, event, copy) {
  return fields.flatMap(({ name: field }) => [
    ...(field in event.values ? [{ kind: 'value.set', event: copy, field, value: event.values[field] }] : []),
    ...(field in event.whole_document ? [{ kind: 'whole.set', event: copy, field, reason: event.whole_document[field] }] : []),
  ]);
}

const linkOf = (event, field, { id: passage, start, end }) => ({ kind: 'passage.link', event, field, passage, start, end });
