// Pictures of a run: fetched with the session's credential, kept while the page is open, and
// never anything but pictures.
import {api} from '../api.js';

const KINDS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** A long run shows hundreds of screens; the ones that were looked at last are kept. */
const KEPT = 40;

export class Pictures {
  #known = new Map();

  /** @param {() => void} changed when one has come */
  constructor(changed) {
    this.changed = changed;
  }

  /** An address of the picture in this browser; empty until it is here. */
  source(url) {
    if (!this.#known.has(url)) {
      this.#known.set(url, '');
      this.#load(url);
    }
    return this.#known.get(url);
  }

  async #load(url) {
    try {
      const blob = await api.blob(url);
      if (KINDS.includes(blob.type)) {
        this.#known.set(url, URL.createObjectURL(blob));
        this.#thin();
        this.changed();
      }
    } catch (gone) {
      // It says that it is loaded: the log beside it tells what became of the run.
    }
  }

  #thin() {
    for (const [url, source] of this.#known) {
      if (this.#known.size <= KEPT) {
        return;
      }
      URL.revokeObjectURL(source);
      this.#known.delete(url);
    }
  }

  close() {
    this.#known.forEach(source => source && URL.revokeObjectURL(source));
    this.#known.clear();
  }
}
