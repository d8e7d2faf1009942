// Home: the whole server at a glance, as it is at this moment.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {follow} from '../stream.js';
import {Page} from '../page.js';
import {heading} from '../ui/parts.js';
import {icon} from '../ui/icons.js';
import {loading, trouble} from '../ui/states.js';
import {plural} from '../ui/format.js';
import {attention} from '../home/attention.js';
import {beginnings} from '../home/beginnings.js';
import {charts, tiles} from '../home/tiles.js';
import {inFlight} from '../home/flights.js';
import {recent} from '../home/recent.js';

/** The list of agents costs more than the rest, and need not be as fresh. */
const AGENTS_AFTER = 2_000;
const AGENTS = 12;

export default class HomePage extends Page {
  static styles = ['home'];

  overview = null;
  agents = null;
  failed = null;
  line = 'connecting';
  #asking = false;
  #due = false;

  get title() {
    return 'Home';
  }

  async open() {
    this.own(follow('/api/v1/overview/stream', {
      onEvent: event => this.#told(JSON.parse(event.data)),
      onState: (state, error) => this.#turned(state, error),
    }));
    // Times that are told as "2 min. ago" go on by themselves.
    this.every(10_000, () => this.update());
  }

  #told(overview) {
    this.overview = overview;
    this.update();
    this.#askForAgents();
  }

  #turned(state, error) {
    this.line = state;
    this.failed = state === 'failed' ? error : null;
    this.update();
  }

  /** At most one request at a time and one every two seconds, however often something changes. */
  async #askForAgents() {
    this.#due = true;
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    try {
      while (this.#due && !this.signal.aborted) {
        this.#due = false;
        this.agents = await api.get(`/api/v1/fleet?sort=activity&limit=${AGENTS}`, {signal: this.signal});
        this.update();
        await new Promise(resolve => setTimeout(resolve, AGENTS_AFTER));
      }
    } catch (error) {
      // The next change asks again; what was there stays.
    } finally {
      this.#asking = false;
    }
  }

  view() {
    return html`
      ${heading('Home', {
        note: this.#live(),
        actions: html`<a class="button primary" href="/console/new">${icon('plus')}New task</a>`,
      })}
      ${this.#body()}`;
  }

  #live() {
    const words = {
      live: 'Live',
      connecting: 'Connecting …',
      waiting: 'The server is away, coming back …',
      failed: 'Stopped',
    };
    const word = words[this.line] ?? words.connecting;
    return html`<span class="stream is-${this.line}" role="status">${word}</span>`;
  }

  #body() {
    if (this.failed) {
      return trouble(this.failed);
    }
    if (!this.overview) {
      return loading('Looking around …');
    }
    const {agents, runs, approvals} = this.overview;
    return html`
      <p class="hidden" role="status">${plural(runs.total, 'run')} in flight, ${
        plural(this.overview.attention.total, 'thing')} to look at</p>
      ${agents.total === 0 ? beginnings(this.overview) : nothing}
      ${tiles(this.overview)}
      <div class="columns home">
        <div class="stack">
          ${inFlight(runs)}
          ${agents.total === 0 ? nothing : recent(this.agents)}
        </div>
        <div class="stack">
          ${attention(this.overview.attention, approvals)}
          ${charts(this.overview)}
        </div>
      </div>`;
  }
}
