// What people and agents said, oldest first; text of theirs is text and nothing else.
import {html, nothing, repeat} from '../lit.js';
import {when} from '../ui/parts.js';
import {icon} from '../ui/icons.js';
import {agentLink, runPath} from './words.js';

export function commentList(room, comments, none) {
  return comments.length === 0 ? html`<p class="muted">${none}</p>`
    : html`<ol class="list comments">${repeat(comments, comment => comment.id, comment => html`
      <li><p class="row wrap small">${comment.authorAgentId
        ? html`${icon('agents')}${agentLink(room, comment.authorAgentId)}`
            : html`${icon('user')}<strong>An operator</strong>`}
        <span class="muted">${when(comment.createdAt)}</span>${comment.createdByRunId
          ? html`<a href=${runPath(comment.createdByRunId)}>run</a>` : nothing}</p>
      <p class="prose">${comment.body}</p></li>`)}</ol>`;
}
