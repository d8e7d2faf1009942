// A new task: an agent of its own gets it, and is watched at once.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {copyButton, heading} from '../ui/parts.js';
import {icon} from '../ui/icons.js';
import {number} from '../ui/format.js';
import {bodyOf, curl, refusedField} from '../task/request.js';
import {fileProblem, filesPart, readFiles} from '../task/files.js';
import {choices, limits, outcome} from '../task/options.js';

const LONGEST_TASK = 4_000;

export default class NewTaskPage extends Page {
  static styles = ['home'];

  models = [];
  tools = [];
  secrets = [];
  /** What was asked for and could not be had, by its name. */
  missing = {};
  files = [];
  busy = false;
  refusal = null;
  #once = {body: '', key: ''};

  get title() {
    return 'New task';
  }

  async open() {
    this.wish = {
      task: this.query.get('task') ?? '', name: '', model: this.query.get('model') ?? '', choose: false, tools: [],
      network: 'full', hosts: '', secrets: [], minutes: '', iterations: '',
      schema: '', artifacts: '', recall: true, extract: true,
    };
    // The page is there at once: what can be chosen comes when it comes.
    this.#ask('models', '/api/v1/models');
    this.#ask('tools', '/api/v1/tools');
    this.#ask('secrets', withQuery('/api/v1/secrets', {limit: 100}));
  }

  async #ask(name, path) {
    try {
      this[name] = (await api.get(path, {signal: this.signal})).data;
    } catch (error) {
      if (error.name !== 'AbortError') {
        this.missing[name] = error.message;
      }
    }
    this.update();
  }

  keys() {
    return [{keys: 'ctrl+enter', name: 'Submit the task', run: () => this.submit()}];
  }

  put(changes) {
    Object.assign(this.wish, changes);
    this.update();
  }

  /** What was refused about a field; null for nothing. */
  refused(field) {
    return this.refusal?.field === field ? this.refusal.message : null;
  }

  async submit() {
    if (this.busy) {
      return;
    }
    const problem = this.#problem();
    if (problem) {
      this.#refuse(problem);
      return;
    }
    this.busy = true;
    this.refusal = null;
    this.update();
    try {
      const body = JSON.stringify(bodyOf(this.wish, await readFiles(this.files)));
      const spawned = await api.post('/api/v1/agents', body, {
        headers: {'Content-Type': 'application/json', 'Idempotency-Key': this.#keyOf(body)},
      });
      navigate('/console/agents/' + spawned.agent_id);
    } catch (error) {
      this.busy = false;
      this.#refuse({field: refusedField(error), message: error.message});
    }
  }

  /** What the server would refuse, known without it. */
  #problem() {
    const task = this.wish.task.trim();
    if (!task) {
      return {field: 'task', message: 'Say what is to be done.'};
    }
    if ([...task].length > LONGEST_TASK) {
      return {field: 'task', message: `The task may have ${number(LONGEST_TASK)} characters; put more into a file.`};
    }
    if (this.wish.choose && this.wish.tools.length === 0) {
      return {field: 'tools', message: 'Choose one tool at least, or leave the usual ones.'};
    }
    const files = fileProblem(this.files);
    return files ? {field: 'files', message: files} : null;
  }

  #refuse(refusal) {
    this.refusal = refusal;
    this.update();
    queueMicrotask(() => {
      const place = document.querySelector(`[data-field="${refusal.field}"]`);
      place?.closest('details')?.setAttribute('open', '');
      (place?.querySelector('input, textarea, select') ?? document.querySelector('.task-page .trouble-line'))?.focus();
    });
  }

  /** The same request sent again makes no second agent. */
  #keyOf(body) {
    if (this.#once.body !== body) {
      const random = crypto.getRandomValues(new Uint8Array(16));
      this.#once = {body, key: Array.from(random, byte => byte.toString(16).padStart(2, '0')).join('')};
    }
    return this.#once.key;
  }

  view() {
    const {refusal} = this;
    const elsewhere = refusal && !document.querySelector(`[data-field="${refusal.field}"]`);
    return html`
      ${heading('New task')}
      <form class="task-page" novalidate @submit=${event => {
        event.preventDefault();
        this.submit();
      }}>
        <div class="stack">
          <section class="card">
            ${this.#task()}
            ${filesPart(this)}
            <p class="error trouble-line" role="alert" tabindex="-1">${
              elsewhere || refusal?.field === null ? refusal?.message : ''}</p>
            <div class="row wrap">
              <button class="button primary" ?disabled=${this.busy} aria-busy=${this.busy}>
                ${icon('send')}${this.busy ? 'Sending …' : 'Start'}</button>
              <span class="muted small"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
            </div>
          </section>
          ${choices(this)}
          ${outcome(this)}
        </div>
        <div class="stack">
          ${limits(this)}
          ${this.#command()}
        </div>
      </form>`;
  }

  #task() {
    const length = [...this.wish.task.trim()].length;
    const error = this.refused('task');
    const hint = 'The agent gets a computer of its own, with /workspace to work in.';
    return html`<div class="field" data-field="task">
      <label for="task">What is to be done?</label>
      <textarea id="task" class="task" name="task" autofocus aria-describedby="task-hint"
          aria-invalid=${error ? 'true' : nothing}
          placeholder="Read notes.md and write a summary of it to /workspace/summary.md"
          .value=${this.wish.task} @input=${event => this.put({task: event.target.value})}></textarea>
      <small id="task-hint" class=${error ? 'error' : ''}>${error ?? hint}
        <span class=${length > LONGEST_TASK ? 'over-limit' : ''}>
          ${number(length)} of ${number(LONGEST_TASK)} characters</span></small>
    </div>`;
  }

  #command() {
    const text = curl(location.origin, this.wish, this.files);
    return html`<section class="card" aria-labelledby="curl">
      <header><h2 id="curl">The same with curl</h2><span class="grow"></span>
        ${copyButton(text, 'Copy the command')}</header>
      <pre class="curl" tabindex="0" aria-label="Command">${text}</pre>
      <p class="muted small">DROVER_API_KEY is one of your <a href="/console/keys">keys</a>.</p></section>`;
  }
}
