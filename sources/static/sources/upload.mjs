// The upload form, file by file with its progress: <form data-upload> around a drop zone.
// data-ready says that it listens. Without this module the form sends all files at once and the page lists the results; nothing else differs.

for (const form of document.querySelectorAll('form[data-upload]')) {
  form.addEventListener('submit', (event) => {
    const input = form.querySelector('input[type=file]');
    if (!input.files.length) return; // the browser or the server says what is missing
    event.preventDefault();
    send(form, input);
  });
  form.dataset.ready = '';
}

async function send(form, input) {
  const button = form.querySelector('button[type=submit]');
  const list = form.querySelector('.drop__files');
  const files = [...input.files].map((file) => ({ file, row: new Row(file) }));
  list.replaceChildren(...files.map(({ row }) => row.element));
  button.disabled = input.disabled = true;
  let taken = 0;
  // One after the other: of two files with the same content the first named is kept.
  for (const one of files) taken += await sendOne(form, input, one);
  button.disabled = input.disabled = false;
  input.value = '';
  const end = form.querySelector('[data-upload-end]');
  end.hidden = false;
  end.querySelector('[data-upload-count]').textContent = `${taken} kept`;
}

function sendOne(form, input, { file, row }) {
  const data = new FormData(form);
  data.delete(input.name);
  data.append(input.name, file);
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    const end = (ok, words, url) => resolve(Number(row.end(ok, words, url)));
    request.upload.addEventListener('progress', (event) => event.lengthComputable && row.move(event.loaded, event.total));
    request.addEventListener('load', () => {
      const said = request.response ?? {};
      const result = said.results?.[0];
      if (result) end(result.ok, result.message, result.url);
      else end(false, said.problems?.[0]?.message ?? `not taken (${request.status})`);
    });
    request.addEventListener('error', () => end(false, 'the connection was lost; nothing of this file was kept'));
    request.open('POST', form.action);
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.send(data);
  });
}

class Row {
  constructor(file) {
    this.element = document.createElement('li');
    this.name = Object.assign(document.createElement('span'), { textContent: file.name });
    this.state = document.createElement('span');
    this.bar = Object.assign(document.createElement('progress'), { max: file.size || 1, value: 0 });
    this.bar.setAttribute('aria-label', `Sending ${file.name}`);
    this.state.append(this.bar);
    this.element.append(this.name, this.state);
  }

  move(loaded, total) {
    Object.assign(this.bar, { value: loaded, max: total });
  }

  end(ok, words, url) {
    this.element.dataset.tone = ok ? 'agree' : 'differ';
    this.state.textContent = words;
    if (url) this.name.replaceChildren(Object.assign(document.createElement('a'), { href: url, textContent: this.name.textContent }));
    return ok;
  }
}
