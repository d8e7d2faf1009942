// What may come after a run: another word to the agent where its dialect takes one, else the same task once more.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {navigate} from '../router.js';
import {icon} from '../ui/icons.js';
import {submitted} from '../ui/form.js';

/** By the dialect of birth: how a further word is said. Agents of Jettson do one task, and a new one does the next. */
const WAYS = {
  trinity: ({slug}, text) => api.post(path`/api/agents/${slug}/task`, {message: text, async_mode: true}),
  slaw: ({uuid}, text) => api.post(path`/api/agents/${uuid}/wakeup`, {source: 'on_demand', reason: text}),
};

export class FollowUp {
  #busy = false;

  constructor(page) {
    this.page = page;
  }

  view() {
    const {agent} = this.page.run;
    if (agent.origin === 'jettson') {
      return !this.page.run.ended_at ? nothing : html`<div class="row wrap">
        <span class="muted">An agent of this kind does one task.</span>
        <button class="button" ?disabled=${this.#busy} @click=${() => this.#again()}>${icon('refresh')}
          Run the same task again</button></div>`;
    }
    if (agent.origin === 'make') {
      return html`<p><a class="button" href="/console/make/${agent.uuid}">${icon('chat')}
        Talk with it in a chat</a></p>`;
    }
    return html`<form class="row follow-up" @submit=${submitted((values, form) => this.#say(values.message, form))}>
      <label class="hidden" for="follow-up">Another word to ${agent.name}</label>
      <input id="follow-up" class="grow" name="message" required maxlength="10000"
        placeholder="Another task for ${agent.name}">
      <button class="button primary" ?disabled=${this.#busy} aria-busy=${this.#busy}>${icon('send')}Send</button>
      </form>`;
  }

  async #again() {
    await this.#deed(async () => {
      const spawned = await api.post('/api/v1/agents', {task: this.page.detail.task});
      navigate(`/console/agents/${spawned.agent_id}`);
    });
  }

  async #say(text, form) {
    const {agent} = this.page.run;
    await this.#deed(async () => {
      await WAYS[agent.origin](agent, text);
      form.reset();
      await this.page.latest();
    }, 'Sent: it is shown here when it begins.');
  }

  async #deed(deed, done) {
    this.#busy = true;
    this.page.update();
    await this.page.act(deed, done);
    this.#busy = false;
    this.page.update();
  }
}
