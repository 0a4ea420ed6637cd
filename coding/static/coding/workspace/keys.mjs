// The keys of the workspace: one table, used for acting and for the list that `?` shows.
// Single keys are silent while typing and can be switched off (WCAG 2.1.4).

// The control of a dialog just closed keeps the focus until the next picture is drawn: nobody types there any more.
const isTyping = (target) =>
  target.closest?.('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])') != null &&
  target.closest('dialog:not([open])') == null;

/** Takes what is typed in a control as if it had been left. Choices are made by their own events, and by no other. */
export function takeTyped(control) {
  if (control?.matches?.('input:not([type=radio], [type=checkbox]), textarea')) control.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * @param table [{act, keys: ['n'], ctrl?, shift?, whileTyping?, name, run(event)}]; run returns false to let the key pass
 * @param choices which key each act goes by, and whether single keys speak at all (aids/keychoices.mjs)
 */
export class Keys {
  constructor(table, choices) {
    this.table = table;
    this.choices = choices;
  }

  /** Acts on a keydown; true when it was ours. */
  handle(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return false;
    const isAltGr = Boolean(event.getModifierState?.('AltGraph')); // some systems report it as Ctrl and Alt
    const ctrl = (event.ctrlKey || event.metaKey) && !isAltGr;
    for (const entry of this.table) {
      if (!this.choices.matches(entry, event.key)) continue;
      if (Boolean(entry.ctrl) !== ctrl || (entry.shift !== undefined && entry.shift !== event.shiftKey)) continue;
      if (event.altKey && !isAltGr) continue;
      const isSingle = !entry.ctrl && entry.keys[0].length === 1;
      if (isSingle && (!this.choices.single || isTyping(event.target))) continue;
      if (!entry.whileTyping && isTyping(event.target)) continue;
      if (entry.run(event) === false) continue;
      event.preventDefault();
      return true;
    }
    return false;
  }
}
