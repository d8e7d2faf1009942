// What a key may do, in words; and the fields with which keys are made and changed.
import {html, nothing} from '../lit.js';
import {field} from '../ui/form.js';

const SCOPES = [
  {word: 'agents:read', text: 'See agents, their steps and their files'},
  {word: 'agents:write', text: 'Start, change and stop agents'},
  {word: 'memory:read', text: 'Read memory'},
  {word: 'memory:write', text: 'Write and delete memory'},
  {word: 'secrets:manage', text: 'Keep and delete secrets; never read them'},
  {word: 'webhooks:manage', text: 'Make, test and delete webhooks'},
  {word: 'keys:manage', text: 'Make and revoke keys like this one'},
];

export const USUAL_SCOPES = ['agents:read', 'agents:write', 'memory:read', 'memory:write'];

export function scopeFields(chosen) {
  return html`<fieldset class="choices"><legend>What it may do</legend>${SCOPES.map(scope => field({
    label: scope.word, name: `scope ${scope.word}`, type: 'checkbox', value: chosen.includes(scope.word), hint: scope.text,
  }))}</fieldset>`;
}

export function rateFields(rate) {
  return html`<fieldset class="pair"><legend>How often it may start agents</legend>
    ${field({label: 'A minute', name: 'perMinute', type: 'number', min: 1, value: rate?.spawns_per_minute ?? '', placeholder: 'as the plan'})}
    ${field({label: 'An hour', name: 'perHour', type: 'number', min: 1, value: rate?.spawns_per_hour ?? '', placeholder: 'as the plan'})}
    </fieldset>`;
}

export function chosenScopes(values) {
  return SCOPES.map(scope => scope.word).filter(word => values[`scope ${word}`]);
}

/** Null when only the plan limits it. */
export function chosenRate(values) {
  const rate = {};
  if (values.perMinute) {
    rate.spawns_per_minute = Number(values.perMinute);
  }
  if (values.perHour) {
    rate.spawns_per_hour = Number(values.perHour);
  }
  return Object.keys(rate).length ? rate : null;
}

export function rateWords(rate) {
  if (!rate) {
    return html`<span class="muted">as the plan</span>`;
  }
  const parts = [rate.spawns_per_minute && `${rate.spawns_per_minute} a minute`, rate.spawns_per_hour && `${rate.spawns_per_hour} an hour`];
  return parts.filter(Boolean).join(', ');
}

export function scopeTags(scopes) {
  return scopes.length === SCOPES.length ? html`<span class="tag">everything</span>`
    : html`<span class="row wrap tight-row">${scopes.map(scope => html`<span class="tag">${scope}</span>`)}${scopes.length ? nothing : 'nothing'}</span>`;
}
