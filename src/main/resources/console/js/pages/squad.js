// One squad, in tabs; each loads what it shows, and stays fresh by the squad's stream of events.
import {html} from '../lit.js';
import {Page} from '../page.js';
import {heading, tabs} from '../ui/parts.js';
import {badge, loading, trouble} from '../ui/states.js';
import {SquadRoom} from '../squads/room.js';
import {liveness} from '../squads/words.js';
import {OverviewTab} from '../squads/overview.js';
import {OrgTab} from '../squads/org.js';
import {BoardTab} from '../squads/board.js';
import {AgentsTab} from '../squads/agents.js';
import {AgentTab} from '../squads/agent.js';
import {ActivityTab} from '../squads/activity-tab.js';
import {CostsTab} from '../squads/costs.js';

const TABS = [
  {id: 'overview', name: 'Overview', Kind: OverviewTab},
  {id: 'org', name: 'Org chart', Kind: OrgTab},
  {id: 'issues', name: 'Issues', Kind: BoardTab},
  {id: 'agents', name: 'Agents', Kind: AgentsTab},
  {id: 'activity', name: 'Activity', Kind: ActivityTab},
  {id: 'costs', name: 'Costs', Kind: CostsTab},
];

export default class SquadPage extends Page {
  static styles = ['squads'];
  #tab = null;
  #state = 'loading';
  #error = null;

  get title() {
    const name = this.room?.squad?.name ?? 'Squad';
    return this.#tab instanceof AgentTab && this.#tab.agent ? `${this.#tab.agent.name} · ${name}` : name;
  }

  async open() {
    this.room = this.own(new SquadRoom(this, this.params.id));
    this.room.onNews = (type, told) => this.#tab?.hear?.(type, told);
    await this.room.open('squad', 'agents');
    await this.#turn(this.params);
  }

  reopen(params) {
    if (params.id !== this.params.id) {
      return false;
    }
    const isSame = params.tab === this.params.tab && params.detail === this.params.detail;
    if (isSame && this.#tab.turned) {
      this.#tab.turned();
    } else {
      this.params = params;
      this.#turn(params);
    }
    return true;
  }

  /** Shows another tab; its parts are there before it is drawn. */
  async #turn(params) {
    const found = TABS.find(tab => tab.id === (params.tab ?? 'overview')) ?? TABS[0];
    const Kind = found.id === 'agents' && params.detail ? AgentTab : found.Kind;
    this.#tab?.close?.();
    const tab = new Kind(this, this.room, params.detail);
    this.#tab = tab;
    this.#state = 'loading';
    try {
      await this.room.load(...(Kind.parts ?? []));
      await tab.open?.();
      this.#state = 'open';
    } catch (error) {
      this.#state = 'failed';
      this.#error = error;
    }
    if (tab === this.#tab) {
      document.title = `${this.title} · Drover`;
      this.update();
    }
  }

  leave() {
    this.#tab?.close?.();
    super.leave();
  }

  keys() {
    return [{keys: 'c', name: 'New issue, or new agent on its tab', run: () => this.#tab?.create?.()}];
  }

  view() {
    const {squad} = this.room;
    const at = `/console/squads/${squad.id}`;
    return html`
      ${heading(squad.name, {back: {path: '/console/squads', name: 'Squads'},
        note: html`${badge(squad.status)}${liveness(this.room)}`})}
      ${tabs(TABS.map(tab => ({id: tab.id, name: tab.name, path: tab.id === 'overview' ? at : `${at}/${tab.id}`,
        count: tab.id === 'agents' ? this.room.members.length : undefined})), this.params.tab ?? 'overview',
            'Parts of the squad')}
      ${this.#body()}`;
  }

  #body() {
    switch (this.#state) {
      case 'open':
        return this.#tab.view();
      case 'failed':
        return trouble(this.#error, () => this.#turn(this.params));
      default:
        return loading('Loading …');
    }
  }
}
