// The log of an execution, step by step; whatever an agent or a tool wrote is shown as text.
import {html, nothing, repeat} from '../lit.js';
import {duration} from '../ui/format.js';
import {when} from '../ui/parts.js';

const NAMES = {
  user: 'Asked', assistant: 'Said', tool_use: 'Calls', tool_result: 'Got', note: 'Note', error: 'Error',
  result: 'Answered', failed: 'Failed', cancelled: 'Cancelled',
};
const LONGEST = 20_000;

export function steps(entries) {
  const said = entries.filter(saysSomething);
  return html`<ol class="steps">${repeat(said, entry => entry.seq, entry => step(entry))}</ol>`;
}

/** A reply that only calls tools has no words of its own. */
function saysSomething(entry) {
  return entry.type !== 'assistant' || Boolean(entry.content);
}

function toneOf(entry) {
  if (entry.type === 'error' || entry.type === 'failed' || entry.success === false) {
    return 'bad';
  }
  return entry.type === 'result' ? 'good' : '';
}

function step(entry) {
  const took = entry.duration_ms === undefined ? nothing : duration(entry.duration_ms);
  return html`<li class=${toneOf(entry)}>
    <p><strong>${NAMES[entry.type] ?? entry.type}</strong> ${entry.tool ? html`<code>${entry.tool}</code>` : nothing}
      ${entry.success === false ? html`<span class="error">it failed</span>` : nothing}
      <span class="muted small">${took} ${when(entry.timestamp)}</span></p>
    ${entry.content ? html`<p class="said">${clipped(entry.content)}</p>` : nothing}
    ${entry.input === undefined ? nothing : details('Input', entry.input)}
    ${entry.output === undefined ? nothing : details('Output', entry.output)}</li>`;
}

function details(name, value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return html`<details><summary>${name}</summary><pre tabindex="0" aria-label=${name}>${clipped(text)}</pre></details>`;
}

function clipped(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and ${text.length - LONGEST} more characters` : text;
}
