// A connection is made and changed here. Its values are sealed: what is stored is never shown again.
import {html, nothing} from '../lit.js';
import {field} from '../ui/form.js';
import {make} from './wire.js';
import {demand} from './agent-form.js';
import {formDialog} from './form.js';
import {lines} from './scenario-form.js';
import {words} from './tools.js';

/** What each type needs: `key` and `url` are 'needed' or 'may'. */
const TYPES = [
  {value: 'openai-gpt-3', name: 'OpenAI', key: 'needed', url: 'may', models: true},
  {value: 'anthropic-claude', name: 'Anthropic Claude', key: 'needed', url: 'may', models: true},
  {value: 'gemini-ai-q9zyjp', name: 'Google Gemini', key: 'needed', url: 'may', models: true},
  {value: 'mistral-ai', name: 'Mistral AI', key: 'needed', url: 'may', models: true},
  {value: 'cohere', name: 'Cohere', key: 'needed', url: 'may', models: true},
  {value: 'groq', name: 'Groq', key: 'needed', url: 'may', models: true},
  {value: 'ai-agent-xai', name: 'xAI', key: 'needed', url: 'may', models: true},
  {value: 'ai-agent-foundry-openai', name: 'Azure AI Foundry: OpenAI', key: 'needed', url: 'needed', models: true},
  {value: 'ai-agent-foundry-non-openai', name: 'Azure AI Foundry: others', key: 'needed', url: 'needed', models: true},
  {value: 'amazon-bedrock', name: 'Amazon Bedrock', key: 'needed', url: 'needed', models: true},
  {
    value: 'ai-agent-openai-compatible', name: 'A server of your own that speaks like OpenAI',
    key: 'may', url: 'needed', models: true
  },
  {value: 'ai-provider', name: 'Drover offline, which follows explicit steps', models: true},
  {value: 'http', name: 'A service over HTTP, for scenarios', url: 'may', proves: true},
  {value: 'mcp', name: 'An MCP server', url: 'needed', proves: true},
];
const PROOFS = [
  {value: '', name: 'Nothing'},
  {value: 'token', name: 'A bearer token'},
  {value: 'key', name: 'A key in a header'},
  {value: 'basic', name: 'User and password'},
  {value: 'headers', name: 'Headers of your own'},
];

/** Asks for a connection, a new one or other values for one there is. @returns {Promise<object|undefined>} */
export function askForConnection(connection) {
  const state = {type: connection?.accountType ?? TYPES[0].value, proof: ''};
  const type = () => TYPES.find(each => each.value === state.type) ?? {url: 'may', key: 'may'};
  return formDialog({
    title: connection ? `Change ${connection.name}` : 'New connection',
    action: connection ? 'Save' : 'Connect',
    fields: form => html`
      ${field({label: 'Name', name: 'name', value: connection?.name ?? '', autofocus: true, error: form.problem('name'),
        hint: 'One to 128 characters.'})}
      ${connection ? nothing : field({label: 'Type', name: 'accountType', value: state.type, options: TYPES,
        error: form.problem('accountType'), hint: 'It never changes.', onChange: event => {
          state.type = event.target.value;
          form.update();
        }})}
      ${connection ? html`<p class="notice info">What is stored is not shown. Leave a field empty to keep what it holds;
        another server’s address needs the credentials anew.</p>` : nothing}
      ${address(type(), connection, form)}
      ${type().key ? secret('API key', 'apiKey', form, connection || type().key === 'may' ? '' : 'Needed.') : nothing}
      ${type().proves ? proof(state, form) : nothing}
      ${type().models ? field({label: 'Models', name: 'models', value: (connection?.models ?? []).join(', '),
        error: form.problem('models'),
        hint: 'Names to offer whatever the provider lists, with commas. May be empty.'}) : nothing}`,
    deed: async values => {
      demand(values, 'name', ...(connection ? [] : needs(type())));
      const body = wired(values, connection, state);
      const answer = connection
        ? await make.patch(`/connections/${connection.id}`, body)
        : await make.post('/connections', body);
      return answer.connection;
    },
  });
}

function address({url, models}, connection, form) {
  if (!url) {
    return nothing;
  }
  return field({label: 'Address', name: 'url', value: '', error: form.problem('url', 'baseUrl'),
    placeholder: models ? 'https://models.example/v1' : 'https://crm.example',
    hint: connection ? 'Empty to keep it.' : addressHint(url, models)});
}

function addressHint(url, models) {
  if (url === 'needed') {
    return `${models ? 'As far as /v1. ' : ''}Private addresses need the operator’s permission.`;
  }
  return models
    ? 'Empty for the provider’s own.'
    : 'May be empty. Where it is given, what proves it goes nowhere else.';
}

function secret(label, name, form, hint) {
  return field({label, name, type: 'password', value: '', autocomplete: 'new-password', error: form.problem(name),
    hint: hint || undefined});
}

function proof(state, form) {
  return html`
    ${field({label: 'It proves itself by', name: 'proof', value: state.proof, options: PROOFS, onChange: event => {
      state.proof = event.target.value;
      form.update();
    }})}
    ${state.proof === 'token' ? secret('Token', 'token', form) : nothing}
    ${state.proof === 'key' ? html`
      ${field({label: 'Header', name: 'headerName', value: 'x-api-key', error: form.problem('headerName')})}
      ${secret('Key', 'apiKey', form)}` : nothing}
    ${state.proof === 'basic' ? html`
      ${field({label: 'User', name: 'username', value: '', error: form.problem('username')})}
      ${secret('Password', 'password', form)}` : nothing}
    ${state.proof === 'headers' ? field({label: 'Headers', name: 'headers', rows: 3, value: '',
      error: form.problem('headers'), placeholder: 'X-Team: shop', hint: '“Name: value” a line.'}) : nothing}`;
}

function needs({key, url}) {
  return [...(url === 'needed' ? ['url'] : []), ...(key === 'needed' ? ['apiKey'] : [])];
}

/** What was left empty is not said, so that a change keeps it. */
function wired(values, connection, {proof}) {
  const body = {name: values.name.trim()};
  const given = ['url', 'apiKey', 'token', 'username', 'password', ...(proof === 'key' ? ['headerName'] : [])];
  given.filter(name => values[name]?.trim()).forEach(name => {
    body[name] = values[name].trim();
  });
  if (values.headers?.trim()) {
    body.headers = lines(values.headers, 'headers');
  }
  if (values.models !== undefined) {
    body.models = words(values.models);
  }
  return connection ? body : {...body, accountType: values.accountType};
}
