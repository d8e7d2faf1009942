// Webhooks: their list, and one with what was sent to it.
import {html} from '../lit.js';
import {Page} from '../page.js';
import {HookList} from '../admin/hook-list.js';
import {Hook} from '../admin/hook.js';

export default class WebhooksPage extends Page {
  static styles = ['admin'];

  get title() {
    return this.part?.title ?? 'Webhooks';
  }

  async open() {
    this.part = this.params.id ? new Hook(this, this.params.id) : new HookList(this);
    await this.part.load();
    this.part.begin();
  }

  view() {
    return html`${this.part.view()}`;
  }
}
