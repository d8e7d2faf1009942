// Runs in flight, each with the step that it takes at this moment.
import {html, nothing, repeat} from '../lit.js';
import {badge, empty} from '../ui/states.js';
import {when} from '../ui/parts.js';
import {compact, number} from '../ui/format.js';

export function inFlight(runs) {
  return html`<section class="card" aria-labelledby="flights">
    <header><h2 id="flights">In flight</h2><span class="count">${runs.total || nothing}</span></header>
    ${runs.items.length === 0
      ? empty('Nothing runs', 'Give an agent a task, and watch it here step by step.',
          html`<a class="button" href="/console/new">New task</a>`)
      : html`<ul class="list flights">${repeat(runs.items, run => run.run_id, flight)}</ul>`}
    ${runs.total > runs.items.length
      ? html`<p class="muted small">The newest ${number(runs.items.length)} of ${number(runs.total)}.
          <a href="/console/agents?state=running">See all that run</a></p>` : nothing}
  </section>`;
}

/** A heartbeat's run has a page of its own; of another the agent's page shows it. */
function pathOf(run) {
  return run.kind === 'heartbeat' ? `/console/heartbeats/${run.run_id}` : `/console/runs/${run.run_id}`;
}

function flight(run) {
  return html`<li data-run=${run.run_id}>
    <div class="row"><a class="who clip" href=${pathOf(run)}>${run.agent.name}</a>
      <span class="tag">${run.agent.dialect}</span>
      ${run.kind === 'heartbeat' ? html`<span class="tag">heartbeat</span>` : nothing}
      <span class="grow"></span>${badge(run.status)}</div>
    <p class="clip muted" title=${run.task}>${run.task}</p>
    <div class="row wrap small"><span class="doing">${run.doing}</span><span class="grow"></span>
      <span class="muted">${compact(run.tokens)} tokens · since ${when(run.since)}</span></div>
  </li>`;
}
