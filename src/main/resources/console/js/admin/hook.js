// One webhook: how it stands, what can be done with it, and what was sent.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {navigate, putQuery} from '../router.js';
import {Listing} from './listing.js';
import {rowButton, twoLines} from './bits.js';
import {eventWords, hookFields, hookWish} from './hook-fields.js';
import {hookState, showHookSecret} from './hook-list.js';
import {ask, confirm} from '../ui/dialog.js';
import {facts, heading, table, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {icon} from '../ui/icons.js';

const BACK = {path: '/console/webhooks', name: 'Webhooks'};
const SOON = 2_000;
const MINUTE = 60_000;
const STATES = ['', 'pending', 'delivered', 'failed'];

export class Hook {
  title = 'Webhook';

  /** @param {import('../page.js').Page} page */
  constructor(page, id) {
    this.page = page;
    this.url = path`/api/v1/webhooks/${id}`;
    this.sent = new Listing(page, `${this.url}/deliveries`, {status: page.query.get('status') ?? ''});
  }

  async load() {
    [this.hook] = await Promise.all([api.get(this.url, {signal: this.page.signal}), this.sent.load()]);
  }

  /** What is to be sent soon changes by itself; nobody's further pages are taken away for that. */
  begin() {
    this.page.every(SOON, () => {
      const {rows} = this.sent;
      if (rows.length <= 100 && rows.some(isDue)) {
        this.sent.load().catch(() => {});
      }
    });
  }

  view() {
    const hook = this.hook;
    return html`
      ${heading('Webhook', {note: hookState(hook), back: BACK, actions: this.#deeds()})}
      <section class="card">${facts([
        ['Address', html`<code>${hook.url}</code>`],
        ['What for', hook.description || html`<span class="muted">not said</span>`],
        ['Is told', eventWords(hook.events)],
        ['Made', when(hook.created_at)],
        ['Changed', when(hook.updated_at)],
      ])}</section>
      ${hook.disabled_reason ? html`<p class="notice bad">The server disabled it (${hook.disabled_reason}).
        Mend the receiver, then enable it again: what failed can be sent once more below.</p>` : nothing}
      <section class="stack" aria-labelledby="deliveries">
        <div class="row wrap"><h2 id="deliveries">Deliveries</h2><span class="grow"></span>${this.#filter()}</div>
        ${this.sent.rows.length ? this.#table() : this.#nothing()}
        ${this.sent.more('Older deliveries')}
      </section>`;
  }

  #deeds() {
    const hook = this.hook;
    return html`
      <button class="button primary" @click=${() => this.#test()}>${icon('play')}Send a test</button>
      <button class="button" @click=${() => this.#change()}>${icon('edit')}Change</button>
      <button class="button" @click=${() => this.#enable(!hook.enabled)}>
        ${icon(hook.enabled ? 'pause' : 'play')}${hook.enabled ? 'Disable' : 'Enable'}</button>
      <button class="button" @click=${() => this.#rotate()}>${icon('refresh')}New secret</button>
      <button class="button" @click=${() => this.#delete()}>${icon('trash')}Delete</button>`;
  }

  #filter() {
    const chosen = this.sent.query.status;
    return html`<label class="row"><span class="muted">State</span>
      <select name="status" @change=${event => this.#only(event.target.value)}>${STATES.map(state => html`
        <option value=${state} ?selected=${state === chosen}>${state || 'all'}</option>`)}</select></label>`;
  }

  #nothing() {
    return this.sent.query.status
      ? empty(`Nothing is ${this.sent.query.status}`, 'Choose another state, or all.')
      : empty('Nothing was sent yet', 'Send a test to see whether the receiver takes it.',
        html`<button class="button" @click=${() => this.#test()}>${icon('play')}Send a test</button>`);
  }

  #table() {
    return table([
      {name: 'Message', cell: each => twoLines(each.type, html`<code>${each.delivery_id}</code>`)},
      {name: 'About', cell: each => each.agent_id ? agentLink(each.agent_id) : ''},
      {name: 'State', cell: each => badge(each.status)},
      {name: 'Attempts', cell: each => each.attempts, className: 'number'},
      {name: 'Answer', cell: each => answer(each)},
      {name: 'Made', cell: each => when(each.created_at)},
      {name: 'Next', cell: each => each.next_attempt_at ? when(each.next_attempt_at) : ''},
      {name: '', className: 'whole', cell: each =>
        rowButton('Send again', each.delivery_id, 'refresh', () => this.#again(each))},
    ], this.sent.rows, each => each.delivery_id, {caption: 'Deliveries'});
  }

  #only(status) {
    putQuery({status});
    this.sent.query.status = status;
    this.page.act(() => this.sent.load());
  }

  #test() {
    return this.page.act(async () => {
      await api.post(`${this.url}/test`);
      await this.sent.load();
    }, 'A test is on its way; see below how it fares.');
  }

  #again(delivery) {
    return this.page.act(async () => {
      await api.post(path`/api/v1/webhooks/${this.hook.webhook_id}/deliveries/${delivery.delivery_id}/retry`);
      await this.sent.load();
    }, 'It is sent once more.');
  }

  #enable(enabled) {
    return this.page.act(async () => {
      this.hook = await api.patch(this.url, {enabled});
    }, enabled ? 'It is told of everything from now on.' : 'It is told nothing from now on.');
  }

  async #change() {
    const changed = await ask({
      title: 'Change webhook',
      action: 'Save',
      fields: () => hookFields(this.hook),
      deed: values => api.patch(this.url, hookWish(values)),
    });
    if (changed) {
      this.hook = changed;
      this.page.update();
    }
  }

  async #rotate() {
    const text = 'Messages are signed with both secrets for 24 hours, so that the receiver can change over in between.';
    if (await confirm({title: 'Make a new signing secret?', text, action: 'Make new secret'})) {
      const made = await this.page.act(() => api.post(`${this.url}/rotate-secret`));
      if (made) {
        showHookSecret(made.secret);
      }
    }
  }

  async #delete() {
    const text = 'What waits to be sent to it is not sent. What was sent is forgotten here.';
    if (await confirm({title: 'Delete this webhook?', text, action: 'Delete webhook', danger: true})) {
      await this.page.act(async () => {
        await api.delete(this.url);
        navigate('/console/webhooks');
      }, 'The webhook is deleted.');
    }
  }
}

function agentLink(id) {
  return html`<a href=${path`/console/agents/${id}`}>${id}</a>`;
}

function isDue(delivery) {
  return delivery.status === 'pending' && new Date(delivery.next_attempt_at ?? 0) - Date.now() < MINUTE;
}

function answer(delivery) {
  const parts = [delivery.http_status && `HTTP ${delivery.http_status}`, delivery.error].filter(Boolean);
  return parts.length ? parts.join(': ') : html`<span class="muted">none yet</span>`;
}
