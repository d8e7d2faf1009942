// Tries a scenario out: inputs by their fields, and what comes of them.
import {html, nothing} from '../lit.js';
import {field} from '../ui/form.js';
import {badge} from '../ui/states.js';
import {duration} from '../ui/format.js';
import {make, Misfit} from './wire.js';
import {Form} from './form.js';
import {longText, pretty} from './text.js';

const NUMBERS = ['number', 'integer', 'uinteger', 'port'];
const FLAGS = ['boolean', 'checkbox'];
const JSON_TYPES = ['array', 'collection', 'json', 'any'];

export class Trial {
  /** @param {object} scenario */
  constructor(scenario, update, signal) {
    Object.assign(this, {scenario, update, signal});
    this.form = new Form(update);
    this.outcome = null;
  }

  async #run(values) {
    this.outcome = null;
    const began = Date.now();
    const body = {data: this.#data(values), responsive: true};
    const answer = await make.post(`/scenarios/${this.scenario.id}/run`, body, {signal: this.signal});
    this.outcome = {...answer, took: Date.now() - began};
  }

  #data(values) {
    const data = {};
    for (const {name, type} of this.scenario.input ?? []) {
      const given = values[name];
      if (FLAGS.includes(type)) {
        data[name] = given;
      } else if (given !== '') {
        data[name] = read(name, type, given);
      }
    }
    return data;
  }

  view() {
    const {scenario, form} = this;
    const inputs = scenario.input ?? [];
    return html`<section class="card"><h2>Try it out</h2>
      ${scenario.isActive ? nothing : html`<p class="notice">It is not active: change it first to let it run.</p>`}
      <form class="stack" novalidate @submit=${form.sends(values => this.#run(values))}>
        ${inputs.length ? inputs.map(each => this.#input(each)) : html`<p class="muted">It needs no inputs.</p>`}
        ${form.trouble()}
        <div>${form.button('Run it')}</div>
      </form>
      <div aria-live="polite" class="stack tight">${this.outcome ? this.#outcome() : nothing}</div></section>`;
  }

  #input({name, type, help, label, required}) {
    const error = this.form.problem(name, `data.${name}`, 'data');
    const text = `${label ?? name}${required ? '' : ' (optional)'}`;
    if (FLAGS.includes(type)) {
      return field({label: text, name, type: 'checkbox', hint: help});
    }
    return field({label: text, name, value: '', hint: help ?? type, error,
      type: NUMBERS.includes(type) ? 'number' : 'text', step: type === 'number' ? 'any' : undefined,
      ...(JSON_TYPES.includes(type) ? {rows: 3} : {})});
  }

  #outcome() {
    const {status, outputs, error, took} = this.outcome;
    return html`
      <h3 class="row">${badge(status === 1 ? 'succeeded' : 'failed')}<span class="muted small">${duration(took)}</span></h3>
      ${error ? html`<p class="error">${error.message}</p>` : nothing}
      ${outputs === undefined ? nothing : html`<div class="output mono">${longText(this.outcome, pretty(outputs), this.update)}</div>`}`;
  }
}

/** As the input's type wants it. */
function read(name, type, text) {
  if (NUMBERS.includes(type)) {
    return Number(text);
  }
  if (!JSON_TYPES.includes(type)) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch (broken) {
    if (type === 'any') {
      return text;
    }
    throw new Misfit(name, `Must be JSON, but: ${broken.message}`);
  }
}
