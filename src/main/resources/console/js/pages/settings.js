// Settings of the whole server: what can be changed now, and what was set at its start.
import {html} from '../lit.js';
import {api} from '../api.js';
import {Page} from '../page.js';
import {isOne, onlyFor} from '../admin/only.js';
import {LoginMails} from '../admin/login-mails.js';
import {SkillLibrary} from '../admin/skill-library.js';
import {Switches} from '../admin/switches.js';
import {confirm, openDialog} from '../ui/dialog.js';
import {icon} from '../ui/icons.js';
import {copyButton, heading, table} from '../ui/parts.js';

export default class SettingsPage extends Page {
  static styles = ['admin'];

  get title() {
    return 'Settings';
  }

  async open() {
    this.allowed = isOne('admin');
    if (this.allowed) {
      this.switches = new Switches(this);
      this.library = new SkillLibrary(this);
      this.mails = new LoginMails(this);
      await Promise.all([this.load(), this.library.load(), this.mails.load()]);
    }
  }

  async load() {
    this.settings = await api.get('/api/v1/settings', {signal: this.signal});
    this.update();
  }

  /** Sets a setting, or puts it back to what it came as when the value is null. */
  change(key, value, done) {
    return this.act(async () => {
      const url = `/api/settings/${encodeURIComponent(key)}`;
      await (value === null ? api.delete(url) : api.put(url, {value}));
      await this.load();
    }, done);
  }

  view() {
    if (!this.allowed) {
      return onlyFor('Settings', 'administrators', 'It changes how the whole server works.');
    }
    return html`
      ${heading('Settings')}
      ${this.switches.view()}
      ${this.mails.view()}
      ${this.library.view()}
      ${this.#encryption()}
      ${this.#start()}`;
  }

  #encryption() {
    return html`<section class="card" aria-labelledby="encryption">
      <h2 id="encryption">Encryption key</h2>
      <p>Opens every <code>.credentials.enc</code> that agents of this server have. Keep it like a password;
        showing it is written to the audit.</p>
      <div class="row"><button class="button" @click=${() => this.#showKey()}>${icon('lock')}Show the key</button></div>
    </section>`;
  }

  async #showKey() {
    const title = 'Show the encryption key?';
    const text = 'Whoever sees the key can open every exported bundle of credentials. See that nobody looks on.';
    if (!(await confirm({title, text, action: 'Show the key', danger: true, typed: 'show'}))) {
      return;
    }
    const answer = await this.act(() => api.get('/api/credentials/encryption-key', {signal: this.signal}));
    if (answer) {
      openDialog({title: 'Encryption key', view: () => html`<p>${answer.algorithm}, ${answer.key_format}.</p>
        <p class="secret"><code>${answer.key}</code></p>
        <div class="row end">${copyButton(answer.key, 'Copy the key')}</div>`});
    }
  }

  #start() {
    return html`<section class="stack" aria-labelledby="start">
      <h2 id="start">Set at the start</h2>
      <p class="muted">These are read from flags and the environment when the server starts: change them there, and
        start it again. Secrets are only said to be set.</p>
      ${table([
        {name: 'Setting', cell: setting => html`<code>${setting.name}</code>`},
        {name: 'Value', cell: setting => setting.value || html`<span class="muted">empty</span>`},
      ], this.settings.start, setting => setting.name, {caption: 'Settings of the start'})}
    </section>`;
  }
}
