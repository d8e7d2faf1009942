// What every page is: it opens, shows itself whenever something changed, and lets go of all it holds when it is left.
import {nothing} from './lit.js';
import {toast} from './ui/toast.js';

export class Page {
  /** Names of files in css/ that the page needs. */
  static styles = [];

  #leaving = new AbortController();
  #closers = [];

  /**
   * @param {{params: Object<string, string>, query: URLSearchParams, shell: import('./shell.js').Shell}} context
   */
  constructor({params, query, shell}) {
    this.params = params;
    this.query = query;
    this.shell = shell;
  }

  /** Of the window and the page's heading. */
  get title() {
    return 'Drover';
  }

  /** Aborted when the page is left: hand it to every request that nobody waits for then. */
  get signal() {
    return this.#leaving.signal;
  }

  /** Loads what must be there before anything can be shown; what it throws is shown in the page's place. */
  async open() {}

  /** The page as it is now. */
  view() {
    return nothing;
  }

  /** Shortcuts while the page is open: [{keys: 'f', name: 'Follow', run: () => …}]. */
  keys() {
    return [];
  }

  /**
   * The same page is asked for with other parameters (another tab, say). True when it goes on with them; false opens it
   * anew.
   */
  reopen(params) {
    return false;
  }

  /** Shows the page again, soon; many calls at once are one. */
  update() {
    this.shell.update();
  }

  /** Something with close(), or a function, for when the page is left. Answers it. */
  own(closer) {
    this.#closers.push(closer);
    return closer;
  }

  /** Calls back now and then while the page is open and the tab is looked at. */
  every(milliseconds, callback) {
    const timer = setInterval(() => document.hidden || callback(), milliseconds);
    this.own(() => clearInterval(timer));
  }

  /**
   * Does something that a person asked for, and tells how it went.
   *
   * @param {() => Promise<any>} deed
   * @param {string} [done] what to say when it is done
   * @returns what the deed answers; undefined when it failed, which was told then
   */
  async act(deed, done) {
    try {
      const answer = await deed();
      if (done) {
        toast(done, 'good');
      }
      return answer;
    } catch (error) {
      if (error.name !== 'AbortError') {
        toast(error.message, 'bad');
      }
      return undefined;
    } finally {
      this.update();
    }
  }

  leave() {
    this.#leaving.abort();
    for (const closer of this.#closers) {
      typeof closer === 'function' ? closer() : closer.close();
    }
    this.#closers = [];
  }
}
