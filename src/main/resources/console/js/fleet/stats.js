// What an agent's computer uses, asked every two seconds and drawn as lines over the last five minutes.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {line} from '../ui/chart.js';
import {bytes, duration} from '../ui/format.js';
import {empty, loading, trouble} from '../ui/states.js';

const EVERY = 2_000;
const KEPT = 150;

export class StatsPanel {
  #samples = [];
  #timer = 0;
  #error = null;
  #asking = false;

  /**
   * @param {object} options
   * @param {string} options.name of an agent that keeps a computer
   * @param {() => void} options.update draws the page that shows view()
   */
  constructor({name, update}) {
    this.name = name;
    this.update = update;
  }

  /** Begins to ask; stops with close(). */
  open() {
    if (!this.#timer) {
      this.#timer = setInterval(() => document.hidden || this.#sample(), EVERY);
      this.#sample();
    }
  }

  async #sample() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    try {
      const now = await api.get(path`/api/agents/${this.name}/stats`);
      const before = this.#samples.at(-1);
      this.#samples.push({...now, at: Date.now(), ...rates(before, now)});
      this.#samples = this.#samples.slice(-KEPT);
      this.#error = null;
    } catch (error) {
      this.#error = error;
      this.#samples = [];
    } finally {
      this.#asking = false;
      this.update();
    }
  }

  view() {
    if (this.#error?.status === 400) {
      return empty('The computer is off', 'What it uses is measured while it is on. Start the agent to see it here.');
    }
    if (this.#error) {
      return trouble(this.#error, () => this.#sample());
    }
    const now = this.#samples.at(-1);
    if (!now) {
      return loading('Measuring …');
    }
    const received = `${bytes(now.network_rx_bytes)} in all`;
    const sent = `${bytes(now.network_tx_bytes)} in all`;
    return html`<div class="grid stats">
      ${this.#chart('Processor', `${now.cpu_percent.toFixed(1)} %`, 'of one core', sample => sample.cpu_percent, 100)}
      ${this.#chart('Memory', bytes(now.memory_used_bytes),
          `of ${bytes(now.memory_limit_bytes)} (${now.memory_percent} %)`,
          sample => sample.memory_used_bytes, now.memory_limit_bytes)}
      ${this.#chart('Received', `${bytes(now.received)}/s`, received, sample => sample.received)}
      ${this.#chart('Sent', `${bytes(now.sent)}/s`, sent, sample => sample.sent)}
      <p class="muted">On for ${duration(now.uptime_seconds * 1_000)}; measured every ${EVERY / 1_000} s while this page
        is looked at.</p>
    </div>`;
  }

  #chart(name, value, note, of, most) {
    const values = this.#samples.map(of);
    const options = {label: `${name}: ${value} ${note}`, ...(most ? {most: Math.max(most, ...values)} : {})};
    return html`<section class="card tile"><h3>${name}</h3><strong>${value}</strong><span>${note}</span>
      ${values.length > 1 ? line(values, options) : nothing}</section>`;
  }

  close() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }
}

/** Bytes a second, from what two samples say was sent in all. */
function rates(before, now) {
  const seconds = before ? Math.max(0.5, (Date.now() - before.at) / 1_000) : 0;
  const rate = name => (seconds ? Math.max(0, Math.round((now[name] - before[name]) / seconds)) : 0);
  return {received: rate('network_rx_bytes'), sent: rate('network_tx_bytes')};
}
