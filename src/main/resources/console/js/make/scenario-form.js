// A scenario is made and changed here: a call over HTTP, a tool of an MCP server, or a tool of this server.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {field} from '../ui/form.js';
import {make, Misfit} from './wire.js';
import {demand} from './agent-form.js';
import {formDialog} from './form.js';
import {Structure} from './structure.js';

const KINDS = [
  {value: 'http', name: 'Call a service over HTTP'},
  {value: 'mcp', name: 'A tool of an MCP server'},
  {value: 'builtin', name: 'A tool of this server'},
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const PLACES = 'Write {{name}} where an input belongs; each is escaped for where it stands.';

function kindOf(scenario) {
  return scenario?.builtin ? 'builtin' : scenario?.mcp ? 'mcp' : 'http';
}

export function kindName(scenario) {
  return {http: 'HTTP', mcp: 'MCP', builtin: 'built in'}[kindOf(scenario)];
}

/** Asks for a scenario, a new one or another shape of one there is. @returns {Promise<object|undefined>} */
export async function askForScenario(scenario, signal) {
  const [{connections}, {data: tools}] = await Promise.all([
    make.get('/connections', {signal}), api.get('/api/v1/tools', {signal})
  ]);
  const state = {kind: kindOf(scenario)};
  const input = new Structure({
    title: 'Inputs', field: 'input',
    hint: 'What a call needs: agents fill them in, and so do you when you try it out.'
  }, scenario?.input);
  const output = new Structure({
    title: 'Outputs', field: 'output',
    hint: 'What is picked from a JSON answer by these names. Without any, the whole text is the result.'
  }, scenario?.output);
  return formDialog({
    title: scenario ? `Change ${scenario.name}` : 'New scenario',
    className: 'large',
    action: scenario ? 'Save' : 'Make the scenario',
    fields: form => html`
      ${about(scenario, form)}
      ${field({label: 'What it does', name: 'kind', value: state.kind, options: KINDS, onChange: event => {
        state.kind = event.target.value;
        form.update();
      }})}
      ${PARTS[state.kind](scenario, form, {connections, tools})}
      ${input.view(form)}
      ${output.view(form)}
      ${field({label: 'Time for a call', name: 'timeoutSeconds', type: 'number',
        value: String(scenario?.timeoutSeconds ?? 40),
        hint: 'Seconds: 1 to 600.', error: form.problem('timeoutSeconds')})}
      ${field({label: 'Active: agents may call it', name: 'isActive', type: 'checkbox',
        value: scenario?.isActive ?? true})}`,
    deed: async values => {
      const body = wired(values, state.kind, {input: input.wire(), output: output.wire()});
      const answer = scenario
        ? await make.patch(`/scenarios/${scenario.id}`, {...others(scenario, state.kind), ...body})
        : await make.post('/scenarios', body);
      return answer.scenario;
    },
  });
}

function about(scenario, form) {
  return html`
    ${field({label: 'Name', name: 'name', value: scenario?.name ?? '', autofocus: !scenario,
      error: form.problem('name'),
      hint: 'Models see it as the tool’s name, with other characters than letters and digits replaced.'})}
    ${field({label: 'Description', name: 'description', rows: 2, value: scenario?.description ?? '',
      error: form.problem('description'), hint: 'What the model reads to know when to call it.'})}`;
}

const PARTS = {http: overHttp, mcp: ofServer, builtin: ofDrover};

function overHttp(scenario, form, {connections}) {
  const http = scenario?.http;
  const lending = connections.filter(each => each.accountType === 'http');
  const headers = Object.entries(http?.headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n');
  return html`
    <div class="method-line">
      ${field({label: 'Method', name: 'method', value: http?.method ?? 'GET', options: METHODS,
        error: form.problem('http.method')})}
      ${field({label: 'Address', name: 'url', value: http?.url ?? '', error: form.problem('http.url'),
        hint: PLACES, placeholder: 'https://crm.example/v1/customers?email={{email}}'})}
    </div>
    ${field({label: 'Credentials', name: 'connectionId', value: String(http?.connectionId ?? ''),
      error: form.problem('http.connectionId'),
      hint: 'Headers of a connection of the type HTTP go along; nobody sees them.',
      options: [{value: '', name: 'none'}, ...lending.map(each => ({value: String(each.id), name: each.name}))]})}
    ${field({label: 'Headers', name: 'headers', rows: 2, value: headers, error: form.problem('http.headers'),
      placeholder: 'Accept-Language: en', hint: 'One a line. Secrets belong into a connection.'})}
    ${field({label: 'Body', name: 'body', rows: 3, value: http?.body ?? '', error: form.problem('http.body'),
      placeholder: '{"email": "{{email}}"}', hint: 'Empty for none. One that begins with { or [ is JSON.'})}`;
}

function ofServer(scenario, form, {connections}) {
  const servers = connections.filter(each => each.accountType === 'mcp');
  if (servers.length === 0) {
    return html`<p class="notice">No MCP server is connected yet.
      <a href="/console/connections">Connect one</a> first.</p>`;
  }
  return html`<div class="pair">
    ${field({label: 'MCP server', name: 'connectionId', value: String(scenario?.mcp?.connectionId ?? servers[0].id),
      error: form.problem('mcp.connectionId'),
      options: servers.map(each => ({value: String(each.id), name: each.name}))})}
    ${field({label: 'Tool', name: 'tool', value: scenario?.mcp?.tool ?? '', error: form.problem('mcp.tool', 'mcp'),
      hint: 'Its name there; the server is asked whether it has it.'})}</div>`;
}

/** Free text with what there is to choose from: a task's tools are not quite those of a scenario. */
function ofDrover(scenario, form, {tools}) {
  const error = form.problem('builtin');
  const hint = 'Choose one; its inputs are the tool’s own arguments.';
  return html`<div class="field"><label for="scenario-builtin">Tool</label>
    <input id="scenario-builtin" name="builtin" list="scenario-tools" autocomplete="off" placeholder="http_request"
        aria-describedby="scenario-builtin-hint" aria-invalid=${error ? 'true' : nothing}
        .value=${scenario?.builtin ?? ''}>
    <datalist id="scenario-tools">${tools.map(each => html`
      <option value=${each.name}>${each.description}</option>`)}</datalist>
    <small id="scenario-builtin-hint" class=${error ? 'error' : ''}>${error ?? hint}</small></div>`;
}

function wired(values, kind, structures) {
  demand(values, 'name', ...(kind === 'builtin' ? ['builtin'] : []));
  const common = {
    name: values.name,
    description: values.description,
    isActive: values.isActive,
    timeoutSeconds: Number(values.timeoutSeconds || 40),
    ...structures,
  };
  switch (kind) {
    case 'mcp':
      if (!values.connectionId || !values.tool.trim()) {
        throw new Misfit('mcp.tool', 'Name a tool of a connected server');
      }
      return {...common, mcp: {connectionId: Number(values.connectionId), tool: values.tool.trim()}};
    case 'builtin':
      return {...common, builtin: values.builtin.trim()};
    default:
      return {...common, http: request(values)};
  }
}

function request({method, url, headers, body, connectionId}) {
  if (!url.trim()) {
    throw new Misfit('http.url', 'Fill this in');
  }
  return {method, url: url.trim(), headers: lines(headers), body: body === '' ? null : body,
    connectionId: connectionId ? Number(connectionId) : null};
}

/** "Name: value" a line. */
export function lines(text, name = 'http.headers') {
  const pairs = text.split('\n').map(line => line.trim()).filter(Boolean).map(line => {
    const colon = line.indexOf(':');
    if (colon < 1) {
      throw new Misfit(name, `Must be "Name: value" a line, but has “${line}”`);
    }
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return pairs.length ? Object.fromEntries(pairs) : null;
}

/** Another kind takes the place of the one there was. */
function others(scenario, kind) {
  return kindOf(scenario) === kind ? {} : {[kindOf(scenario)]: null};
}

