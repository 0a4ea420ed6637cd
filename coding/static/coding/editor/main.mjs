// The codebook editor: the text, what the server says of it, and the parts beside it kept in step.
// Without it the page is a plain form that saves the same text.
import { html, nothing, render } from 'lit-html';
import { StateList } from '#site/elements/states.mjs';
import '#site/elements/elements.mjs';
import { Checker } from './checker.mjs';
import { Preview } from './preview.mjs';
import { Sketchpad } from './sketchpad.mjs';

const root = document.getElementById('editor');
const area = document.getElementById('text');
const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
const icon = (name) => html`<svg class="icon" aria-hidden="true"><use href="#i-${name}"></use></svg>`;

start();

async function start() {
  for (const part of document.querySelectorAll('[data-needs-script]')) part.hidden = false;
  const sketchpad = new Sketchpad(area);
  const checker = new Checker({
    url: root.dataset.checkUrl,
    project: root.dataset.project,
    token: () => area.form.elements.csrfmiddlewaretoken.value,
    base: () => area.form.elements.base.value,
  });
  const preview = new Preview(slot('preview'), { jump: (line) => sketchpad.goTo(line), states: new StateList([]) });
  if (checker.unsent !== null && checker.unsent !== area.value) offerUnsent(checker, sketchpad);

  sketchpad.addEventListener('change', () => {
    mirror();
    checker.changed(sketchpad.text);
  });
  sketchpad.addEventListener('cursor', ({ line }) => preview.follow(line));
  checker.addEventListener('status', () => showStatus(checker));
  checker.addEventListener('answer', ({ answer }) => show(answer, sketchpad, preview));
  const chooseTab = wakeTabs();
  slot('changes').textContent = 'As soon as the text is a codebook, its differences to the published version stand here.';
  checker.addEventListener('answer', ({ answer }) => answer.book || chooseTab('problems'), { once: true });
  wakeFiles(sketchpad);
  area.form.addEventListener('submit', () => checker.leave());
  addEventListener('pagehide', () => checker.flush({ leaving: true }));
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      area.form.requestSubmit();
    }
  });
  checker.look(area.value);
  loadStates(preview);
  await sketchpad.wake();
  root.dataset.ready = '';
}

async function loadStates(preview) {
  const response = await fetch(root.dataset.statesUrl, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (response?.ok) preview.states = new StateList((await response.json()).states);
}

function show(answer, sketchpad, preview) {
  const { problems } = answer;
  slot('problem-count').textContent = problems.length;
  slot('problem-count').dataset.tone = problems.length ? 'differ' : 'agree';
  sketchpad.mark(problems);
  render(problemList(problems, sketchpad), slot('problems'));
  if (answer.book) {
    preview.show(answer);
    slot('changes').innerHTML = answer.changes; // the server's own template, escaped there
    slot('change-count').textContent = answer.meaning + answer.wording;
  }
  preview.isStale = problems.length > 0;
  if (answer.lines) showPlaces(answer.lines, sketchpad);
  root.dataset.checked = problems.length ? 'mistakes' : 'sound';
}

// A draft note leads to the line of the text that it is about, once the text is known.
function showPlaces(lines, sketchpad) {
  for (const button of root.querySelectorAll('[data-place]')) {
    const line = lines[button.dataset.place];
    button.hidden = !line;
    button.onclick = () => sketchpad.goTo(line);
  }
}

const problemList = (problems, sketchpad) =>
  problems.length
    ? html`<ol class="mistakes">
        ${problems.map(
          ({ line, path, message }) => html`<li>
            ${line ? html`<button class="linklike" type="button" @click=${() => sketchpad.goTo(line)}>Line ${line}</button>` : nothing}
            ${path ? html` <code>${path}</code>` : nothing}
            <p>${message}</p>
          </li>`,
        )}
      </ol>`
    : html`<div class="empty">${icon('check')}<h3>No mistake</h3><p>The text is a sound codebook.</p></div>`;

function showStatus(checker) {
  const words = {
    kept: ['check', `Kept on the server, ${checker.keptAt?.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) ?? ''}`],
    untouched: ['info', 'Nothing typed yet. Ctrl+S saves as draft, Ctrl+F searches.'],
    looking: ['clock', 'Looking through it …'],
    waiting: ['clock', 'Typing …'],
    sending: ['cloud', 'Looking through it …'],
    local: ['computer', 'Kept on this computer; the server cannot be reached, trying again'],
    refused: ['alert', `Kept on this computer. ${checker.detail ?? ''}`],
  }[checker.status] ?? ['alert', 'Not kept: this browser cannot store it. Save as draft, or download the text.'];
  render(html`${icon(words[0])}<span>${words[1]}</span>`, slot('status'));
  slot('status').dataset.state = checker.status;
}

// What this computer still holds of an earlier sitting that never reached the server.
function offerUnsent(checker, sketchpad) {
  const text = checker.unsent;
  const place = document.createElement('div');
  root.before(place);
  const close = () => place.remove();
  const take = () => {
    sketchpad.replace(text);
    close();
  };
  const drop = () => {
    checker.forget();
    close();
  };
  render(
    html`<div class="notice" data-tone="caution" role="alert">${icon('computer')}
      <div>This computer holds a text from an earlier sitting that did not reach the server.
        <button class="linklike" type="button" @click=${take}>Take it up</button> ·
        <button class="linklike" type="button" @click=${drop}>Forget it</button></div></div>`,
    place,
  );
}

const mirror = () => {
  for (const hidden of document.querySelectorAll('[data-mirror]')) hidden.value = area.value;
};

function wakeTabs() {
  const tabs = [...root.querySelectorAll('[role=tab]')];
  const choose = (tab, { focus = false } = {}) => {
    for (const one of tabs) {
      const isChosen = one === tab;
      one.setAttribute('aria-selected', String(isChosen));
      one.tabIndex = isChosen ? 0 : -1;
      document.getElementById(one.getAttribute('aria-controls')).hidden = !isChosen;
    }
    if (focus) tab.focus();
  };
  for (const tab of tabs) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], { focus: true });
    });
  }
  return (name) => choose(tabs.find((tab) => tab.dataset.tab === name));
}

function wakeFiles(sketchpad) {
  document.querySelector('[data-open]').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      sketchpad.replace(text);
    } catch {
      render(html`${icon('alert')}<span>“${file.name}” is not UTF-8 text. Save it as UTF-8 and open it again; your text stands.</span>`, slot('status'));
    }
    target.value = '';
  });
  document.querySelector('[data-save-file]').addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([sketchpad.text], { type: 'application/yaml' }));
    link.download = `${/^\s*id:\s*["']?([a-z0-9-]+)/m.exec(sketchpad.text)?.[1] ?? 'codebook'}.yaml`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
