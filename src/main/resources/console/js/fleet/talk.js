// A talk with an agent: what was said, the next word, and its steps while it works on the answer.
import {html, nothing, repeat} from '../lit.js';
import {api} from '../api.js';
import {follow} from '../stream.js';
import {confirm} from '../ui/dialog.js';
import {icon} from '../ui/icons.js';
import {submitted} from '../ui/form.js';
import {when} from '../ui/parts.js';
import {empty, loading} from '../ui/states.js';
import {toast} from '../ui/toast.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';
import {steps} from './steps.js';

export class TalkPanel extends Panel {
  #live = null;
  #line = null;
  #execution = null;

  get waiting() {
    return 'Reading the talk …';
  }

  load() {
    return api.get(agentPath(this.name, '/chat/history'), {signal: this.page.signal});
  }

  /** Somebody else may talk with it too. */
  heard() {
    if (!this.#live) {
      this.open();
    }
  }

  #say(text) {
    this.#live = {text, entries: [], state: 'connecting'};
    this.#execution = null;
    this.#line = follow(agentPath(this.name, '/chat'), {
      method: 'POST',
      body: {message: text},
      onEvent: event => this.#hear(event),
      onState: (state, error) => this.#turned(state, error),
    });
    this.update();
  }

  #hear({type, data}) {
    const entry = JSON.parse(data);
    if (type === 'execution') {
      this.#execution = entry.execution_id;
    } else if (type === 'failed' || type === 'cancelled') {
      this.#live.failure = entry.content;
    } else if (type !== 'user') {
      this.#live.entries.push(entry);
    }
    this.update();
  }

  async #turned(state, error) {
    if (state === 'ended' || state === 'failed') {
      const failure = error?.message ?? this.#live?.failure;
      await this.open();
      this.#live = null;
      if (failure) {
        toast(`${this.name} did not answer: ${failure}`, 'bad');
      }
    }
    this.update();
  }

  async #stop() {
    await this.page.act(() => api.post(agentPath(this.name, `/executions/${this.#execution}/terminate`)));
  }

  async #reset() {
    const agreed = await confirm({
      title: 'Begin a new chat?',
      text: 'The agent starts without what was said here; the talk itself is kept.',
      action: 'Begin anew',
    });
    if (agreed) {
      await this.do(() => api.delete(agentPath(this.name, '/chat/history')));
    }
  }

  show() {
    return html`<section class="talk" aria-label="Chat with ${this.name}">
      ${this.loaded.length === 0 && !this.#live
        ? empty('Nothing was said yet',
          'Say what you want it to do; it remembers the talk until you begin a new one.')
        : nothing}
      <ul class="talk-words" aria-live="polite">${repeat(this.loaded, (_, at) => at, message => html`
        <li class=${message.role === 'user' ? 'user' : 'agent'}>
          <p class="muted small">${message.role === 'user' ? 'You' : this.name} ${when(message.timestamp)}</p>
          <p class="said">${message.content}</p></li>`)}
        ${this.#live ? this.#now() : nothing}</ul>
      ${this.#form()}</section>`;
  }

  #now() {
    return html`<li class="user"><p class="muted small">You</p><p class="said">${this.#live.text}</p></li>
      <li class="agent">${loading('It works on an answer …')}${steps(this.#live.entries)}
        ${this.#execution ? html`<button class="button small" @click=${() => this.#stop()}>
          ${icon('stop')}Stop it</button>` : nothing}</li>`;
  }

  #form() {
    const {status} = this.page.agent;
    return html`<form class="stack" @submit=${submitted((values, form) => {
      const text = values.message.trim();
      if (text && !this.#live) {
        form.reset();
        this.#say(text);
      }
    })}>
      ${status === 'running' ? nothing : html`<p class="notice">The agent is off. Start it, and it can answer.</p>`}
      <label class="field"><span>Your word</span><textarea name="message" rows="3" required @keydown=${event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.target.form.requestSubmit();
        }
      }}></textarea><small>Ctrl Enter sends it.</small></label>
      <div class="row end">
        ${this.loaded.length
          ? html`<button type="button" class="button" @click=${() => this.#reset()}>New chat</button>`
          : nothing}
        <button class="button primary" ?disabled=${Boolean(this.#live)}>${icon('send')}Say it</button></div></form>`;
  }

  close() {
    this.#line?.close();
  }
}
