// What people do to agents that keep computers, from the table and from an agent's page alike.
import {html} from '../lit.js';
import {api, path} from '../api.js';
import {ask, confirm} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {loading} from '../ui/states.js';

export const agentPath = (name, rest = '') => path`/api/agents/${name}` + rest;

export const start = name => api.post(agentPath(name, '/start'));

export const stop = name => api.post(agentPath(name, '/stop'));

/** What a start says of credentials, when it is worth a word. */
export function startWords(name, answer) {
  return answer.credentials_injection === 'failed'
    ? `${name} started, but its credentials were not loaded: ${answer.credentials_result?.error ?? 'see its log'}`
    : `${name} started`;
}

/** Asks for a new name; answers it, or undefined. */
export async function rename(name) {
  const answer = await ask({
    title: `Rename ${name}`,
    action: 'Rename',
    fields: () => field({label: 'New name', name: 'name', value: name, required: true, autofocus: true,
      hint: 'Lower-case letters, digits, dots, underscores and hyphens. It keeps running meanwhile.'}),
    deed: values => api.put(agentPath(name, '/rename'), {new_name: values.name}),
  });
  return answer?.new_name;
}

/** Deletes after its name was typed; true when it is gone. */
export async function remove(name) {
  const agreed = await confirm({
    title: `Delete ${name}?`,
    text: 'Its computer, its files, its schedules and its shares will be gone for good. '
      + 'What it did and cost stays in the books.',
    action: 'Delete the agent',
    danger: true,
    typed: name,
  });
  if (agreed) {
    await api.delete(agentPath(name));
  }
  return agreed;
}

/** Many at once, a few at a time; what failed is told by name. */
export async function each(names, deed, onProgress) {
  const waiting = [...names];
  const failed = [];
  let done = 0;
  const work = async () => {
    while (waiting.length) {
      const name = waiting.shift();
      try {
        await deed(name);
      } catch (error) {
        failed.push(`${name}: ${error.message}`);
      }
      onProgress(++done, names.length);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  if (failed.length) {
    throw new Error(`${failed.length} of ${names.length} failed. ${failed.slice(0, 3).join('; ')}`);
  }
}

const RUNTIMES = [
  {value: 'claude-code', name: 'Claude Code, or the server\'s own loop'},
  {value: 'gemini-cli', name: 'Gemini CLI'},
  {value: 'codex', name: 'Codex'},
];
const CPU = ['1', '2', '4', '8', '16'];
const MEMORY = ['1g', '2g', '4g', '8g', '16g', '32g', '64g'];

/** Asks what the new agent is to be and makes it; answers it, or undefined. */
export async function create() {
  const templates = await api.get('/api/templates').catch(() => []);
  return ask({
    title: 'New agent',
    action: 'Make the agent',
    className: 'large',
    fields: state => (state.busy ? progress() : fields(templates)),
    deed: values => api.post('/api/agents', order(values)),
  });
}

function progress() {
  return html`${loading('Making the agent …')}
    <ol class="muted"><li>Its name, port and identity are reserved.</li>
      <li>A workspace is laid out, from its template if it has one.</li>
      <li>Its computer is made and started; it is shown when that is on.</li></ol>
    <p class="muted">A repository is fetched inside the computer afterwards; the agent's page tells how that went.</p>`;
}

function fields(templates) {
  const known = templates.map(each => ({value: each.id, name: `${each.display_name} (${each.id})`}));
  return html`
    ${field({label: 'Name', name: 'name', required: true, autofocus: true, placeholder: 'ledger-bot'})}
    ${field({label: 'Template', name: 'listed', options: [{value: '', name: 'None: an empty workspace'}, ...known]})}
    ${field({label: 'Another template', name: 'template', placeholder: 'local:folder or github:owner/repository@branch',
      hint: 'Takes the place of the one above.'})}
    ${field({label: 'Runtime', name: 'runtime', options: RUNTIMES, value: 'claude-code'})}
    <div class="grid">
      ${field({label: 'Processors', name: 'cpu', options: CPU, value: '2'})}
      ${field({label: 'Memory', name: 'memory', options: MEMORY, value: '4g'})}
      ${field({label: 'Model', name: 'model', placeholder: 'the server\'s usual one'})}
    </div>
    ${field({label: 'Instructions', name: 'instructions', rows: 5, hint: 'What it is told before anything else.'})}`;
}

function order({name, listed, template, runtime, cpu, memory, model, instructions}) {
  return {
    name,
    runtime,
    resources: {cpu, memory},
    template: template || listed || null,
    runtime_model: model || null,
    custom_instructions: instructions || null,
  };
}
