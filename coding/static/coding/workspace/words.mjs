// A coded value as a person reads it. Pure, but for the states and events it is told.

/** @param names {state: code -> name, event: id -> name} */
export function wordsOf(field, value, names, missing = []) {
  if (value === undefined || value === null || value === '') return 'blank';
  const said = missing.find(({ code }) => code === value);
  const option = (code) => field?.options?.find((one) => String(one.code) === String(code))?.label;
  if (said && !option(value)) return `${said.label} (${value})`;
  const each = (one) => {
    switch (field?.kind) {
      case 'state':
      case 'state_list':
        return names.state(one);
      case 'event_ref':
      case 'event_refs':
        return names.event(one);
      case 'boolean':
        return one === 1 ? 'yes' : one === 0 ? 'no' : String(one);
    }
    return option(one) ?? String(one);
  };
  if (Array.isArray(value)) return value.map(each).join(', ');
  if (typeof value !== 'object') return each(value);
  if (field?.kind === 'money') return [value.amount, value.currency, value.scale === 'units' ? '' : value.scale].filter(Boolean).join(' ');
  return Object.entries(value).map(([code, number]) => `${names.state(code)}: ${number}`).join(', ');
}
