// What a key may do, in words; and the fields with which keys are made and changed.
import {html} from '../lit.js';
import {tags} from './bits.js';
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
    label: scope.word,
    name: `scope ${scope.word}`,
    type: 'checkbox',
    value: chosen.includes(scope.word),
    hint: scope.text,
  }))}</fieldset>`;
}

export function rateFields(rate) {
  return html`<fieldset class="pair"><legend>How often it may start agents</legend>
    ${count('A minute', 'perMinute', rate?.spawns_per_minute)}
    ${count('An hour', 'perHour', rate?.spawns_per_hour)}</fieldset>`;
}

function count(label, name, value) {
  return field({label, name, type: 'number', min: 1, value: value ?? '', placeholder: 'as the plan'});
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
  const {spawns_per_minute: minute, spawns_per_hour: hour} = rate;
  return [minute && `${minute} a minute`, hour && `${hour} an hour`].filter(Boolean).join(', ');
}

export function scopeTags(scopes) {
  return tags(scopes.length === SCOPES.length ? ['everything'] : scopes, 'nothing');
}
