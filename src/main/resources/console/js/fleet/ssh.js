// A way into an agent's computer by SSH, for a while: its key or password is shown once.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {openDialog} from '../ui/dialog.js';
import {field, submitted} from '../ui/form.js';
import {moment} from '../ui/format.js';
import {copyButton} from '../ui/parts.js';
import {agentPath} from './deeds.js';

const METHODS = [{value: 'key', name: 'a key'}, {value: 'password', name: 'a password'}];
/** @param {import('./settings.js').SettingsPanel} panel */
export function ssh(panel) {
  const isOn = panel.page.agent.status === 'running';
  return html`<section class="card"><h2>SSH</h2>
    <p class="muted">For programs and for SFTP. The terminal of this console needs none of it.</p>
    ${isOn ? nothing : html`<p class="muted small">The agent is off; a way in needs its computer to be on.</p>`}
    <form class="stack" @submit=${submitted(values => open(panel, values))}>
      ${field({label: 'Comes in by', name: 'auth_method', options: METHODS})}
      ${field({label: 'For so many hours', name: 'ttl_hours', type: 'number', min: 0.1, max: 24, step: 0.1,
        value: '4', required: true})}
      ${field({label: 'Your own public key', name: 'public_key', placeholder: 'ssh-ed25519 …',
        hint: 'Then no key is made for you.'})}
      <div class="row end"><button class="button" ?disabled=${!isOn}>Open a way in</button></div></form></section>`;
}

async function open(panel, {auth_method: method, ttl_hours: hours, public_key: key}) {
  const made = await panel.page.act(() => api.post(agentPath(panel.name, '/ssh-access'),
    {auth_method: method, ttl_hours: Number(hours), ...(key ? {public_key: key} : {})}));
  if (made) {
    openDialog({title: 'A way in', className: 'large', view: () => shown(made)});
  }
}

function shown(made) {
  const secret = made.private_key ?? made.connection.password;
  const {command} = made.connection;
  return html`<p>It is open until ${moment(made.expires_at)}.
      ${secret ? 'The secret below is shown this once.' : nothing}</p>
    <div class="row"><code class="grow">${command}</code>${copyButton(command, 'Copy the command')}</div>
    ${secret ? html`<div class="row top">
      <pre class="grow logs" tabindex="0" aria-label="The secret">${secret}</pre>
      ${copyButton(secret, 'Copy the secret')}</div>` : nothing}
    <ul>${made.instructions.map(each => html`<li>${each}</li>`)}</ul>`;
}
