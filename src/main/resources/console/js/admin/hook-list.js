// All webhooks of the account, and a way to make one.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {navigate} from '../router.js';
import {Listing} from './listing.js';
import {newButton, twoLines} from './bits.js';
import {eventWords, hookFields, hookWish} from './hook-fields.js';
import {ask, showOnce} from '../ui/dialog.js';
import {heading, table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';

export class HookList {
  title = 'Webhooks';

  /** @param {import('../page.js').Page} page */
  constructor(page) {
    this.page = page;
    this.list = new Listing(page, '/api/v1/webhooks');
  }

  load() {
    return this.list.load();
  }

  begin() {}

  view() {
    const {rows} = this.list;
    const create = newButton('New webhook', () => this.#create());
    return html`
      ${heading('Webhooks', {actions: create})}
      <p class="muted">The server tells these addresses how your agents fare. What is not taken is sent again
        and again for more than a day.</p>
      ${rows.length ? this.#table(rows) : empty('No webhooks yet',
        'Make one to hear when an agent is done, without asking again and again.', create)}
      ${this.list.more('More webhooks')}`;
  }

  #table(rows) {
    return table([
      {name: 'Address', cell: hook => twoLines(
        html`<a href=${path`/console/webhooks/${hook.webhook_id}`}>${hook.url}</a>`, hook.description)},
      {name: 'Is told', cell: hook => eventWords(hook.events)},
      {name: 'State', cell: hook => hookState(hook)},
      {name: 'Made', cell: hook => when(hook.created_at)},
    ], rows, hook => hook.webhook_id, {caption: 'Webhooks'});
  }

  async #create() {
    const made = await ask({
      title: 'New webhook',
      action: 'Make webhook',
      fields: () => hookFields(null),
      deed: values => api.post('/api/v1/webhooks', hookWish(values)),
    });
    if (made) {
      showHookSecret(made.secret);
      navigate(path`/console/webhooks/${made.webhook_id}`);
    }
  }
}

export function showHookSecret(secret) {
  const text = 'The receiver checks signatures with it. Copy it now: it is never shown again.';
  showOnce({title: 'Signing secret', text, secret});
}

export function hookState(hook) {
  return hook.enabled ? badge('enabled') : html`<span>${badge('disabled')} ${hook.disabled_reason ?? nothing}</span>`;
}
