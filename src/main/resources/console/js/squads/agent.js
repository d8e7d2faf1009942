// One agent of a squad: how it stands, what it is, its keys, and what it was before each change.
import {html, nothing} from '../lit.js';
import {api, path, withQuery} from '../api.js';
import {navigate} from '../router.js';
import {ask} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {facts, tabs, when} from '../ui/parts.js';
import {badge, loading, trouble} from '../ui/states.js';
import {gauge} from '../ui/chart.js';
import {number} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {activityList} from './activity.js';
import {agentDialog} from './agent-form.js';
import {AgentKeys} from './agent-keys.js';
import {AgentRevisions} from './agent-revisions.js';
import {pause, remove, resume, terminate, wake} from './deeds.js';
import {runList} from './runs.js';
import {adapterName, agentLink, agentPath, approvalPath, dollars, json, note, orNone} from './words.js';

const RUNS = 20;
const ENTRIES = 30;
const PARTS = [{id: 'now', name: 'Now'}, {id: 'configuration', name: 'Configuration'}, {id: 'keys', name: 'Keys'},
  {id: 'revisions', name: 'Revisions'}];

export class AgentTab {
  static parts = ['agents', 'approvals'];
  #error = null;
  #reload = null;

  constructor(page, room, id) {
    this.page = page;
    this.room = room;
    this.id = id;
    this.at = path`/api/agents/${id}`;
    this.keys = new AgentKeys(page, this);
    this.revisions = new AgentRevisions(page, this);
  }

  async open() {
    await this.#load();
    await this.turned();
  }

  close() {
    clearTimeout(this.#reload);
  }

  get part() {
    const wanted = new URLSearchParams(location.search).get('part');
    return PARTS.find(part => part.id === wanted)?.id ?? 'now';
  }

  async #load() {
    const signal = {signal: this.page.signal};
    const [agent, state, runs, activity] = await Promise.all([
      api.get(this.at, signal),
      api.get(this.at + '/runtime-state', signal),
      api.get(withQuery(this.room.at + '/heartbeat-runs', {agentId: this.id, limit: RUNS}), signal),
      api.get(withQuery(this.room.at + '/activity', {agentId: this.id, limit: ENTRIES}), signal),
    ]);
    Object.assign(this, {agent: agent.agent, state: state.runtimeState, runs: runs.runs, activity});
  }

  /** Another part of this agent is looked at. */
  async turned() {
    const shown = {keys: this.keys, revisions: this.revisions}[this.part];
    this.#error = null;
    try {
      await shown?.load();
    } catch (error) {
      this.#error = error;
    }
    this.page.update();
  }

  /** Loads all anew, and whatever else of the room is shown. */
  async refresh() {
    await this.#load();
    await this.room.refresh('agents');
  }

  hear(type, told) {
    if (told.agentId !== this.id || type === 'heartbeat.run.log' || type === 'heartbeat.run.event' || this.#reload) {
      return;
    }
    this.#reload = setTimeout(async () => {
      this.#reload = null;
      try {
        await this.#load();
      } catch (error) {
        // It was just deleted, or the server is away: what is shown stays.
      }
      this.page.update();
    }, 400);
  }

  view() {
    const {agent} = this;
    const at = agentPath(agent);
    return html`
      <header class="page-head"><a class="back" href="/console/squads/${this.room.id}/agents">${icon('left')}Agents</a>
        <div class="row wrap"><h2 class="agent-name">${agent.name}</h2>${badge(agent.status)}<span
            class="muted">${agent.title ?? agent.role}</span>
          <span class="grow"></span>${this.#actions()}</div></header>
      ${this.#standing()}
      ${tabs(PARTS.map(part => ({...part, path: part.id === 'now' ? at : `${at}?part=${part.id}`})), this.part,
          'Parts of the agent')}
      ${this.#error ? trouble(this.#error, () => this.turned()) : this.#shown()}`;
  }

  #shown() {
    switch (this.part) {
      case 'configuration':
        return this.#configuration();
      case 'keys':
        return this.keys.loaded ? this.keys.view() : loading('Loading …');
      case 'revisions':
        return this.revisions.loaded ? this.revisions.view() : loading('Loading …');
      default:
        return this.#now();
    }
  }

  #actions() {
    const {agent, page, room} = this;
    if (agent.status === 'terminated') {
      return html`<button class="button" @click=${() => this.#remove()}>${icon('trash')}Delete</button>`;
    }
    const rests = agent.status === 'paused' || agent.status === 'error';
    return html`
      ${agent.status === 'pending_approval' ? nothing : html`
        ${agent.status === 'paused' ? nothing : html`
          <button class="button primary" @click=${() => wake(page, room, agent)}>${icon('play')}Wake</button>
          <button class="button" @click=${() => this.#then(pause)}>${icon('pause')}Pause</button>`}
        ${rests ? html`<button class="button" @click=${() => this.#then(resume)}>${icon('play')}Resume</button>`
            : nothing}`}
      <button class="button" @click=${() => this.#then(terminate)}>${icon('stop')}Terminate</button>
      <button class="button" @click=${() => this.#remove()}>${icon('trash')}Delete</button>`;
  }

  async #then(deed) {
    await deed(this.page, this.room, this.agent);
    await this.#load();
    this.page.update();
  }

  async #remove() {
    if (await remove(this.page, this.room, this.agent)) {
      navigate(`/console/squads/${this.room.id}/agents`);
    }
  }

  #standing() {
    const {agent} = this;
    if (agent.status === 'pending_approval') {
      const asked = this.room.approvals.find(each => each.type === 'hire_agent' && each.payload.agentId === agent.id);
      return html`<p class="notice">This agent was asked for and works as soon as somebody agrees.
        ${asked ? html`<a href=${approvalPath(asked.id)}>Look at the request</a>.` : nothing}</p>`;
    }
    if (agent.status === 'paused') {
      const why = {budget: 'its budget of this month is spent', system: 'it ran in a circle',
          manual: 'somebody paused it'}[agent.pauseReason];
      return note(`It rests: ${why ?? 'it was paused'}.`, 'wait');
    }
    return agent.errorReason ? note(agent.errorReason, 'bad') : nothing;
  }

  #now() {
    const {agent, state} = this;
    return html`<div class="columns"><div class="stack">
        <section class="card" aria-labelledby="agent-runs"><header><h3 id="agent-runs">Runs</h3></header>
          ${runList(this.runs, 'No run yet. Wake it, or assign an issue to it.')}</section>
        <section class="card" aria-labelledby="agent-activity"><header><h3 id="agent-activity">Activity</h3></header>
          <div aria-live="polite" aria-relevant="additions">${activityList(this.room, this.activity)}</div></section>
      </div><div class="stack">
        <section class="card" aria-labelledby="agent-facts"><header><h3 id="agent-facts">About</h3></header>
          ${gauge(agent.spentMonthlyCents, agent.budgetMonthlyCents
              || null, {label: 'Spent this month', shown: dollars})}
          ${facts([
            ['Role', agent.role],
            ['Reports to', agentLink(this.room, agent.reportsTo)],
            ['Chain of command', agent.chainOfCommand?.length
              ? agent.chainOfCommand.map(each => each.name).join(' → ')
              : orNone('')],
            ['Capabilities', orNone(agent.capabilities)],
            ['Skills', orNone(agent.desiredSkills.join(', '))],
            ['Last heartbeat', when(agent.lastHeartbeatAt)],
            ['In the fleet', html`<a href="/console/fleet/${encodeURIComponent(agent.slug)}">${agent.slug}</a>`],
          ])}</section>
        <section class="card" aria-labelledby="agent-session"><header><h3 id="agent-session">Session</h3><span
            class="grow"></span>
            <button class="button small" @click=${() => this.#reset()}>Reset</button></header>
          ${facts([
            ['Session', orNone(state.sessionDisplayId ?? state.sessionId)],
            ['Last run', state.lastRunStatus ? badge(state.lastRunStatus) : orNone('')],
            ['Tokens in', number(state.totalInputTokens)],
            ['Tokens out', number(state.totalOutputTokens)],
            ['Cost of all runs', dollars(state.totalCostCents)],
          ])}
          ${state.lastError ? html`<p class="error">${state.lastError}</p>` : nothing}</section>
      </div></div>`;
  }

  async #reset() {
    await ask({
      title: 'Begin fresh sessions',
      action: 'Reset',
      fields: () => field({label: 'Only of the task', name: 'task', autofocus: true,
        hint: 'Empty drops the sessions of all tasks. What was spent stays counted.'}),
      deed: async values => {
        await api.post(this.at + '/runtime-state/reset-session', {taskKey: values.task || null});
        await this.#load();
        this.page.update();
      },
    });
  }

  #configuration() {
    const {agent} = this;
    const isFixed = agent.status === 'pending_approval' || agent.status === 'terminated';
    return html`<div class="columns"><div class="stack">
        <section class="card" aria-labelledby="agent-work"><header><h3 id="agent-work">What works its runs</h3><span
            class="grow"></span>
            ${isFixed ? nothing : html`<button class="button small"
                @click=${() => this.#edit()}>${icon('edit')}Edit</button>`}</header>
          <p>${adapterName(agent.adapterType)}</p>
          <h4>Configuration</h4><pre class="document" tabindex="0">${json(agent.adapterConfig)}</pre>
          <h4>Policy</h4><pre class="document" tabindex="0">${json(agent.runtimeConfig)}</pre></section>
        <section class="card" aria-labelledby="agent-prompt"><header><h3 id="agent-prompt">Prompt</h3></header>
          ${agent.prompt ? html`<pre class="document text" tabindex="0">${agent.prompt}</pre>` : orNone('')}</section>
      </div><div class="stack">
        <section class="card" aria-labelledby="agent-rights"><header><h3 id="agent-rights">Permissions</h3></header>
          <label class="check"><input type="checkbox" ?disabled=${isFixed} .checked=${agent.permissions.canCreateAgents}
            @change=${event => this.#permit({canCreateAgents: event.target.checked})}><span>May ask to hire
                agents</span></label>
          <label class="check"><input type="checkbox" ?disabled=${isFixed} .checked=${agent.permissions.canAssignTasks}
            @change=${event => this.#permit({canAssignTasks: event.target.checked})}><span>May assign
                issues</span></label></section>
        <section class="card" aria-labelledby="agent-file"><header><h3 id="agent-file">Instructions</h3><span
            class="grow"></span>
            ${isFixed ? nothing : html`<button class="button small"
                @click=${() => this.#instruct()}>${icon('edit')}Change</button>`}</header>
          <p>${agent.instructionsPath ? html`<code>${agent.instructionsPath}</code>`
              : html`<span class="muted">No file.</span>`}</p></section>
      </div></div>`;
  }

  #edit() {
    return agentDialog({
      room: this.room,
      title: `Edit ${this.agent.name}`,
      action: 'Save',
      agent: this.agent,
      deed: async wish => {
        await api.patch(this.at, {...wish, replaceAdapterConfig: true});
        await this.refresh();
      },
    });
  }

  #permit(change) {
    return this.page.act(async () => {
      try {
        await api.patch(this.at + '/permissions', change);
      } finally {
        await this.#load();
      }
    }, 'The permissions are changed.');
  }

  #instruct() {
    return ask({
      title: 'Instructions',
      action: 'Save',
      fields: () => field({label: 'Path of the file', name: 'path', value: this.agent.instructionsPath ?? '',
          autofocus: true,
        hint: 'Seen from the folder it works in, such as docs/AGENTS.md. Empty is no file.'}),
      deed: async values => {
        await api.patch(this.at + '/instructions-path', {instructionsPath: values.path || null});
        await this.refresh();
      },
    });
  }
}
