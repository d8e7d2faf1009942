// What works the runs of an agent: the adapter and its configuration, as fields for the usual and JSON for the rest.
import {html, keyed, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {field} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {badge} from '../ui/states.js';
import {ADAPTERS, HIDDEN, json} from './words.js';

const LOCAL = [
  {name: 'cwd', label: 'Folder to work in', hint: 'Absolute, in the agent’s computer. Empty is its home.'},
  {name: 'timeoutSec', label: 'Time limit in seconds', type: 'number', hint: 'Empty is none.'},
];
const COMMAND = {name: 'command', label: 'Command', hint: 'Empty is the program of that name.'};
const FIELDS = {
  process: [
    {name: 'command', label: 'Command', hint: 'A program in the agent’s computer; no shell.', placeholder: '/bin/sh'},
    {name: 'args', label: 'Arguments', hint: 'As in a shell, or a JSON array.', placeholder: '-c "echo at work"'},
    ...LOCAL,
  ],
  http: [
    {name: 'url', label: 'URL', hint: 'Called with the run as JSON; a 2xx is success.', placeholder: 'https://'},
    {name: 'method', label: 'Method', placeholder: 'POST'},
    {name: 'timeoutMs', label: 'Time limit in milliseconds', type: 'number'},
  ],
  claude_local: [COMMAND, {name: 'model', label: 'Model'}, {name: 'effort', label: 'Effort'},
    {name: 'maxTurnsPerRun', label: 'Turns at most', type: 'number'}, ...LOCAL],
  codex_local: [COMMAND, {name: 'model', label: 'Model'}, {name: 'modelReasoningEffort', label: 'Effort of reasoning'},
      ...LOCAL],
  gemini_local: [COMMAND, {name: 'model', label: 'Model'}, ...LOCAL],
};

export class AdapterForm {
  #update;
  #at;
  #config;
  #checks = null;
  #busy = false;

  /**
   * @param {string} at the squad's path in the API
   * @param {() => void} update draws the form anew
   */
  constructor(at, update, type = 'claude_local', config = {}) {
    this.#at = at;
    this.#update = update;
    this.#config = config;
    this.type = type;
  }

  #fields() {
    return FIELDS[this.type] ?? LOCAL;
  }

  view() {
    const names = this.#fields().map(each => each.name);
    const rest = Object.fromEntries(Object.entries(this.#config).filter(([name]) => !names.includes(name)));
    return html`<fieldset class="stack"><legend>What works its runs</legend>
      ${field({label: 'Adapter', name: 'adapterType', value: this.type, options: ADAPTERS, onChange: event => {
        this.type = event.target.value;
        this.#checks = null;
        this.#update();
      }})}
      ${keyed(this.type, html`
        <div class="fields">${this.#fields().map(each =>
            field({...each, name: 'config.' + each.name, value: shown(this.#config[each.name])}))}</div>
        ${field({label: 'More of its configuration, as JSON', name: 'config', rows: 3,
          value: Object.keys(rest).length ? json(rest) : '', placeholder: '{"env": {"NAME": "value"}}',
          hint: `A value that shows as ${HIDDEN} stays what it is.`})}`)}
      <div class="row wrap"><button type="button" class="button small" ?disabled=${this.#busy} aria-busy=${this.#busy}
        @click=${event => this.#test(event.target.form)}>${icon('play')}Try it out in a throw-away
            computer</button></div>
      <div aria-live="polite">${this.#checks ? findings(this.#checks) : nothing}</div>
    </fieldset>`;
  }

  /** The configuration out of what the form holds. */
  of(values) {
    const config = parsed(values.config);
    for (const {name, type} of this.#fields()) {
      const text = (values['config.' + name] ?? '').trim();
      if (text) {
        config[name] = type === 'number' ? Number(text) : text.startsWith('[') && name === 'args' ? list(text) : text;
      }
    }
    return config;
  }

  async #test(form) {
    this.#busy = true;
    this.#update();
    try {
      const adapterConfig = this.of(Object.fromEntries(new FormData(form)));
      this.#checks = await api.post(this.#at + path`/adapters/${this.type}/test-environment`, {adapterConfig});
    } catch (error) {
      this.#checks = {status: 'fail', checks: [{level: 'error', message: error.message}]};
    }
    this.#busy = false;
    this.#update();
  }
}

function shown(value) {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

function list(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The arguments begin with [, but are no JSON array: ${error.message}`);
  }
}

function parsed(text) {
  if (!text?.trim()) {
    return {};
  }
  let config;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new Error(`The configuration is no JSON: ${error.message}. It looks like {"env": {"NAME": "value"}}.`);
  }
  if (config === null || typeof config !== 'object' || Array.isArray(config)) {
    throw new Error('The configuration must be a JSON object, such as {"env": {"NAME": "value"}}.');
  }
  return config;
}

function findings({status, checks}) {
  return html`<div class="notice ${status === 'fail' ? 'bad' : status === 'warn' ? '' : 'info'}">
    <p>${badge(status === 'pass' ? 'ok' : status === 'fail' ? 'failed' : 'waiting', status)}</p>
    <ul>${checks.map(check => html`<li>${check.message}${check.detail ? html` <code>${check.detail}</code>` : nothing}
      ${check.hint ? html`<br><span class="muted">${check.hint}</span>` : nothing}</li>`)}</ul></div>`;
}
