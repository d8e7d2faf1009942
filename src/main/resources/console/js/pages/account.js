// Who I am here: what the server knows of me, my password, and where I am logged in.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {Page} from '../page.js';
import {session} from '../session.js';
import {submitted} from '../ui/form.js';
import {confirm} from '../ui/dialog.js';
import {facts, heading, table, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {toast} from '../ui/toast.js';
import {client} from '../access/client.js';
import {way} from '../access/words.js';

export default class AccountPage extends Page {
  static styles = ['access'];
  #error = '';
  #busy = false;

  get title() {
    return 'My account';
  }

  async open() {
    await this.#load();
    this.every(60_000, () => this.act(() => this.#load()));
  }

  async #load() {
    this.sessions = (await api.get('/api/v1/sessions', {signal: this.signal})).data;
  }

  view() {
    const {username, role, email} = session.user;
    return html`${heading('My account')}
      <section class="card" aria-label="Who I am">${facts([
        ['User', username],
        ['Role', badge(role)],
        ['Email', email ?? html`<span class="muted">none</span>`],
        ['Logged in', way(session.mode)],
      ])}</section>
      ${this.#password()}
      ${this.#logins()}`;
  }

  #password() {
    const mayHaveNone = session.mode !== 'admin';
    return html`<section class="card"><h2>Password</h2>
      <p class="muted">With a new password all logins of this account end, at other browsers too. API keys stay as they
        are.</p>
      <form class="stack password-form" @submit=${submitted((values, form) => this.#change(values, form))}>
        <input class="hidden" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly
          .value=${session.user.username}>
        <label class="field"><span>Current password</span><input name="current" type="password"
          autocomplete="current-password" ?required=${!mayHaveNone}>
          ${mayHaveNone ? html`<small>Leave it empty if you never had one.</small>` : nothing}</label>
        <label class="field"><span>New password, at least 8 characters</span><input name="next" type="password"
          autocomplete="new-password" minlength="8" required></label>
        <label class="field"><span>The same again</span><input name="again" type="password" autocomplete="new-password"
          required></label>
        <p class="error" role="alert">${this.#error}</p>
        <div class="row"><button class="button primary" ?disabled=${this.#busy} aria-busy=${this.#busy}>Change the
          password</button></div>
      </form></section>`;
  }

  async #change({current, next, again}, form) {
    this.#error = next === again ? '' : 'The new password and its repetition are not the same. Type both anew.';
    if (this.#error) {
      this.update();
      return;
    }
    this.#busy = true;
    this.update();
    try {
      await api.put('/api/v1/users/me/password', {new: next, ...(current ? {current} : {})});
      // Every login ended, this one too; with what was just typed the next is made without a question.
      await session.login({username: session.user.username, password: next});
      form.reset();
      toast('The password is changed; all other logins are over.', 'good');
      await this.#load();
    } catch (error) {
      this.#error = error.message;
    }
    this.#busy = false;
    this.update();
  }

  #logins() {
    return html`<section class="card"><h2>Where I am logged in</h2>${table([
      {name: 'Browser', cell: each => html`<span>${client(each.client)}${each.id === session.id
        ? html` <span class="tag this-browser">this browser</span>` : nothing}</span>`},
      {name: 'From', cell: each => html`<code>${each.address}</code>`},
      {name: 'How', cell: each => way(each.mode)},
      {name: 'Logged in', cell: each => when(each.created_at)},
      {name: 'Last used', cell: each => when(each.last_used_at)},
      {name: '', cell: each => html`<div class="row end"><button class="button small"
        aria-label="Log out ${each.id === session.id ? 'this browser' : `${client(each.client)} at ${each.address}`}"
        @click=${() => this.#end(each)}>Log out</button></div>`},
    ], this.sessions, each => each.id, {caption: 'My logins'})}</section>`;
  }

  async #end(login) {
    if (login.id === session.id) {
      await this.act(() => session.logout());
      return;
    }
    const agreed = await confirm({
      title: 'Log out that browser?',
      text: `${client(login.client)} at ${login.address} needs a login for whatever it does next.`,
      action: 'Log out',
    });
    if (agreed) {
      await this.act(async () => {
        await api.delete(path`/api/v1/sessions/${login.id}`);
        await this.#load();
      }, 'That login is over.');
    }
  }
}
