// The form of an agent: to hire one, to make one, to change one.
import {html, nothing} from '../lit.js';
import {openDialog} from '../ui/dialog.js';
import {field, submitted} from '../ui/form.js';
import {AdapterForm} from './adapter-form.js';
import {centsOf} from './words.js';

/**
 * Asks for all that an agent is.
 *
 * @param {object} options
 * @param {import('./room.js').SquadRoom} options.room
 * @param {object} [options.agent] how it is now, when it is changed
 * @param {any} [options.first] what stands above the fields
 * @param {(wish: object, values: object) => Promise<any>} options.deed gets the body for the API
 * @returns {Promise<any>} what the deed answered; undefined when it was cancelled
 */
export function agentDialog({room, title, action, agent, first = nothing, deed}) {
  return new Promise(resolve => {
    const state = {error: null, busy: false, answer: undefined, adapter: null};
    openDialog({
      title,
      className: 'large',
      onClose: () => resolve(state.answer),
      view: dialog => {
        state.adapter ??= new AdapterForm(room.at, () => dialog.update(), agent?.adapterType, agent?.adapterConfig);
        return form(state, dialog, {room, action, agent, first, deed});
      },
    });
  });
}

function form(state, dialog, {room, action, agent = {}, first, deed}) {
  const submit = submitted(async values => {
    Object.assign(state, {busy: true, error: null});
    dialog.update();
    try {
      state.answer = (await deed(wishOf(values, state.adapter, agent), values)) ?? null;
      dialog.close();
    } catch (error) {
      Object.assign(state, {error, busy: false});
      dialog.update();
    }
  });
  return html`<form class="stack" @submit=${submit}>
    ${first}
    <div class="fields">
      ${field({label: 'Name', name: 'name', value: agent.name ?? '', required: true, autofocus: true})}
      ${field({label: 'Role', name: 'role', value: agent.role ?? '', required: true,
          pattern: '[A-Za-z][A-Za-z0-9_\\-]*',
        placeholder: 'software_engineer', hint: 'A word such as software_engineer; squad_lead leads the squad.'})}
      ${field({label: 'Title', name: 'title', value: agent.title ?? ''})}
      ${field({label: 'Reports to', name: 'reportsTo', value: agent.reportsTo ?? '', options: managers(room, agent)})}
      ${field({label: 'Budget a month, in dollars', name: 'budget', type: 'number', min: 0, step: '0.01',
        value: agent.budgetMonthlyCents ? (agent.budgetMonthlyCents / 100).toFixed(2) : '',
            hint: 'Empty is no limit.'})}
      ${field({label: 'Skills', name: 'skills', value: (agent.desiredSkills ?? []).join(', '),
          hint: 'With commas between.'})}
    </div>
    ${field({label: 'Capabilities', name: 'capabilities', value: agent.capabilities ?? '', rows: 2,
      hint: 'What others may give it to do.'})}
    ${field({label: 'Prompt', name: 'prompt', value: agent.prompt ?? '', rows: 4})}
    ${state.adapter.view()}
    ${heartbeat(agent.runtimeConfig?.heartbeat ?? {})}
    ${state.error ? html`<p class="error" role="alert">${state.error.message}</p>` : nothing}
    <div class="row end">
      <button type="button" class="button" @click=${() => dialog.close()}>Cancel</button>
      <button class="button primary" ?disabled=${state.busy} aria-busy=${state.busy}>${action}</button>
    </div></form>`;
}

function managers(room, agent) {
  const others = room.members.filter(each => each.id !== agent.id);
  return [{value: '', name: 'nobody'}, ...others.map(each => ({value: each.id, name: each.name}))];
}

/** What the server takes when nothing is said, which is then not said. */
const FLAGS = [
  {name: 'enabled', label: 'Woken by the clock', usual: false},
  {name: 'wakeOnDemand', label: 'Woken by issues, comments and people', usual: true},
  {name: 'skipWhenInboxEmpty', label: 'Left asleep by the clock when there is nothing to do', usual: true},
];
const POLICY = [
  {name: 'intervalSec', label: 'Seconds between wakes by the clock', usual: 0},
  {name: 'maxConcurrentRuns', label: 'Runs at once', usual: 1},
  {name: 'cooldownSec', label: 'Least seconds between two starts', usual: 0},
  {name: 'stallSec', label: 'Ended after seconds of silence', usual: 0},
  {name: 'maxRunTokens', label: 'Most tokens of one run', usual: 0},
];

function heartbeat(policy) {
  return html`<details class="stack"><summary>When it wakes</summary><fieldset class="stack"><legend
      class="hidden">When it wakes</legend>
    ${FLAGS.map(({name, label, usual}) => field({label, name: 'heartbeat.' + name, type: 'checkbox',
        value: policy[name] ?? usual}))}
    <div class="fields">${POLICY.map(({name, label, usual}) =>
        field({label, name: 'heartbeat.' + name, type: 'number', min: 0, step: 1,
      value: String(policy[name] ?? usual), hint: usual === 0 && name !== 'intervalSec' ? '0 is no limit.'
          : undefined}))}</div>
  </fieldset></details>`;
}

/** The body for the API; what an agent has beside these fields is kept. */
function wishOf(values, adapter, agent) {
  const policy = {...agent.runtimeConfig?.heartbeat};
  for (const {name, usual} of [...FLAGS, ...POLICY]) {
    const given = values['heartbeat.' + name];
    const value = typeof usual === 'boolean' ? given : Number(given || 0);
    if (value !== (policy[name] ?? usual)) {
      policy[name] = value;
    }
  }
  return {
    name: values.name,
    role: values.role,
    title: values.title || null,
    reportsToAgentId: values.reportsTo || null,
    capabilities: values.capabilities || null,
    prompt: values.prompt || null,
    desiredSkills: values.skills.split(',').map(skill => skill.trim()).filter(Boolean),
    budgetMonthlyCents: centsOf(values.budget),
    adapterType: adapter.type,
    adapterConfig: adapter.of(values),
    runtimeConfig: {...agent.runtimeConfig, heartbeat: policy},
  };
}
