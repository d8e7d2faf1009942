// A chat as it is shown: who said what, tool calls folded behind a line, and what is being written right now.
import {html, nothing, repeat} from '../lit.js';
import {badge} from '../ui/states.js';
import {copyButton} from '../ui/parts.js';
import {compact, duration} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {longText, pretty} from './text.js';

/** @param {import('./chat.js').Chat} chat */
export function conversation(chat, name) {
  const update = () => chat.update();
  return html`<ol class="conversation" aria-label="Conversation">
    ${repeat(chat.messages, message => message.id, message => entry(message, name, update))}
    ${chat.writing ? html`<li class="said assistant"><article>${head(name)}
      ${chat.writing.thinking ? html`<details class="folded"><summary>Thinking</summary>
        ${longText(chat.writing, chat.writing.thinking, update)}</details>` : nothing}
      ${chat.writing.text ? longText(chat.writing, chat.writing.text, update) : nothing}</article></li>` : nothing}
  </ol>`;
}

function entry(message, name, update) {
  switch (message.role) {
    case 'system':
      return folded(message, 'Instructions as the model got them', message.content, update);
    case 'tool':
      return tool(message, update);
    case 'user':
      return html`<li class="said user ${lost(message)}">
        <article>${head('You')}${longText(message, message.content, update)}</article></li>`;
    default:
      return assistant(message, name, update);
  }
}

/** Of a run that failed: it is shown, but the thread does not have it. */
function lost(message) {
  return message.lost ? 'lost' : '';
}

function head(who, more = nothing) {
  return html`<header class="row"><h3>${who}</h3>${more}</header>`;
}

function assistant(message, name, update) {
  const tokens = message.tokenUsage?.totalTokens;
  return html`<li class="said assistant ${lost(message)}"><article>
    ${head(name, html`<span class="grow"></span>
      ${message.executionTimeMs === undefined
        ? nothing
        : html`<span class="muted small">${
          duration(message.executionTimeMs)}${tokens ? `, ${compact(tokens)} tokens` : ''}</span>`}
      ${message.content ? copyButton(message.content, 'Copy this message') : nothing}`)}
    ${message.content ? longText(message, message.content, update) : nothing}
    ${(message.toolCalls ?? []).map(call => html`<details class="folded">
      <summary>${icon('scenario')} Calls ${call.name}</summary>
      ${longText(call, pretty(call.args), update)}</details>`)}</article></li>`;
}

function tool(message, update) {
  const response = message.toolResponse ?? {name: 'a tool', status: 'success'};
  return html`<li class="said tool ${lost(message)}"><details class="folded">
    <summary>${icon('scenario')} ${response.name} answered ${badge(response.status)}
      <span class="muted small">${duration(message.executionTimeMs)}</span></summary>
    ${longText(message, pretty(message.content), update)}</details></li>`;
}

function folded(message, title, text, update) {
  return html`<li class="said system"><details class="folded"><summary>${icon('info')} ${title}</summary>
    ${longText(message, text, update)}</details></li>`;
}
