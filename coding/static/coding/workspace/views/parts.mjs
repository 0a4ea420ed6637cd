// Small templates that the other views share.
import { html, nothing } from 'lit-html';

export const icon = (name) => html`<svg class="icon" aria-hidden="true"><use href="#i-${name}"></use></svg>`;

export const badge = (tone, name, word) => html`<span class="badge" data-tone=${tone}>${icon(name)}${word}</span>`;

export const maybe = (condition, template) => (condition ? template() : nothing);

/** A quotation short enough for a chip: both ends of it, because both ends are what a coder checks. */
export function shorten(text, longest = 120) {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= longest) return line;
  const characters = Array.from(line);
  const head = characters.slice(0, Math.round(longest * 0.6)).join('');
  const tail = characters.slice(-Math.round(longest * 0.3)).join('');
  return `${head.replace(/ \S*$/, '')} … ${tail.replace(/^\S* /, '')}`;
}

/** The key of an act as a hint on its button, where single keys speak. */
export const keyHint = ({ aids: { keys } }, act, usual) => (keys.single ? html`<kbd>${(keys.keys[act] ?? usual).toUpperCase()}</kbd>` : nothing);
