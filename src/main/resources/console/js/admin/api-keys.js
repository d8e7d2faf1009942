// Keys of the Jettson API: made, changed, revoked.
import {html} from '../lit.js';
import {api, path} from '../api.js';
import {putQuery} from '../router.js';
import {Listing} from './listing.js';
import {chosenRate, chosenScopes, rateFields, rateWords, scopeFields, scopeTags, USUAL_SCOPES} from './scopes.js';
import {newButton, rowButton, twoLines} from './bits.js';
import {isOne} from './only.js';
import {ask, confirm, showOnce} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';

const LASTS = [{value: '', name: 'Until it is revoked'}, {value: '1', name: '1 day'}, {value: '7', name: '7 days'},
  {value: '30', name: '30 days'}, {value: '90', name: '90 days'}, {value: '365', name: '1 year'}];
export const SHOWN_ONCE = 'Copy it now: it is kept only as a fingerprint and never shown again.';
const DAY = 86_400_000;

export class ApiKeys {
  /** @param {import('../page.js').Page} page */
  constructor(page) {
    this.page = page;
    this.list = new Listing(page, '/api/v1/keys', {include_revoked: page.query.get('revoked') === '1' ? 'true' : ''});
  }

  load() {
    return this.list.load();
  }

  view() {
    const {rows} = this.list;
    return html`
      <p class="muted">For programs that call any of the server's APIs: as <code>Authorization: Bearer …</code>.
        Each carries only the rights you give it.</p>
      <label class="check"><input type="checkbox" .checked=${Boolean(this.list.query.include_revoked)}
        @change=${event => this.#showRevoked(event.target.checked)}><span>Show revoked keys</span></label>
      ${rows.length ? this.#table(rows) : empty('No keys yet',
        'Make one for each program that is to call the server, so that you can revoke it alone.',
        newButton('New key', () => this.create()))}
      ${this.list.more('More keys')}`;
  }

  #table(rows) {
    return table([
      {name: 'Name', cell: key => twoLines(html`<strong>${key.name}</strong>`, html`<code>${key.prefix}…</code>`)},
      {name: 'Kind', cell: key => key.mode === 'test' ? `${key.kind}, test` : key.kind, className: 'whole'},
      {name: 'May', cell: key => scopeTags(key.scopes)},
      {name: 'Rate', cell: key => rateWords(key.rate)},
      {name: 'Last used', cell: key => when(key.last_used_at)},
      {name: 'State', cell: key => state(key)},
      {name: '', cell: key => key.revoked_at ? '' : this.#deeds(key), className: 'whole'},
    ], rows, key => key.key_id, {caption: 'API keys'});
  }

  #deeds(key) {
    return html`<div class="row">
      ${rowButton('Change', key.name, 'edit', () => this.#change(key))}
      ${rowButton('Revoke', key.name, 'trash', () => this.#revoke(key))}</div>`;
  }

  #showRevoked(shown) {
    putQuery({revoked: shown ? '1' : ''});
    this.list.query.include_revoked = shown ? 'true' : '';
    this.page.act(() => this.load());
  }

  async create() {
    const kinds = ['api', 'personal', ...(isOne('admin', 'operator') ? ['operator'] : [])];
    const made = await ask({
      title: 'New key',
      action: 'Make key',
      fields: () => html`
        ${field({label: 'Name', name: 'name', required: true, autofocus: true,
          hint: 'So that you know later what it is for.'})}
        <div class="pair">
          ${field({label: 'Kind', name: 'kind', options: kinds, value: 'api',
            hint: 'A personal key is a token for Make’s clients.'})}
          ${field({label: 'Mode', name: 'mode', options: ['live', 'test'], value: 'live',
            hint: 'A test key acts as an account of its own.'})}
        </div>
        ${scopeFields(USUAL_SCOPES)}
        ${field({label: 'Lasts', name: 'days', options: LASTS})}
        ${rateFields(null)}`,
      deed: values => api.post('/api/v1/keys', {
        name: values.name,
        kind: values.kind,
        mode: values.mode,
        scopes: chosenScopes(values),
        expires_at: values.days ? new Date(Date.now() + Number(values.days) * DAY).toISOString() : null,
        rate: chosenRate(values),
      }),
    });
    if (made) {
      showOnce({title: `Key ${made.name}`, text: SHOWN_ONCE, secret: made.secret});
      await this.page.act(() => this.load());
    }
  }

  async #change(key) {
    const changed = await ask({
      title: `Change ${key.name}`,
      action: 'Save',
      fields: () => html`
        ${field({label: 'Name', name: 'name', value: key.name, required: true, autofocus: true})}
        ${scopeFields(key.scopes)}${rateFields(key.rate)}`,
      deed: values => api.patch(path`/api/v1/keys/${key.key_id}`, {
        name: values.name, scopes: chosenScopes(values), rate: chosenRate(values),
      }),
    });
    if (changed) {
      await this.page.act(() => this.load(), 'The key is changed, from its next request on.');
    }
  }

  async #revoke(key) {
    const sure = await confirm({
      title: `Revoke ${key.name}?`,
      text: 'Whatever uses this key is refused from its next request on. That cannot be undone.',
      action: 'Revoke key',
      danger: true,
    });
    if (sure) {
      await this.page.act(async () => {
        await api.delete(path`/api/v1/keys/${key.key_id}`);
        await this.load();
      }, `The key ${key.name} is revoked.`);
    }
  }
}

function state(key) {
  if (key.revoked_at) {
    return html`<div>${badge('disabled', 'revoked')} ${when(key.revoked_at)}</div>`;
  }
  if (!key.expires_at) {
    return badge('active');
  }
  const over = new Date(key.expires_at) < new Date();
  return html`<div>${badge(over ? 'disabled' : 'active', over ? 'expired' : 'expires')} ${when(key.expires_at)}</div>`;
}
