// The log of a heartbeat run, read by offset: from near its end when it is long, and on as it grows.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';

const PAGE = 256_000;
/** So much of a long log is read at first, and so much is kept when it grows. */
const TAIL = 512_000;
const MOST_SHOWN = 2_000_000;
/** Colours and movements of terminals; they are no text. */
const ESCAPES = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07/g;

export class RunLog {
  #at;
  #update;
  #offset = 0;
  #reading = null;
  #again = false;
  #pieces = [];
  #shown = 0;
  #isCut = false;

  /** @param {string} at path of the run in the API */
  constructor(at, bytes, update) {
    this.#at = at;
    this.#update = update;
    this.#offset = Math.max(0, (bytes ?? 0) - TAIL);
    this.#isCut = this.#offset > 0;
  }

  /** Reads what is new; calls while it reads lead to one more reading. */
  read() {
    this.#again = true;
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null;
      this.#update();
    });
    return this.#reading;
  }

  async #readOn() {
    while (this.#again) {
      this.#again = false;
      const {content, next} = await this.#page(this.#offset);
      if (content) {
        this.#take(content);
        this.#offset = next;
        this.#again = true;
      }
    }
  }

  /** Offsets are bytes, while lengths of texts are not; what begins amid a line is shorter than asked for. */
  async #page(offset) {
    const {content, nextOffset} = await api.get(withQuery(this.#at + '/log', {offset, limitBytes: PAGE}));
    return {content, next: nextOffset ?? offset + new TextEncoder().encode(content).length};
  }

  #take(content) {
    for (const line of content.split('\n').filter(Boolean)) {
      const {stream, chunk} = piece(line);
      const last = this.#pieces.at(-1);
      if (last && last.stream === stream && last.text.length < PAGE) {
        last.text += chunk;
      } else {
        this.#pieces.push({stream, text: chunk});
      }
      this.#shown += chunk.length;
    }
    while (this.#shown > MOST_SHOWN && this.#pieces.length > 1) {
      this.#shown -= this.#pieces.shift().text.length;
      this.#isCut = true;
    }
  }

  /** Hands the whole log to the browser's downloads, as plain text. */
  async download(name) {
    const texts = [];
    for (let page = await this.#page(0); page.content; page = await this.#page(page.next)) {
      texts.push(...page.content.split('\n').filter(Boolean).map(line => piece(line).chunk));
    }
    const link = Object.assign(document.createElement('a'), {download: name,
        href: URL.createObjectURL(new Blob(texts))});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  view(isOver) {
    return html`
      ${this.#isCut ? html`<p class="muted">The beginning of this long log is not shown: download it to read all.</p>`
          : nothing}
      ${this.#pieces.length === 0
        ? html`<p class="muted">${isOver ? 'It printed nothing.' : 'Nothing was printed yet.'}</p>`
        : html`<pre class="log" role="log" aria-label="Log"
            tabindex="0">${this.#pieces.map(each => each.stream === 'stdout'
          ? html`<span>${each.text}</span>`
          : html`<span class="other"><span class="stream">${each.stream}</span>${each.text}</span>`)}</pre>`}`;
  }
}

function piece(line) {
  try {
    const {stream, chunk} = JSON.parse(line);
    return {stream: stream ?? 'stdout', chunk: String(chunk ?? '').replace(ESCAPES, '')};
  } catch (error) {
    return {stream: 'stdout', chunk: line + '\n'};
  }
}
