// The codebook at hand: what a type is, what belongs to it, what does not, and examples.
import { html, nothing } from 'lit-html';

const list = (title, items, template = (item) => item) =>
  items?.length ? html`<h3>${title}</h3><ul>${items.map((item) => html`<li>${template(item)}</li>`)}</ul>` : nothing;

export function guide(type) {
  return html`
    <div class="guide prose">
      <p class="guide__definition">${type.definition}</p>
      ${list('Include', type.include)} ${list('Exclude', type.exclude)}
      ${list('Boundaries', type.boundary, ({ versus, rule }) => html`<strong>${versus}</strong> ${rule}`)}
      ${type.counting ? html`<h3>Counting</h3><p>${type.counting}</p>` : nothing}
      ${list('Examples', type.examples, ({ code_as: codes, text }) => html`<span class="type-code">${codes?.length ? codes.join(' ') : '—'}</span> ${text}`)}
    </div>
  `;
}
