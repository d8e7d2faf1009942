// Credentials in an agent's home: which there are, put others in, and the bundle that they are kept in;
// values are never shown.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {ask, confirm} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {bytes, plural} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';

export class CredentialsPanel extends Panel {
  get waiting() {
    return 'Looking for credentials …';
  }

  load() {
    return api.get(agentPath(this.name, '/credentials/status'), {signal: this.page.signal});
  }

  async #inject() {
    const answer = await ask({
      title: 'Put credentials in',
      action: 'Put them in',
      className: 'large',
      fields: () => html`
        ${field({label: 'File', name: 'file', value: '.env', required: true,
          hint: 'From the home: .env, .mcp.json, or any other file. One that is there is replaced.'})}
        ${field({label: 'Content', name: 'content', rows: 10, required: true, autofocus: true,
          placeholder: 'API_KEY=…',
          hint: 'Only the agent can read the file. Variables of .env are in its environment at once.'})}`,
      deed: ({file, content}) => api.post(agentPath(this.name, '/credentials/inject'), {files: {[file]: content}}),
    });
    if (answer) {
      await this.open();
    }
  }

  async #import() {
    const agreed = await confirm({
      title: 'Take the credentials out of the bundle?',
      text: 'Files of the same names are replaced.',
      action: 'Take them out',
    });
    if (agreed) {
      await this.do(() => api.post(agentPath(this.name, '/credentials/import')), 'The credentials are in place');
    }
  }

  #export() {
    return this.do(() => api.post(agentPath(this.name, '/credentials/export')), 'The bundle is written');
  }

  show() {
    if (!this.loaded.files) {
      return empty('The computer is off', this.loaded.message);
    }
    const files = Object.entries(this.loaded.files).map(([name, file]) => ({name, ...file}));
    return html`<section class="card" aria-label="Credentials"><header><h2>Credentials</h2>
        <span class="muted">${plural(this.loaded.credential_count, 'variable')} in .env</span>
        <span class="grow"></span>
        ${this.page.canManage ? html`<button class="button primary" @click=${() => this.#inject()}>
          ${icon('key')}Put credentials in</button>` : nothing}</header>
      ${table([
        {name: 'File', cell: each => html`<code>${each.name}</code>`},
        {name: 'State', cell: each => badge(each.exists ? 'on' : 'off', each.exists ? 'there' : 'not there')},
        {name: 'Size', className: 'number', cell: each => (each.exists ? bytes(each.size) : '')},
        {name: 'Changed', cell: each => (each.exists ? when(each.modified) : '')},
      ], files, each => each.name, {caption: 'Files of credentials'})}
      ${this.page.canManage ? this.#bundle() : nothing}
    </section>`;
  }

  #bundle() {
    return html`<div class="row wrap">
        <button class="button" @click=${() => this.#export()}>
          ${icon('lock')}Encrypt them into a bundle</button>
        <button class="button" ?disabled=${!this.loaded.files['.credentials.enc']?.exists}
            @click=${() => this.#import()}>Take them out of the bundle</button></div>
      <p class="muted small">The bundle, <code>.credentials.enc</code>, can be kept with the agent's files; it is opened
        at every start.</p>`;
  }
}
