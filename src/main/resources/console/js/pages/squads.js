// All squads: what each is for, what it has spent and what waits for a decision.
import {html, nothing, repeat} from '../lit.js';
import {api} from '../api.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {ask} from '../ui/dialog.js';
import {heading} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {gauge} from '../ui/chart.js';
import {plural} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {squadFields, squadOf} from '../squads/squad-form.js';
import {dollars} from '../squads/words.js';

const BETWEEN = 15_000;

export default class SquadsPage extends Page {
  static styles = ['squads'];
  squads = [];
  /** How many approvals wait, by squad. */
  waiting = new Map();

  get title() {
    return 'Squads';
  }

  async open() {
    await Promise.all([this.#load(), this.#count()]);
    this.every(BETWEEN, async () => {
      try {
        await Promise.all([this.#load(), this.#count()]);
      } catch (error) {
        // What is shown stays until the server is back.
      }
    });
  }

  keys() {
    return [{keys: 'c', name: 'New squad', run: () => this.#create()}];
  }

  async #load() {
    this.squads = (await api.get('/api/squads', {signal: this.signal})).squads;
    this.update();
  }

  async #count() {
    const {data} = await api.get('/api/v1/approvals?status=pending&limit=200', {signal: this.signal});
    this.waiting = new Map();
    for (const approval of data) {
      this.waiting.set(approval.squad_id, (this.waiting.get(approval.squad_id) ?? 0) + 1);
    }
    this.update();
  }

  async #create() {
    const made = await ask({
      title: 'New squad',
      action: 'Make the squad',
      fields: () => squadFields(),
      deed: async values => (await api.post('/api/squads', squadOf(values))).squad,
    });
    if (made) {
      navigate(`/console/squads/${made.id}`);
    }
  }

  view() {
    const create = html`<button class="button primary" @click=${() => this.#create()}>${icon('plus')}New
        squad</button>`;
    const active = this.squads.filter(squad => squad.status !== 'archived');
    const archived = this.squads.filter(squad => squad.status === 'archived');
    return html`
      ${heading('Squads', {actions: this.squads.length ? create : nothing})}
      ${this.squads.length === 0 ? empty('No squad yet',
        'A squad is a team of agents with a goal, a budget and issues to work on. Make one, then hire its first agent.',
        create) : nothing}
      <div class="grid squads">${repeat(active, squad => squad.id, squad => this.#card(squad))}</div>
      ${archived.length === 0 ? nothing : html`<details
          class="stack"><summary>${plural(archived.length, 'archived squad')}</summary>
        <div class="grid squads">${repeat(archived, squad => squad.id, squad => this.#card(squad))}</div></details>`}`;
  }

  #card(squad) {
    const count = this.waiting.get(squad.id) ?? 0;
    return html`<article class="card" data-squad=${squad.id}>
      <header><h2><a href="/console/squads/${squad.id}">${squad.name}</a></h2>${badge(squad.status)}</header>
      <p class=${squad.goal ? 'clamp' : 'muted'}>${squad.goal || 'No goal was set.'}</p>
      ${gauge(squad.spentMonthlyCents, squad.budgetMonthlyCents || null, {label: 'Spent this month', shown: dollars})}
      <p class="row wrap small">
        ${count ? html`<a class="tag wait" href="/console/squads/${squad.id}/overview">${icon('approve')}${
          plural(count, 'approval')} waiting</a>` : html`<span class="muted">Nothing waits for you</span>`}
        <span class="grow"></span><span class="muted">${plural(squad.issueCounter, 'issue')} so far</span></p>
    </article>`;
  }
}
