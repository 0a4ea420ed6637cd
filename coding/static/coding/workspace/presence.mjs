// Who is at this computer, and what of the page it keeps for them: gives way to another person, and asks the service
// worker to keep what this page was made of.

/** Another tab tells that the person leaves, has left, or that somebody else is here now. */
export function letOthersIn(owner, sync) {
  if (!globalThis.BroadcastChannel) return;
  const people = new BroadcastChannel('concord-people');
  people.onmessage = ({ data: { kind, person } }) => {
    const isGone = (kind === 'left' && person === owner) || (kind === 'here' && person !== owner);
    if (kind === 'leaving' && person === owner) sync.flush();
    else if (isGone && !sync.wouldLose) location.reload(); // the server then shows what the one who is here may see
  };
}

/** Plain http on a local network knows no service workers: there the document needs the server to open. */
export async function reopenOffline({ workerUrl, owner, codebookUrl, statesUrl, templatesUrl }) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const scope = location.pathname.replace(/[^/]+\/$/, ''); // the pages of one's own work in this project
  try {
    await workers.register(workerUrl, { scope, updateViaCache: 'none' });
    const { active } = await workers.ready;
    const made = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/static/'));
    const { port1: heard, port2: told } = new MessageChannel();
    heard.onmessage = () => (document.documentElement.dataset.offline = 'ready');
    active.postMessage({ kind: 'keep', person: owner, addresses: [location.pathname, codebookUrl, statesUrl, templatesUrl, ...new Set(made)] }, [told]);
  } catch {
    // Kept nowhere, or no longer: everything works but opening without a network.
  }
}
