// What may be chosen for a task besides its words; all of it may be left alone.
import {html, nothing} from '../lit.js';
import {compact} from '../ui/format.js';

/** One field with its label and what was refused about it. */
function part(page, name, label, control, hint) {
  const error = page.refused(name);
  return html`<div class="field" data-field=${name}>
    <label for=${name}>${label}</label>${control(error ? 'true' : nothing)}
    <small id="${name}-hint" class=${error ? 'error' : ''}>${error ?? hint}</small></div>`;
}

function group(page, name, label, content, hint = nothing) {
  const error = page.refused(name);
  return html`<fieldset data-field=${name} aria-describedby="${name}-hint"><legend>${label}</legend>${content}
    <small id="${name}-hint" class=${error ? 'error' : 'muted'}>${error ?? hint}</small></fieldset>`;
}

function box(checked, put, label, note) {
  return html`<label class="check">
    <input type="checkbox" .checked=${checked} @change=${event => put(event.target.checked)}>
    <span>${label}${note ? html`<small>${note}</small>` : nothing}</span></label>`;
}

function radio(page, name, value, label, put) {
  return html`<label class="check">
    <input type="radio" name=${name} .checked=${value} @change=${put}><span>${label}</span></label>`;
}

export function choices(page) {
  return html`<section class="card" aria-labelledby="means">
    <h2 id="means">With what</h2>
    ${model(page)}
    ${tools(page)}
    ${network(page)}
    ${secrets(page)}
  </section>`;
}

function model(page) {
  const chosen = page.models.find(each => each.name === page.wish.model) ?? page.models.find(each => each.is_default);
  return part(page, 'model', 'Model', invalid => html`
    <select id="model" name="model" aria-describedby="model-hint" aria-invalid=${invalid}
        @change=${event => page.put({model: event.target.value})}>
      <option value="" ?selected=${!page.wish.model}>The server's usual one</option>
      ${page.models.filter(each => !each.is_default).map(each => html`
        <option value=${each.name} ?selected=${each.name === page.wish.model}>${
          each.name}${each.connection ? ` (${each.connection})` : ''}</option>`)}
    </select>`, page.missing.models ?? about(chosen));
}

function about(model) {
  if (!model) {
    return 'Asking which there are …';
  }
  const price = model.price && (model.price.input_usd || model.price.output_usd)
    ? `, $${model.price.input_usd} in and $${model.price.output_usd} out for a million tokens` : '';
  const note = model.reasons ? '' : '. It only follows fixed steps: lines that begin with $ are run as commands';
  return `${model.vendor}/${model.model}, reads ${compact(model.context_tokens)} tokens${price}${note}.`;
}

function tools(page) {
  const {wish} = page;
  const toggle = name => on => page.put({tools: on ? [...wish.tools, name] : wish.tools.filter(each => each !== name)});
  return group(page, 'tools', 'Tools', html`
    <div class="row wrap">
      ${radio(page, 'tools', !wish.choose, 'the usual ones', () => page.put({choose: false}))}
      ${radio(page, 'tools', wish.choose, 'only those that I choose', () => page.put({choose: true}))}
    </div>
    ${wish.choose ? html`<div class="choices">${page.tools.map(({name, description}) =>
      box(wish.tools.includes(name), toggle(name), name.replace(/^jettson_/, ''), description))}</div>` : nothing}`,
  page.missing.tools);
}

function network(page) {
  const {wish} = page;
  const put = network => () => page.put({network});
  return group(page, 'network', 'Network', html`
    <div class="row wrap">
      ${radio(page, 'network', wish.network === 'full', 'the internet', put('full'))}
      ${radio(page, 'network', wish.network === 'allow', 'only these hosts', put('allow'))}
      ${radio(page, 'network', wish.network === 'none', 'none', put('none'))}
    </div>
    ${wish.network === 'allow' ? html`
      <input aria-label="Hosts that may be reached" placeholder="api.example.org *.example.com"
        .value=${wish.hosts} @input=${event => page.put({hosts: event.target.value})}>` : nothing}`,
  'Addresses inside your own network stay closed either way.');
}

function secrets(page) {
  const {wish} = page;
  const toggle = name => on => page.put({
    secrets: on ? [...wish.secrets, name] : wish.secrets.filter(each => each !== name)
  });
  const none = html`<span class="muted">You keep none. <a href="/console/secrets">Keep one</a></span>`;
  return group(page, 'secrets', 'Secrets', page.secrets.length === 0 ? (page.missing.secrets ? nothing : none)
    : html`<div class="choices">${page.secrets.map(secret =>
      box(wish.secrets.includes(secret.name), toggle(secret.name), secret.name, secret.description))}</div>`,
  page.missing.secrets ?? 'The agent may use them, and nobody ever sees their values.');
}

export function limits(page) {
  const {wish} = page;
  const count = (name, key, label, hint, more) => part(page, name, label, invalid => html`
    <input id=${name} name=${name} type="number" min="1" aria-describedby="${name}-hint" aria-invalid=${invalid}
        step=${more.step} max=${more.max} .value=${wish[key]}
        @input=${event => page.put({[key]: event.target.value})}>`, hint);
  return html`<section class="card" aria-labelledby="limits">
    <h2 id="limits">Limits</h2>
    ${count('max_duration_seconds', 'minutes', 'Minutes at most', 'Left empty: as long as your plan lets it.',
      {step: 'any', max: nothing})}
    ${count('max_iterations', 'iterations', 'Rounds of the model at most', 'Left empty: 20. Each round costs tokens.',
      {step: 1, max: 1_000})}
    ${part(page, 'name', 'Name', invalid => html`
      <input id="name" name="name" maxlength="200" aria-describedby="name-hint" aria-invalid=${invalid}
          autocomplete="off" .value=${wish.name} @input=${event => page.put({name: event.target.value})}>`,
      'Left empty: a short title of the task.')}
  </section>`;
}

export function outcome(page) {
  const {wish} = page;
  return html`<section class="card"><details><summary>What comes out, and what is remembered</summary>
    <div class="stack">
    ${part(page, 'artifacts', 'Files to keep', invalid => html`
      <input id="artifacts" name="artifacts" placeholder="*.md reports/**"
          aria-describedby="artifacts-hint" aria-invalid=${invalid} .value=${wish.artifacts}
          @input=${event => page.put({artifacts: event.target.value})}>`,
      'Patterns below /workspace; left empty: what it leaves in /workspace/artifacts.')}
    ${part(page, 'result_schema', 'Schema of the answer', invalid => html`
      <textarea id="result_schema" name="result_schema" rows="5" class="mono"
          placeholder='{"type": "object"}' aria-describedby="result_schema-hint" aria-invalid=${invalid}
          .value=${wish.schema} @input=${event => page.put({schema: event.target.value})}></textarea>`,
      'A JSON Schema; the answer is asked for again until it fits.')}
    ${group(page, 'memory', 'Memory', html`
      ${box(wish.recall, recall => page.put({recall}), 'Recall what is remembered about the task')}
      ${box(wish.extract, extract => page.put({extract}), 'Remember what is learned')}`)}
    </div></details></section>`;
}
