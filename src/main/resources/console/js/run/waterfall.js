// Where a run's time and tokens went: one bar for each call of a model, each tool and each wait.
import {html, nothing, svg} from '../lit.js';
import {api} from '../api.js';
import {duration, money, number, plural} from '../ui/format.js';
import {empty, loading, trouble} from '../ui/states.js';
import {facts} from '../ui/parts.js';

const EVERY = 3_000;
const SHOWN = 300;

export class WaterfallPanel {
  #spans = null;
  #error = null;
  #all = false;
  #timer = 0;

  /**
   * @param {{run: () => object, path: string, update: () => void, go: (seq: number) => void}} options `run` as it is
   */
  constructor({run, path, update, go}) {
    Object.assign(this, {run, path, update, go});
  }

  open() {
    this.#load();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => document.hidden || this.run().ended_at || this.#load(), EVERY);
  }

  close() {
    clearInterval(this.#timer);
  }

  async #load() {
    try {
      this.#spans = await api.get(`${this.path}/spans`);
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.update();
  }

  view() {
    if (this.#error) {
      return trouble(this.#error, () => this.#load());
    }
    if (!this.#spans) {
      return loading('Loading where the time went …');
    }
    const bars = this.#spans.data;
    if (bars.length === 0) {
      return empty('Nothing yet', 'No model was asked and no tool was called so far. It shows here as soon as one is.');
    }
    return html`${this.#sums(bars)}${this.#models()}${this.#chart(bars)}`;
  }

  #sums(bars) {
    const spent = kind => bars.filter(bar => bar.kind === kind).reduce((sum, bar) => sum + until(bar) - bar.from, 0);
    const whole = Math.max(...bars.map(until)) - bars[0].from;
    const {usage} = this.run();
    return facts([
      ['In all', duration(whole)],
      ['Models', duration(spent('model'))],
      ['Tools', duration(spent('tool'))],
      ['Waiting', duration(spent('waiting'))],
      ['Tokens', `${number(usage.input_tokens)} in, ${number(usage.output_tokens)} out`],
      ['Cost', usage.cost_usd === null ? 'nobody counts it' : money(usage.cost_usd)],
    ]);
  }

  #models() {
    return html`<ul class="plain">${this.#spans.models.map(({model, calls, tokens}) => html`<li><code>${model}</code>
      <span class="muted">${plural(calls, 'call')} · ${number(tokens.input)} tokens in,
      of them ${number(tokens.cached)} cached · ${number(tokens.output)} out</span></li>`)}</ul>`;
  }

  #chart(bars) {
    const from = bars[0].from;
    const whole = Math.max(1, Math.max(...bars.map(until)) - from);
    const shown = this.#all ? bars : bars.slice(0, SHOWN);
    return html`<ol class="waterfall" aria-label="Where the time went">
      ${shown.map(bar => this.#bar(bar, from, whole))}</ol>
      ${shown.length < bars.length ? html`<button class="button" @click=${() => {
        this.#all = true;
        this.update();
      }}>Show all ${number(bars.length)}</button>` : nothing}`;
  }

  #bar(bar, from, whole) {
    const left = ((bar.from - from) / whole) * 100;
    const width = Math.max(0.3, ((until(bar) - bar.from) / whole) * 100);
    const took = duration(until(bar) - bar.from);
    return html`<li>
      <button class="bar-name" @click=${() => this.go(bar.seq)} title="Go to this step">
        ${KINDS[bar.kind]} <code>${bar.name}</code></button>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${svg`<rect
        class="${bar.kind} ${bar.failed ? 'failed' : ''}"
        x=${Math.min(left, 99.7)} width=${width} y="1" height="8"></rect>`}</svg>
      <span class="small bar-figures">${took}${bar.until === null ? ', still' : ''}${bar.failed ? ', failed' : ''}
        ${bar.tokens ? html`<span class="muted">${number(bar.tokens.input)} → ${number(bar.tokens.output)}</span>`
          : nothing}</span></li>`;
  }
}

const KINDS = {model: 'Model', tool: 'Tool', waiting: 'Waiting for'};

function until(bar) {
  return bar.until ?? Date.now();
}
