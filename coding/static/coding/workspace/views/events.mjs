// The right pane: which events there are, the open one, the outcome of reading, and what stands against submitting.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { live } from 'lit-html/directives/live.js';
import { fields } from './fields.mjs';
import { guide } from './guide.mjs';
import { icon, maybe } from './parts.mjs';

export function eventsPane(desk, { pickType }) {
  const { event, events, readonly } = desk;
  return html`
    <header class="events__bar">
      <div class="events__list" role="group" aria-label="Events of this document">
        ${repeat(events, ({ id }) => id, (one, index) => eventPill(desk, one, index))}
      </div>
      ${maybe(
        !readonly,
        () => html`<button class="button button--small ${event ? '' : 'button--primary'}" type="button" @click=${() => pickType('new')}>
          ${icon('plus')}New event <kbd>N</kbd>
        </button>`,
      )}
    </header>
    ${maybe(desk.problems.length, () => problemList(desk))}
    ${event ? openEvent(desk, pickType) : noEvent(desk, pickType)}
  `;
}

function eventPill(desk, event, index) {
  const open = desk.codebook.layout(event).filter((row) => row.open).length;
  const label = desk.codebook.labelOf(event.type);
  const said = `${index + 1}, ${label}${event.near_miss ? ', near miss' : ''}, ${open ? `${open} required fields open` : 'complete'}`;
  return html`
    <button
      class="event-pill"
      type="button"
      aria-pressed=${String(event.id === desk.open)}
      aria-label=${said}
      title=${event.values.title ? `${label}: ${event.values.title}` : label}
      ?data-near-miss=${event.near_miss}
      @click=${() => desk.show(event.id)}
    >
      <span class="event-pill__number">${index + 1}</span>${event.type}
      ${open ? html`<span class="count">${open}</span>` : icon(event.near_miss ? 'missing' : 'check')}
    </button>
  `;
}

function openEvent(desk, pickType) {
  const { event, codebook, readonly } = desk;
  const layout = codebook.layout(event);
  const required = layout.filter((row) => row.required);
  const done = required.filter((row) => !row.open).length;
  return html`
    <article class="event" aria-label="Event ${desk.events.indexOf(event) + 1}">
      <header class="event__head">
        <div class="event__title">
          <span class="type-code">${event.type}</span>
          <h2>${codebook.labelOf(event.type)}</h2>
          ${maybe(!readonly, () => eventMenu(desk, pickType))}
        </div>
        <div class="event__tools">
          <div class="segments" role="group" aria-label="Show">
            <button type="button" aria-pressed=${String(desk.tab === 'fields')} @click=${() => turn(desk, 'fields')}>Fields</button>
            <button type="button" aria-pressed=${String(desk.tab === 'guide')} @click=${() => turn(desk, 'guide')}>Codebook</button>
          </div>
          <button class="event__progress" type="button" ?disabled=${done === required.length || readonly} @click=${() => desk.goToOpen()} title="Go to the next required field">
            <span>${done === required.length ? 'All required fields filled' : `${required.length - done} required open`}</span>
            <progress max=${required.length || 1} value=${done} data-tone=${done === required.length ? 'agree' : nothing}></progress>
          </button>
        </div>
        ${maybe(event.near_miss, () => nearMiss(desk))}
        ${codebook.broken(event).map(
          (rule) => html`<div class="notice" data-tone="differ">${icon('alert')}
            <div>${rule.message} ${rule.fields.slice(-1).map((name) => html`<button class="linklike" type="button" @click=${() => desk.goTo(name)}>Go there</button>`)}</div></div>`,
        )}
      </header>
      ${desk.tab === 'guide' ? guide(codebook.type(event.type)) : fields(desk)}
    </article>
  `;
}

function turn(desk, tab) {
  desk.tab = tab;
  desk.changed();
}

function eventMenu(desk, pickType) {
  const { event } = desk;
  return html`
    <details class="menu">
      <summary class="button button--quiet button--small button--icon" aria-label="More for this event">${icon('more')}</summary>
      <div class="menu__list">
        <button type="button" @click=${() => pickType('change')}>${icon('pen')}Change the type…</button>
        <button type="button" @click=${() => desk.setNearMiss(!event.near_miss)}>${icon('missing')}${event.near_miss ? 'An event after all' : 'Mark as near miss'}</button>
        <hr />
        <button type="button" @click=${() => desk.removeEvent()}>${icon('bin')}Remove this event</button>
      </div>
    </details>
  `;
}

function nearMiss(desk) {
  const { event, codebook, readonly } = desk;
  const reasons = codebook.nearMissReasons;
  const input = reasons.length
    ? html`<select id="near-miss" ?disabled=${readonly} @change=${({ target }) => desk.setNearMiss(true, target.value)}>
        <option value="">Choose a reason</option>
        ${reasons.map(({ code, label }) => html`<option value=${code} ?selected=${event.near_miss_reason === String(code)}>${label}</option>`)}
      </select>`
    : html`<input id="near-miss" ?readonly=${readonly} .value=${live(event.near_miss_reason)} @input=${({ target }) => desk.setNearMiss(true, target.value, { typing: true })} />`;
  return html`<div class="notice" data-tone="missing">
    ${icon('missing')}
    <div class="event__near">
      <label for="near-miss"><strong>Near miss</strong>: recorded, not counted as an event. Why?</label>
      ${input}
    </div>
  </div>`;
}

function noEvent(desk, pickType) {
  const { outcome, readonly } = desk;
  if (outcome.value === 'no_event' || outcome.value === 'cannot_code') return otherOutcome(desk);
  if (readonly) return html`<div class="empty"><p>No event was coded.</p></div>`;
  return html`
    <div class="events__start">
      <p class="events__lead">Nothing coded yet.</p>
      <p class="soft">Mark the words that report an event, then press <kbd>N</kbd> and choose its type. If you have read the document and it reports none, say so: that is a finding too.</p>
      <div class="events__outcomes">
        <button class="button button--primary" type="button" @click=${() => pickType('new')}>${icon('plus')}New event</button>
        <button class="button" type="button" @click=${() => desk.setOutcome('no_event')}>${icon('check')}Read, no event</button>
        <button class="button" type="button" @click=${() => desk.ask({ about: 'cannot_code' })}>${icon('missing')}Cannot code…</button>
      </div>
      ${maybe(desk.asking?.about === 'cannot_code', () => cannotCode(desk))}
    </div>
  `;
}

function cannotCode(desk) {
  const reasons = desk.codebook.cannotCodeReasons;
  const send = (event) => {
    event.preventDefault();
    const reason = new FormData(event.target).get('reason').trim();
    if (reason) desk.setOutcome('cannot_code', reason);
  };
  return html`<form class="asking" @submit=${send}>
    <label for="cannot-code">Why can this document not be coded?</label>
    ${reasons.length
      ? html`<select id="cannot-code" name="reason" required><option value=""></option>${reasons.map(({ code, label }) => html`<option value=${code}>${label}</option>`)}</select>`
      : html`<input id="cannot-code" name="reason" required maxlength="500" autocomplete="off" placeholder="Unreadable, wrong language, not a source …" />`}
    <div class="actions">
      <button class="button button--small button--primary" type="submit">Cannot code</button>
      <button class="button button--small button--quiet" type="button" @click=${() => desk.ask(null)}>Cancel</button>
    </div>
  </form>`;
}

function otherOutcome(desk) {
  const { value, reason } = desk.outcome;
  const said = desk.codebook.cannotCodeReasons.find(({ code }) => String(code) === reason)?.label ?? reason;
  return html`
    <div class="events__start">
      <p class="events__lead">${value === 'no_event' ? 'Read, no event' : 'Cannot be coded'}</p>
      <p class="soft">${value === 'no_event' ? 'You have read this document and found no event in it.' : said}</p>
      ${maybe(!desk.readonly, () => html`<div class="actions"><button class="button" type="button" @click=${() => desk.setOutcome('')}>${icon('undo')}Take this back</button></div>`)}
    </div>
  `;
}

function problemList(desk) {
  const numbered = new Map(desk.events.map((event, index) => [event.id, index + 1]));
  return html`
    <section class="problems" role="alert" aria-label="What stands against submitting">
      <h3>${icon('alert')}${desk.problems.length === 1 ? 'One thing' : `${desk.problems.length} things`} to do before this can be submitted</h3>
      <ol>
        ${desk.problems.map(({ event, field, message }) => {
          const label = event && desk.session.state.events[event] ? desk.codebook.field(desk.session.state.events[event].type, field)?.label : null;
          const where = [numbered.get(event) && `Event ${numbered.get(event)}`, label].filter(Boolean).join(', ');
          return html`<li>
            <button class="linklike" type="button" @click=${() => numbered.has(event) && desk.show(event, field || null)}>
              ${where ? html`<strong>${where}:</strong> ` : nothing}${message}
            </button>
          </li>`;
        })}
      </ol>
    </section>
  `;
}
