// The fleet: every agent that keeps a computer, to be found, started, stopped, renamed and deleted.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {api, withQuery} from '../api.js';
import {navigate, putQuery} from '../router.js';
import {session} from '../session.js';
import {icon} from '../ui/icons.js';
import {heading, table, when} from '../ui/parts.js';
import {badge, empty, loading} from '../ui/states.js';
import {number, plural} from '../ui/format.js';
import {followFleet, soon} from '../fleet/events.js';
import * as deeds from '../fleet/deeds.js';

const PAGE = 1_000;
const SHOWN = 100;
const CHANGING = new Set([
  'connected', 'agent_created', 'agent_deleted', 'agent_renamed', 'agent_shared', 'agent_unshared',
]);
const STATES = [['', 'Any'], ['running', 'Running'], ['stopped', 'Stopped'], ['exited', 'Exited']];

export default class FleetPage extends Page {
  static styles = ['fleet'];

  agents = [];
  autonomy = {};
  slots = {};
  chosen = new Set();
  busy = new Map();
  progress = null;
  more = 1;

  get title() {
    return 'Fleet';
  }

  async open() {
    await this.load();
    const reload = soon(() => this.load().catch(() => {}));
    this.own(() => reload.close());
    this.own(followFleet(event => this.hear(event, reload)));
  }

  async load() {
    const options = {signal: this.signal};
    const [agents, slots] = await Promise.all([all(options), api.get('/api/agents/slots', options)]);
    this.agents = agents;
    this.slots = slots.agents;
    const names = new Set(agents.map(agent => agent.name));
    this.chosen = new Set([...this.chosen].filter(name => names.has(name)));
    this.update();
  }

  hear({kind, name}, reload) {
    const agent = this.agents.find(each => each.name === name);
    if (agent && (kind === 'agent_started' || kind === 'agent_stopped')) {
      agent.status = kind === 'agent_started' ? 'running' : 'stopped';
      this.update();
    }
    if (CHANGING.has(kind) || kind === 'agent_activity') {
      reload();
    }
  }

  keys() {
    return [
      {keys: 'c', name: 'New agent', run: () => this.create()},
      {keys: '/', name: 'Search the fleet', run: () => document.querySelector('.fleet-search input')?.focus()},
    ];
  }

  get filter() {
    const query = new URLSearchParams(location.search);
    const value = name => query.get(name) ?? '';
    return {words: value('q'), state: value('state'), tag: value('tag'), whose: value('whose')};
  }

  filterBy(changes) {
    putQuery(changes);
    this.more = 1;
    this.update();
  }

  get found() {
    const {words, state, tag, whose} = this.filter;
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    return this.agents.filter(agent => {
      const text = [agent.name, agent.type, agent.owner, agent.template ?? '', ...agent.tags].join(' ').toLowerCase();
      return wanted.every(word => text.includes(word))
        && (!state || agent.status === state)
        && (!tag || agent.tags.includes(tag))
        && (!whose || (whose === 'mine' ? agent.is_owner : !agent.is_owner));
    });
  }

  async create() {
    const made = await deeds.create();
    if (made) {
      navigate(`/console/fleet/${encodeURIComponent(made.name)}`);
    }
  }

  async change(agent, word, deed) {
    this.busy.set(agent.name, word);
    this.update();
    await this.act(async () => {
      const answer = await deed(agent.name);
      await this.load();
      return answer;
    });
    this.busy.delete(agent.name);
    this.update();
  }

  async changeMany(word, deed, fits) {
    const names = this.found.filter(agent => this.chosen.has(agent.name) && fits(agent)).map(agent => agent.name);
    this.progress = {word, done: 0, all: names.length};
    this.update();
    await this.act(() => deeds.each(names, deed, done => {
      this.progress.done = done;
      this.update();
    }), `${plural(names.length, 'agent')}: done`);
    this.progress = null;
    this.chosen.clear();
    await this.act(() => this.load());
  }

  async remove(agent) {
    await this.act(async () => {
      if (await deeds.remove(agent.name)) {
        await this.load();
      }
    });
  }

  async rename(agent) {
    if (await deeds.rename(agent.name)) {
      await this.act(() => this.load());
    }
  }

  view() {
    const found = this.found;
    const on = this.agents.filter(agent => agent.status === 'running').length;
    return html`
      ${heading('Fleet', {
        note: html`<span class="muted">${plural(this.agents.length, 'agent')}, ${number(on)} on</span>`,
        actions: html`<button class="button primary" @click=${() => this.create()}>${icon('plus')}New agent</button>`,
      })}
      ${this.agents.length === 0 ? this.nobody() : html`
        ${this.filters()}
        ${this.chosen.size || this.progress ? this.bulk() : nothing}
        <p class="hidden" role="status">${plural(found.length, 'agent')} shown</p>
        ${found.length === 0
          ? empty('No agent fits', 'Take a filter away, or search for something else.', html`
            <button class="button" @click=${() => this.filterBy({q: '', state: '', tag: '', whose: ''})}>
              Show all</button>`)
          : this.rows(found)}`}`;
  }

  nobody() {
    return empty('No agents yet',
      'An agent here keeps a computer of its own: files stay, schedules run, and others can share it. '
        + 'Make the first one.',
      html`<button class="button primary" @click=${() => this.create()}>${icon('plus')}New agent</button>`);
  }

  filters() {
    const {words, state, tag, whose} = this.filter;
    const tags = [...new Set(this.agents.flatMap(agent => agent.tags))].sort();
    const owners = [['', 'All'], ['mine', 'Mine'], ['others', 'Others\'']];
    return html`<form class="row wrap fleet-filters" role="search" @submit=${event => event.preventDefault()}>
      <label class="field fleet-search"><span>Search</span>
        <input type="search" placeholder="Name, type, owner, tag" .value=${words}
            @input=${event => this.filterBy({q: event.target.value})}></label>
      ${choice('State', state, STATES, value => this.filterBy({state: value}))}
      ${choice('Tag', tag, [['', 'Any'], ...tags.map(each => [each, each])], value => this.filterBy({tag: value}))}
      ${choice('Whose', whose, owners, value => this.filterBy({whose: value}))}
    </form>`;
  }

  bulk() {
    const {progress} = this;
    const isOn = agent => agent.status === 'running';
    return html`<div class="row wrap notice info" role="status">
      ${progress ? loading(`${progress.word} ${progress.done} of ${progress.all} …`) : html`
        <span>${plural(this.chosen.size, 'agent')} chosen</span>
        <button class="button small" @click=${() => this.changeMany('Started', deeds.start, agent => !isOn(agent))}>
          ${icon('play')}Start them</button>
        <button class="button small" @click=${() => this.changeMany('Stopped', deeds.stop, isOn)}>
          ${icon('stop')}Stop them</button>
        <button class="button small quiet" @click=${() => {
          this.chosen.clear();
          this.update();
        }}>Choose none</button>`}</div>`;
  }

  rows(found) {
    const shown = found.slice(0, SHOWN * this.more);
    const areAll = shown.every(agent => this.chosen.has(agent.name));
    return html`
      <label class="check"><input type="checkbox" .checked=${areAll} @change=${event => {
        shown.forEach(agent => this.choose(agent, event.target.checked));
        this.update();
      }}><span>Choose all that are shown</span></label>
      ${table(this.columns(), shown, agent => agent.name, {caption: 'Agents that keep a computer'})}
      ${shown.length < found.length ? html`<button class="button" @click=${() => {
        this.more++;
        this.update();
      }}>Show more: ${shown.length} of ${number(found.length)} are shown</button>` : nothing}`;
  }

  choose(agent, isChosen) {
    this.chosen[isChosen ? 'add' : 'delete'](agent.name);
  }

  columns() {
    return [
      {name: 'Choose', className: 'fleet-choose', cell: agent => html`<input type="checkbox"
        aria-label="Choose ${agent.name}"
        .checked=${this.chosen.has(agent.name)} @change=${event => {
          this.choose(agent, event.target.checked);
          this.update();
        }}>`},
      {name: 'Agent', cell: agent => html`<span class="row fleet-name">${portrait(agent)}
        <a href="/console/fleet/${encodeURIComponent(agent.name)}">${agent.name}</a>
        ${agent.is_system ? html`<span class="tag">system</span>` : nothing}</span>`},
      {name: 'State', cell: agent => this.state(agent)},
      {name: 'Work', cell: agent => this.work(agent)},
      {name: 'Tags', cell: agent => html`<span class="row wrap">${agent.tags.map(tag => html`
        <button class="tag fleet-tag" @click=${() => this.filterBy({tag})}>${tag}</button>`)}</span>`},
      {name: 'Owner', cell: agent => agent.owner ?? html`<span class="muted">nobody</span>`},
      {name: 'Runs by', cell: agent => html`${agent.autonomy_enabled ? 'itself' : 'hand'}${agent.read_only_enabled
        ? html` <span class="tag">read-only</span>` : nothing}`},
      {name: 'Made', cell: agent => when(agent.created)},
      {name: '', cell: agent => this.actions(agent)},
    ];
  }

  state({name, status}) {
    return this.busy.has(name) ? badge('starting', this.busy.get(name)) : badge(status);
  }

  work(agent) {
    const slots = this.slots[agent.name];
    return slots?.active
      ? html`${badge('running', `${slots.active} of ${slots.max}`)}`
      : html`<span class="muted">idle</span>`;
  }

  actions(agent) {
    const isBusy = this.busy.has(agent.name);
    const mayManage = agent.is_owner || session.user?.role !== 'user';
    const isOn = agent.status === 'running';
    const turn = () => (isOn
      ? this.change(agent, 'stopping', deeds.stop)
      : this.change(agent, 'starting', deeds.start));
    return html`<span class="row fleet-actions">
      <button class="button small" ?disabled=${isBusy} aria-label="${isOn ? 'Stop' : 'Start'} ${agent.name}"
          @click=${turn}>${icon(isOn ? 'stop' : 'play')}</button>
      ${mayManage && !agent.is_system ? html`
        <button class="button small quiet" aria-label="Rename ${agent.name}"
            @click=${() => this.rename(agent)}>${icon('edit')}</button>
        <button class="button small quiet" aria-label="Delete ${agent.name}"
            @click=${() => this.remove(agent)}>${icon('trash')}</button>` : nothing}
    </span>`;
  }
}

/** All pages of the list. */
async function all(options) {
  const agents = [];
  let cursor = '';
  do {
    const response = await api.send('GET', withQuery('/api/agents', {limit: PAGE, cursor}), undefined, options);
    agents.push(...(await response.json()));
    cursor = response.headers.get('X-Next-Cursor');
  } while (cursor);
  return agents;
}

function choice(label, value, options, onChange) {
  return html`<label class="field"><span>${label}</span><select @change=${event => onChange(event.target.value)}>
    ${options.map(([word, shown]) => html`
      <option value=${word} ?selected=${word === value}>${shown}</option>`)}</select></label>`;
}

function portrait(agent) {
  const isOurs = agent.avatar_url?.startsWith('/api/agents/');
  return isOurs
    ? html`<img class="portrait" src=${agent.avatar_url} alt="" width="24" height="24" loading="lazy">`
    : nothing;
}
