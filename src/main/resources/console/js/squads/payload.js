// A request as it will be carried out: every field of it, readable, and the whole as JSON.
import {html, nothing} from '../lit.js';
import {copyButton} from '../ui/parts.js';
import {HIDDEN, adapterName, agentLink, dollars, issuePath, json, keyWords} from './words.js';

const NAMES = {
  agentId: 'Agent', requestedByAgentId: 'Asked by', reportsTo: 'Reports to', reportsToAgentId: 'Reports to',
  adapterType: 'Adapter', adapterConfig: 'Configuration', runtimeConfig: 'Policy', budgetMonthlyCents: 'Budget a month',
  scopeType: 'Budget of', scopeId: 'Whose', spentMonthlyCents: 'Spent this month',
  desiredSkills: 'Skills', sourceIssueIds: 'For the issues', reason: 'Why',
};

/** @param {Array<object>} issues that the request is about */
export function payloadView(room, payload, issues) {
  return html`
    <dl class="payload">${Object.entries(payload).map(([key, value]) => html`
      <div><dt>${NAMES[key] ?? keyWords(key)}</dt><dd
          data-field=${key}>${shown(room, key, value, issues)}</dd></div>`)}</dl>
    ${json(payload).includes(HIDDEN) ? html`<p class="notice">What shows as <code>${HIDDEN}</code> is there and is
        used, but
      secrets are shown to nobody.</p>` : nothing}
    <details><summary>The same as JSON</summary>
      <div class="row end">${copyButton(json(payload), 'Copy the JSON')}</div>
      <pre class="document" tabindex="0">${json(payload)}</pre></details>`;
}

function shown(room, key, value, issues) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return html`<span class="muted">none</span>`;
  }
  switch (key) {
    case 'agentId':
    case 'requestedByAgentId':
    case 'reportsTo':
    case 'reportsToAgentId':
    case 'scopeId':
      return room.agent(value) ? agentLink(room, value) : String(value);
    case 'adapterType':
      return html`${adapterName(value)} <code>${value}</code>`;
    case 'spentMonthlyCents':
      return dollars(Number(value));
    case 'budgetMonthlyCents':
      return value === 0 ? 'no limit' : dollars(Number(value));
    case 'sourceIssueIds':
      return html`<ul role="list" class="plain">${[].concat(value).map(id => issueLink(issues, id))}</ul>`;
    default:
      return plain(value);
  }
}

function issueLink(issues, id) {
  const found = issues.find(each => each.id === id);
  return html`<li>${found ? html`<a href=${issuePath(found.id)}>${found.identifier} ${found.title}</a>`
      : String(id)}</li>`;
}

function plain(value) {
  if (Array.isArray(value) && value.every(each => typeof each !== 'object')) {
    return value.join(', ');
  }
  if (typeof value === 'object') {
    return html`<pre class="document" tabindex="0">${json(value)}</pre>`;
  }
  const text = String(value);
  return text.includes('\n') || text.length > 120 ? html`<div class="document text">${text}</div>` : text;
}
