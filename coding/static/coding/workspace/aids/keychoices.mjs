// Which keys a person wants: single keys on or off (WCAG 2.1.4), and acts that go by another key than the usual one.

export class KeyChoices {
  single;
  keys; // act -> key
  asking = null; // the act that waits for its new key
  trouble = '';
  #keep;
  #changed;

  /** @param choice {single_keys, keys} as the server keeps it */
  constructor({ single_keys: single = true, keys = {} } = {}, { keep = async () => {}, changed = () => {} } = {}) {
    this.single = single;
    this.keys = keys;
    this.#keep = keep;
    this.#changed = changed;
  }

  get choice() {
    return { single_keys: this.single, keys: this.keys };
  }

  /** The key of an entry of the table: the chosen one, or its own. */
  keyOf({ act, keys }) {
    return this.keys[act] ?? keys[0];
  }

  /** Does this entry go by this key? Both as the keyboard event names them. */
  matches(entry, key) {
    const said = key.length === 1 ? key.toLowerCase() : key;
    return isRemappable(entry) && this.keys[entry.act] ? this.keys[entry.act] === said : entry.keys.includes(said);
  }

  ask(act) {
    this.asking = act;
    this.trouble = '';
    this.#changed();
  }

  /** Takes a key for the act that waits; refuses one that another act has. */
  take(key, table) {
    const said = key.toLowerCase();
    const other = table.find((entry) => entry.act !== this.asking && !entry.ctrl && this.matches(entry, said));
    if (key.length !== 1 || /\s/.test(key)) this.trouble = 'Choose a letter, digit or sign.';
    else if (other) this.trouble = `“${key}” is taken: ${other.name ?? other.act}.`;
    else {
      this.keys = { ...this.keys, [this.asking]: said };
      this.asking = null;
      this.trouble = '';
      return this.#save();
    }
    this.#changed();
  }

  cancel() {
    this.asking = null;
    this.trouble = '';
    this.#changed();
  }

  reset(act) {
    const { [act]: _, ...rest } = this.keys;
    this.keys = rest;
    this.#save();
  }

  turn(single) {
    this.single = single;
    this.#save();
  }

  #save() {
    this.#changed();
    return this.#keep(this.choice).catch((error) => {
      this.trouble = `Kept for this page only: ${error.message}.`;
      this.#changed();
    });
  }
}

/** Only acts by a single character, and one each, go by another key. */
export const isRemappable = ({ act, ctrl, keys }) => Boolean(act) && !ctrl && keys.length === 1 && keys[0].length === 1;
