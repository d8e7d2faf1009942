// Secrets that agents may be lent: names, where they may go, never what they hold.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {Page} from '../page.js';
import {newButton, rowButton, tags} from '../admin/bits.js';
import {Listing} from '../admin/listing.js';
import {ask, confirm} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {heading, table, when} from '../ui/parts.js';
import {empty} from '../ui/states.js';

export default class SecretsPage extends Page {
  static styles = ['admin'];

  get title() {
    return 'Secrets';
  }

  async open() {
    this.list = new Listing(this, '/api/v1/secrets');
    await this.list.load();
  }

  keys() {
    return [{keys: 'c', name: 'New secret', run: () => this.#put(null)}];
  }

  view() {
    const {rows} = this.list;
    const create = newButton('New secret', () => this.#put(null));
    return html`
      ${heading('Secrets', {actions: create})}
      <p class="muted">An agent has a secret only when its task names it: as a variable of its shell, and as
        <code>{{secret.NAME}}</code> in requests of its HTTP tool. Values are sealed, never shown again, and masked
        wherever they would show.</p>
      ${rows.length ? this.#table(rows) : empty('No secrets yet',
        'Keep what agents need to log in elsewhere here, and not in their tasks.', create)}
      ${this.list.more('More secrets')}`;
  }

  #table(rows) {
    return table([
      {name: 'Name', cell: secret => html`<code>${secret.name}</code>`},
      {name: 'What for', cell: secret => secret.description ?? html`<span class="muted">not said</span>`},
      {name: 'May go to', cell: secret => secret.hosts
        ? tags(secret.hosts, 'no host') : html`<span class="muted">any host</span>`},
      {name: 'Changed', cell: secret => when(secret.updated_at)},
      {name: 'Last used', cell: secret => when(secret.last_used_at)},
      {name: '', className: 'whole', cell: secret => html`<div class="row">
        ${rowButton('Replace', secret.name, 'edit', () => this.#put(secret))}
        ${rowButton('Delete', secret.name, 'trash', () => this.#delete(secret))}</div>`},
    ], rows, secret => secret.name, {caption: 'Secrets'});
  }

  /** @param secret null for a new one */
  async #put(secret) {
    const kept = await ask({
      title: secret ? `Replace ${secret.name}` : 'New secret',
      action: secret ? 'Replace' : 'Keep secret',
      fields: () => html`
        ${secret ? nothing : field({label: 'Name', name: 'name', required: true, autofocus: true,
          pattern: '[A-Z][A-Z0-9_]{0,63}', placeholder: 'GITHUB_TOKEN',
          hint: 'Capital letters, digits and underscores.'})}
        ${field({label: 'Value', name: 'value', required: true, rows: 3, autofocus: Boolean(secret),
          hint: secret ? 'The old value is gone when you save.' : 'Up to 32 KiB. It is never shown again.'})}
        ${field({label: 'What for', name: 'description', value: secret?.description ?? ''})}
        ${field({label: 'May go to', name: 'hosts', value: secret?.hosts?.join(', ') ?? '',
          placeholder: 'api.github.com, uploads.github.com',
          hint: 'Hosts that the HTTP tool may send it to; any host when empty.'})}`,
      deed: values => api.put(path`/api/v1/secrets/${secret?.name ?? values.name}`, {
        value: values.value,
        description: values.description || null,
        hosts: hosts(values.hosts),
      }),
    });
    if (kept) {
      await this.act(() => this.list.load(), `${kept.name} is kept.`);
    }
  }

  async #delete(secret) {
    const text = 'Agents that are started from now on cannot have it. Its value cannot be brought back.';
    const title = `Delete ${secret.name}?`;
    if (await confirm({title, text, action: 'Delete secret', danger: true, typed: secret.name})) {
      await this.act(async () => {
        await api.delete(path`/api/v1/secrets/${secret.name}`);
        await this.list.load();
      }, `${secret.name} is deleted.`);
    }
  }
}

function hosts(text) {
  const names = text.split(/[\s,]+/).filter(Boolean);
  return names.length ? names : null;
}
