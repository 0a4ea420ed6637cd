// The bar above the text: searching in it, and the page as it looks.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon, maybe } from './parts.mjs';

export function readingBar(desk) {
  const { search, sheets } = desk.aids;
  const key = (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      search.step(event.shiftKey ? -1 : 1);
    }
  };
  return html`
    <div class="readbar">
      <div class="readbar__search" role="search">
        ${icon('search')}
        <input
          type="text"
          data-search-text
          aria-label="Search in the text"
          placeholder=${desk.aids.keys.single ? `Search in the text  ( ${desk.aids.keys.keys.search ?? '/'} )` : 'Search in the text'}
          autocomplete="off"
          spellcheck="false"
          .value=${live(search.words)}
          @input=${({ target }) => search.look(target.value)}
          @keydown=${key}
        />
        ${maybe(
          search.words.trim(),
          () => html`
            <span class="readbar__count" role="status">${search.hits.length ? `${search.at + 1} of ${search.hits.length}` : 'not found'}</span>
            <button class="button button--quiet button--small button--icon" type="button" aria-label="Hit before" title="Hit before (Shift+Enter)" ?disabled=${!search.hits.length} @click=${() => search.step(-1)}>${icon('up')}</button>
            <button class="button button--quiet button--small button--icon" type="button" aria-label="Next hit" title="Next hit (Enter)" ?disabled=${!search.hits.length} @click=${() => search.step(1)}>${icon('down')}</button>
            <button class="button button--quiet button--small button--icon" type="button" aria-label="Leave the search" title="Leave the search, the hit marked (Esc)" @click=${() => search.close()}>${icon('close')}</button>
          `,
        )}
      </div>
      ${sheets.isThere
        ? html`<div class="segments" role="group" aria-label="Show the document as">
            <button type="button" aria-pressed=${String(!sheets.isShown)} @click=${() => sheets.turn(false)}>Text</button>
            <button type="button" aria-pressed=${String(sheets.isShown)} title="The page as it looks (P)" @click=${() => sheets.turn(true)}>Page</button>
          </div>`
        : nothing}
    </div>
  `;
}
