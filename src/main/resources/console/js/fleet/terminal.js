// A terminal into an agent's computer, as a part of any page: xterm on a canvas,
// which the content policy allows as it is.
import {html, nothing} from '../lit.js';
import {icon} from '../ui/icons.js';
import {loading} from '../ui/states.js';
import {TerminalLine} from './terminal-line.js';

const FILES = new URL('../..', import.meta.url).pathname;
/** What a screen reader is given at most, in characters. */
const LONGEST_SPOKEN = 2_000;
const CONTROLS = new RegExp([
  /\u001b(?:\[[0-9;?]*[ -\/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/,
  /[\u0000-\u0008\u000b-\u001f\u007f]/,
].map(each => each.source).join('|'), 'g');

let library = null;

/** As modules they need no leave to make scripts; they are no modules inside and put themselves into the window. */
function load() {
  library ??= Promise.all([
    import('../../lib/xterm/xterm.js'),
    import('../../lib/xterm/xterm-addon-fit.js'),
    style(`${FILES}lib/xterm/xterm.css`),
    style(`${FILES}css/fleet.css`),
  ]).catch(error => {
    library = null;
    throw error;
  });
  return library;
}

function style(href) {
  if (document.querySelector(`link[href="${href}"]`)) {
    return Promise.resolve();
  }
  return new Promise(resolve => {
    const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href});
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

export class TerminalPanel {
  #host = document.createElement('div');
  #terminal = null;
  #fit = null;
  #line = null;
  #watch = null;
  #state = 'closed';
  #note = '';
  #aloud = false;
  #spoken = '';
  #closed = false;

  /**
   * @param {object} options
   * @param {string} options.agent its id or name
   * @param {() => void} options.update draws the page that shows view()
   */
  constructor({agent, update}) {
    this.agent = agent;
    this.update = update;
    this.#host.className = 'terminal-host';
  }

  /** Opens it unless it is open; a page does so when its tab is looked at. */
  async open() {
    if (this.#state === 'opening' || this.#state === 'open') {
      return;
    }
    this.#state = 'opening';
    this.#note = '';
    this.update();
    try {
      await load();
      await this.#seen();
      if (!this.#closed) {
        this.#draw();
        this.#connect();
      }
    } catch (error) {
      this.#ended({message: `The terminal could not be loaded: ${error.message}`});
    }
  }

  /** Letters can be measured only in a place that is shown. */
  async #seen() {
    while (!this.#closed && !this.#host.isConnected) {
      await new Promise(resolve => requestAnimationFrame(resolve));
    }
  }

  #draw() {
    if (this.#terminal) {
      this.#terminal.reset();
      return;
    }
    this.#terminal = new globalThis.Terminal({
      rendererType: 'canvas',
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono') || 'monospace',
      fontSize: 14,
      scrollback: 5_000,
      theme: colours(),
      bellStyle: 'none',
    });
    this.#fit = new globalThis.FitAddon.FitAddon();
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.open(this.#host);
    this.#terminal.onData(keys => this.#line?.type(keys));
    this.#terminal.onBinary(keys => this.#line?.type(keys));
    this.#terminal.onResize(size => this.#line?.resize(size.cols, size.rows));
    this.#terminal.attachCustomKeyEventHandler(event => this.#isOurs(event));
    this.#watch = new ResizeObserver(() => this.#refit());
    this.#watch.observe(this.#host);
    this.#refit();
  }

  /** Without a way out a keyboard would be caught here: Ctrl+Shift+Down leads to the button that closes it. */
  #isOurs(event) {
    if (event.key === 'ArrowDown' && event.ctrlKey && event.shiftKey) {
      if (event.type === 'keydown') {
        this.#host.closest('.terminal')?.querySelector('.terminal-leave')?.focus();
      }
      return false;
    }
    const copies = event.ctrlKey && event.shiftKey && event.code === 'KeyC';
    if (copies && event.type === 'keydown' && this.#terminal.hasSelection()) {
      navigator.clipboard?.writeText(this.#terminal.getSelection());
      event.preventDefault();
      return false;
    }
    return true;
  }

  #refit() {
    if (this.#host.isConnected && this.#host.clientWidth > 0) {
      this.#fit.fit();
    }
  }

  #connect() {
    const {cols, rows} = this.#terminal;
    this.#line = new TerminalLine(this.agent, {
      size: {cols, rows},
      onOpen: () => {
        this.#state = 'open';
        this.update();
        this.#line.resize(this.#terminal.cols, this.#terminal.rows);
        this.#terminal.focus();
      },
      onOutput: (text, taken) => {
        this.#terminal.write(text, taken);
        this.#say(text);
      },
      onEnd: how => this.#ended(how),
    });
  }

  #ended({code, message}) {
    this.#state = 'ended';
    this.#note = message || (code === undefined ? '' : `The shell ended with code ${code}.`);
    this.#line = null;
    this.update();
  }

  /** The screen is a picture; those who hear it get the words. */
  #say(text) {
    if (this.#aloud) {
      this.#spoken = (this.#spoken + text.replace(CONTROLS, '')).slice(-LONGEST_SPOKEN);
      this.update();
    }
  }

  view() {
    return html`<section class="terminal" aria-label="Terminal in the computer of this agent">
      <div class="row wrap">
        ${this.#state === 'opening' ? loading('Opening a terminal …') : nothing}
        ${this.#state === 'open' ? html`<span class="muted small">You are in the agent's computer.
          <kbd>Ctrl Shift</kbd> with <kbd>↓</kbd> leaves, <kbd>C</kbd> copies, <kbd>V</kbd> pastes.</span>` : nothing}
        ${this.#state === 'closed' || this.#state === 'ended' ? html`
          ${this.#note ? html`<p class="error" role="alert">${this.#note}</p>` : nothing}
          <button class="button primary" @click=${() => this.open()}>
            ${icon('terminal')}Open a terminal</button>` : nothing}
        <span class="grow"></span>
        <label class="check"><input type="checkbox" .checked=${this.#aloud} @change=${event => {
          this.#aloud = event.target.checked;
          this.update();
        }}><span>Tell a screen reader</span></label>
        <button class="button small terminal-leave" ?disabled=${this.#state !== 'open'}
          @click=${() => this.hangUp()}>Close</button>
      </div>
      ${this.#host}
      ${this.#aloud
        ? html`<pre class="terminal-words" role="log" aria-label="What was printed" tabindex="0">${this.#spoken}</pre>`
        : nothing}
    </section>`;
  }

  hangUp() {
    this.#line?.close();
    this.#ended({message: 'The terminal was closed, and what ran in it was ended.'});
  }

  /** For pages that are left. */
  close() {
    this.#closed = true;
    this.#line?.close();
    this.#watch?.disconnect();
    this.#terminal?.dispose();
    this.#terminal = null;
  }
}

/** The terminal is dark in both themes, as programs that print in colours expect. */
function colours() {
  return {background: '#0e1116', foreground: '#e8ecf1', cursor: '#57cfa9', selection: '#78b4ff66'};
}
