// A list of heartbeat runs, newest first.
import {html, nothing, repeat} from '../lit.js';
import {when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {duration} from '../ui/format.js';
import {issuePath, runPath} from './words.js';

export function runList(runs, none) {
  return runs.length === 0 ? html`<p class="muted">${none}</p>`
    : html`<ul class="list">${repeat(runs, run => run.id, run => html`
      <li class="row wrap"><a href=${runPath(run.id)}>${run.agentName}</a>${badge(run.status)}
        <span class="muted small">${(run.reason ?? run.invocationSource).replaceAll('_', ' ')}</span>
        ${run.issueId ? html`<a class="small" href=${issuePath(run.issueId)}>issue</a>` : nothing}
        <span class="grow"></span><span class="muted small">${lasted(run)}
            ${when(run.startedAt ?? run.createdAt)}</span></li>`)}</ul>`;
}

function lasted(run) {
  return run.startedAt && run.finishedAt ? duration(new Date(run.finishedAt) - new Date(run.startedAt)) + ' ·' : '';
}
