// Small manners of every page: menus close, dialogs open, dangerous forms ask, drop zones show what was dropped.
// Everything works without it, only less comfortably.
import { wakeDropZones } from './drop.mjs';
import { mindWhoIsHere } from './leaving.mjs';

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.menu__list :is(a, button)')) menu.open = false;
  }
  const opener = event.target.closest('[data-dialog]');
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = event.target.closest('[data-close]');
  if (closer) closer.closest('dialog')?.close();
  const copier = event.target.closest('[data-copy]');
  if (copier) copy(copier);
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the backdrop
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = event.target.closest?.('details.menu[open]');
  if (!menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector('summary').focus();
});

// A form that cannot be undone names what it does: <form data-confirm="Withdraw release 0.1.0?">
document.addEventListener('submit', (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A select that is a filter sends its form by itself: <select data-send>
document.addEventListener('change', (event) => {
  if (event.target.matches?.('[data-send]')) event.target.form?.requestSubmit();
});

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.dataset.copied = '';
    announce('Copied');
  } catch {
    // Over plain http a page may not write there: the words are marked, and the keyboard copies them.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    announce('Marked: copy it with Ctrl+C');
  }
}

export function announce(words) {
  const toasts = document.getElementById('toasts');
  if (!toasts) return;
  const toast = document.createElement('div');
  toast.className = 'notice';
  toast.dataset.tone = 'agree';
  toast.append(document.createElement('span'), document.createTextNode(words));
  toasts.replaceChildren(toast);
  setTimeout(() => toast.remove(), 4000);
}

wakeDropZones(document);
mindWhoIsHere(document.body.dataset.person ?? '');
