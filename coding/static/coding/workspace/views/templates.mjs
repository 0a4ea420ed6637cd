// Event templates as they are kept and looked at: the form that asks for a name, and what one would fill in.
import { html, nothing } from 'lit-html';
import { templateValues } from '../copying.mjs';
import { wordsOf } from '../words.mjs';
import { icon, maybe, shorten } from './parts.mjs';

export function templateForm(desk) {
  const { templates } = desk.aids;
  const { codebook, event } = desk;
  const send = (submitted) => {
    submitted.preventDefault();
    templates.keep(new FormData(submitted.target).get('name').trim());
  };
  return html`<form class="asking" aria-label="Keep as a template" @submit=${send}>
    <label for="template-name">Name of the template</label>
    <input id="template-name" name="name" required maxlength="80" autocomplete="off" .value=${shorten(event.values.title ?? codebook.labelOf(event.type), 60)} aria-describedby="template-help" />
    <p class="soft" id="template-help">Keeps ${count(templateValues(codebook, event))} in this round, for you alone: no passages, no dates, no links to other events.</p>
    ${maybe(templates.trouble, () => html`<p class="coded__wrong" role="alert">${icon('alert')}${templates.trouble}</p>`)}
    <div class="actions">
      <button class="button button--small button--primary" type="submit">Keep</button>
      <button class="button button--small button--quiet" type="button" @click=${() => desk.ask(null)}>Cancel</button>
    </div>
  </form>`;
}

const count = (values) => {
  const many = Object.keys(values).length;
  return many === 1 ? '1 value' : `${many} values`;
};

/** What an event begun from a template would have, in words. */
export function templateAbout(template, { codebook, names, drop }) {
  const rows = codebook.fieldsOf(template.type).filter(({ name }) => name in template.values);
  return html`
    <p class="soft">Your template of ${codebook.labelOf(template.type)}. Dates and passages are the new event’s own.</p>
    ${rows.length
      ? html`<dl class="template">${rows.map((field) => html`<div><dt>${field.label}</dt><dd>${wordsOf(field, template.values[field.name], names, codebook.missing)}</dd></div>`)}</dl>`
      : html`<p class="soft">It fills in no field of the codebook as it is now.</p>`}
    ${drop ? html`<button class="button button--small button--quiet" type="button" @click=${() => drop(template)}>${icon('bin')}Remove this template</button>` : nothing}
  `;
}
