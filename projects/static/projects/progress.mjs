// Long work on a page keeps itself up to date: <div data-job="address of its fragment" data-state="running">.
// A part marked data-reload-when-done loads the page anew when its work has ended well.

const PAUSE = 1500;
const LONGEST = 10_000;
const ended = (state) => !['queued', 'running'].includes(state);

for (const job of document.querySelectorAll('[data-job]')) if (!ended(job.dataset.state)) watch(job, PAUSE);

function watch(job, pause) {
  setTimeout(async () => {
    const next = document.hidden ? null : await ask(job.dataset.job);
    if (!next) return watch(job, Math.min(pause * 1.5, LONGEST));
    const changed = next.innerHTML !== job.innerHTML;
    const whole = job.closest('[data-reload-when-done]');
    job.replaceWith(next);
    if (!ended(next.dataset.state)) watch(next, changed ? PAUSE : Math.min(pause * 1.2, LONGEST));
    else if (whole && next.dataset.state === 'done') location.reload();
  }, pause);
}

async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!response.ok || response.redirected) return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return document.adoptNode(page.querySelector('[data-job]'));
  } catch {
    return null; // away for a moment; the next try tells
  }
}
