// Settings of an agent: what it may do by itself, how much of the machine it gets, how it looks,
// and the way in by SSH.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {field, submitted} from '../ui/form.js';
import {agentPath} from './deeds.js';
import {looks} from './looks.js';
import {Panel} from './panel.js';
import {ssh} from './ssh.js';

const PARTS = [
  'autonomy', 'read-only', 'timeout', 'capacity', 'resources', 'api-key-setting', 'skills', 'tags', 'avatar/identity',
];
const CPU = ['1', '2', '4', '8', '16'];
const MEMORY = ['1g', '2g', '4g', '8g', '16g', '32g', '64g'];
const LATER = 'Saved; used when it is started the next time';

export class SettingsPanel extends Panel {
  get waiting() {
    return 'Reading its settings …';
  }

  get canChange() {
    return this.page.canManage;
  }

  /** What the parts say, by their paths below the agent. */
  async load() {
    const options = {signal: this.page.signal};
    const found = await Promise.all(PARTS.map(part => api.get(agentPath(this.name, `/${part}`), options)));
    this.library = await api.get('/api/skills/library', options).catch(() => []);
    return Object.fromEntries(PARTS.map((part, at) => [part, found[at]]));
  }

  /** All of it, and the agent: parts depend on each other. */
  async reload() {
    await Promise.all([this.open(), this.page.load()]);
  }

  /** Not read anew by itself: somebody may be writing in its fields. */
  heard() {}

  put(part, body, done = 'Saved') {
    return this.do(() => api.put(agentPath(this.name, `/${part}`), body), done);
  }

  show() {
    return html`
      ${this.canChange
        ? nothing
        : html`<p class="notice info">This agent is shared with you: its owner changes its settings.</p>`}
      <div class="grid fleet-settings">
        ${this.#work()}${this.#readOnly()}${this.#machine()}${looks(this)}${this.canChange ? ssh(this) : nothing}
      </div>`;
  }

  /** What its owner turns, but nobody for an agent of the server itself. */
  get #isFixed() {
    return !this.canChange || this.page.agent.is_system;
  }

  #work() {
    const {autonomy, timeout, capacity} = this.loaded;
    return html`<section class="card"><h2>Work</h2>
      <label class="check"><input type="checkbox" .checked=${autonomy.autonomy_enabled} ?disabled=${this.#isFixed}
        @change=${event => this.put('autonomy', {enabled: event.target.checked})}><span>Starts work by itself
        <small>${autonomy.enabled_schedules} of its ${autonomy.total_schedules} schedules are on; they fire only while
          this is.</small></span></label>
      <form class="stack" @submit=${submitted(async ({seconds, tasks}) => {
        await this.put('timeout', {execution_timeout_seconds: Number(seconds)}) &&
          await this.put('capacity', {max_parallel_tasks: Number(tasks)}, null);
      })}>
        ${field({label: 'Longest time of a task, in seconds', name: 'seconds', type: 'number', min: 60, max: 7200,
          required: true, value: String(timeout.execution_timeout_seconds)})}
        ${field({label: 'Tasks side by side', name: 'tasks', type: 'number', min: 1, max: 10,
          required: true, value: String(capacity.max_parallel_tasks), hint: `${capacity.active_slots} at work now`})}
        ${this.#save()}</form></section>`;
  }

  #readOnly() {
    const mode = this.loaded['read-only'];
    return html`<section class="card"><h2>Read-only</h2>
      <label class="check"><input type="checkbox" .checked=${mode.enabled} ?disabled=${this.#isFixed}
        @change=${event => this.#turnReadOnly(event.target.checked)}>
        <span>Its files cannot be changed from inside<small>By no tool, program or shell, beside the patterns
          below.</small></span></label>
      <form class="stack" @submit=${submitted(({allowed, blocked}) => this.put('read-only', {
        enabled: mode.enabled, config: {allowed_patterns: lines(allowed), blocked_patterns: lines(blocked)},
      }))}>
        ${field({label: 'Stay writable', name: 'allowed', rows: 5, value: mode.config.allowed_patterns.join('\n'),
          hint: 'One pattern a line: output/*, *.log'})}
        ${field({label: 'Named in refusals', name: 'blocked', rows: 3,
          value: mode.config.blocked_patterns.join('\n')})}
        ${mode.enabled
          ? this.#save()
          : html`<p class="muted small">Patterns can be changed while the mode is on.</p>`}</form></section>`;
  }

  #turnReadOnly(enabled) {
    return this.put('read-only', {enabled},
      enabled ? 'Its files are read-only now' : 'It may write its files again');
  }

  #machine() {
    const {resources, 'api-key-setting': key} = this.loaded;
    return html`<section class="card"><h2>Computer</h2>
      ${resources.enforced === false
        ? html`<p class="notice">This server cannot hold computers to these limits; they are wishes.</p>`
        : nothing}
      <form class="stack" @submit=${submitted(({cpu, memory}) => this.put('resources', {cpu, memory}, LATER))}>
        ${field({label: 'Processors', name: 'cpu', options: CPU, hint: `Now ${resources.current_cpu}`,
          value: String(resources.cpu ?? resources.current_cpu)})}
        ${field({label: 'Memory', name: 'memory', options: MEMORY, hint: `Now ${resources.current_memory}`,
          value: resources.memory ?? resources.current_memory})}
        ${this.#save()}</form>
      <label class="check"><input type="checkbox" .checked=${key.use_platform_api_key} ?disabled=${!this.canChange}
        @change=${event => this.put('api-key-setting', {use_platform_api_key: event.target.checked}, LATER)}>
        <span>Asks models with the server's key<small>Otherwise its runtime needs a credential of its
          own.</small></span></label></section>`;
  }

  #save() {
    return this.canChange ? html`<div class="row end"><button class="button primary">Save</button></div>` : nothing;
  }
}

export function lines(text) {
  return text.split('\n').map(line => line.trim()).filter(Boolean);
}
