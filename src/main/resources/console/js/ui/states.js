// How things stand: loading, empty, in trouble, and the badge of a state.
import {html, nothing} from '../lit.js';
import {icon} from './icons.js';

/** The tone of each word for a state, in every dialect. Words that are not here are neutral. */
const TONES = {
  good: ['completed', 'succeeded', 'success', 'done', 'approved', 'active', 'enabled', 'healthy', 'delivered', 'ok',
    'on', 'finished'],
  busy: ['running', 'working', 'in_progress', 'spawning', 'starting', 'streaming', 'live', 'stopping'],
  wait: ['pending', 'queued', 'waiting', 'paused', 'blocked', 'in_review', 'revision_requested', 'pending_approval',
    'scheduled', 'todo', 'in_doubt', 'held'],
  bad: ['failed', 'error', 'lost', 'rejected', 'terminated', 'timed_out', 'timeout', 'dead', 'disabled', 'denied',
    'unhealthy', 'process_lost', 'exhausted'],
};

function tone(word) {
  return Object.keys(TONES).find(each => TONES[each].includes(word)) ?? 'idle';
}

/** @param {string} word a state as the API spells it */
export function badge(word, shown = String(word ?? 'unknown').replaceAll('_', ' ')) {
  return html`<span class="badge ${tone(word)}" data-state=${word ?? ''}>${shown}</span>`;
}

export function loading(text) {
  return html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>${text}</p>`;
}

/**
 * Nothing is there: says so, and what to do next.
 *
 * @param action a link or a button
 */
export function empty(title, text, action = nothing) {
  return html`<div class="empty"><h2>${title}</h2><p>${text}</p>${action}</div>`;
}

/** What went wrong, in the server's words, with a way on. */
export function trouble(error, retry, isHeading = false) {
  const title = error.status === 404 ? 'Not found' : error.status === 403 ? 'Not allowed' : 'That did not work';
  return html`
    <div class="trouble" role="alert">
      ${isHeading ? html`<h1>${icon('warn')}${title}</h1>` : html`<h2>${icon('warn')}${title}</h2>`}
      <p>${error.message}</p>
      ${retry ? html`<button class="button" @click=${retry}>${icon('refresh')}Try again</button>` : nothing}
    </div>`;
}
