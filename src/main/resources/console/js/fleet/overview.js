// An agent at a glance: what it is, what its computer uses now.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {facts, when} from '../ui/parts.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';
import {StatsPanel} from './stats.js';

export class OverviewPanel extends Panel {
  stats = new StatsPanel({name: this.name, update: this.update});

  /** Most of what is shown the page knows: it does without this part if it must. */
  load() {
    this.stats.open();
    return api.get(agentPath(this.name, '/info'), {signal: this.page.signal}).catch(() => null);
  }

  show() {
    const {agent} = this.page;
    const info = this.loaded;
    return html`
      ${info?.message && agent.template ? html`<p class="notice info">${info.message}</p>` : nothing}
      <section class="card"><h2>The agent</h2>
        ${info?.description ? html`<p>${info.description}</p>` : nothing}
        ${facts([
          ['Owner', agent.owner],
          ['Type', agent.type],
          ['Runtime', agent.runtime],
          ['Template', agent.template ?? 'none'],
          ['Made', when(agent.created)],
          ['Resources', `${agent.resources.cpu} processors, ${agent.resources.memory} memory`],
          ['SSH port', agent.port || 'none'],
          ['Starts work by itself', agent.autonomy_enabled ? 'yes, by its schedules' : 'no'],
          ['Files', agent.read_only_enabled ? 'read-only' : 'writable'],
          ['Identity', html`<code>${agent.id}</code>`],
          ['Everything it did',
            html`<a href="/console/agents/${encodeURIComponent(agent.id)}">Runs and their steps</a>`],
        ])}</section>
      <section class="stack"><h2>What its computer uses</h2>${this.stats.view()}</section>`;
  }

  close() {
    this.stats.close();
  }
}
