// Single keys for the board: silent while somebody types, while a dialog is open, and with Ctrl, Alt or Meta held.

const TYPING = 'input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]';

/** @param acts by key in lower case; `digit` takes 1 to 9 */
export function keys(acts) {
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.(TYPING);
    if (event.key === 'Escape' && typing) return typing.blur();
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector('dialog[open]')) return;
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    const act = digit ? acts.digit : acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(digit);
  });
}
