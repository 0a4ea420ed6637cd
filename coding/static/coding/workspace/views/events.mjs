// The right pane: which events there are, the open one, the outcome of reading, and what stands against submitting.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { live } from 'lit-html/directives/live.js';
import { fields } from './fields.mjs';
import { guide, notes } from './guide.mjs';
import { historyPane } from './history.mjs';
import { icon, keyHint, maybe } from './parts.mjs';
import { questionsPane, thread } from './questions.mjs';
import { splitForm } from './splitting.mjs';
import { templateForm } from './templates.mjs';

export function eventsPane(desk, { pickType }) {
  const { event, events, readonly } = desk;
  return html`
    <div class="events__top">
    <header class="events__bar" ?hidden=${readonly && !events.length}>
      <div class="events__list" role="group" aria-label="Events of this document">
        ${repeat(events, ({ id }) => id, (one, index) => eventPill(desk, one, index))}
      </div>
      ${maybe(
        !readonly,
        () => html`<button class="button button--small ${event ? '' : 'button--primary'}" type="button" @click=${() => pickType('new')}>
          ${icon('plus')}New event ${keyHint(desk, 'new_event', 'n')}
        </button>`,
      )}
    </header>
    ${maybe(desk.problems.length, () => problemList(desk))}
    </div>
    ${maybe(readonly && !desk.locked, () => html`<div class="notice events__closed" data-tone="info">${icon('lock')}<div>${closedWords(desk.session.lifecycle)}</div></div>`)}
    ${event ? openEvent(desk, pickType) : noEvent(desk, pickType)}
  `;
}

const closedWords = (lifecycle) =>
  lifecycle === 'submitted'
    ? 'Handed in. You can read it and ask about it; to change something, ask the manager to send it back.'
    : lifecycle === 'withdrawn'
      ? 'Withdrawn from the round. What was coded stays readable and counts no more.'
      : 'This round is closed. What was coded stays readable.';

const SIDES = { guide, questions: questionsPane, history: historyPane };

function tabs(desk) {
  const { event } = desk;
  const { list, fresh } = desk.aids.questions;
  const tab = (name, label, rest = nothing) => html`<button type="button" aria-pressed=${String(desk.tab === name)} @click=${() => desk.turn(name)}>${label}${rest}</button>`;
  return html`
    <div class="segments" role="group" aria-label="Show">
      ${tab('fields', event ? 'Fields' : 'Coding')} ${tab('guide', 'Codebook')}
      ${tab('questions', 'Questions', list.length ? html` <span class="count" data-tone=${fresh ? 'agree' : nothing}>${list.length}${fresh ? html`<span class="hidden-visually">, ${fresh} with a new answer</span>` : nothing}</span>` : nothing)}
      ${event ? tab('history', 'History') : nothing}
    </div>
  `;
}

function eventPill(desk, event, index) {
  const open = desk.codebook.layout(event).filter((row) => row.open).length;
  const label = desk.codebook.labelOf(event.type);
  return html`
    <button
      class="event-pill"
      type="button"
      aria-pressed=${String(event.id === desk.open)}
      title=${event.values.title ? `${label}: ${event.values.title}` : label}
      ?data-near-miss=${event.near_miss}
      @click=${() => desk.show(event.id)}
    >
      <span class="event-pill__number">${index + 1}</span> ${event.type}<span class="hidden-visually">, ${label},</span>
      ${open
        ? html`<span class="count">${open}</span><span class="hidden-visually"> required fields open</span>`
        : html`${icon(event.near_miss ? 'missing' : 'check')}<span class="hidden-visually">${event.near_miss ? 'near miss' : 'complete'}</span>`}
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
        ${tabs(desk)}
        ${event.near_miss || desk.tab !== 'fields' ? nothing : html`<button class="event__progress" type="button" ?disabled=${done === required.length || readonly} @click=${() => desk.goToOpen()} title="Go to the next required field ( . )">
          <progress aria-hidden="true" max=${required.length || 1} value=${done} data-tone=${done === required.length ? 'agree' : nothing}></progress>
          <span>${done === required.length ? 'All required fields filled' : `${required.length - done} of ${required.length} required open`}</span>
        </button>`}
        ${maybe(event.near_miss || desk.asking?.about === 'near_miss', () => nearMiss(desk))}
        ${maybe(desk.asking?.about === 'split', () => splitForm(desk))}
        ${maybe(desk.asking?.about === 'template', () => templateForm(desk))}
        ${desk.tab === 'fields' ? [...notes(desk, event.type, ''), ...desk.aids.questions.of(event.id, '').map((one) => thread(desk, one))] : nothing}
        ${codebook.broken(event).map(
          (rule) => html`<div class="notice" data-tone="differ">${icon('alert')}
            <div>${rule.message} ${rule.fields.slice(-1).map((name) => html`<button class="linklike" type="button" @click=${() => desk.goTo(name)}>Go there</button>`)}</div></div>`,
        )}
      </header>
      ${(SIDES[desk.tab] ?? fields)(desk)}
    </article>
  `;
}

function eventMenu(desk, pickType) {
  const { event } = desk;
  return html`
    <details class="menu">
      <summary class="button button--quiet button--small button--icon" aria-label="More for this event">${icon('more')}</summary>
      <div class="menu__list">
        <button type="button" @click=${() => desk.duplicate()}>${icon('copy')}<span>Duplicate <kbd>Ctrl</kbd> <kbd>D</kbd></span></button>
        <button type="button" @click=${() => desk.aids.templates.begin()}>${icon('template')}<span>Keep as template… ${keyHint(desk, 'keep_template', 't')}</span></button>
        <button type="button" @click=${() => desk.ask({ about: 'split' })}>${icon('split')}Split in two…</button>
        <button type="button" @click=${() => pickType('change')}>${icon('pen')}Change the type…</button>
        ${event.near_miss
          ? html`<button type="button" @click=${() => desk.setNearMiss(false)}>${icon('check')}An event after all</button>`
          : html`<button type="button" @click=${() => desk.ask({ about: 'near_miss' })}>${icon('missing')}A near miss…</button>`}
        <button type="button" @click=${() => desk.aids.questions.begin({ event: event.id })}>${icon('question')}Ask the PI…</button>
        <hr />
        <button type="button" @click=${() => desk.removeEvent()}>${icon('bin')}Remove this event</button>
      </div>
    </details>
  `;
}

function nearMiss(desk) {
  const { event, codebook, readonly } = desk;
  const reasons = codebook.nearMissReasons;
  const chosen = reasons.find(({ code }) => String(code) === event.near_miss_reason);
  const input = reasons.length
    ? html`<div class="choices" role="radiogroup" aria-label="Reason">
        ${reasons.map(
          ({ code, label, definition }) => html`<label class="choice" title=${definition ?? nothing}>
            <input type="radio" name="near-miss" .checked=${live(event.near_miss && String(code) === event.near_miss_reason)} ?disabled=${readonly} @change=${({ target }) => target.checked && desk.setNearMiss(true, String(code))} />
            <span>${label}</span>
          </label>`,
        )}
      </div>`
    : html`<input aria-label="Reason" ?readonly=${readonly} .value=${live(event.near_miss_reason)} @input=${({ target }) => desk.setNearMiss(true, target.value, { typing: true })} />`;
  return html`<div class="notice" data-tone="missing">
    ${icon('missing')}
    <div class="event__near">
      <p><strong>Near miss:</strong> ${event.near_miss ? 'recorded, not counted as an event.' : 'why is this not an event?'}</p>
      ${input}
      ${maybe(chosen?.definition, () => html`<p class="small soft">${chosen.definition}</p>`)}
      ${maybe(!event.near_miss, () => html`<div><button class="button button--small button--quiet" type="button" @click=${() => desk.ask(null)}>Cancel</button></div>`)}
    </div>
  </div>`;
}

function noEvent(desk, pickType) {
  const side = SIDES[desk.tab];
  return html`<div class="event"><header class="event__head">${tabs(desk)}</header>${side && desk.tab !== 'history' ? side(desk) : outcomePane(desk, pickType)}</div>`;
}

function outcomePane(desk, pickType) {
  const { outcome, readonly } = desk;
  if (outcome.value === 'no_event' || outcome.value === 'cannot_code') return otherOutcome(desk);
  if (readonly) return html`<div class="empty"><p>No event was coded.</p></div>`;
  return html`
    <div class="events__start">
      <p class="events__lead">Nothing coded yet.</p>
      <p class="soft">Mark the words that report an event, then begin a new event ${keyHint(desk, 'new_event', 'n')} and choose its type. If you have read the document and it reports none, say so: that is a finding too.</p>
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
  const item = ({ event, field, message }) => {
    const label = numbered.has(event) ? desk.codebook.field(desk.session.state.events[event].type, field)?.label : null;
    const place = message.includes(label) ? null : label; // the server names the field itself, mostly
    const where = [numbered.has(event) && `Event ${numbered.get(event)}`, place].filter(Boolean).join(', ');
    const words = html`${where ? html`<strong>${where}:</strong> ` : nothing}${message}`;
    return html`<li>${numbered.has(event) ? html`<button class="linklike" type="button" @click=${() => desk.show(event, field || null)}>${words}</button>` : words}</li>`;
  };
  const count = desk.problems.length;
  return html`
    <section class="problems" role="alert" aria-label="What stands against submitting">
      <header>
        ${icon('alert')}<h3>${count === 1 ? 'One thing' : `${count} things`} to do before submitting</h3>
        ${maybe(desk.problems.some(({ event }) => numbered.has(event)), () => html`<button class="button button--small" type="button" @click=${() => desk.goToProblem()}>Next ${icon('down')}</button>`)}
        <button class="button button--quiet button--small button--icon" type="button" aria-label="Hide this list" @click=${() => hideProblems(desk)}>${icon('close')}</button>
      </header>
      <ol>${desk.problems.map(item)}</ol>
    </section>
  `;
}

function hideProblems(desk) {
  desk.problems = [];
  desk.changed();
}
