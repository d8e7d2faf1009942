// The agents that did something last; all of them have a page of their own.
import {html, nothing, repeat} from '../lit.js';
import {badge, loading} from '../ui/states.js';
import {when} from '../ui/parts.js';
import {number} from '../ui/format.js';

export function recent(agents) {
  return html`<section class="card" aria-labelledby="recent">
    <header><h2 id="recent">Agents</h2><span class="grow"></span>
      ${agents ? html`<a href="/console/agents">All ${number(agents.total)}</a>` : nothing}</header>
    ${agents
      ? html`<ul class="list agents">${repeat(agents.data, agent => agent.id, row)}</ul>`
      : loading('Asking for agents …')}
  </section>`;
}

function row(agent) {
  return html`<li class="row" data-agent=${agent.agent_id}>
    <a class="who clip" href="/console/agents/${agent.agent_id}">${agent.name}</a>
    <span class="tag">${agent.dialect}</span>
    <span class="grow clip muted small">${agent.doing ?? ''}</span>
    ${badge(agent.state)}<span class="muted small time">${when(agent.last_activity_at)}</span></li>`;
}
