// One agent that keeps a computer: a heading with what can be done, and a tab for each part of it.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {api} from '../api.js';
import {navigate} from '../router.js';
import {icon} from '../ui/icons.js';
import {heading, tabs} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {toast} from '../ui/toast.js';
import {followFleet, soon} from '../fleet/events.js';
import {FilesPanel} from '../fleet/files.js';
import {homeFiles} from '../fleet/file-sources.js';
import {TerminalPanel} from '../fleet/terminal.js';
import {OverviewPanel} from '../fleet/overview.js';
import {TalkPanel} from '../fleet/talk.js';
import {ExecutionsPanel} from '../fleet/executions.js';
import {SchedulesPanel} from '../fleet/schedules.js';
import {SharingPanel} from '../fleet/sharing.js';
import {CredentialsPanel} from '../fleet/credentials.js';
import {SettingsPanel} from '../fleet/settings.js';
import {LogsPanel} from '../fleet/logs.js';
import * as deeds from '../fleet/deeds.js';

/** `owner` keeps a tab from those who could do nothing with it. */
const TABS = [
  {id: 'overview', name: 'Overview', make: part => new OverviewPanel(part)},
  {id: 'chat', name: 'Chat', make: part => new TalkPanel(part)},
  {id: 'work', name: 'Executions', make: part => new ExecutionsPanel(part)},
  {id: 'schedules', name: 'Schedules', make: part => new SchedulesPanel(part)},
  {id: 'files', name: 'Files', make: part => new FilesPanel({source: homeFiles(part.name), update: part.update})},
  {id: 'terminal', name: 'Terminal', owner: true, make: part => new TerminalPanel({agent: part.name, update: part.update})},
  {id: 'credentials', name: 'Credentials', make: part => new CredentialsPanel(part)},
  {id: 'sharing', name: 'Sharing', owner: true, make: part => new SharingPanel(part)},
  {id: 'settings', name: 'Settings', make: part => new SettingsPanel(part)},
  {id: 'logs', name: 'Log', make: part => new LogsPanel(part)},
];

export default class FleetAgentPage extends Page {
  static styles = ['fleet'];

  agent = null;
  panels = new Map();
  busy = '';

  get title() {
    return this.params.name;
  }

  get tab() {
    return this.params.tab ?? 'overview';
  }

  async open() {
    await this.load();
    const reload = soon(() => this.load().then(() => this.panels.get(this.tab)?.heard?.()).catch(() => {}));
    this.own(() => reload.close());
    this.own(followFleet(event => this.hear(event, reload)));
    this.own(() => this.panels.forEach(panel => panel.close?.()));
    this.show();
  }

  async load() {
    this.agent = await api.get(deeds.agentPath(this.params.name), {signal: this.signal});
    this.update();
  }

  hear({kind, name, data}, reload) {
    if (kind === 'agent_renamed' && data.old_name === this.params.name) {
      navigate(`/console/fleet/${encodeURIComponent(data.new_name)}/${this.tab}`, {replace: true});
    } else if (kind === 'agent_deleted' && name === this.params.name) {
      navigate('/console/fleet', {replace: true});
    } else if (kind === 'connected' || name === this.params.name) {
      reload();
    }
  }

  reopen(params) {
    if (params.name !== this.params.name) {
      return false;
    }
    this.params = params;
    this.show();
    return true;
  }

  get canManage() {
    return this.agent.can_share;
  }

  /** Panels stay while the page does: a terminal goes on behind another tab. */
  show() {
    const tab = TABS.find(each => each.id === this.tab) ?? TABS[0];
    let panel = this.panels.get(tab.id);
    if (!panel) {
      panel = tab.make({name: this.params.name, page: this, update: () => this.update()});
      this.panels.set(tab.id, panel);
    }
    if (tab.id !== 'terminal' || this.agent.status === 'running') {
      panel.open();
    }
    this.update();
  }

  async turn() {
    const {name, status} = this.agent;
    this.busy = status === 'running' ? 'Stopping …' : 'Starting …';
    this.update();
    await this.act(async () => {
      if (status === 'running') {
        await deeds.stop(name);
      } else {
        const answer = await deeds.start(name);
        toast(deeds.startWords(name, answer), answer.credentials_injection === 'failed' ? 'bad' : 'good');
      }
      await this.load();
    });
    this.busy = '';
    this.show();
  }

  async rename() {
    const name = await deeds.rename(this.agent.name);
    if (name) {
      navigate(`/console/fleet/${encodeURIComponent(name)}`, {replace: true});
    }
  }

  async remove() {
    await this.act(async () => {
      if (await deeds.remove(this.agent.name)) {
        navigate('/console/fleet', {replace: true});
      }
    });
  }

  view() {
    const {agent} = this;
    const base = `/console/fleet/${encodeURIComponent(agent.name)}`;
    const shown = TABS.filter(tab => !tab.owner || this.canManage);
    return html`
      ${heading(agent.name, {
        back: {path: '/console/fleet', name: 'Fleet'},
        note: this.busy ? badge('starting', this.busy) : badge(agent.status),
        actions: this.actions(),
      })}
      ${agent.needs_start ? html`<p class="notice">Its computer is gone, its files are not: start it, and it is made anew over them.</p>` : nothing}
      ${tabs(shown.map(tab => ({...tab, path: `${base}/${tab.id}`})), this.tab)}
      ${this.tab === 'terminal' && agent.status !== 'running' ? html`<p class="notice">Its computer is off. Start it to open a terminal.</p>` : nothing}
      ${this.panels.get(this.tab)?.view() ?? html`<p>There is no such part. <a href=${base}>See its overview</a>.</p>`}`;
  }

  actions() {
    const {agent} = this;
    const isOn = agent.status === 'running';
    return html`
      <button class="button ${isOn ? '' : 'primary'}" ?disabled=${Boolean(this.busy)} aria-busy=${Boolean(this.busy)}
        @click=${() => this.turn()}>${icon(isOn ? 'stop' : 'play')}${isOn ? 'Stop' : 'Start'}</button>
      ${agent.can_delete ? html`
        <button class="button" @click=${() => this.rename()}>${icon('edit')}Rename</button>
        <button class="button" @click=${() => this.remove()}>${icon('trash')}Delete</button>` : nothing}`;
  }
}
