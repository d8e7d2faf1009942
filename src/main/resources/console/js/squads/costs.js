// The tab of what a squad and its agents have spent this month.
import {html} from '../lit.js';
import {api, path} from '../api.js';
import {ask} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {table} from '../ui/parts.js';
import {empty} from '../ui/states.js';
import {gauge} from '../ui/chart.js';
import {number} from '../ui/format.js';
import {agentLink, centsOf, dollars} from './words.js';

export class CostsTab {
  static parts = ['summary', 'costs', 'agents'];

  constructor(page, room) {
    this.page = page;
    this.room = room;
  }

  view() {
    const {summary, costs} = this.room;
    return html`
      <section class="card" aria-labelledby="month-title"><header><h2 id="month-title">This month (UTC)</h2><span
          class="grow"></span>
          <button class="button small" @click=${() => this.#budget()}>Change the budget</button></header>
        ${gauge(summary.spendCents, summary.budgetCents || null, {label: 'Money', shown: dollars})}
        ${gauge(summary.spendTokens, summary.budgetTokens || null, {label: 'Tokens', shown: number})}</section>
      <section class="stack" aria-labelledby="agents-title"><h2 id="agents-title">By agent</h2>
        ${costs.length === 0 ? empty('Nothing was spent this month',
            'Costs appear here as soon as a run tells of some.')
          : table(this.#columns(), costs, cost => cost.agentId, {
            caption: 'Costs of this month by agent, the dearest first'})}
      </section>`;
  }

  #columns() {
    return [
      {name: 'Agent', cell: cost => this.room.agent(cost.agentId) ? agentLink(this.room, cost.agentId)
          : cost.agentName ?? cost.agentId},
      {name: 'Spent', className: 'number', cell: cost => dollars(cost.costCents)},
      {name: 'Of its budget', cell: cost => this.#share(cost)},
      {name: 'Input tokens', className: 'number', cell: cost => number(cost.inputTokens)},
      {name: 'Cached', className: 'number', cell: cost => number(cost.cachedInputTokens)},
      {name: 'Output tokens', className: 'number', cell: cost => number(cost.outputTokens)},
    ];
  }

  #share(cost) {
    const agent = this.room.agent(cost.agentId);
    return agent?.budgetMonthlyCents ? gauge(cost.costCents, agent.budgetMonthlyCents, {label: '', shown: dollars})
      : html`<span class="muted">no limit</span>`;
  }

  #budget() {
    const {squad} = this.room;
    return ask({
      title: `Budget of ${squad.name}`,
      action: 'Save',
      fields: () => html`${field({label: 'Dollars a month', name: 'budget', type: 'number', min: 0, step: '0.01',
          autofocus: true,
        value: squad.budgetMonthlyCents ? (squad.budgetMonthlyCents / 100).toFixed(2) : '',
            hint: 'Empty is no limit.'})}`,
      deed: async values => {
        await api.patch(path`/api/squads/${squad.id}`, {budgetMonthlyCents: centsOf(values.budget)});
        await this.room.refresh('squad', 'summary');
      },
    });
  }
}
