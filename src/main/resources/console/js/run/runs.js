// Earlier runs of an agent.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {duration, number} from '../ui/format.js';
import {table, when} from '../ui/parts.js';
import {badge, loading, trouble} from '../ui/states.js';

export class RunsPanel {
  #runs = null;
  #next = null;
  #error = null;

  /** @param {{agent: string, update: () => void}} options */
  constructor({agent, update}) {
    Object.assign(this, {agent, update});
  }

  open() {
    return this.#load(null);
  }

  async #load(cursor) {
    try {
      const page = await api.get(withQuery('/api/v1/runs', {agent: this.agent, limit: 50, cursor}));
      this.#runs = [...(cursor ? this.#runs : []), ...page.data];
      this.#next = page.next_cursor;
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.update();
  }

  view() {
    if (this.#error) {
      return trouble(this.#error, () => this.#load(null));
    }
    if (!this.#runs) {
      return loading('Loading its runs …');
    }
    return html`${table([
      {name: 'Run', cell: run => html`<a href="/console/runs/${run.id}">Run ${run.ordinal}</a>`},
      {name: 'State', cell: run => badge(run.status)},
      {name: 'Task', cell: run => html`<span class="two-lines">${run.task}</span>`},
      {name: 'Began', cell: run => when(run.started_at)},
      {name: 'Took', className: 'number', cell: run => run.ended_at
        ? duration(new Date(run.ended_at) - new Date(run.started_at)) : '–'},
      {name: 'Tokens', className: 'number', cell: run => number(run.usage.input_tokens + run.usage.output_tokens)},
    ], this.#runs, run => run.id, {caption: 'Runs of this agent'})}
    ${this.#next ? html`<button class="button" @click=${() => this.#load(this.#next)}>Show more</button>` : nothing}`;
  }
}
