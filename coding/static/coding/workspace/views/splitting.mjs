// Splitting an event in two: which passages go with the second one.
import { html } from 'lit-html';
import { shorten } from './parts.mjs';

export function splitForm(desk) {
  const { event } = desk;
  const ids = [...new Set(Object.values(event.evidence).flat())];
  const passages = ids.map((id) => desk.passage(id)).sort((a, b) => a.start - b.start);
  const send = (submitted) => {
    submitted.preventDefault();
    desk.splitOff(new Set(new FormData(submitted.target).getAll('passage')));
  };
  return html`<form class="asking" aria-label="Split this event" @submit=${send}>
    <fieldset>
      <legend>Which passages belong to the second event?</legend>
      ${passages.length
        ? passages.map(({ id, start, end }) => html`<label class="asking__passage"><input type="checkbox" name="passage" value=${id} /> <q>${shorten(desk.map.slice(start, end), 90)}</q></label>`)
        : html`<p class="soft">This event rests on no passage yet; both will have the same values.</p>`}
    </fieldset>
    <p class="soft">The second event begins with the same type and values; mend what differs.</p>
    <div class="actions">
      <button class="button button--small button--primary" type="submit">Split</button>
      <button class="button button--small button--quiet" type="button" @click=${() => desk.ask(null)}>Cancel</button>
    </div>
  </form>`;
}
