// The WebSocket behind a terminal: opens it, keeps it alive over changes of the token, and says what it hears.
import {session} from '../session.js';

/** So many characters may be on their way; whoever shows them says what it has taken. */
const AHEAD = 512 * 1024;
/** Texts on a socket are at most 64 Ki long, and quoting makes them longer. */
const LONGEST_INPUT = 8_000;
const RENEWED_EVERY = 60_000;

/** Whether a signed token has less than two rounds left; keys have no end. */
function endsSoon(token) {
  try {
    const {exp} = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    return exp * 1_000 < Date.now() + 2 * RENEWED_EVERY;
  } catch (noSignedToken) {
    return false;
  }
}

export class TerminalLine {
  #socket = null;
  #token = '';
  #timer = 0;
  #refused = '';
  #over = false;

  /**
   * @param {string} agent its id or name
   * @param {object} options
   * @param {{cols: number, rows: number}} options.size
   * @param {() => void} options.onOpen
   * @param {(text: string, taken: () => void) => void} options.onOutput
   * @param {(end: {code?: number, message?: string}) => void} options.onEnd once, however it ends
   */
  constructor(agent, options) {
    this.agent = agent;
    this.options = options;
    this.#open();
  }

  async #open() {
    this.#token = await session.token();
    if (this.#over) {
      return;
    }
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/terminal`);
    this.#socket = socket;
    const {cols, rows} = this.options.size;
    socket.onopen = () => this.#say({type: 'open', token: this.#token, agent: this.agent, cols, rows, ahead: AHEAD});
    socket.onmessage = event => this.#hear(JSON.parse(event.data));
    socket.onclose = event => this.#end({message: this.#refused || event.reason || 'The connection broke off.'});
  }

  #hear(message) {
    if (message.type === 'output') {
      const length = message.data.length;
      this.options.onOutput(message.data, () => this.#say({type: 'taken', characters: length}));
    } else if (message.type === 'opened') {
      this.#timer = setInterval(() => this.#renew().catch(() => {
        // The server is away just now; if it stays away, so does the terminal.
      }), RENEWED_EVERY);
      this.options.onOpen();
    } else if (message.type === 'exit') {
      this.#end({code: message.code, message: this.#refused});
    } else if (message.type === 'error') {
      this.#refused = message.message;
    }
  }

  /** Tokens of sessions live for minutes, terminals for hours. */
  async #renew() {
    const token = endsSoon(this.#token) ? await session.renew(this.#token) : await session.token();
    if (token !== this.#token) {
      this.#token = token;
      this.#say({type: 'renew', token});
    }
  }

  type(text) {
    for (let at = 0; at < text.length; at += LONGEST_INPUT) {
      this.#say({type: 'input', data: text.slice(at, at + LONGEST_INPUT)});
    }
  }

  resize(cols, rows) {
    this.#say({type: 'resize', cols, rows});
  }

  #say(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #end(how) {
    if (!this.#over) {
      this.close();
      this.options.onEnd(how);
    }
  }

  close() {
    this.#over = true;
    clearInterval(this.#timer);
    this.#socket?.close();
  }
}
