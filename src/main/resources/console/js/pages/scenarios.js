// Scenarios: the tools that a team makes for its agents; each is shown, changed and tried out.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {facts, heading, table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {confirm} from '../ui/dialog.js';
import {icon} from '../ui/icons.js';
import {make} from '../make/wire.js';
import {askForScenario, kindName} from '../make/scenario-form.js';
import {Trial} from '../make/trial.js';
import {excerpt, pretty} from '../make/text.js';

const PAGE = 50;

export default class ScenariosPage extends Page {
  static styles = ['make'];

  get title() {
    return this.scenario?.name ?? 'Scenarios';
  }

  async open() {
    if (this.params.id) {
      const id = encodeURIComponent(this.params.id);
      this.#show((await make.get(`/scenarios/${id}`, {signal: this.signal})).scenario);
    } else {
      this.scenarios = [];
      await this.#more();
    }
  }

  keys() {
    return this.params.id ? [{keys: 'e', name: 'Change it', run: () => this.#change()}]
      : [{keys: 'c', name: 'New scenario', run: () => this.#create()}];
  }

  #show(scenario) {
    this.scenario = scenario;
    this.trial = new Trial(scenario, () => this.update(), this.signal);
  }

  async #more() {
    const query = {'pg[limit]': PAGE, 'pg[offset]': this.scenarios.length, 'pg[sortBy]': 'name', 'pg[sortDir]': 'asc'};
    const found = await make.get('/scenarios', {query, signal: this.signal});
    this.scenarios = [...this.scenarios, ...found.scenarios];
    this.hasMore = found.scenarios.length === PAGE;
  }

  async #create() {
    const made = await this.act(() => askForScenario(null, this.signal));
    if (made) {
      navigate(`/console/scenarios/${made.id}`);
    }
  }

  async #change() {
    const changed = await this.act(() => askForScenario(this.scenario, this.signal));
    if (changed) {
      this.#show(changed);
      this.update();
    }
  }

  async #delete(scenario) {
    const agreed = await confirm({title: 'Delete this scenario?', action: 'Delete for good', danger: true,
      typed: scenario.name.trim(), text: `Agents that have ${scenario.name} as a tool lose it, and are refused runs until it is taken from them.`});
    if (agreed) {
      await this.act(async () => {
        await make.delete(`/scenarios/${scenario.id}`);
        navigate('/console/scenarios');
      }, `${scenario.name} is deleted.`);
    }
  }

  view() {
    return this.scenario ? this.#one() : this.#all();
  }

  #all() {
    const create = html`<button class="button primary"
        @click=${() => this.#create()}>${icon('plus')}New scenario</button>`;
    return html`
      ${heading('Scenarios', {actions: this.scenarios.length ? create : nothing})}
      <p class="muted">Tools that you make: agents that are granted them call them, and so can you.</p>
      ${this.scenarios.length ? table([
        {name: 'Name', cell: each => html`<div class="stack tight"><a class="target"
            href="/console/scenarios/${each.id}">${each.name}</a>
          <small class="muted">${excerpt(each.description)}</small></div>`},
        {name: 'Kind', cell: each => html`<span class="tag">${kindName(each)}</span>`},
        {name: 'State', cell: each => each.isActive ? badge('active') : badge('idle', 'not active')},
        {name: 'Changed', cell: each => when(each.updatedAt)},
      ], this.scenarios, each => each.id, {caption: 'Scenarios'})
        : empty('No scenarios yet', 'A scenario is a call over HTTP, a tool of an MCP server or a tool of this server, with '
          + 'inputs and outputs that you name. Make one, try it out, then give it to an agent.', create)}
      ${this.hasMore ? html`<div><button class="button"
          @click=${() => this.act(() => this.#more())}>Show more</button></div>` : nothing}`;
  }

  #one() {
    const {scenario} = this;
    return html`
      ${heading(scenario.name, {
        back: {path: '/console/scenarios', name: 'Scenarios'},
        note: scenario.isActive ? badge('active') : badge('idle', 'not active'),
        actions: html`<button class="button" @click=${() => this.#change()}>${icon('edit')}Change</button>
          <button class="button" @click=${() => this.#delete(scenario)}>${icon('trash')}Delete</button>`,
      })}
      <div class="columns">
        <div class="stack"><section class="card"><h2>What it does</h2>
          <p>${scenario.description || 'It has no description: models will hardly know when to call it.'}</p>
          ${action(scenario)}
          ${facts([['Time for a call', `${scenario.timeoutSeconds} s`], ['Number', scenario.id], ['Made', when(scenario.createdAt)],
            ['Changed', when(scenario.updatedAt)]])}
          </section>
          ${structure('Inputs', scenario.input)}${structure('Outputs', scenario.output)}</div>
        ${this.trial.view()}
      </div>`;
  }
}

function action({http, mcp, builtin}) {
  if (http) {
    return html`<pre class="output mono">${http.method} ${http.url}${
      Object.entries(http.headers ?? {}).map(([name, value]) => `\n${name}: ${value}`)}${http.body ? `\n\n${pretty(http.body)}` : ''}</pre>
      ${http.connectionId ? html`<p class="muted">With the headers of the connection ${http.connectionId}.</p>` : nothing}`;
  }
  return mcp ? html`<p>The tool <code>${mcp.tool}</code> of the MCP server with the connection ${mcp.connectionId}.</p>`
    : html`<p>The tool <code>${builtin}</code> of this server.</p>`;
}

function structure(title, fields) {
  return html`<section class="card"><h2>${title}</h2>
    ${fields?.length ? html`<ul class="list">${fields.map(each => html`<li><code>${each.name}</code> <span class="tag">${each.type}</span>
      ${each.required ? html`<span class="tag">required</span>` : nothing} <span class="muted">${each.help ?? each.label ?? ''}</span></li>`)}</ul>`
      : html`<p class="muted">None.</p>`}</section>`;
}
