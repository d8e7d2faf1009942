// Whether the server can work.
import {html} from '../lit.js';
import {api} from '../api.js';
import {Page} from '../page.js';
import {facts, heading, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';

export default class HealthPage extends Page {
  get title() {
    return 'Health';
  }

  async open() {
    this.health = await api.get('/health', {signal: this.signal});
  }

  view() {
    return html`${heading('Health')}
      <section class="card">${facts([['Server', badge(this.health.status)], ['Asked', when(this.health.timestamp)]])}</section>`;
  }
}
