// What an agent did: chats, tasks and schedules, each with its steps; one that is under way is followed.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {follow} from '../stream.js';
import {ask} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {duration, money, number} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {facts, table, when} from '../ui/parts.js';
import {badge, empty, loading} from '../ui/states.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';
import {steps} from './steps.js';

const PAGE = 50;
const STATES = ['', 'pending', 'running', 'success', 'failed', 'cancelled', 'skipped'];
const CAUSES = ['', 'manual', 'chat', 'schedule', 'agent'];

export class ExecutionsPanel extends Panel {
  #cursor = null;
  #state = '';
  #cause = '';
  #one = null;
  #entries = [];
  #line = null;

  /** The newest, or with a cursor those before as well. */
  async load(cursor = '') {
    const query = {limit: PAGE, status: this.#state, triggered_by: this.#cause, cursor};
    const address = withQuery(agentPath(this.name, '/executions'), query);
    const response = await api.send('GET', address, undefined, {signal: this.page.signal});
    const found = await response.json();
    this.#cursor = response.headers.get('X-Next-Cursor');
    return cursor ? [...this.loaded, ...found] : found;
  }

  #look(execution) {
    this.close();
    this.#one = execution;
    this.#entries = [];
    this.#line = follow(agentPath(this.name, `/executions/${execution.id}/stream`), {
      onEvent: event => {
        if (event.type !== 'execution') {
          this.#entries.push(JSON.parse(event.data));
          this.update();
        }
      },
      onState: state => state === 'ended' && this.#refresh(execution),
    });
    this.update();
  }

  async #refresh(execution) {
    const now = await api.get(agentPath(this.name, `/executions/${execution.id}`)).catch(() => execution);
    if (this.#one?.id === execution.id) {
      this.#one = now;
      this.update();
    }
  }

  async #give() {
    const given = await ask({
      title: `A task for ${this.name}`,
      action: 'Give it',
      fields: () => html`
        ${field({label: 'Task', name: 'message', rows: 6, required: true, autofocus: true,
          hint: 'It does this beside all else, without a memory of what was said in the chat.'})}
        ${field({label: 'Longest time in seconds', name: 'seconds', type: 'number', min: 1, max: 7200,
          placeholder: 'its usual limit'})}`,
      deed: values => api.post(agentPath(this.name, '/task'), {
        message: values.message, async_mode: true, ...(values.seconds ? {timeout_seconds: Number(values.seconds)} : {}),
      }),
    });
    if (given) {
      await this.open();
      const execution = this.loaded?.find(each => each.id === given.execution_id);
      if (execution) {
        this.#look(execution);
      }
    }
  }

  show() {
    return html`<section class="stack" aria-label="Executions">
      <div class="row wrap">
        ${this.#choice('State', this.#state, STATES, value => {
          this.#state = value;
        })}
        ${this.#choice('Began by', this.#cause, CAUSES, value => {
          this.#cause = value;
        })}
        <span class="grow"></span>
        <button class="button primary" @click=${() => this.#give()}>${icon('plus')}Give a task</button></div>
      ${this.#one ? this.#chosen() : nothing}
      ${this.#listing()}</section>`;
  }

  #choice(label, value, words, set) {
    return html`<label class="row"><span>${label}</span><select @change=${event => {
      set(event.target.value);
      this.open();
    }}>${words.map(word => html`
      <option value=${word} ?selected=${word === value}>${word || 'any'}</option>`)}</select></label>`;
  }

  #listing() {
    if (!this.loaded) {
      return loading('Reading what it did …');
    }
    if (this.loaded.length === 0) {
      return empty('Nothing here',
        'It did nothing of this kind yet. Give it a task, talk with it, or make a schedule.');
    }
    return html`${table([
      {name: 'Task', cell: each => html`<button class="files-entry" @click=${() => this.#look(each)}>
        <span class="clip fleet-task">${each.message}</span></button>`},
      {name: 'State', cell: each => badge(each.status)},
      {name: 'Began by', cell: each => each.source_agent_name ?? each.triggered_by},
      {name: 'Began', cell: each => when(each.started_at)},
      {name: 'Took', cell: each => duration(each.duration_ms)},
      {name: 'Tools', className: 'number', cell: each => number(each.tool_count)},
      {name: 'Tokens', className: 'number', cell: each => number(each.input_tokens + each.output_tokens)},
      {name: 'Cost', className: 'number', cell: each => money(each.cost)},
    ], this.loaded, each => each.id, {caption: `What ${this.name} did`})}
    ${this.#cursor ? html`<button class="button" @click=${() => this.open(this.#cursor)}>
      Show older ones</button>` : nothing}`;
  }

  #cancel(one) {
    return this.page.act(() => api.post(agentPath(this.name, `/executions/${one.id}/terminate`)), 'Cancelled');
  }

  #chosen() {
    const one = this.#one;
    const isLive = one.status === 'running' || one.status === 'pending';
    return html`<section class="card" aria-label="One execution">
      <header><h2>${when(one.started_at)}</h2>${badge(one.status)}<span class="grow"></span>
        ${isLive ? html`<button class="button small" @click=${() => this.#cancel(one)}>
          ${icon('stop')}Cancel it</button>` : nothing}
        <button class="button quiet small" aria-label="Close this execution" @click=${() => {
          this.close();
          this.#one = null;
          this.update();
        }}>${icon('bad')}</button></header>
      ${one.error ? html`<p class="error">${one.error}</p>` : nothing}
      ${facts([
        ['Model', one.model_used ?? 'not told'],
        ['Took', duration(one.duration_ms) || 'not over'],
        ['Cost', money(one.cost)],
      ])}
      ${isLive ? loading('It is at work …') : nothing}
      ${steps(this.#entries)}</section>`;
  }

  close() {
    this.#line?.close();
    this.#line = null;
  }
}
