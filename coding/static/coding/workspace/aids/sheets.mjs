// The pages as they look: pictures drawn by the server with a box for each run of the text. Dragging over the boxes
// marks the same characters that dragging over the text would; passages are painted on both.

export class Sheets {
  isShown = false;
  #root;
  #desk;
  #pane;
  #place;
  #count;
  #sheets = []; // {number, holder, boxes: [{start, end, rect}] | null}
  #from = null; // the box where a drag began
  #observer = null;

  constructor({ root, desk, pane }) {
    this.#root = root;
    this.#desk = desk;
    this.#pane = pane;
    this.#place = root.querySelector('.page-images');
    this.#count = Number(root.dataset.sheets) || 0;
  }

  get isThere() {
    return this.#count > 0;
  }

  turn(shown = !this.isShown) {
    if (!this.isThere || shown === this.isShown) return;
    const page = this.#desk.map.pageOf(this.#pane.topOffset) || 1;
    this.isShown = shown;
    if (!this.#sheets.length) this.#lay();
    const at = shown ? null : this.#startOfPage(this.#pageInView());
    this.#place.hidden = !shown;
    this.#pane.text.hidden = shown;
    if (shown) this.#sheets[page - 1]?.holder.scrollIntoView({ block: 'start' });
    else this.#pane.reveal({ start: at, end: at + 1 });
    this.#desk.changed();
  }

  #startOfPage(page) {
    return this.#desk.map.blocks.find((block) => block.page === page)?.start ?? 0;
  }

  #pageInView() {
    const top = this.#pane.scroller.getBoundingClientRect().top;
    return (this.#sheets.find(({ holder }) => holder.getBoundingClientRect().bottom > top + 80) ?? this.#sheets[0]).number;
  }

  #lay() {
    for (let number = 1; number <= this.#count; number++) {
      const holder = document.createElement('section');
      holder.className = 'page-image';
      holder.dataset.number = number;
      holder.setAttribute('aria-label', `Page ${number}`);
      holder.append(word(`Page ${number} is being drawn`));
      this.#place.append(holder);
      this.#sheets.push({ number, holder, boxes: null });
    }
    this.#observer = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => isIntersecting && this.#fetch(Number(target.dataset.number))), { root: this.#pane.scroller, rootMargin: '600px' });
    this.#sheets.forEach(({ holder }) => this.#observer.observe(holder));
    this.#listen();
  }

  async #fetch(number) {
    const sheet = this.#sheets[number - 1];
    this.#observer.unobserve(sheet.holder);
    try {
      const response = await fetch(`${this.#root.dataset.sheetUrl}${number}/`, { credentials: 'same-origin' });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const made = document.createElement('template');
      made.innerHTML = await response.text(); // our own page's part, written by our own template
      const svg = made.content.querySelector('svg.drawn__page');
      svg.removeAttribute('tabindex');
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', `Page ${number} as it looks; its words are in the text`);
      sheet.holder.replaceChildren(svg);
      sheet.boxes = [...svg.querySelectorAll('rect')].map((rect) => {
        const [start, length] = [Number(rect.dataset.s), Number(rect.dataset.l)];
        return { start, end: start + length, rect };
      });
      this.paint(this.#painted);
    } catch (error) {
      this.#observer.observe(sheet.holder);
      sheet.holder.replaceChildren(word(`Page ${number} cannot be shown: ${error.message}. The text has its words.`));
    }
  }

  #listen() {
    this.#place.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || this.#desk.readonly) return;
      this.#from = this.#boxAt(event);
      if (!this.#from) return;
      event.preventDefault(); // the browser would drag the picture
      this.#place.setPointerCapture(event.pointerId);
    });
    this.#place.addEventListener('pointermove', (event) => this.#from && this.#markTo(this.#boxAt(event)));
    this.#place.addEventListener('pointerup', (event) => {
      if (this.#from) this.#markTo(this.#boxAt(event));
      this.#from = null;
    });
    this.#place.addEventListener('pointercancel', () => (this.#from = null));
  }

  #markTo(to) {
    if (!to) return;
    const [first, last] = to.start < this.#from.start ? [to, this.#from] : [this.#from, to];
    const mark = this.#desk.map.trimmed(first.start, last.end);
    if (mark) this.#desk.setMark(mark);
  }

  // The box under the pointer, or the nearest on its page: between words and lines the hand is never quite on one.
  #boxAt({ clientX, clientY }) {
    const holder = document.elementsFromPoint(clientX, clientY).find((one) => one.classList.contains('page-image'));
    const sheet = holder && this.#sheets[Number(holder.dataset.number) - 1];
    let best = null;
    for (const box of sheet?.boxes ?? []) {
      const { left, right, top, bottom } = box.rect.getBoundingClientRect();
      const across = Math.max(left - clientX, 0, clientX - right);
      const down = Math.max(top - clientY, 0, clientY - bottom);
      const distance = across + 4 * down; // the same line counts for more than the same column
      if (!best || distance < best.distance) best = { box, distance };
    }
    return best && best.distance < 200 ? best.box : null;
  }

  #painted = [];

  /** Paints passages on the boxes they touch. */
  paint(passages) {
    this.#painted = passages;
    if (!this.isShown) return;
    const rank = ['', 'evidence-other', 'evidence', 'evidence-active', 'found', 'found-active', 'mark'];
    for (const { boxes } of this.#sheets) {
      for (const box of boxes ?? []) {
        let style = '';
        for (const one of passages) if (one.start < box.end && one.end > box.start && rank.indexOf(one.style) > rank.indexOf(style)) style = one.style;
        if ((box.rect.dataset.on ?? '') === style) continue;
        if (style) box.rect.dataset.on = style;
        else delete box.rect.dataset.on;
      }
    }
  }

  /** Brings a passage into sight on the page that holds it. */
  reveal({ start }) {
    const page = this.#desk.map.pageOf(start) || 1;
    const sheet = this.#sheets[page - 1];
    const box = sheet?.boxes?.find((one) => one.end > start);
    (box?.rect ?? sheet?.holder)?.scrollIntoView({ block: 'center' });
  }
}

function word(text) {
  const made = document.createElement('p');
  made.className = 'soft small';
  made.textContent = text;
  return made;
}
