// What a panel of an agent's page is: it loads, tells what went wrong, shows itself, and does what a person asks for.
import {loading, trouble} from '../ui/states.js';

export class Panel {
  /** What load() answered; null before. It stays when a later load fails. */
  loaded = null;

  /** Why the newest load failed; null if it did not. */
  error = null;

  /**
   * @param {object} options
   * @param {string} options.name of the agent
   * @param {import('../pages/fleet-agent.js').default} options.page
   * @param {() => void} options.update draws the page that shows view()
   */
  constructor({name, page, update}) {
    this.name = name;
    this.page = page;
    this.update = update;
  }

  /** Said until something is loaded. A panel without such words shows itself before, with `loaded` null. */
  get waiting() {
    return '';
  }

  /** Answers what show() needs; takes what open() was given. */
  async load() {
    return null;
  }

  /** The panel as it is now, when nothing is in the way. */
  show() {
    throw new Error('A panel says what it shows');
  }

  /** Loads, for the first time or anew. */
  async open(...wanted) {
    try {
      this.loaded = await this.load(...wanted);
      this.error = null;
    } catch (error) {
      this.error = error.name === 'AbortError' ? null : error;
    }
    this.update();
  }

  /** Something happened to the agent while the panel is looked at. */
  heard() {
    this.open();
  }

  /** Loads what a deed may have changed. */
  async reload() {
    await this.open();
  }

  /**
   * Changes something and loads anew.
   *
   * @param {() => Promise<any>} deed
   * @param {string} [done] what to say when it is done
   * @returns what the deed answers, true if that is nothing; undefined when it failed, which was told then
   */
  do(deed, done) {
    return this.page.act(async () => {
      const answer = await deed();
      await this.reload();
      return answer ?? true;
    }, done);
  }

  view() {
    if (this.error) {
      return trouble(this.error, () => this.open());
    }
    return this.waiting && this.loaded === null ? loading(this.waiting) : this.show();
  }
}
