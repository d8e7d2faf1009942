// All agents of all dialects: searched, filtered, put in order; what it filters by is in the address.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {follow} from '../stream.js';
import {Page} from '../page.js';
import {putQuery} from '../router.js';
import {heading, table, when} from '../ui/parts.js';
import {icon} from '../ui/icons.js';
import {badge, empty, trouble} from '../ui/states.js';
import {number} from '../ui/format.js';

const PAGE = 100;
const PAUSE = 2_000;
const FILTERS = {search: '', state: '', dialect: '', tag: '', sort: ''};
const STATES = ['running', 'waiting', 'pending', 'paused', 'failed', 'idle', 'off', 'done'];
const DIALECTS = [['jettson', 'Jettson'], ['make', 'Make'], ['trinity', 'Trinity'], ['slaw', 'SLAW']];
const SORTS = [['', 'newest first'], ['name', 'name'], ['activity', 'last activity'], ['state', 'state']];

export default class AgentsPage extends Page {
  static styles = ['home'];

  agents = [];
  total = 0;
  next = null;
  loading = false;
  failed = null;
  #asked = 0;
  #due = false;
  #refreshing = false;

  get title() {
    return 'All agents';
  }

  async open() {
    this.#readFilters();
    await this.#load();
    // A change of anything may be one of this list: it is asked anew, at most every two seconds.
    this.own(follow('/api/v1/overview/stream', {onEvent: () => this.#changed()}));
    this.#watchTheEnd();
  }

  reopen() {
    this.#readFilters();
    this.#load();
    return true;
  }

  #readFilters() {
    this.filters = Object.fromEntries(Object.keys(FILTERS).map(name => [name, this.query.get(name) ?? '']));
  }

  #path(limit, cursor) {
    return withQuery('/api/v1/fleet', {...this.filters, limit, cursor});
  }

  /** The first page anew; of several asked for one after another the last counts. */
  async #load() {
    const asked = ++this.#asked;
    this.loading = true;
    this.update();
    try {
      const page = await api.get(this.#path(PAGE), {signal: this.signal});
      if (asked === this.#asked) {
        this.#show(page.data, page);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #show(agents, {total, next_cursor: next}) {
    Object.assign(this, {agents, total: total || agents.length, next, loading: false, failed: null});
    this.update();
  }

  #fail(error) {
    if (error.name !== 'AbortError') {
      Object.assign(this, {failed: error, loading: false});
      this.update();
    }
  }

  async more() {
    if (!this.next || this.loading) {
      return;
    }
    const asked = this.#asked;
    this.loading = true;
    this.update();
    try {
      const page = await api.get(this.#path(PAGE, this.next), {signal: this.signal});
      if (asked === this.#asked) {
        const known = new Set(this.agents.map(agent => agent.id));
        this.#show(this.agents.concat(page.data.filter(agent => !known.has(agent.id))), page);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #changed() {
    this.#due = true;
    if (this.#refreshing) {
      return;
    }
    this.#refreshing = true;
    while (this.#due && !this.signal.aborted) {
      this.#due = false;
      await this.#refresh();
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
    this.#refreshing = false;
  }

  /** What is shown, as it is now: page by page, as far as it was read. */
  async #refresh() {
    if (this.loading) {
      return;
    }
    const asked = this.#asked;
    const fresh = [];
    try {
      let cursor = null;
      let page;
      do {
        page = await api.get(this.#path(2 * PAGE, cursor), {signal: this.signal});
        fresh.push(...page.data);
        cursor = page.next_cursor;
      } while (cursor && fresh.length < this.agents.length);
      if (asked === this.#asked && !this.loading) {
        this.#show(fresh, {total: page.total, next_cursor: cursor});
      }
    } catch (error) {
      // The next change asks again.
    }
  }

  /** Whoever scrolls to the end gets more without a click. */
  #watchTheEnd() {
    const look = entries => entries.some(entry => entry.isIntersecting) && this.more();
    const seen = new IntersectionObserver(look, {rootMargin: '600px'});
    this.own(() => seen.disconnect());
    this.every(500, () => {
      const button = document.querySelector('.more-agents');
      if (button) {
        seen.unobserve(button);
        seen.observe(button);
      }
    });
  }

  #filter(name, value) {
    this.filters[name] = value;
    putQuery({[name]: value});
    this.#load();
  }

  keys() {
    return [{keys: '/', name: 'Search', run: () => document.getElementById('agents-search')?.focus()}];
  }

  view() {
    const {filters} = this;
    const isFiltered = ['search', 'state', 'dialect', 'tag'].some(name => filters[name]);
    return html`
      ${heading('All agents', {
        note: html`<span class="count" role="status">${number(this.total)}${isFiltered ? ' found' : ''}</span>`,
        actions: html`<a class="button primary" href="/console/new">${icon('plus')}New task</a>`,
      })}
      ${this.#filters()}
      ${this.failed ? trouble(this.failed, () => this.#load()) : nothing}
      ${this.agents.length === 0 && !this.loading && !this.failed ? this.#nothing(isFiltered) : this.#table()}
      ${this.next ? html`<button class="button more-agents" aria-busy=${this.loading} @click=${() => this.more()}>
        Show more</button>` : nothing}`;
  }

  #nothing(isFiltered) {
    return isFiltered
      ? empty('No agent is like that', 'Take a filter away, or search for less.',
        html`<a class="button" href="/console/agents">Show all</a>`)
      : empty('There are no agents yet', 'An agent comes with its first task.',
        html`<a class="button primary" href="/console/new">New task</a>`);
  }

  #filters() {
    const {filters} = this;
    const select = (name, label, options) => html`<label class="field"><span>${label}</span>
      <select name=${name}
          @change=${event => this.#filter(name, event.target.value)}>${options.map(([value, shown]) => html`
        <option value=${value} ?selected=${value === filters[name]}>${shown}</option>`)}</select></label>`;
    return html`<form class="filters" role="search" @submit=${event => event.preventDefault()}>
      <label class="field search"><span>Search</span>
        <input id="agents-search" type="search" name="search" autocomplete="off" placeholder="Name, tag or id"
            .value=${filters.search} @input=${event => this.#filter('search', event.target.value)}></label>
      ${select('state', 'State', [['', 'any'], ...STATES.map(state => [state, state])])}
      ${select('dialect', 'Dialect', [['', 'any'], ...DIALECTS])}
      <label class="field"><span>Tag</span><input name="tag" autocomplete="off" .value=${filters.tag}
        @change=${event => this.#filter('tag', event.target.value.trim())}></label>
      ${select('sort', 'Order', SORTS)}
    </form>`;
  }

  #table() {
    return html`<div class="agents-table">${table(COLUMNS, this.agents, agent => agent.id, {caption: 'Agents'})}</div>`;
  }
}

const COLUMNS = [
  {name: 'Agent', cell: agent => html`<a class="who clip" href="/console/agents/${agent.agent_id}">${agent.name}</a>`},
  {name: 'State', cell: agent => badge(agent.state)},
  {name: 'Does now', cell: agent => html`<span class="clip muted">${agent.doing ?? '–'}</span>`},
  {name: 'Dialect', cell: agent => html`<span class="tag">${agent.dialect}</span>`},
  {name: 'Owner', cell: agent => agent.owner},
  {name: 'Tags', cell: agent => (agent.tags.length
    ? agent.tags.map(tag => html`<span class="tag">${tag}</span> `)
    : html`<span class="muted">–</span>`)},
  {name: 'Last activity', cell: agent => when(agent.last_activity_at)},
];
