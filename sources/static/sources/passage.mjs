// A passage marked in the text becomes the numbers of the form beside it: [data-passage] with fields start and end.
// [data-passage-words] tells the words marked; [data-passage-place] buttons offer places; data-ready says all is in place.
import { TextMap } from '../../../coding/static/coding/workspace/textmap.mjs';
import { canHighlight } from '../../../coding/static/coding/workspace/highlights.mjs';

const text = document.querySelector('.text[data-length]');
const form = document.querySelector('[data-passage]');
const start = form?.querySelector('input[name=start]');
const end = form?.querySelector('input[name=end]');

if (text && start && end) {
  const map = new TextMap(text, Number(text.dataset.length));
  const words = form.querySelector('[data-passage-words]');
  const highlight = canHighlight() ? new Highlight() : null;
  if (highlight) CSS.highlights.set('mark', highlight);

  const place = () => {
    const [from, to] = [start, end].map((input) => (input.value === '' ? NaN : Number(input.value)));
    return from >= 0 && to > from && to <= map.length ? [from, to] : null;
  };
  const paint = () => {
    const passage = place();
    highlight?.clear();
    if (passage) highlight?.add(map.range(...passage));
    if (words) words.textContent = passage ? map.slice(...passage) : '';
  };
  const take = (from, to) => {
    [start.value, end.value] = [from, to];
    paint();
  };
  const show = () => {
    const passage = place();
    if (passage) map.blocks[map.indexAt(passage[0])].element.scrollIntoView({ block: 'center' });
  };

  // Wherever the mouse is let go of, what is marked in the text counts; but not while the form is worked in.
  document.addEventListener('pointerup', (event) => {
    const passage = form.contains(event.target) ? null : map.selection();
    if (passage) take(passage.start, passage.end);
  });
  text.addEventListener('keyup', () => {
    const passage = map.selection();
    if (passage) take(passage.start, passage.end);
  });
  for (const input of [start, end]) input.addEventListener('input', paint);
  for (const button of form.querySelectorAll('[data-passage-place]')) {
    button.addEventListener('click', () => {
      take(...button.dataset.passagePlace.split(' ').map(Number));
      show();
    });
  }
  paint();
  if (words) show();
  form.dataset.ready = '';
}
