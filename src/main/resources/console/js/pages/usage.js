// The plan in force, and what the account has used of it.
import {html} from '../lit.js';
import {api, withQuery} from '../api.js';
import {Page} from '../page.js';
import {putQuery} from '../router.js';
import {gauge} from '../ui/chart.js';
import {field} from '../ui/form.js';
import {number} from '../ui/format.js';
import {facts, heading, when} from '../ui/parts.js';

const MONTHS = 12;
const MONTH = new Intl.DateTimeFormat('en', {month: 'long', year: 'numeric', timeZone: 'UTC'});

export default class UsagePage extends Page {
  static styles = ['admin'];

  get title() {
    return 'Plan and usage';
  }

  async open() {
    this.month = this.query.get('period') ?? '';
    await this.#load();
    this.every(30_000, () => this.#load().catch(() => {}));
  }

  async #load() {
    const options = {signal: this.signal};
    [this.plan, this.usage] = await Promise.all([
      api.get('/api/v1/plan', options), api.get(withQuery('/api/v1/usage', {period: this.month}), options)]);
    this.update();
  }

  view() {
    return html`
      ${heading('Plan and usage', {note: html`<span class="tag">plan ${this.plan.name}</span>`})}
      <p class="muted">This server has one plan (<code>DROVER_PLAN</code>), and counts each account by itself.
        What you see is your account.</p>
      <div class="columns">
        <section class="card" aria-labelledby="now"><h2 id="now">Now</h2>${this.#gauges()}</section>
        <section class="card" aria-labelledby="each"><h2 id="each">Each agent may have</h2>${this.#limits()}</section>
      </div>
      <section class="stack" aria-labelledby="month">
        <div class="row wrap"><h2 id="month">In a month</h2><span class="grow"></span>${this.#months()}</div>
        ${this.#tiles()}
      </section>`;
  }

  #gauges() {
    const {limits, used} = this.plan;
    return html`
      ${gauge(used.concurrent, limits.concurrent, {label: 'Agents at work'})}
      ${gauge(used.agent_hours, limits.agent_hours, {label: 'Agent-hours this month', shown: hours})}
      ${gauge(used.spawns_last_minute, limits.spawns_per_minute, {label: 'Started in the last minute', shown: number})}
      ${gauge(used.spawns_last_hour, limits.spawns_per_hour, {label: 'Started in the last hour', shown: number})}
      ${gauge(used.memories, limits.memories, {label: 'Memories kept', shown: number})}
      <p class="muted small">Agent-hours begin anew ${when(this.plan.resets_at)}. Starts are counted for each key by
        itself; these are of this login.</p>`;
  }

  #limits() {
    const {limits} = this.plan;
    return facts([
      ['Processors', number(limits.cpus)],
      ['Memory', `${number(limits.memory_mb)} MiB`],
      ['A run lasts', limits.run_minutes ? `at most ${number(limits.run_minutes)} min` : 'as long as it takes'],
    ]);
  }

  #months() {
    return field({label: 'Month', name: 'period', value: this.month, options: months(this.month), onChange: event => {
      this.month = event.target.value;
      putQuery({period: this.month});
      this.act(() => this.#load());
    }});
  }

  #tiles() {
    const {agents} = this.usage;
    return html`<div class="grid small-tiles">${[
      [hours(this.usage.agent_hours.used), 'agent-hours'],
      [number(agents.spawned), 'runs started'],
      [number(agents.completed), 'completed'],
      [number(agents.error), 'failed'],
      [number(agents.stopped), 'stopped'],
      [number(this.usage.input_tokens), 'tokens read'],
      [number(this.usage.output_tokens), 'tokens written'],
    ].map(([value, name]) => html`<div class="card tile"><strong>${value}</strong><span>${name}</span></div>`)}</div>`;
  }
}

function hours(value) {
  return value.toLocaleString('en', {maximumFractionDigits: value < 10 ? 2 : 0});
}

/** This month and those before, as the API names them: in UTC; and the one that the address asks for. */
function months(chosen) {
  const now = new Date();
  const months = Array.from({length: MONTHS}, (_, back) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    return {value: back === 0 ? '' : month.toISOString().slice(0, 7), name: MONTH.format(month)};
  });
  return months.some(month => month.value === chosen) ? months : [...months, {value: chosen, name: chosen}];
}
