// How each step of a run looks. Whatever an agent said is only ever text.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {icon} from '../ui/icons.js';
import {badge} from '../ui/states.js';
import {bytes, duration, money, number, plural} from '../ui/format.js';
import {toast} from '../ui/toast.js';
import {diff, diffView} from './diff.js';

const FOLDED = 24;
const clock = new Intl.DateTimeFormat('en', {hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false});

export class StepViews {
  #open = new Set();
  #raw = new Map();
  #whole = new Map();

  /**
   * @param {object} options
   * @param {string} options.path of the run
   * @param {() => void} options.changed draws the list again
   * @param {import('./pictures.js').Pictures} options.pictures
   */
  constructor({path, changed, pictures}) {
    Object.assign(this, {path, changed, pictures});
  }

  isOpen(step) {
    return this.#open.has(step.seq);
  }

  /** Unfolds a step, or folds it. */
  toggle(step) {
    this.#open.has(step.seq) ? this.#open.delete(step.seq) : this.#open.add(step.seq);
    this.changed();
  }

  view(step) {
    const {name, title, body} = this.#parts(step);
    return html`<div class="step ${step.type} ${step.state ?? ''} ${step.kind}">
      <div class="step-head">
        <span class="step-icon">${icon(name)}</span><h3>${title}</h3>
        ${step.state && step.state !== 'completed' ? badge(step.state === 'asking' ? 'running' : step.state) : nothing}
        <span class="grow"></span>
        ${step.ms === undefined ? nothing : html`<span class="muted small">${duration(step.ms)}</span>`}
        <time class="muted small wide" datetime=${new Date(step.ts).toISOString()}>${clock.format(step.ts)}</time>
        ${step.seq === 0 ? nothing : html`<button class="button quiet small" aria-label="Event ${step.seq} as JSON"
            aria-expanded=${this.#raw.has(step.seq)} @click=${() => this.#showRaw(step)}>{ }</button>`}
      </div>
      <div class="step-body">${body}
        ${this.#raw.has(step.seq) ? this.#json(this.#raw.get(step.seq)) : nothing}</div></div>`;
  }

  #parts(step) {
    switch (step.type) {
      case 'model':
        return {name: 'chat', title: this.#modelTitle(step), body: this.#model(step)};
      case 'tool':
        return {name: toolIcon(step.call.tool), title: html`<code>${step.call.tool}</code>`, body: this.#tool(step)};
      case 'end':
        return {name: step.kind === 'completed' ? 'good' : 'bad', title: ENDS[step.kind], body: this.#end(step)};
      default:
        return note(step);
    }
  }

  #modelTitle(step) {
    if (step.state === 'asking') {
      return step.text || step.thinking ? 'The model answers' : 'The model is asked';
    }
    return step.state === 'failed' ? 'The model failed' : 'Model';
  }

  #model(step) {
    const tokens = step.reply?.tokens;
    return html`
      ${step.thinking ? html`<details class="thinking" ?open=${step.state === 'asking' && !step.text}>
        <summary>Thinking</summary><pre class="prose" tabindex="0">${step.thinking}</pre></details>` : nothing}
      ${step.text ? html`<div class="prose said">${step.text}</div>` : nothing}
      ${step.trouble ? html`<p class="error">${step.trouble.reason}</p>
        <p class="muted small">${step.trouble.next_try_ms === null ? 'It is not tried again.'
          : `Tried again after ${duration(step.trouble.next_try_ms)}.`}</p>` : nothing}
      ${tokens ? html`<p class="muted small">${number(tokens.input)} tokens in${tokens.cached
        ? `, of them ${number(tokens.cached)} cached` : ''} · ${number(tokens.output)} out · ${step.reply.model}${
        step.reply.stop === 'length' ? ' · cut off by the limit of its length' : ''}</p>` : nothing}
      ${step.reply?.truncated ? this.#more(step, step.resultSeq, step.reply.bytes) : nothing}`;
  }

  #tool(step) {
    const input = step.call.input;
    const command = typeof input === 'object' && input !== null ? input.command ?? input.cmd : undefined;
    return html`
      ${step.file ? this.#file(step) : command !== undefined
        ? html`<pre class="command" tabindex="0">${[].concat(command).join(' ')}</pre>` : this.#json(input, step, 'in')}
      ${step.call.truncated ? this.#more(step, step.seq, step.call.bytes, 'the input') : nothing}
      ${step.pictures.map(picture => this.#picture(picture))}
      ${step.result ? this.#result(step) : nothing}`;
  }

  #file({file, call}) {
    return html`<p><code>${file.path}</code>${file.before === null
      ? html` <span class="muted small">all of it is new here</span>` : nothing}
      ${call.truncated ? html` <span class="muted small">only the beginning is compared</span>` : nothing}</p>
      ${diffView(diff(file.before ?? '', file.after))}`;
  }

  #picture({url, bytes: size}) {
    const source = this.pictures.source(url);
    return html`<figure class="shot">${source
      ? html`<a href=${source} target="_blank" rel="noopener"><img src=${source} alt="What the tool showed"></a>`
      : html`<p class="muted">A picture of ${bytes(size)} is loaded …</p>`}</figure>`;
  }

  #result(step) {
    const result = this.#whole.get(step.seq)?.detail ?? step.result;
    const {output, is_error: isError, in_doubt: inDoubt, truncated, bytes: size} = result;
    if (step.file && !isError && !inDoubt) {
      return typeof output?.bytes_written !== 'number' ? nothing
        : html`<p class="muted small">${bytes(output.bytes_written)} written</p>`;
    }
    const isShell = output !== null && typeof output === 'object' && 'exit_code' in output;
    return html`
      ${inDoubt ? html`<p class="notice">The server was lost while this ran: whether it had its effect
        is not known.</p>` : nothing}
      ${isShell ? this.#shell(step, output)
        : html`<div class=${isError ? 'failure' : ''}>${isError && typeof output?.error === 'string'
        ? html`<pre class="error" tabindex="0">${output.error}</pre>` : this.#json(output, step, 'out')}</div>`}
      ${truncated ? this.#more(step, step.resultSeq, size) : nothing}`;
  }

  #shell(step, output) {
    return html`
      ${output.stdout ? this.#text(step, output.stdout, 'stdout', 'Output') : nothing}
      ${output.stderr ? this.#text(step, output.stderr, 'stderr', 'Errors') : nothing}
      <p class="small">
        <span class="exit ${output.exit_code === 0 ? 'good' : 'bad'}">exit code ${output.exit_code}</span>
        ${output.timed_out ? html`<span class="error">· its time was up</span>` : nothing}
        ${!output.stdout && !output.stderr ? html`<span class="muted">· it printed nothing</span>` : nothing}</p>`;
  }

  /** Long texts are folded until somebody wants them. */
  #text(step, text, className, label) {
    const lines = text.split('\n');
    const folded = !this.isOpen(step) && lines.length > FOLDED;
    const shown = folded ? lines.slice(0, FOLDED).join('\n') : text;
    return html`<pre class="output ${className}" tabindex="0" aria-label=${label}>${shown}</pre>
      ${lines.length > FOLDED ? html`<button class="button small" aria-expanded=${!folded}
        @click=${() => this.toggle(step)}>
        ${folded ? `Show all ${number(lines.length)} lines` : 'Show fewer lines'}</button>` : nothing}`;
  }

  #json(value, step, part) {
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return step ? this.#text(step, text ?? '', 'json', part === 'in' ? 'Input' : 'Output')
      : html`<pre class="output json" tabindex="0" aria-label="JSON">${text}</pre>`;
  }

  #more(step, seq, size, what = 'the output') {
    const shown = this.#whole.has(step.seq) || seq !== step.resultSeq || step.type !== 'tool';
    return html`<p class="row wrap small"><span class="muted">This is the beginning: all is ${bytes(size)}.</span>
      ${shown ? nothing : html`<button class="button small" @click=${() => this.#load(step, seq)}>Show more</button>`}
      <button class="button small" @click=${() => this.#download(seq)}>
        ${icon('download')}Download ${what}</button></p>`;
  }

  async #load(step, seq) {
    await this.#try(async () => this.#whole.set(step.seq, await api.get(`${this.path}/events/${seq}`)));
    this.#open.add(step.seq);
    this.changed();
  }

  #download(seq) {
    return this.#try(() => api.download(`${this.path}/events/${seq}/output`, `event-${seq}.txt`));
  }

  async #showRaw(step) {
    if (this.#raw.has(step.seq)) {
      this.#raw.delete(step.seq);
    } else {
      const wanted = [...new Set([step.seq, step.resultSeq].filter(Boolean))];
      await this.#try(async () => this.#raw.set(step.seq, await Promise.all(
        wanted.map(seq => api.get(`${this.path}/events/${seq}?cut=4096`)))));
    }
    this.changed();
  }

  async #try(deed) {
    try {
      await deed();
    } catch (error) {
      toast(error.message, 'bad');
    }
  }

  #end(step) {
    const {result, message, reason, by} = step.detail;
    return html`${result ? html`<div class="prose said">${result}</div>` : nothing}
      ${message ? html`<p class="error">${reason.replaceAll('_', ' ')}: ${message}</p>` : nothing}
      ${by ? html`<p>by ${by}</p>` : nothing}
      ${step.detail.truncated ? this.#more(step, step.seq, step.detail.bytes, 'the answer') : nothing}`;
  }
}

const ENDS = {completed: 'Completed', failed: 'Failed', stopped: 'Stopped'};

const TOOLS = [
  [/shell|bash|exec|command/i, 'terminal'],
  [/memory|remember|recall/i, 'memory'],
  [/browser|http|fetch|web/i, 'link'],
  [/file|read|write|edit|list/i, 'file'],
];

function toolIcon(tool) {
  return TOOLS.find(([words]) => words.test(tool))?.[1] ?? 'plug';
}

/** The small ones: what happened around the work. */
function note({kind, detail}) {
  switch (kind) {
    case 'noted':
      return {name: 'info', title: detail.text, body: nothing};
    case 'instructed':
      return {name: 'file', title: 'Instructions', body: folded('What the model is told before all', detail.text)};
    case 'spoken':
      return {name: 'user', title: detail.speaker === 'user' ? 'Task' : 'Said before',
        body: html`<div class="prose said">${detail.text}</div>`};
    case 'consulted':
      return {name: 'search', title: `Looked up ${plural(detail.passages.length, 'passage')}`,
        body: detail.passages.map(each => folded(each.document, each.text))};
    case 'recalled':
      return {name: 'memory', title: `Remembered ${plural(detail.memories.length, 'thing')}`,
        body: detail.memories.map(each => folded(each.key, each.value))};
    case 'egress':
      return {
        name: detail.allowed ? 'link' : 'bad',
        title: html`${detail.allowed ? 'Went out to' : 'Was kept from'} <code>${detail.target}</code>${
          detail.times > 1 ? ` ${number(detail.times)} times` : ''}`,
        body: detail.reason ? html`<p class="error small">${detail.reason}</p>` : nothing,
      };
    case 'computer_opened':
      return {name: 'lock', title: `Computer ready: ${detail.isolation}`,
        body: folded('Isolation in force, as measured inside',
        Object.entries(detail.facts).map(([name, value]) => `${name} = ${value}`).join('\n'))};
    case 'session_began':
      return {name: 'play', title: `${detail.runtime} works`,
        body: html`<p class="muted small">session ${detail.session}</p>`};
    case 'charged':
      return {name: 'gauge', title: `${number(detail.tokens.input)} tokens in, ${number(detail.tokens.output)} out${
        detail.dollars ? `, ${money(detail.dollars)}` : ''}`, body: nothing};
    case 'files_placed':
      return {name: 'upload', title: `${plural(detail.count, 'file')} put into the workspace`, body: nothing};
    case 'workspace_lost':
      return {name: 'warn', title: 'The workspace is gone', body: html`<p class="error small">${detail.text}</p>`};
    case 'result_refused':
      return {name: 'warn', title: 'The answer does not fit its schema',
        body: html`<p class="error small">${detail.reason}</p>`};
    case 'forked':
      return {name: 'link', title: html`Forked from step ${number(detail.seq)} of
        <a href="/console/runs/${detail.run_id}">another run</a>`,
        body: html`<p class="muted small">
          ${detail.edited ? `Its ${detail.edited} was changed. ` : ''}Its computer is a fresh one.</p>`};
    default:
      return {name: 'info', title: kind.replaceAll('_', ' '), body: nothing};
  }
}

function folded(title, text) {
  return html`<details><summary>${title}</summary><pre class="prose" tabindex="0">${text}</pre></details>`;
}
