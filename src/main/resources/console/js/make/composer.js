// Where one writes to an agent, and stops it.
import {html, live, nothing} from '../lit.js';
import {icon} from '../ui/icons.js';

/**
 * @param {object} options
 * @param {import('./chat.js').Chat|{draft: string}} options.chat before the first message only a draft
 * @param {any} options.name a field for the thread's name, ahead of its first message
 */
export function composer({chat, onSend, name, update}) {
  const isRunning = chat.isRunning ?? false;
  const send = () => {
    const text = chat.draft;
    if (!isRunning && text.trim()) {
      chat.draft = '';
      onSend(text);
    }
  };
  return html`<form class="composer" @submit=${event => {
    event.preventDefault();
    send();
  }}>
    ${chat.error ? html`<p class="notice bad" role="alert">${chat.error.message} Nothing of this run is kept in the thread.</p>` : nothing}
    ${isRunning ? html`<div class="notice info row wrap" role="status"><span class="spinner" aria-hidden="true"></span>
      <span class="grow">The agent is at work. Leaving this page stops it.</span>
      <button type="button" class="button small"
          @click=${() => chat.stop()}>${icon('stop')}Stop</button></div>` : nothing}
    ${name}
    <div class="row top">
      <textarea aria-label="Message" rows="3" placeholder="Message (Enter sends, Shift+Enter begins a line)"
          .value=${live(chat.draft)}
        @input=${event => {
          chat.draft = event.target.value;
          update();
        }}
        @keydown=${event => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
          }
        }}></textarea>
      <button class="button primary" ?disabled=${isRunning || !chat.draft.trim()}>${icon('send')}Send</button>
    </div></form>`;
}
