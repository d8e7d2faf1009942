// What happened in a squad, one sentence an entry.
import {html, nothing, repeat} from '../lit.js';
import {when} from '../ui/parts.js';
import {empty} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {agentLink, approvalPath, issuePath, runPath, spoken} from './words.js';

const VERBS = {
  'agent.created': 'made the agent',
  'agent.hire_created': 'asked to hire',
  'agent.updated': 'changed the agent',
  'agent.permissions_updated': 'changed the permissions of',
  'agent.instructions_path_updated': 'changed the instructions of',
  'agent.paused': 'paused',
  'agent.resumed': 'resumed',
  'agent.terminated': 'terminated',
  'agent.deleted': 'deleted',
  'agent.key_created': 'made a key for',
  'agent.key_revoked': 'revoked a key of',
  'agent.runtime_session_reset': 'reset the sessions of',
  'agent.config_rolled_back': 'rolled back the configuration of',
  'agent.loop_paused': 'stopped the loop of',
  'approval.created': 'asked for the approval',
  'approval.approved': 'approved',
  'approval.rejected': 'rejected',
  'approval.revision_requested': 'asked for a revision of',
  'approval.resubmitted': 'asked again for',
  'approval.withdrawn': 'withdrew',
  'approval.comment_added': 'commented on',
  'approval.requester_wakeup_queued': 'woke whoever asked for',
  'issue.created': 'created the issue',
  'issue.updated': 'changed the issue',
  'issue.checked_out': 'checked out the issue',
  'issue.released': 'released the issue',
  'issue.deleted': 'deleted the issue',
  'issue.comment_added': 'commented on the issue',
  'issue.checkout_lock_adopted': 'took over the issue',
  'heartbeat.invoked': 'invoked',
  'heartbeat.cancelled': 'cancelled a run of',
  'cost.reported': 'reported a cost of',
  'budget.soft_threshold_crossed': 'used 80 % of the budget of',
  'budget.hard_threshold_crossed': 'used up the budget of',
  'squad.created': 'made the squad',
  'squad.updated': 'changed the squad',
  'squad.archived': 'archived the squad',
};

/** @param {Array<object>} entries newest first */
export function activityList(room, entries) {
  return entries.length === 0
    ? empty('Nothing happened yet', 'Whatever people and agents do here will be told in this place.')
    : html`<ol class="list activity" aria-label="Activity, newest first">${repeat(entries, entry => entry.id, entry =>
        html`
      <li data-action=${entry.action}><span class="who">${actor(room, entry)}</span>
        ${VERBS[entry.action] ?? entry.action} ${entity(room, entry)}${more(entry)}
        <span class="muted small">${when(entry.createdAt)}${entry.runId
          ? html` · <a href=${runPath(entry.runId)}>run</a>` : nothing}</span></li>`)}</ol>`;
}

function actor(room, entry) {
  switch (entry.actorType) {
    case 'agent':
      return html`${icon('agents')} ${agentLink(room, entry.actorId)}`;
    case 'user':
      return html`${icon('user')} <strong>${entry.actorId}</strong>`;
    default:
      return html`${icon('settings')} <strong>${entry.actorId === 'system' ? 'Drover' : entry.actorId}</strong>`;
  }
}

function entity(room, entry) {
  const details = entry.details ?? {};
  switch (entry.entityType) {
    case 'agent':
      return room.agent(entry.entityId)
        ? agentLink(room, entry.entityId) : html`<strong>${details.name ?? room.name(entry.entityId)}</strong>`;
    case 'issue':
      return html`<a href=${issuePath(entry.entityId)}>${details.identifier ?? 'an issue'}</a>`;
    case 'approval':
      return html`<a href=${approvalPath(entry.entityId)}>${details.type ? spoken(details.type).toLowerCase()
          : 'an approval'}</a>`;
    case 'heartbeat_run':
      return agentLink(room, entry.agentId);
    case 'squad':
      return details.name ?? '';
    case 'cost_event':
      return agentLink(room, entry.agentId);
    default:
      return `${entry.entityType} ${entry.entityId}`;
  }
}

function more(entry) {
  const details = entry.details ?? {};
  if (details.previousStatus) {
    return html`: ${spoken(details.previousStatus)} → <strong>${spoken(details.status)}</strong>`;
  }
  return Array.isArray(details.changedKeys) && details.changedKeys.length
    ? html` <span class="muted">(${details.changedKeys.join(', ')})</span>` : nothing;
}
