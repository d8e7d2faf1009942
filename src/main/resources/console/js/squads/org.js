// The org chart: drawn as a picture, and still lists of links in each other, for keyboards and readers of the screen.
import {html, nothing, repeat} from '../lit.js';
import {badge, empty} from '../ui/states.js';
import {plural} from '../ui/format.js';
import {agentPath} from './words.js';

/** So many reports that have none themselves stand below each other, not beside: charts grow tall, not wide. */
const BESIDE = 4;

/** Who reports to whom: roots have no manager, or one that is gone. */
function orgTree(agents) {
  const known = new Set(agents.map(agent => agent.id));
  const below = new Map();
  for (const agent of agents) {
    const manager = known.has(agent.reportsTo) ? agent.reportsTo : null;
    below.set(manager, [...(below.get(manager) ?? []), agent]);
  }
  const grow = agent => ({agent, reports: (below.get(agent.id) ?? []).map(grow)});
  return (below.get(null) ?? []).map(grow);
}

export class OrgTab {
  static parts = ['agents'];

  constructor(page, room) {
    this.page = page;
    this.room = room;
  }

  view() {
    const roots = orgTree(this.room.members);
    return html`<section class="stack" aria-labelledby="org-title">
      <div class="row wrap"><h2 id="org-title">Who reports to whom</h2>
        <span class="muted small">Arrow keys go from agent to agent.</span></div>
      ${roots.length === 0
        ? empty('Nobody works here yet', 'Hire or make agents, and say whom they report to: the chart draws itself.',
          html`<a class="button" href="/console/squads/${this.room.id}/agents">To the agents</a>`)
        : html`<div class="org" role="region" aria-label="Org chart" tabindex="0" @keydown=${walk}>
          <ul role="list" class="roots">${repeat(roots, root => root.agent.id, node)}</ul></div>`}
    </section>`;
  }
}

function node({agent, reports}) {
  const isStacked = reports.length > BESIDE && reports.every(each => each.reports.length === 0);
  return html`<li>
    <a class="employee" href=${agentPath(agent)} data-agent=${agent.id}>
      <strong class="clip" title=${agent.name}>${agent.name}</strong>
      <span class="muted small clip">${agent.title ?? agent.role}</span>
      <span class="row">${badge(agent.status)}${reports.length
          ? html`<span class="muted small">${plural(reports.length, 'report')}</span>` : nothing}</span>
    </a>
    ${reports.length ? html`<ul role="list" class=${isStacked ? 'stacked' : ''} aria-label="Report to ${agent.name}">${
      repeat(reports, each => each.agent.id, node)}</ul>` : nothing}
  </li>`;
}

/** Up to the manager, down to the first report, left and right to those beside. */
function walk(event) {
  const here = event.target.closest?.('.employee')?.parentElement;
  if (!here) {
    return;
  }
  const isStacked = here.parentElement.classList.contains('stacked');
  const [before, after] = [here.previousElementSibling, here.nextElementSibling];
  const manager = here.parentElement.closest('li');
  const next = {
    ArrowUp: isStacked && before ? before : manager,
    ArrowDown: isStacked ? after : here.querySelector('li'),
    ArrowLeft: isStacked ? manager : before,
    ArrowRight: isStacked ? null : after,
  }[event.key];
  if (next) {
    event.preventDefault();
    const link = next.querySelector('.employee');
    link.focus();
    link.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
}
