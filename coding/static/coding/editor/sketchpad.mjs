// The text being written: a plain textarea at once, a code editor as soon as its part has loaded. Whoever
// listens does not know which; the textarea always holds the same text, so the form sends it either way.

export class Sketchpad extends EventTarget {
  #area;
  #view = null;
  #marked = [];

  constructor(area) {
    super();
    this.#area = area;
    area.addEventListener('input', () => this.#changed());
    area.addEventListener('keyup', () => this.#moved());
    area.addEventListener('click', () => this.#moved());
  }

  get text() {
    return this.#area.value;
  }

  /** Puts the code editor in the textarea's place, with text, place and focus as they are then. */
  async wake() {
    const { codeView } = await import('./codeview.mjs').catch(() => ({}));
    if (!codeView) return; // the textarea stays
    const area = this.#area;
    const hadFocus = document.activeElement === area;
    const host = document.createElement('div');
    host.className = 'editor__code';
    area.after(host);
    this.#view = codeView(host, area.value, {
      label: area.labels[0].textContent,
      at: [area.selectionStart, area.selectionEnd],
      changed: (text) => {
        area.value = text;
        this.#changed();
      },
      moved: (line) => this.#tellLine(line),
    });
    area.hidden = true;
    this.#view.mark(this.#marked);
    if (hadFocus) this.#view.focus();
  }

  /** Another text in the place of this one; one undo brings the old one back. */
  replace(text) {
    if (this.#view) return this.#view.replace(text);
    this.#area.value = text;
    this.#changed();
  }

  goTo(line) {
    if (this.#view) return this.#view.goTo(line);
    const lines = this.text.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    this.#area.focus();
    this.#area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  }

  mark(problems) {
    this.#marked = problems;
    this.#view?.mark(problems);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #moved() {
    this.#tellLine(this.text.slice(0, this.#area.selectionStart).split('\n').length);
  }

  #tellLine(line) {
    this.dispatchEvent(Object.assign(new Event('cursor'), { line }));
  }
}
