// The people of this server, for administrators: who they are, what they may do, who is kept out.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {Page} from '../page.js';
import {session} from '../session.js';
import {ask, confirm} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {plural} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {heading, table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {ROLES} from '../access/words.js';

export default class UsersPage extends Page {
  static styles = ['access'];
  #wanted = '';

  get title() {
    return 'Users';
  }

  async open() {
    await this.#load();
  }

  keys() {
    return [{keys: 'c', name: 'New user', run: () => this.#create()}];
  }

  async #load() {
    this.users = (await api.get('/api/v1/users', {signal: this.signal})).data;
  }

  view() {
    const found = this.users.filter(user => this.#fits(user));
    return html`
      ${heading('Users', {
        note: html`<span class="muted">${plural(this.users.length, 'person', 'people')}</span>`,
        actions: html`<button class="button primary" @click=${() => this.#create()}>${icon('plus')}New user</button>`,
      })}
      ${this.users.length > 1 ? html`<label class="field find"><span>Find by name, email or role</span>
        <input type="search" name="find" autocomplete="off" .value=${this.#wanted} @input=${event => {
          this.#wanted = event.target.value;
          this.update();
        }}></label>` : nothing}
      ${found.length > 0 ? this.#table(found) : empty('Nobody is called so',
        'No name, email or role holds what you typed. Clear the field to see everybody.')}
      ${this.users.length === 1 ? html`<p class="muted">You are alone here. Make a user for each person, so that
        everybody has agents, keys and a budget of their own.</p>` : nothing}`;
  }

  #fits(user) {
    const words = [user.username, user.email, user.role, user.disabled ? 'disabled' : 'active'].join(' ');
    return words.toLowerCase().includes(this.#wanted.trim().toLowerCase());
  }

  #table(users) {
    return table([
      {name: 'User', cell: user => html`<span><strong>${user.username}</strong>${
        user.username === session.user.username ? html` <span class="tag">you</span>` : nothing}</span>`},
      {name: 'Role', cell: user => user.role},
      {name: 'Email', cell: user => user.email ?? html`<span class="muted">none</span>`},
      {name: 'State', cell: user => html`<span>${badge(user.disabled ? 'disabled' : 'active')}</span>`},
      {name: 'Password', cell: user => (user.has_password ? 'set' : html`<span class="muted">none</span>`)},
      {name: 'Last seen', cell: user => when(user.last_seen_at)},
      {name: '', cell: user => this.#actions(user)},
    ], users, user => user.username, {caption: 'Users'});
  }

  #actions(user) {
    return html`<div class="row end">
      <button class="button small" aria-label="Change ${user.username}"
        @click=${() => this.#change(user)}>Change</button>
      ${user.disabled
        ? html`<button class="button small" aria-label="Enable ${user.username}"
            @click=${() => this.#enable(user)}>Enable</button>`
        : html`<button class="button small" aria-label="Disable ${user.username}"
            @click=${() => this.#disable(user)}>Disable</button>`}</div>`;
  }

  async #create() {
    const made = await ask({
      title: 'New user',
      action: 'Make the user',
      fields: () => html`
        ${field({label: 'Name', name: 'username', required: true, autofocus: true,
          hint: 'What they log in with: letters, digits, . - _ @'})}
        ${field({label: 'Role', name: 'role', options: ROLES, value: 'user'})}
        ${field({label: 'Password', name: 'password', type: 'password', autocomplete: 'new-password',
          hint: 'At least 8 characters. Leave it empty for somebody who logs in by mail or single sign-on.'})}
        ${field({label: 'Email', name: 'email', type: 'email',
          hint: 'For logging in by a mailed code or single sign-on. Needed where there is no password.'})}`,
      deed: values => api.post('/api/v1/users', given(values)),
    });
    if (made) {
      await this.act(() => this.#load(), `${made.username} is a user now.`);
    }
  }

  async #change(user) {
    const changed = await ask({
      title: `Change ${user.username}`,
      action: 'Save',
      fields: () => html`
        ${field({label: 'Role', name: 'role', options: ROLES, value: user.role})}
        ${field({label: 'New password', name: 'password', type: 'password', autocomplete: 'new-password',
          hint: 'Leave it empty to keep the one there is. A new one ends all logins of this user.'})}`,
      deed: values => api.patch(path`/api/v1/users/${user.username}`, given(values)),
    });
    if (changed) {
      await this.act(() => this.#load(), `${user.username} is changed.`);
    }
  }

  async #disable(user) {
    const agreed = await confirm({
      title: `Disable ${user.username}?`,
      text: html`All logins and tokens of ${user.username} end at once and their keys stop working. Agents that run go
        on to their end. You can enable the account again.`,
      action: 'Disable',
      danger: true,
      typed: user.username,
    });
    if (agreed) {
      await this.#set(user, true, `${user.username} is disabled.`);
    }
  }

  #enable(user) {
    return this.#set(user, false, `${user.username} may log in again.`);
  }

  #set(user, disabled, told) {
    return this.act(async () => {
      await api.patch(path`/api/v1/users/${user.username}`, {disabled});
      await this.#load();
    }, told);
  }
}

/** What was typed; an empty field is none. */
function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
