// A list that comes in pages: what is loaded so far, and a button for more.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';

export class Listing {
  /**
   * @param {import('../page.js').Page} page that shows it
   * @param {string} path of a list that answers {data, next_cursor}
   */
  constructor(page, path, query = {}) {
    this.page = page;
    this.path = path;
    this.query = query;
    this.rows = [];
    this.cursor = null;
    this.busy = false;
  }

  /** Loads anew from the beginning. */
  async load() {
    const first = await this.#ask(null);
    this.rows = first.data;
    this.cursor = first.next_cursor;
    this.page.update();
  }

  async #more() {
    this.busy = true;
    const next = await this.page.act(() => this.#ask(this.cursor));
    this.busy = false;
    if (next) {
      this.rows = [...this.rows, ...next.data];
      this.cursor = next.next_cursor;
    }
    this.page.update();
  }

  #ask(cursor) {
    return api.get(withQuery(this.path, {limit: 100, ...this.query, cursor}), {signal: this.page.signal});
  }

  /** The button that loads the next page; nothing on the last one. */
  more(name) {
    return this.cursor === null ? nothing : html`<div class="row"><button class="button" ?disabled=${this.busy}
      aria-busy=${this.busy} @click=${() => this.#more()}>${name}</button></div>`;
  }
}
