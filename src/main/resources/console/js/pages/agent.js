// One agent at work, whatever its dialect: the run that is watched, and all that belongs to it.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {api, path} from '../api.js';
import {navigate} from '../router.js';
import {icon} from '../ui/icons.js';
import {confirm} from '../ui/dialog.js';
import {heading, tabs, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {compact, money} from '../ui/format.js';
import {FilesPanel} from '../fleet/files.js';
import {homeFiles, workspaceFiles} from '../fleet/file-sources.js';
import {StatsPanel} from '../fleet/stats.js';
import {TerminalPanel} from '../fleet/terminal.js';
import {about} from '../run/about.js';
import {ArtifactsPanel} from '../run/artifacts.js';
import {FollowUp} from '../run/follow-up.js';
import {RunsPanel} from '../run/runs.js';
import {TimelinePanel} from '../run/timeline.js';
import {WaterfallPanel} from '../run/waterfall.js';

const OFTEN = 400;
const SELDOM = 10_000;
/** Events after which the heading says something else. */
const TURNS = ['computer_opened', 'session_began', 'model_replied', 'tool_called', 'completed', 'failed', 'stopped'];

/** Agents that keep a computer; `home` keeps a tab from all others. */
const keepsHome = agent => agent.origin === 'trinity' || agent.origin === 'slaw';

const TABS = [
  {id: 'timeline', name: 'Timeline', make: page => page.timeline},
  {id: 'waterfall', name: 'Time and tokens', make: page => new WaterfallPanel({
    run: () => page.run, path: page.path, update: () => page.update(), go: seq => page.show(seq)})},
  {id: 'artifacts', name: 'Artifacts', make: page => new ArtifactsPanel({page, path: page.path})},
  {id: 'files', name: 'Files', make: page => new FilesPanel({
    source: keepsHome(page.run.agent) ? homeFiles(page.run.agent.slug) : workspaceFiles(page.run.agent.id),
    update: () => page.update()})},
  {id: 'terminal', name: 'Terminal', make: page => new TerminalPanel({
    agent: page.run.agent.id, update: () => page.update()})},
  {id: 'stats', name: 'Computer', home: true, make: page => new StatsPanel({
    name: page.run.agent.slug, update: () => page.update()})},
  {id: 'runs', name: 'Runs', make: page => new RunsPanel({agent: page.run.agent.uuid, update: () => page.update()})},
  {id: 'about', name: 'About', make: page => ({open() {}, view: () => about(page.detail)})},
];

export default class AgentPage extends Page {
  static styles = ['fleet', 'run'];

  card = null;
  detail = null;
  panels = new Map();
  timeline = null;

  get title() {
    return this.run?.agent.name ?? this.card?.agent.name ?? 'Agent';
  }

  get run() {
    return this.detail?.run;
  }

  get path() {
    return `/api/v1/runs/${this.run.id}`;
  }

  get tab() {
    return this.params.tab ?? 'timeline';
  }

  async open() {
    let id = this.params.run;
    if (!id) {
      this.card = await api.get(path`/api/v1/agents/${this.params.id}/card`, {signal: this.signal});
      id = this.card.latest_run;
    }
    this.own(() => this.panels.forEach(panel => panel.close?.()));
    if (!id) {
      this.every(3_000, () => this.latest().catch(() => {}));
      return;
    }
    this.detail = await api.get(path`/api/v1/runs/${id}`, {signal: this.signal});
    this.card = this.detail.agent;
    this.timeline = new TimelinePanel({
      detail: this.detail, signal: this.signal, update: () => this.update(), heard: event => this.#heard(event)});
    this.panels.set('timeline', this.timeline);
    this.timeline.load();
    this.every(SELDOM, () => this.#load());
    this.#choose();
  }

  reopen(params) {
    if (params.run !== this.params.run || params.id !== this.params.id) {
      return false;
    }
    this.params = params;
    if (this.run) {
      this.#choose();
    }
    return true;
  }

  /** Opens the page anew if the agent has another run by now. */
  async latest() {
    const card = path`/api/v1/agents/${this.card.agent.uuid}/card`;
    const {latest_run: newest} = await api.get(card, {signal: this.signal});
    if (newest && newest !== this.run?.id) {
      navigate(`/console/runs/${newest}`);
    }
  }

  /** Panels stay while the page does: a terminal goes on behind another tab. */
  #choose() {
    const tab = TABS.find(each => each.id === this.tab) ?? TABS[0];
    let panel = this.panels.get(tab.id);
    if (!panel) {
      panel = tab.make(this);
      this.panels.set(tab.id, panel);
    }
    panel.open();
    this.update();
  }

  /** A step in the timeline, from another tab. */
  show(seq) {
    navigate(this.#base() + '/timeline');
    queueMicrotask(() => requestAnimationFrame(() => this.timeline.go(seq)));
  }

  #heard(event) {
    if (TURNS.includes(event.kind)) {
      this.soon ??= setTimeout(() => {
        this.soon = null;
        this.#load();
      }, OFTEN);
    }
  }

  async #load() {
    try {
      this.detail = await api.get(this.path, {signal: this.signal});
      this.card = this.detail.agent;
      this.update();
    } catch (away) {
      // The line of the timeline tells that the server is away, and comes back by itself.
    }
  }

  keys() {
    return [...(this.timeline?.keys() ?? []), {keys: 's', name: 'Stop the run', run: () => this.stop()}];
  }

  async stop() {
    if (!this.run || this.run.ended_at) {
      return;
    }
    const agreed = await confirm({
      title: 'Stop this run?', action: 'Stop', danger: true,
      text: `${this.run.agent.name} stops at once, in the middle of whatever it does. What it has done so far stays.`});
    if (agreed) {
      await this.act(async () => {
        await api.post(`${this.path}/stop`);
        await this.#load();
      }, 'The run is stopped');
    }
  }

  #base() {
    return this.params.run
      ? `/console/runs/${this.params.run}`
      : `/console/agents/${encodeURIComponent(this.params.id)}`;
  }

  view() {
    if (!this.run) {
      const back = {path: '/console/agents', name: 'All agents'};
      return html`${heading(this.card.agent.name, {back, note: badge('idle')})}
        ${empty('It has not run yet', 'Its first run is shown here as soon as it begins.', this.#where())}`;
    }
    const shown = TABS.filter(tab => !tab.home || keepsHome(this.run.agent));
    const counts = {
      artifacts: this.detail.artifacts.length || undefined,
      runs: this.card.runs > 1 ? this.card.runs : undefined,
    };
    return html`
      ${heading(this.run.agent.name, {
        back: {path: '/console/agents', name: 'All agents'},
        note: badge(this.run.status),
        actions: this.run.ended_at ? nothing
          : html`<button class="button danger" @click=${() => this.stop()}>${icon('stop')}Stop</button>`,
      })}
      ${this.#facts()}
      ${tabs(shown.map(tab => ({...tab, path: `${this.#base()}/${tab.id}`, count: counts[tab.id]})), this.tab)}
      ${this.panels.get(this.tab)?.view()
        ?? html`<p>There is no such part. <a href=${this.#base()}>See its timeline</a>.</p>`}
      ${this.tab === 'timeline' ? (this.followUp ??= new FollowUp(this)).view() : nothing}`;
  }

  #facts() {
    const {run, detail} = this;
    const {isolation, why} = detail;
    const waits = !run.ended_at && (why.waiting_for || /^(nothing|waiting|opening)/.test(why.doing));
    return html`
      <p class="row wrap run-facts"><span>${run.agent.origin}</span><span>run ${run.ordinal}</span>
        <span>model <code>${run.model}</code></span><span>of ${run.agent.owner}</span>
        <span>${isolation ? `isolation ${isolation.kind}` : 'no computer'}${isolation?.kind === 'process'
          ? html` <strong class="error">(isolates nothing)</strong>` : nothing}</span>
        <span>began ${when(run.started_at)}</span>
        <span>${compact(run.usage.input_tokens)} tokens in, ${compact(run.usage.output_tokens)} out</span>
        ${run.usage.cost_usd === null ? nothing : html`<span>${money(run.usage.cost_usd)}</span>`}${this.#where()}</p>
      ${this.card.latest_run === run.id ? nothing : html`<p class="notice info">This is not its newest run.
        <a href="/console/runs/${this.card.latest_run}">See the newest</a></p>`}
      ${waits ? html`<p class="notice">Waiting: ${why.doing}. ${why.unblock}</p>` : nothing}
      ${run.status === 'error' ? html`<p class="notice bad">${detail.message ?? run.error}</p>` : nothing}`;
  }

  /** Where the agent's own dialect shows it. */
  #where() {
    const {agent} = this.card;
    const places = {trinity: `/console/fleet/${encodeURIComponent(agent.slug)}`, make: `/console/make/${agent.uuid}`};
    return places[agent.origin] ? html`<a href=${places[agent.origin]}>All about ${agent.name}</a>` : nothing;
  }
}
