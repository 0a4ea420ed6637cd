// Signing out on a computer that others use too: work that has not reached the server is told first, then what this
// browser kept of the person goes. And whoever comes next finds nothing of who was before.
import { forgetOthers, waitingOf } from './keeping.mjs';

const PATIENCE = 3_000; // open workspaces send what they have; a network that works needs less
const people = globalThis.BroadcastChannel ? new BroadcastChannel('concord-people') : null;

export function mindWhoIsHere(person) {
  if (person) people?.postMessage({ kind: 'here', person });
  forgetOthers(person).catch(() => {}); // a browser without storage keeps nothing either
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('[data-sign-out]')) return;
    event.preventDefault();
    leave(event.target, person);
  });
}

async function leave(form, person) {
  const dialog = document.getElementById('leaving');
  people?.postMessage({ kind: 'leaving', person });
  const left = await whatIsLeft(person).catch(() => []);
  if (left.length && !(await agrees(dialog, left))) return;
  let answer;
  try {
    answer = await fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
  } catch {
    dialog.querySelector('[data-no-connection]').hidden = false;
    if (!dialog.open) dialog.showModal();
    return;
  }
  await forgetOthers('').catch(() => {});
  people?.postMessage({ kind: 'left', person });
  location.assign(answer.ok ? answer.url : form.action);
}

async function whatIsLeft(person) {
  const until = Date.now() + PATIENCE;
  let left = await waitingOf(person);
  while (left.length && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = await waitingOf(person);
  }
  return left;
}

/** Shows what waits, each with the way to where it is sent, and asks. */
function agrees(dialog, left) {
  const row = dialog.querySelector('template').content.firstElementChild;
  dialog.querySelector('[data-left]').replaceChildren(
    ...left.map(({ title, count, address }) => {
      const shown = row.cloneNode(true);
      const link = shown.querySelector('a');
      link.textContent = title;
      if (address) link.href = address;
      shown.querySelector('span').textContent = count === 1 ? '1 change' : `${count} changes`;
      return shown;
    }),
  );
  dialog.querySelector('[data-unsent]').hidden = false;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.querySelector('[data-leave]').onclick = () => resolve(true);
    dialog.onclose = () => resolve(false);
  });
}
