// The tab Settings: what an agent is, and what it was before.
import {html, nothing} from '../lit.js';
import {navigate} from '../router.js';
import {field} from '../ui/form.js';
import {facts} from '../ui/parts.js';
import {toast} from '../ui/toast.js';
import {askToDelete} from '../pages/make.js';
import {agentPath, make} from './wire.js';
import {Form} from './form.js';
import {Structure} from './structure.js';
import {Tools} from './tools.js';
import {demand, ingredients, modelField, models, nameField, promptField} from './agent-form.js';
import {excerpt} from './text.js';

export class Settings {
  /** @param {import('../pages/make-agent.js').default} page */
  constructor(page) {
    this.page = page;
    this.form = new Form(() => page.update());
    this.offered = null;
  }

  async open() {
    if (!this.offered) {
      this.offered = await ingredients(this.page.signal);
      this.models = await this.#models();
      this.#read();
    }
  }

  /** A provider that does not answer leaves the model as it is. */
  async #models() {
    try {
      return await models(this.page.agent.makeConnectionId, this.page.signal);
    } catch (error) {
      return [];
    }
  }

  #read() {
    const {agent} = this.page;
    this.tools = new Tools(this.offered, {scenarios: agent.scenarios, mcpConfigs: agent.mcpConfigs.map(each => (
      {mcpConnectionId: each.mcpConnectionId, toolIds: each.tools.map(tool => tool.id)}))});
    this.structure = new Structure({title: 'Fields of the answer', field: 'outputParserFormat.schema',
      hint: 'The answer is a JSON object with these members; it is asked for once more when it does not fit.'},
    agent.outputParser.schema);
    this.isStructured = agent.outputParser.type === 'make-schema';
  }

  async #save(values) {
    demand(values, 'name', 'systemPrompt', 'defaultModel');
    await make.patch(agentPath(this.page.agent.id), {
      name: values.name,
      defaultModel: values.defaultModel,
      systemPrompt: values.systemPrompt,
      historyConfig: values.history === '' ? null : {iterationsFromHistoryCount: values.history},
      invocationConfig: {recursionLimit: values.steps, timeout: values.timeout},
      ...(values.tokens === '' ? {} : {llmConfig: {maxTokens: values.tokens}}),
      outputParserFormat: {type: values.format, schema: this.structure.wire() ?? []},
      ...this.tools.wire(),
    });
    await this.page.load();
    this.#read();
    toast('Saved. Runs that begin from now on are like this.', 'good');
  }

  async #delete() {
    const {agent} = this.page;
    if (await askToDelete(agent)) {
      await this.page.act(async () => {
        await make.delete(agentPath(agent.id));
        navigate('/console/make');
      }, `${agent.name} is deleted.`);
    }
  }

  view() {
    const {agent} = this.page;
    const {form} = this;
    return html`
      <form class="stack settings" novalidate @submit=${form.sends(values => this.#save(values))}>
        <section class="card"><h2>Agent</h2>
          ${nameField(agent.name, form)}
          <div class="pair">
            ${field({label: 'Connection', name: 'connection', value: String(agent.makeConnectionId),
              hint: 'Stays for good.',
              options: [{value: String(agent.makeConnectionId), name: this.#connection()}]})}
            ${modelField(this.models, agent.defaultModel, form)}
          </div>
          ${promptField(agent.systemPrompt, form)}
        </section>
        <section class="card"><h2>Tools</h2>${this.tools.view(form)}</section>
        <section class="card"><h2>Answers</h2>${this.#answers()}</section>
        <section class="card"><h2>Limits</h2>${this.#limits()}</section>
        ${form.trouble()}
        <div class="row end">${form.button('Save')}</div>
      </form>
      ${this.#past()}
      <section class="card"><h2>Delete</h2><p>Its threads and files go with it.</p>
        <div><button class="button danger" @click=${() => this.#delete()}>Delete the agent</button></div></section>`;
  }

  #connection() {
    const {agent} = this.page;
    const found = this.offered.providers.find(each => each.id === agent.makeConnectionId);
    return found ? `${found.accountName} (${found.provider})` : `${agent.makeConnectionId}, which was deleted`;
  }

  #answers() {
    return html`
      ${field({label: 'Format', name: 'format', value: this.isStructured ? 'make-schema' : 'text',
        error: this.form.problem('outputParserFormat.type'),
        options: [{value: 'text', name: 'Text'}, {value: 'make-schema', name: 'A structure'}],
        onChange: event => {
          this.isStructured = event.target.value === 'make-schema';
          this.page.update();
        }})}
      ${this.isStructured ? this.structure.view(this.form) : nothing}`;
  }

  #limits() {
    const {agent} = this.page;
    const {form} = this;
    const number = (label, name, value, hint, ...paths) => field(
        {label, name, type: 'number', value: String(value ?? ''), hint, error: form.problem(...paths)});
    return html`<div class="quarters">
      ${number('History', 'history', agent.historyConfig.iterationsFromHistoryCount,
        'Answers of a thread that it is reminded of: 0 to 100.', 'historyConfig')}
      ${number('Longest answer', 'tokens', agent.llmConfig.maxTokens,
        'Tokens; empty for the model’s own limit.', 'llmConfig')}
      ${number('Most steps', 'steps', agent.invocationConfig.recursionLimit,
        'A run that takes more fails: 1 to 1,000.', 'invocationConfig.recursionLimit')}
      ${number('Time for a step', 'timeout', agent.invocationConfig.timeout,
        'Seconds: 1 to 600.', 'invocationConfig.timeout')}
    </div>`;
  }

  #past() {
    const past = [...this.page.agent.pastConfigurations].reverse();
    return past.length === 0 ? nothing : html`<section class="card"><h2>Before</h2>
      ${past.map((each, at) => html`<details><summary>${at + 1}. ${each.name}, ${each.defaultModel}</summary>
        ${facts([
          ['History', each.historyConfig.iterationsFromHistoryCount],
          ['Most steps', each.invocationConfig.recursionLimit],
          ['Tools', each.scenarios.length + each.mcpConfigs.length],
        ])}
        <div class="text">${excerpt(each.systemPrompt, 2_000)}</div></details>`)}</section>`;
  }
}
