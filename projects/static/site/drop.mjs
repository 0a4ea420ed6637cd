// Drop zones: <label class="drop" data-drop><input type="file" multiple><ul class="drop__files"></ul></label>
// data-ready says that it listens. The input stays a plain input; the zone forwards what is dropped and lists what was chosen.

const sizes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export function wakeDropZones(root) {
  for (const zone of root.querySelectorAll('[data-drop]')) wake(zone);
}

function wake(zone) {
  const input = zone.querySelector('input[type=file]');
  const list = zone.querySelector('.drop__files');
  const over = (on) => (event) => {
    event.preventDefault();
    zone.toggleAttribute('data-over', on);
  };
  zone.addEventListener('dragenter', over(true));
  zone.addEventListener('dragover', over(true));
  zone.addEventListener('dragleave', over(false));
  zone.addEventListener('drop', (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  input.addEventListener('change', () => list?.replaceChildren(...rows(input.files)));
  zone.dataset.ready = '';
}

function rows(files) {
  const shown = [...files].slice(0, 50).map((file) => row(file.name, `${sizes.format(file.size / 1024)} KB`));
  if (files.length > 50) shown.push(row(`and ${files.length - 50} more`, ''));
  return shown;
}

function row(name, size) {
  const item = document.createElement('li');
  for (const words of [name, size]) item.append(Object.assign(document.createElement('span'), { textContent: words }));
  return item;
}
