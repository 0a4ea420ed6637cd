// The search of the help pages: one list of all sections, fetched when somebody first asks, looked through here.
import { found, parsed } from './helpsearch.mjs';

const MOST = 8;

const form = document.querySelector('[data-help-search]');
if (form) begin(form);

function begin(form) {
  const box = form.querySelector('input');
  const list = form.querySelector('[data-help-found]');
  const contents = document.querySelector('[data-help-contents]');
  let sections = null;
  const fetched = async () => {
    sections ??= fetch(form.dataset.index)
      .then((answer) => answer.json())
      .then(parsed);
    return sections;
  };
  const show = async () => {
    const words = box.value;
    const all = words.trim() ? await fetched() : [];
    if (words !== box.value) return; // typed on meanwhile
    const hits = found(all, words).slice(0, MOST);
    list.replaceChildren(...(words.trim() && !hits.length ? [nothing(words)] : hits.map(line)));
    contents.hidden = Boolean(words.trim());
  };
  box.addEventListener('input', () => {
    show().catch(() => list.replaceChildren(said('The search list could not be fetched. Reload the page to try again.')));
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      box.value = '';
      show();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  form.hidden = location.protocol === 'file:'; // a browser fetches nothing beside a file
  form.dataset.ready = '';
}

function line(hit) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = hit.url;
  const title = document.createElement('strong');
  title.textContent = hit.title;
  link.append(title, small(hit.title === hit.page ? '' : hit.page), small(hit.quote));
  item.append(link);
  return item;
}

const small = (words) => {
  const part = document.createElement('span');
  part.className = 'soft small';
  part.textContent = words;
  return part;
};

const said = (words) => {
  const item = document.createElement('li');
  item.className = 'soft';
  item.textContent = words;
  return item;
};

const nothing = (words) => said(`Nothing is said of “${words.trim()}”.`);
