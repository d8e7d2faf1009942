// The tab of a squad's agents: who works here and how; hiring, making, pausing, waking.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {navigate} from '../router.js';
import {field} from '../ui/form.js';
import {table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {toast} from '../ui/toast.js';
import {agentDialog} from './agent-form.js';
import {pause, resume, wake} from './deeds.js';
import {adapterName, agentLink, agentPath, approvalPath, dollars} from './words.js';

export class AgentsTab {
  static parts = ['agents'];
  #withGone = false;

  constructor(page, room) {
    this.page = page;
    this.room = room;
  }

  create() {
    return this.#hire();
  }

  async #hire() {
    const answer = await agentDialog({
      room: this.room,
      title: 'Ask to hire an agent',
      action: 'Ask',
      first: html`${field({label: 'Why', name: 'reason', hint: 'Whoever decides reads this first.'})}`,
      deed: (wish, values) => api.post(this.room.at + '/agent-hires', {...wish, reason: values.reason || null}),
    });
    if (answer?.approvalId) {
      toast('The hire waits for a decision.', 'good');
      navigate(approvalPath(answer.approvalId));
    } else if (answer) {
      navigate(agentPath({id: answer.agentId, squadId: this.room.id}));
    }
  }

  async #make() {
    const made = await agentDialog({
      room: this.room,
      title: 'Make an agent',
      action: 'Make the agent',
      first: html`<p class="muted">It is active at once: nobody is asked.</p>`,
      deed: wish => api.post(this.room.at + '/agents', wish),
    });
    if (made) {
      toast(made.warning ?? `${made.agent.name} is ready.`, made.warning ? 'info' : 'good');
      await this.room.refresh('agents');
      navigate(agentPath(made.agent));
    }
  }

  view() {
    const shown = this.#withGone ? this.room.agents : this.room.members;
    const actions = html`
      <button class="button" @click=${() => this.#make()}>${icon('plus')}Make an agent</button>
      <button class="button primary" @click=${() => this.#hire()}>${icon('approve')}Ask to hire</button>`;
    return html`<section class="stack" aria-labelledby="agents-title">
      <div class="row wrap"><h2 id="agents-title">Agents</h2>
        ${this.room.agents.length === this.room.members.length ? nothing : html`
          <label class="check"><input type="checkbox" ?checked=${this.#withGone}
              @change=${event => this.#show(event.target.checked)}>
            <span>with those that are terminated</span></label>`}
        <span class="grow"></span>${shown.length ? actions : nothing}</div>
      ${shown.length === 0
        ? empty('Nobody works here yet', 'Ask to hire an agent, which somebody approves, or make one at once.',
          html`<div class="row wrap">${actions}</div>`)
        : table(this.#columns(), shown, agent => agent.id, {caption: 'Agents of the squad'})}
    </section>`;
  }

  #show(withGone) {
    this.#withGone = withGone;
    this.page.update();
  }

  #columns() {
    return [
      {name: 'Name', cell: agent => html`<div><a href=${agentPath(agent)}>${agent.name}</a>
        <div class="muted small">${agent.title ?? agent.role}</div></div>`},
      {name: 'State', cell: agent => html`<div class="row">${badge(agent.status)}${agent.pauseReason
          && agent.pauseReason !== 'manual'
        ? html`<span class="muted small">by ${agent.pauseReason}</span>` : nothing}</div>`},
      {name: 'Adapter', cell: agent => adapterName(agent.adapterType)},
      {name: 'Reports to', cell: agent => agentLink(this.room, agent.reportsTo)},
      {name: 'Spent', className: 'number', cell: agent => html`<div>${dollars(agent.spentMonthlyCents)}
        ${agent.budgetMonthlyCents ? html`<div class="muted small">of ${dollars(agent.budgetMonthlyCents)}</div>`
            : nothing}</div>`},
      {name: 'Last heartbeat', cell: agent => when(agent.lastHeartbeatAt)},
      {name: '', cell: agent => html`<div class="row">${this.#deeds(agent)}</div>`},
    ];
  }

  #deeds(agent) {
    switch (agent.status) {
      case 'terminated':
      case 'pending_approval':
        return nothing;
      case 'paused':
        return html`<button class="button small" aria-label="Resume ${agent.name}"
          @click=${() => resume(this.page, this.room, agent)}>${icon('play')}Resume</button>`;
      default:
        return html`<button class="button small" aria-label="Wake ${agent.name}"
            @click=${() => wake(this.page, this.room, agent)}>${icon('play')}Wake</button>
          <button class="button small" aria-label="Pause ${agent.name}"
            @click=${() => pause(this.page, this.room, agent)}>${icon('pause')}Pause</button>`;
    }
  }
}
