// What needs a person first, each with the way to where that is done.
import {html, nothing, repeat} from '../lit.js';
import {icon} from '../ui/icons.js';
import {when} from '../ui/parts.js';
import {number} from '../ui/format.js';

/** How each kind looks, and what is done about it. */
const KINDS = {
  setup: {icon: 'lock', tone: 'bad', remedy: 'Set a password', path: () => '/console/account'},
  approval: {
    icon: 'approve', tone: 'wait', remedy: 'Answer it', path: item => `/console/approvals/${item.approval_id}`
  },
  budget: {icon: 'gauge', tone: 'bad', remedy: 'Raise the budget', path: squadOrAgent},
  agent_failed: {icon: 'warn', tone: 'bad', remedy: 'See the agent', path: agentOf},
  computer_died: {
    icon: 'fleet', tone: 'bad', remedy: 'Turn it on again', path: item => `/console/fleet/${item.agent.slug}`
  },
  run_lost: {icon: 'warn', tone: 'bad', remedy: 'See the run', path: runOf},
  run_in_doubt: {icon: 'warn', tone: 'wait', remedy: 'See what it did', path: runOf},
  webhook_disabled: {
    icon: 'hook', tone: 'wait', remedy: 'Turn it on again', path: item => `/console/webhooks/${item.webhook_id}`
  },
  no_model: {icon: 'plug', tone: 'wait', remedy: 'Connect a model', path: () => '/console/connections'},
  run_failed: {icon: 'bad', tone: 'bad', remedy: 'See why', path: runOf},
  heartbeat_failed: {icon: 'bad', tone: 'bad', remedy: 'See why', path: item => `/console/heartbeats/${item.run_id}`},
};
/** How things are, and not what happened at some moment. */
const TIMELESS = ['setup', 'no_model'];
const UNKNOWN = {icon: 'info', tone: 'wait', remedy: 'Look', path: agentOf};

function agentOf(item) {
  return item.agent ? `/console/agents/${item.agent.agent_id}` : '/console/agents';
}

function squadOrAgent(item) {
  return item.squad_id ? `/console/squads/${item.squad_id}` : agentOf(item);
}

function runOf(item) {
  return `/console/runs/${item.run_id}`;
}

export function attention(list) {
  return html`<section class="card first" aria-labelledby="attention">
    <header><h2 id="attention">Needs you first</h2><span class="count">${list.total || nothing}</span></header>
    ${list.items.length === 0
      ? html`<p class="muted calm">${icon('good')}Nothing. Agents work, or wait for work.</p>`
      : html`<ul class="list attention">${repeat(list.items, key, entry)}</ul>`}
    ${list.total > list.items.length
      ? html`<p class="muted small">and ${number(list.total - list.items.length)} more of these kinds</p>` : nothing}
  </section>`;
}

function key(item) {
  return [item.kind, item.agent?.id, item.approval_id, item.run_id, item.webhook_id, item.squad_id].join(' ');
}

function entry(item) {
  const kind = KINDS[item.kind] ?? UNKNOWN;
  return html`<li class="row top" data-kind=${item.kind}>
    <span class="mark ${kind.tone}">${icon(kind.icon)}</span>
    <div class="grow clipped">
      ${item.agent ? html`<a class="who" href=${agentOf(item)}>${item.agent.name}</a>` : nothing}
      <span class="what">${item.text}</span>
      ${TIMELESS.includes(item.kind) ? nothing : html`<span class="muted small">${when(item.since)}</span>`}
    </div>
    <a class="button small" href=${kind.path(item)}>${kind.remedy}<span class="hidden">: ${
      item.agent?.name ?? item.text}</span></a>
  </li>`;
}
