// What lies around the desk: search, questions, history, alliances, events elsewhere, templates, pages, active time, keys.
// Each helps and none is needed: where one fails, coding goes on.
import { newId } from '../ids.mjs';
import { Activity } from './activity.mjs';
import { Alliances } from './alliances.mjs';
import { Elsewhere } from './elsewhere.mjs';
import { KeyChoices } from './keychoices.mjs';
import { Library } from './library.mjs';
import { Questions } from './questions.mjs';
import { Search } from './search.mjs';
import { Sheets } from './sheets.mjs';
import { Templates } from './templates.mjs';

export class Aids {
  history = null; // operations with when and by whom, once they came
  guide = { words: '', type: null };

  constructor({ root, desk, pane, sync, token }) {
    const { dataset } = root;
    const urls = { history: dataset.historyUrl, questions: dataset.questionsUrl, time: dataset.timeUrl, elsewhere: dataset.elsewhereUrl, alliances: dataset.alliancesUrl, role: dataset.roleUrl, templates: dataset.templatesUrl, keys: dataset.keysUrl };
    this.library = new Library({ urls, token });
    this.search = new Search(desk, pane);
    this.questions = new Questions(desk, this.library);
    this.alliances = new Alliances(desk, this.library);
    this.elsewhere = new Elsewhere(desk, this.library);
    this.templates = new Templates(desk, this.library);
    this.keys = new KeyChoices(JSON.parse(dataset.keys || '{}'), { keep: (choice) => this.library.keepKeys(choice), changed: () => desk.changed() });
    this.sheets = new Sheets({ root, desk, pane });
    this.settle = () => sync.settle();
    const stint = newId();
    this.activity = new Activity({
      before: Number(dataset.seconds) || 0,
      tell: (seconds, leaving) => this.library.tellTime({ id: stint, seconds }, leaving).catch(() => {}),
    });
    this.desk = desk;
    desk.aids = this;
  }

  /** Once the page is ready: what may come late. */
  begin() {
    const { desk } = this;
    if (!desk.readonly) this.activity.watch(document);
    this.recall();
    this.questions.load();
    this.templates.load();
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.questions.load());
  }

  /** The history from the server, for undo and for the page that tells it. */
  async recall() {
    const { session } = this.desk;
    for (let tries = 0; tries < 3; tries++) {
      const answer = await this.library.history().catch(() => null);
      if (!answer) return;
      this.history = answer.operations;
      if (answer.version === session.version && !session.inFlight.size) break; // nothing was confirmed in between
    }
    session.recall(this.history);
    this.desk.changed();
  }

  /** Every operation known here, oldest first. */
  get operations() {
    const known = new Set((this.history ?? []).map(({ id }) => id));
    return [...(this.history ?? []), ...this.desk.session.pending.filter(({ id }) => !known.has(id))];
  }

  async refreshHistory() {
    const answer = await this.library.history().catch(() => null);
    if (answer) this.history = answer.operations;
    this.desk.changed();
  }
}
