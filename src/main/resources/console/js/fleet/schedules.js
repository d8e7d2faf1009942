// Schedules of an agent: when it starts what by itself, with the next time, and what came of it.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {ask, confirm, openDialog} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {duration, moment} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';

const EXAMPLES = [
  ['', 'Write it below'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 * * * *', 'Every hour'],
  ['0 9 * * *', 'Every day at 9:00'],
  ['0 9 * * 1-5', 'Monday to Friday at 9:00'],
  ['0 9 * * 1', 'Mondays at 9:00'],
  ['0 9 1 * *', 'The first of each month at 9:00'],
];

export class SchedulesPanel extends Panel {
  get waiting() {
    return 'Reading its schedules …';
  }

  load() {
    return api.get(agentPath(this.name, '/schedules'), {signal: this.page.signal});
  }

  async #edit(before) {
    const answer = await ask({
      title: before ? `Change ${before.name}` : 'New schedule',
      action: before ? 'Save' : 'Make it',
      className: 'large',
      fields: () => fields(before ?? {}),
      deed: values => (before
        ? api.put(this.#path(before), order(values))
        : api.post(agentPath(this.name, '/schedules'), order(values))),
    });
    if (answer) {
      await this.open();
    }
  }

  #path(schedule, rest = '') {
    return agentPath(this.name, `/schedules/${schedule.id}${rest}`);
  }

  #turn(schedule) {
    return this.do(() => api.post(this.#path(schedule, schedule.enabled ? '/disable' : '/enable')));
  }

  #trigger(schedule) {
    return this.do(() => api.post(this.#path(schedule, '/trigger')), `${schedule.name} was started; see Executions`);
  }

  async #remove(schedule) {
    const agreed = await confirm({
      title: `Delete ${schedule.name}?`,
      text: 'It fires no more, and what it did is forgotten.',
      action: 'Delete',
      danger: true,
    });
    if (agreed) {
      await this.do(() => api.delete(this.#path(schedule)), `${schedule.name} is gone`);
    }
  }

  async #past(schedule) {
    const executions = await this.page.act(() => api.get(this.#path(schedule, '/executions')));
    if (executions) {
      openDialog({title: `What ${schedule.name} did`, className: 'large', view: () => (executions.length === 0
        ? empty('It never fired', 'Start it by hand to see what comes of it.')
        : table([
          {name: 'Began', cell: each => when(each.started_at)},
          {name: 'State', cell: each => badge(each.status)},
          {name: 'Took', cell: each => duration(each.duration_ms)},
          {name: 'Answer', cell: each => each.response ?? each.error ?? ''},
        ], executions, each => each.id, {caption: 'Executions'}))});
    }
  }

  show() {
    return html`<section class="stack" aria-label="Schedules">
      <div class="row wrap"><span class="grow"></span>
        <button class="button primary" @click=${() => this.#edit(null)}>${icon('plus')}New schedule</button></div>
      ${this.page.agent.autonomy_enabled || this.loaded.length === 0 ? nothing : html`<p class="notice">Nothing starts
        by itself now: the agent's autonomy is off.
        <a href="/console/fleet/${encodeURIComponent(this.name)}/settings">Turn it on in its settings</a>, or start a
        schedule by hand.</p>`}
      ${this.loaded.length === 0
        ? empty('No schedules', 'A schedule gives the agent a task by the clock, such as every morning at nine.')
        : this.#table()}</section>`;
  }

  #table() {
    return table([
      {name: 'Schedule', cell: each => html`<span class="stack tight"><strong>${each.name}</strong>
        ${each.description ? html`<span class="muted small">${each.description}</span>` : nothing}
        <span class="small clip fleet-task">${each.message}</span></span>`},
      {name: 'When', cell: each => html`<code>${each.cron_expression}</code>
        <span class="muted small">${each.timezone}</span>`},
      {name: 'State', cell: each => badge(each.enabled ? 'enabled' : 'off', each.enabled ? 'on' : 'off')},
      {name: 'Next', cell: each => (each.next_run_at
        ? html`${when(each.next_run_at)}<br><span class="muted small">${there(each)}</span>`
        : html`<span class="muted">does not fire</span>`)},
      {name: 'Last', className: 'fleet-tight', cell: each => when(each.last_run_at)},
      {name: '', className: 'fleet-tight', cell: each => this.#actions(each)},
    ], this.loaded, each => each.id, {caption: 'Schedules'});
  }

  #actions(each) {
    return html`<span class="row">
      <button class="button small" aria-label="Start ${each.name} now" title="Start now"
          @click=${() => this.#trigger(each)}>${icon('play')}</button>
      <button class="button small" @click=${() => this.#turn(each)}>${each.enabled ? 'Turn off' : 'Turn on'}</button>
      <button class="button small quiet" aria-label="What ${each.name} did" title="What it did"
          @click=${() => this.#past(each)}>${icon('clock')}</button>
      <button class="button small quiet" aria-label="Change ${each.name}" title="Change"
          @click=${() => this.#edit(each)}>${icon('edit')}</button>
      <button class="button small quiet" aria-label="Delete ${each.name}" title="Delete"
          @click=${() => this.#remove(each)}>${icon('trash')}</button></span>`;
  }
}

const THERE = {weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'};

/** By the clock that the schedule goes by, which may be another than the reader's. */
function there({next_run_at: next, timezone}) {
  try {
    const format = new Intl.DateTimeFormat('en', {...THERE, timeZone: timezone});
    return `${format.format(new Date(next))}, ${timezone}`;
  } catch (unknownZone) {
    return moment(next);
  }
}

function fields(before) {
  const zone = before.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return html`
    ${field({label: 'Name', name: 'name', value: before.name, required: true, autofocus: true})}
    ${field({label: 'Task', name: 'message', value: before.message, rows: 4, required: true})}
    ${before.id ? nothing : field({label: 'Usual times', name: 'example', value: '', onChange: event => {
      const input = event.target.form.elements.cron_expression;
      input.value = event.target.value || input.value;
    }, options: EXAMPLES.map(([value, name]) => ({value, name}))})}
    <div class="grid">
      ${field({label: 'When', name: 'cron_expression', value: before.cron_expression, required: true,
        placeholder: '0 9 * * 1-5',
        hint: 'Minute, hour, day of the month, month, day of the week.'})}
      ${field({label: 'Time zone', name: 'timezone', value: zone})}
      ${field({label: 'Longest time in seconds', name: 'timeout_seconds', type: 'number', min: 1,
        value: String(before.timeout_seconds ?? 900)})}
    </div>
    ${field({label: 'Description', name: 'description', value: before.description ?? ''})}
    ${field({label: 'Model', name: 'model', value: before.model ?? '', placeholder: 'the agent\'s own'})}
    ${field({label: 'On', name: 'enabled', type: 'checkbox', value: before.enabled ?? true})}`;
}

function order(values) {
  const {name, message, cron_expression: cron, timezone, timeout_seconds: seconds} = values;
  const {description, model, enabled} = values;
  return {
    name, message, timezone, enabled, cron_expression: cron, timeout_seconds: Number(seconds) || 900,
    description: description || null, model: model || null,
  };
}
