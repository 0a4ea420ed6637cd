// Submitting: first everything waiting is sent, then the server judges; what it finds becomes a list that jumps to each.

export function submission({ desk, sync, server, draw, say }) {
  const submitting = { isRunning: false, submit };
  return submitting;

  async function submit() {
    if (submitting.isRunning || desk.readonly) return;
    document.activeElement?.blur?.(); // commits what is being typed
    submitting.isRunning = true;
    draw();
    try {
      await attempt();
    } finally {
      submitting.isRunning = false;
      draw();
    }
  }

  async function attempt() {
    const { session } = desk;
    const settled = await sync.settle();
    const refused = [...session.refused.values()].map(({ operation, message }) => ({ event: operation.event, field: operation.field, message: `not saved: ${message}` }));
    if (refused.length) return show(refused);
    if (!settled) return show([{ message: 'Your work is on this computer but not all of it has reached the server yet. Submit again when it says “Saved”.' }]);
    const answer = await server.submit(session.version);
    switch (answer.kind) {
      case 'submitted':
        desk.problems = [];
        session.lock('submitted');
        sync.announceSubmission();
        say(answer.next ? 'Submitted' : 'Submitted: nothing is left to code');
        if (answer.next) location.assign(answer.next);
        return;
      case 'refused':
        return show(answer.problems);
      case 'stale':
        session.rebase(answer.operations ?? [], answer.version);
        return show([{ message: 'This work was changed on another computer or in another tab. Look at it once more, then submit again.' }]);
      case 'signed-out':
        return show([{ message: 'You are signed out. Sign in again in another tab, then submit.' }]);
      case 'unreachable':
        return show([{ message: 'The server cannot be reached. Your work is safe; submit again when there is a connection.' }]);
      default:
        return show([{ message: answer.detail }]);
    }
  }

  function show(problems) {
    desk.problems = problems;
    const first = problems.find(({ event, field }) => event && field);
    if (first) desk.show(first.event, first.field);
    else desk.changed();
    say(`${problems.length} to do before submitting`);
  }
}
