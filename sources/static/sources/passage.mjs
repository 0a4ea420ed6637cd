// A passage marked in the text becomes the numbers of the form beside it: [data-passage] with fields start and end.
import { TextMap } from '../../../coding/static/coding/workspace/textmap.mjs';
import { canHighlight } from '../../../coding/static/coding/workspace/highlights.mjs';

const text = document.querySelector('.text[data-length]');
const form = document.querySelector('[data-passage]');
const start = form?.querySelector('input[name=start]');
const end = form?.querySelector('input[name=end]');

if (text && start && end) {
  const map = new TextMap(text, Number(text.dataset.length));
  const highlight = canHighlight() ? new Highlight() : null;
  if (highlight) CSS.highlights.set('mark', highlight);

  const paint = () => {
    highlight?.clear();
    const [from, to] = [start, end].map((input) => (input.value === '' ? NaN : Number(input.value)));
    if (from >= 0 && to > from && to <= map.length) highlight?.add(map.range(from, to));
  };

  text.addEventListener('pointerup', () => {
    const passage = map.selection();
    if (!passage) return;
    [start.value, end.value] = [passage.start, passage.end];
    paint();
  });
  for (const input of [start, end]) input.addEventListener('input', paint);
  paint();
}
