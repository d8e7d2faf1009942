// What people do to agents: wake, pause, resume, terminate, delete; each tells how it went.
import {html} from '../lit.js';
import {api, path} from '../api.js';
import {navigate} from '../router.js';
import {ask, confirm} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {toast} from '../ui/toast.js';
import {runPath} from './words.js';

const SKIPPED = {
  inbox_empty: 'it has nothing to do',
  computer_stopped: 'its computer was turned off: start it in the fleet first',
  deferred_issue_execution: 'another agent is at work for this issue; it has its turn when that run ends',
  queue_full: 'a thousand runs wait already',
  'heartbeat.wakeOnDemand.disabled': 'it is woken by the clock alone: change that in its configuration',
  'heartbeat.disabled': 'its clock is turned off',
};

/** Asks why and for which issue, wakes the agent and goes to the run. */
export async function wake(page, room, agent) {
  await room.load('issues');
  const open = room.issues.filter(issue => !['done', 'cancelled'].includes(issue.status));
  const answer = await ask({
    title: `Wake ${agent.name}`,
    action: 'Wake',
    fields: () => html`
      ${field({label: 'Why', name: 'reason', autofocus: true, hint: 'The agent is told.'})}
      ${field({label: 'For the issue', name: 'issueId', options: [{value: '', name: 'none in particular'},
        ...open.map(issue => ({value: issue.id, name: `${issue.identifier} ${issue.title}`}))]})}
      ${field({label: 'Begin a fresh session', name: 'fresh', type: 'checkbox'})}`,
    deed: values => api.post(path`/api/agents/${agent.id}/heartbeat/invoke`, {
      reason: values.reason || null,
      payload: values.issueId ? {issueId: values.issueId} : {},
      forceFreshSession: values.fresh,
    }),
  });
  if (answer?.run) {
    navigate(runPath(answer.run.id));
  } else if (answer) {
    toast(`Nothing was queued: ${SKIPPED[answer.reason] ?? answer.reason}.`, 'info');
  }
}

export function pause(page, room, agent) {
  return done(page, room, () => api.post(path`/api/agents/${agent.id}/pause`),
      `${agent.name} rests; its runs are cancelled.`);
}

export function resume(page, room, agent) {
  return done(page, room, () => api.post(path`/api/agents/${agent.id}/resume`),
      `${agent.name} is ready; the next wake starts it.`);
}

export async function terminate(page, room, agent) {
  const agreed = await confirm({title: `Terminate ${agent.name}?`, action: 'Terminate', danger: true, typed: agent.name,
    text: 'For good: its runs end, its keys are revoked, its computer is removed, its issues go back to todo. '
      + 'What it said and did stays readable.'});
  if (agreed) {
    await done(page, room, () => api.post(path`/api/agents/${agent.id}/terminate`), `${agent.name} is terminated.`);
  }
}

/** Answers whether it is gone. */
export async function remove(page, room, agent) {
  const agreed = await confirm({title: `Delete ${agent.name}?`, action: 'Delete', danger: true, typed: agent.name,
    text: 'The agent, its keys, sessions, revisions, computer and files are deleted. Those who report to it report to '
      + 'its manager. Comments, costs, runs and activity stay.'});
  return agreed && await done(page, room, () => api.delete(path`/api/agents/${agent.id}`),
      `${agent.name} is deleted.`) !== undefined;
}

function done(page, room, deed, words) {
  return page.act(async () => {
    const answer = await deed();
    await room.refresh('agents');
    return answer ?? null;
  }, words);
}
