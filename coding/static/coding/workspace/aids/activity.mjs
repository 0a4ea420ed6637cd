// Active time on this document: seconds in which somebody looked at it and did something within the last minute.

const IDLE = 60_000;
const TICK = 5_000;
const TELL = 30; // seconds

export class Activity {
  #at; // when the last span was counted to
  #last; // when somebody last did something
  #told = 0;
  #milliseconds = 0;

  /** @param tell takes the whole seconds so far; @param now a clock in milliseconds */
  constructor({ tell, now = () => performance.now(), before = 0 }) {
    Object.assign(this, { tell, now, before });
    this.#at = this.#last = now();
  }

  get seconds() {
    return Math.round(this.#milliseconds / 1000);
  }

  /** With earlier openings. */
  get total() {
    return this.before + this.seconds;
  }

  /** Somebody moved, typed or scrolled: the time since the last count counts, but for idleness. */
  touch() {
    this.count();
    this.#last = this.now();
  }

  count({ visible = true } = {}) {
    const now = this.now();
    const until = Math.min(now, this.#last + IDLE);
    if (visible && until > this.#at) this.#milliseconds += until - this.#at;
    this.#at = now;
    if (this.seconds - this.#told >= TELL) this.send();
  }

  send(leaving = false) {
    if (this.seconds === this.#told) return;
    this.#told = this.seconds;
    this.tell(this.seconds, leaving);
  }

  /** Counts while the page is open. */
  watch(target) {
    for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll'])
      target.addEventListener(kind, () => this.now() - this.#last > 1000 && this.touch(), { passive: true, capture: true });
    document.addEventListener('visibilitychange', () => {
      this.count({ visible: document.visibilityState === 'hidden' }); // what went before; hidden time never counts
      if (document.visibilityState === 'hidden') this.send(true);
      else this.touch();
    });
    addEventListener('pagehide', () => this.send(true));
    setInterval(() => this.count({ visible: document.visibilityState === 'visible' }), TICK);
  }
}

export function durationWords(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return 'under a minute';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
