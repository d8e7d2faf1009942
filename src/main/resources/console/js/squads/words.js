// Words of the SLAW dialect for people, and small parts that all squad pages have.
import {html, nothing, svg} from '../lit.js';
import {icon} from '../ui/icons.js';

export const STATUSES = ['backlog', 'todo', 'in_progress', 'in_review', 'blocked', 'done', 'cancelled'];
export const PRIORITIES = ['critical', 'high', 'medium', 'low'];
export const ADAPTERS = [
  {value: 'claude_local', name: 'Claude Code'},
  {value: 'codex_local', name: 'Codex'},
  {value: 'gemini_local', name: 'Gemini CLI'},
  {value: 'process', name: 'A program (process)'},
  {value: 'http', name: 'A call (http)'},
  {value: 'opencode_local', name: 'OpenCode (not built yet)'},
  {value: 'cursor', name: 'Cursor (not built yet)'},
];
const DOLLARS = new Intl.NumberFormat('en', {style: 'currency', currency: 'USD'});
export const HIDDEN = '***REDACTED***';

/** "in_progress" as "In progress". */
export function spoken(word) {
  const text = String(word ?? '').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "budgetMonthlyCents" as "Budget monthly cents". */
export function keyWords(key) {
  return spoken(key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase());
}

export function adapterName(type) {
  return ADAPTERS.find(adapter => adapter.value === type)?.name ?? type;
}

const APPROVALS = {
  hire_agent: 'Hire an agent',
  budget_override_required: 'Budget is spent',
  approve_squad_lead_strategy: 'Strategy of the squad lead',
  request_operator_approval: 'Question to an operator',
};

/** What an approval is about, in a few words; lists say `about` where whole ones have their payload. */
export function approvalTitle({type, about, payload = {}}) {
  const own = about ?? [payload.name, payload.title, payload.summary, payload.question].find(each => each
      && typeof each === 'string');
  if (type === 'hire_agent') {
    return `Hire ${own ?? 'an agent'}`;
  }
  return own ?? APPROVALS[type] ?? spoken(type);
}

export function approvalKind(approval) {
  return APPROVALS[approval.type] ?? spoken(approval.type);
}

export function agentPath(agent) {
  return `/console/squads/${encodeURIComponent(agent.squadId)}/agents/${encodeURIComponent(agent.id)}`;
}

export function issuePath(id) {
  return `/console/issues/${encodeURIComponent(id)}`;
}

export function runPath(id) {
  return `/console/heartbeats/${encodeURIComponent(id)}`;
}

export function approvalPath(id) {
  return `/console/approvals/${encodeURIComponent(id)}`;
}

/** An agent by its id, as a link while it is known. */
export function agentLink(room, id) {
  if (!id) {
    return html`<span class="muted">nobody</span>`;
  }
  const agent = room.agent(id);
  return agent ? html`<a href=${agentPath(agent)}>${agent.name}</a>`
      : html`<span class="muted">${room.name(id)}</span>`;
}

/** The urgency of an issue, told by a word and by the bars beside it. */
export function priority(word) {
  const level = PRIORITIES.length - PRIORITIES.indexOf(word);
  return html`<span class="priority ${word}"><svg viewBox="0 0 16 12" aria-hidden="true">${[1, 2, 3, 4].map(at => svg`
    <rect class=${at <= level ? 'full' : 'rest'} x=${(at - 1) * 4} y=${12 - at * 3} width="3"
        height=${at * 3}></rect>`)}
    </svg>${spoken(word)}</span>`;
}

/** Whether what is shown changes by itself. */
export function liveness(room) {
  const words = {live: 'Live', connecting: 'Connecting …', waiting: 'Reconnecting …', failed: 'Not live',
      ended: 'Not live'};
  return html`<span class="liveness ${room.state}" role="status">${words[room.state]}</span>`;
}

/** "none" for what is not there, so that no field of a list stays empty. */
export function orNone(value) {
  return value === null || value === undefined || value === '' ? html`<span class="muted">none</span>` : value;
}

export function note(text, tone = 'info') {
  return text ? html`<p class="notice ${tone}">${icon(tone === 'info' ? 'info' : 'warn')} ${text}</p>` : nothing;
}

/** A document of the API, indented. */
export function json(value) {
  return JSON.stringify(value, null, 2);
}

/** Whole cents as dollars; budgets are told to the cent, however small they are. */
export function dollars(cents) {
  return DOLLARS.format(cents / 100);
}

/** Text of a field as a number of whole cents; empty is 0, which is no limit. */
export function centsOf(dollars) {
  return Math.round(Number(dollars || 0) * 100);
}
