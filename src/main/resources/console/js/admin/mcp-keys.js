// Keys for clients that speak MCP: made, revoked, forgotten.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {SHOWN_ONCE} from './api-keys.js';
import {newButton, rowButton, twoLines} from './bits.js';
import {ask, confirm, showOnce} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {number} from '../ui/format.js';

const KEYS = '/api/mcp/keys';

export class McpKeys {
  /** @param {import('../page.js').Page} page */
  constructor(page) {
    this.page = page;
    this.keys = [];
  }

  async load() {
    this.keys = await api.get(KEYS, {signal: this.page.signal});
    this.page.update();
  }

  view() {
    return html`
      <p class="muted">For clients of Trinity and of MCP. Those of the scope <em>agent</em> were made for one agent,
        and are its way in.</p>
      ${this.keys.length ? this.#table() : empty('No MCP keys yet',
        'Make one for each client that is to reach your agents.', newButton('New MCP key', () => this.create()))}`;
  }

  #table() {
    return table([
      {name: 'Name', cell: key => twoLines(html`<strong>${key.name}</strong>`, key.description)},
      {name: 'Begins with', cell: key => html`<code>${key.key_prefix}…</code>`},
      {name: 'Whose', cell: key => key.username},
      {name: 'Scope', cell: key => key.agent_name ? `${key.scope}: ${key.agent_name}` : key.scope},
      {name: 'Uses', cell: key => number(key.usage_count), className: 'number'},
      {name: 'Last used', cell: key => when(key.last_used_at)},
      {name: 'State', cell: key => key.is_active ? badge('active') : badge('disabled', 'revoked')},
      {name: '', cell: key => this.#deeds(key), className: 'whole'},
    ], this.keys, key => key.id, {caption: 'MCP keys'});
  }

  #deeds(key) {
    return html`<div class="row">
      ${key.is_active ? rowButton('Revoke', key.name, 'stop', () => this.#revoke(key)) : nothing}
      ${rowButton('Delete', key.name, 'trash', () => this.#delete(key))}</div>`;
  }

  async create() {
    const made = await ask({
      title: 'New MCP key',
      action: 'Make key',
      fields: () => html`${field({label: 'Name', name: 'name', required: true, autofocus: true})}
        ${field({label: 'Description', name: 'description'})}`,
      deed: values => api.post(KEYS, {name: values.name, description: values.description || undefined}),
    });
    if (made) {
      showOnce({title: `MCP key ${made.name}`, text: SHOWN_ONCE, secret: made.api_key});
      await this.page.act(() => this.load());
    }
  }

  async #revoke(key) {
    const text = key.agent_name
      ? `The agent ${key.agent_name} cannot reach the server with it any more. That cannot be undone.`
      : 'Whatever uses this key is refused from its next request on. That cannot be undone.';
    if (await confirm({title: `Revoke ${key.name}?`, text, action: 'Revoke key', danger: true})) {
      await this.page.act(async () => {
        await api.post(path`/api/mcp/keys/${key.id}/revoke`);
        await this.load();
      }, `The key ${key.name} is revoked.`);
    }
  }

  async #delete(key) {
    const text = 'It is refused from the next request on, and nothing is left of it here; the audit still has it.';
    if (await confirm({title: `Delete ${key.name}?`, text, action: 'Delete key', danger: true})) {
      await this.page.act(async () => {
        await api.delete(path`/api/mcp/keys/${key.id}`);
        await this.load();
      }, `The key ${key.name} is deleted.`);
    }
  }
}
