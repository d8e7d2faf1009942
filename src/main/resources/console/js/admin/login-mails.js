// Who may log in by a mailed code.
import {html} from '../lit.js';
import {api, path} from '../api.js';
import {rowButton} from './bits.js';
import {confirm} from '../ui/dialog.js';
import {field, submitted} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {when} from '../ui/parts.js';

const LIST = '/api/settings/email-whitelist';

export class LoginMails {
  #emails = [];
  #error = '';

  /** @param {import('../page.js').Page} page */
  constructor(page) {
    this.page = page;
  }

  async load() {
    this.#emails = (await api.get(LIST, {signal: this.page.signal})).whitelist;
    this.page.update();
  }

  view() {
    return html`<section class="card" aria-labelledby="mails">
      <h2 id="mails">Email whitelist</h2>
      <p class="muted">These addresses may log in by a code that is mailed to them.
        Sharing an agent adds whom it is shared with.</p>
      ${this.#emails.length ? html`<ul class="list">${this.#emails.map(entry => this.#entry(entry))}</ul>`
        : html`<p>Nobody is on the list, so that nobody logs in by mail.</p>`}
      <form class="row wrap add" @submit=${submitted((values, form) => this.#add(values.email, form))}>
        ${field({label: 'Address to add', name: 'email', type: 'email', required: true, placeholder: 'ada@example.org',
          error: this.#error || undefined})}
        <button class="button">${icon('plus')}Add</button>
      </form>
    </section>`;
  }

  #entry(entry) {
    return html`<li class="row wrap"><span class="grow">${entry.email}</span>
      <span class="muted small">added ${when(entry.added_at)}
        ${entry.source === 'manual' ? `by ${entry.added_by}` : 'by sharing'}</span>
      ${rowButton('Remove', entry.email, 'trash', () => this.#remove(entry.email))}</li>`;
  }

  async #add(email, form) {
    this.#error = '';
    try {
      await api.post(LIST, {email});
      form.reset();
      await this.load();
    } catch (error) {
      this.#error = error.message;
      this.page.update();
    }
  }

  async #remove(email) {
    const text = 'They cannot log in by mail any more. Whoever is logged in stays so until the login expires.';
    if (await confirm({title: `Remove ${email}?`, text, action: 'Remove', danger: true})) {
      await this.page.act(async () => {
        await api.delete(path`/api/settings/email-whitelist/${email}`);
        await this.load();
      }, `${email} is off the list.`);
    }
  }
}
