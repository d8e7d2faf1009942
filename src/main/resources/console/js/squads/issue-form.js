// The fields of an issue, for a new one and for one that is changed.
import {html} from '../lit.js';
import {field} from '../ui/form.js';
import {PRIORITIES, STATUSES, spoken} from './words.js';

export function issueFields(room, issue = {}) {
  const others = room.issues.filter(each => each.id !== issue.id);
  return html`
    ${field({label: 'Title', name: 'title', value: issue.title ?? '', required: true, autofocus: true})}
    ${field({label: 'Description', name: 'description', value: issue.description ?? '', rows: 5})}
    <div class="fields">
      ${field({label: 'Status', name: 'status', value: issue.status ?? 'todo', options: words(STATUSES)})}
      ${field({label: 'Priority', name: 'priority', value: issue.priority ?? 'medium', options: words(PRIORITIES)})}
      ${field({label: 'Assignee', name: 'assignee', value: issue.assigneeAgentId ?? '', options: assignees(room)})}
      ${field({label: 'Part of', name: 'parent', value: issue.parentId ?? '',
          options: [{value: '', name: 'nothing'}, ...others.map(named)]})}
    </div>
    ${others.length ? field({label: 'Waits for', name: 'blockers', value: issue.blockedByIssueIds ?? [],
        multiple: true, options: others.map(named),
      hint: 'Issues that have to be done first. Hold Ctrl to choose several.'}) : ''}`;
}

export function words(list) {
  return list.map(word => ({value: word, name: spoken(word)}));
}

export function assignees(room) {
  const able = room.members.filter(agent => agent.status !== 'pending_approval');
  return [{value: '', name: 'nobody'}, ...able.map(agent => ({value: agent.id,
    name: agent.status === 'paused' ? `${agent.name} (paused)` : agent.name}))];
}

function named(issue) {
  return {value: issue.id, name: `${issue.identifier} ${issue.title}`};
}

/** What the API takes, out of what the form holds. */
export function issueOf(values) {
  return {
    title: values.title,
    description: values.description || null,
    status: values.status,
    priority: values.priority,
    assigneeAgentId: values.assignee || null,
    parentId: values.parent || null,
    blockedByIssueIds: values.blockers ?? [],
  };
}
