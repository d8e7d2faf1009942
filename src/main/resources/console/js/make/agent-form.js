// The fields of an agent: for a new one in a dialog, and for its settings.
import {html} from '../lit.js';
import {api} from '../api.js';
import {field} from '../ui/form.js';
import {agentPath, make, Misfit, ofTeam, team} from './wire.js';
import {formDialog} from './form.js';
import {Tools} from './tools.js';

/** What agents can be made of: connections to models, scenarios, servers of tools. */
export async function ingredients(signal) {
  const [providers, scenarios, connections] = await Promise.all([
    make.get('/ai-agents/v1/llm-providers', {signal}),
    make.get('/scenarios', {query: {'pg[sortBy]': 'name', 'pg[sortDir]': 'asc'}, signal}),
    make.get('/connections', {signal}),
  ]);
  return {
    providers,
    scenarios: scenarios.scenarios,
    servers: connections.connections.filter(each => each.accountType === 'mcp'),
  };
}

/** @returns {Promise<string[]>} names that an agent on that connection may have */
export async function models(provider, signal) {
  const path = await ofTeam(`/ai-agents/v1/llm-providers/${encodeURIComponent(provider)}/models`);
  return (await api.get(path, {signal})).map(each => each.model);
}

/** The usual one of a connection comes first. */
export function modelField(names, value, form) {
  const all = names.includes(value) || !value ? names : [value, ...names];
  return field({label: 'Model', name: 'defaultModel', value: value ?? '', options: all, required: true,
    error: form.problem('defaultModel'), hint: 'Can be changed later.'});
}

export function promptField(value, form) {
  return field({label: 'Instructions', name: 'systemPrompt', rows: 8, value, required: true,
    placeholder: 'You answer customers of a bicycle shop. Look orders up before you say anything about them.',
    error: form.problem('systemPrompt'), hint: 'Who it is, what it is to do, and what it must not do.'});
}

export function nameField(value, form) {
  return field({label: 'Name', name: 'name', value, required: true, autofocus: !value, error: form.problem('name'),
    hint: 'One to 255 characters.'});
}

/** What a person forgot, told before the server is asked. */
export function demand(values, ...names) {
  for (const name of names) {
    if (!String(values[name] ?? '').trim()) {
      throw new Misfit(name, 'Fill this in');
    }
  }
}

/** Asks for a new agent. @returns {Promise<{agentId: string}|undefined>} */
export async function askForAgent(given) {
  const {providers, scenarios, servers} = given;
  const state = {provider: String(providers[0]?.id ?? ''), models: null, failed: null};
  const tools = new Tools({scenarios, servers});
  const load = async form => {
    const wanted = state.provider;
    Object.assign(state, {models: null, failed: null});
    form.update();
    try {
      const found = await models(wanted);
      if (wanted === state.provider) {
        state.models = found;
      }
    } catch (error) {
      state.failed = error.message;
    }
    form.update();
  };
  return formDialog({
    title: 'New agent',
    className: 'large',
    action: 'Create the agent',
    onOpen: load,
    fields: form => html`
      ${nameField('', form)}
      <div class="pair">
        ${field({label: 'Connection', name: 'makeConnectionId', value: state.provider,
          error: form.problem('makeConnectionId'),
          hint: 'Whose models it uses. It stays with the agent for good.',
          options: providers.map(each => ({value: String(each.id), name: `${each.accountName} (${each.provider})`})),
          onChange: event => {
            state.provider = event.target.value;
            load(form);
          }})}
        ${state.models ? modelField(state.models, state.models[0], form)
          : html`<p class="muted" role="status">${state.failed ?? 'Asking for the models …'}</p>`}
      </div>
      ${promptField('', form)}
      <h3>Tools</h3>
      ${tools.view(form)}`,
    deed: async values => {
      demand(values, 'name', 'systemPrompt', 'defaultModel');
      return make.post(agentPath(), {
        name: values.name,
        teamId: await team(),
        makeConnectionId: Number(values.makeConnectionId),
        defaultModel: values.defaultModel,
        systemPrompt: values.systemPrompt,
        ...tools.wire(),
      });
    },
  });
}

export function toolCount(agent) {
  const count = agent.scenarios.length + agent.mcpConfigs.length;
  return count === 0 ? html`<span class="muted">none</span>` : html`${count}`;
}

