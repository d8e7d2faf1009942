// Approvals of all squads: what waits first, and every decision that was taken.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {Page} from '../page.js';
import {heading, table, tabs, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {approvalsOf, pendingFirst} from '../squads/all-approvals.js';
import {approvalKind, approvalPath, approvalTitle} from '../squads/words.js';

const BETWEEN = 10_000;
const SHOWN = 200;
const OPEN = ['pending', 'revision_requested'];

export default class ApprovalsPage extends Page {
  static styles = ['squads'];

  get title() {
    return 'Approvals';
  }

  async open() {
    await this.#load();
    this.every(BETWEEN, () => this.#load().catch(() => {}));
  }

  reopen() {
    return true;
  }

  async #load() {
    this.squads = (await api.get('/api/squads', {signal: this.signal})).squads;
    this.approvals = pendingFirst(await approvalsOf(this.squads, undefined, this.signal));
    this.update();
  }

  view() {
    const waits = approval => OPEN.includes(approval.status);
    const part = this.query.get('part') === 'decided' ? 'decided' : 'open';
    const shown = this.approvals.filter(approval => waits(approval) === (part === 'open'));
    const open = part === 'open' ? shown.length : this.approvals.length - shown.length;
    return html`
      ${heading('Approvals')}
      ${tabs([{id: 'open', name: 'Waiting', path: '/console/approvals', count: open},
        {id: 'decided', name: 'Decided', path: '/console/approvals?part=decided',
            count: this.approvals.length - open}], part, 'Approvals')}
      <div aria-live="polite">${shown.length === 0
        ? part === 'open'
          ? empty('Nothing waits for you', 'When an agent asks to hire, or a budget is spent, the request comes here.',
            html`<a class="button" href="/console/squads">To the squads</a>`)
          : empty('Nothing was decided yet', 'Decisions are kept here, with their notes.')
        : table(this.#columns(), shown.slice(0, SHOWN), approval => approval.id, {caption: 'Approvals'})}</div>
      ${shown.length > SHOWN ? html`<p class="muted">These are the ${SHOWN} newest.</p>` : nothing}`;
  }

  #columns() {
    const squad = id => this.squads.find(each => each.id === id)?.name ?? id;
    return [
      {name: 'Request', cell: approval => html`<a href=${approvalPath(approval.id)}>${approvalTitle(approval)}</a>`},
      {name: 'Kind', cell: approval => approvalKind(approval)},
      {name: 'State', cell: approval => html`<div>${badge(approval.status)}</div>`},
      {name: 'Squad', cell: approval => html`
        <a href="/console/squads/${approval.squadId}">${squad(approval.squadId)}</a>`},
      {name: 'Asked', cell: approval => when(approval.createdAt)},
      {name: 'Decided', cell: approval => approval.decidedAt ? when(approval.decidedAt)
          : html`<span class="muted">not yet</span>`},
    ];
  }
}
