// The keys by which an agent calls the API itself.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {ask, confirm, showOnce} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {icon} from '../ui/icons.js';

export class AgentKeys {
  loaded = null;

  constructor(page, tab) {
    this.page = page;
    this.tab = tab;
  }

  async load() {
    this.loaded = (await api.get(this.tab.at + '/keys')).keys;
  }

  view() {
    const isFixed = ['pending_approval', 'terminated'].includes(this.tab.agent.status);
    const create = html`<button class="button primary" @click=${() => this.#create()}>${icon('key')}New key</button>`;
    return html`<section class="stack" aria-labelledby="keys-title">
      <div class="row wrap"><h3 id="keys-title">Keys</h3><span class="grow"></span>${this.loaded.length && !isFixed
          ? create : nothing}</div>
      ${this.loaded.length === 0
        ? empty('No keys', 'A key lets a program outside of a run act as this agent. Runs bring their own token.',
            isFixed ? nothing : create)
        : table(this.#columns(), this.loaded, key => key.id, {caption: 'Keys of the agent'})}</section>`;
  }

  #columns() {
    return [
      {name: 'Name', cell: key => key.name},
      {name: 'State', cell: key => badge(state(key))},
      {name: 'Made', cell: key => when(key.createdAt)},
      {name: 'Expires', cell: key => when(key.expiresAt)},
      {name: 'Last used', cell: key => when(key.lastUsedAt)},
      {name: '', cell: key => key.revokedAt ? nothing
          : html`<button class="button small" aria-label="Revoke ${key.name}"
        @click=${() => this.#revoke(key)}>Revoke</button>`},
    ];
  }

  async #create() {
    const made = await ask({
      title: 'New key',
      action: 'Make the key',
      fields: () => html`
        ${field({label: 'Name', name: 'name', required: true, autofocus: true, hint: 'What uses it.'})}
        ${field({label: 'Expires', name: 'expires', type: 'datetime-local', hint: 'Empty is never.'})}`,
      deed: async values => {
        const expiresAt = values.expires ? new Date(values.expires).toISOString() : null;
        const answer = await api.post(this.tab.at + '/keys', {name: values.name, expiresAt});
        await this.load();
        return answer;
      },
    });
    this.page.update();
    if (made) {
      showOnce({title: 'The new key', text: 'Keep it now: it is shown this once.', secret: made.token});
    }
  }

  async #revoke(key) {
    if (await confirm({title: `Revoke ${key.name}?`, text: 'Whoever uses it is refused from the next request on.',
        action: 'Revoke', danger: true})) {
      await this.page.act(async () => {
        await api.delete(this.tab.at + path`/keys/${key.id}`);
        await this.load();
      }, 'The key is revoked.');
    }
  }
}

function state(key) {
  if (key.revokedAt) {
    return 'revoked';
  }
  return key.expiresAt && new Date(key.expiresAt) < new Date() ? 'expired' : 'active';
}
