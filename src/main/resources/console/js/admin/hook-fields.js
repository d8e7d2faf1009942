// What a webhook is made of: the fields, and what they say.
import {html} from '../lit.js';
import {field} from '../ui/form.js';

export const EVENTS = [
  {word: 'agent.spawning', text: 'An agent was started'},
  {word: 'agent.running', text: 'It is at work'},
  {word: 'agent.completed', text: 'It is done'},
  {word: 'agent.error', text: 'It failed'},
  {word: 'agent.stopped', text: 'Somebody stopped it'},
];

/** @param hook as it is; null for a new one */
export function hookFields(hook) {
  const chosen = event => !hook || hook.events.includes('*') || hook.events.includes(event);
  return html`
    ${field({label: 'Address', name: 'url', type: 'url', value: hook?.url ?? '', required: true, autofocus: true,
      placeholder: 'https://example.org/hooks/drover',
      hint: 'Each message is a POST, signed as Standard Webhooks are.'})}
    ${field({label: 'What for', name: 'description', value: hook?.description ?? ''})}
    <fieldset class="choices"><legend>What it is told</legend>${EVENTS.map(event => field({
      label: event.word, name: `event ${event.word}`, type: 'checkbox', value: chosen(event.word), hint: event.text,
    }))}</fieldset>`;
}

/** The body that makes or changes a webhook. */
export function hookWish(values) {
  const events = EVENTS.map(event => event.word).filter(word => values[`event ${word}`]);
  return {
    url: values.url,
    description: values.description,
    events: events.length === EVENTS.length ? ['*'] : events,
  };
}

export function eventWords(events) {
  return events.includes('*') ? 'everything' : events.join(', ');
}
