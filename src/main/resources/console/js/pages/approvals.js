// Approvals of all squads: what waits, and every decision that was taken.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {Page} from '../page.js';
import {heading, table, tabs, when} from '../ui/parts.js';
import {badge, empty} from '../ui/states.js';
import {approvalKind, approvalPath, approvalTitle} from '../squads/words.js';

const BETWEEN = 10_000;
const OPEN = 'pending,revision_requested';
const DECIDED = 'approved,rejected,cancelled';

export default class ApprovalsPage extends Page {
  static styles = ['squads'];
  shown = [];
  next = null;
  #pages = 1;

  get title() {
    return 'Approvals';
  }

  get #part() {
    return this.query.get('part') === 'decided' ? 'decided' : 'open';
  }

  async open() {
    await this.#load();
    this.every(BETWEEN, () => this.#load().catch(() => {}));
  }

  reopen() {
    this.#pages = 1;
    this.act(() => this.#load());
    return true;
  }

  /** As many pages as were asked for so far. */
  async #load() {
    const part = this.#part;
    const shown = [];
    let cursor = null;
    for (let at = 0; at < this.#pages && (at === 0 || cursor); at++) {
      const asked = withQuery('/api/v1/approvals', {status: part === 'open' ? OPEN : DECIDED, limit: 100, cursor});
      const page = await api.get(asked, {signal: this.signal});
      shown.push(...page.data);
      cursor = page.next_cursor;
    }
    if (part === this.#part) {
      Object.assign(this, {shown, next: cursor});
      this.update();
    }
  }

  view() {
    const part = this.#part;
    return html`
      ${heading('Approvals')}
      ${tabs([{id: 'open', name: 'Waiting', path: '/console/approvals'},
        {id: 'decided', name: 'Decided', path: '/console/approvals?part=decided'}], part, 'Approvals')}
      <div aria-live="polite">${this.shown.length ? table(columns(part), this.shown, each => each.approval_id,
        {caption: part === 'open' ? 'Approvals that wait' : 'Approvals that were decided'}) : none(part)}</div>
      ${this.next ? html`<div class="row"><button class="button" @click=${() => this.#more()}>Show more</button></div>`
          : nothing}`;
  }

  #more() {
    this.#pages++;
    return this.act(() => this.#load());
  }
}

function none(part) {
  return part === 'open'
    ? empty('Nothing waits for you', 'When an agent asks to hire, or a budget is spent, the request comes here.',
      html`<a class="button" href="/console/squads">To the squads</a>`)
    : empty('Nothing was decided yet', 'Decisions are kept here, with their notes.');
}

function columns(part) {
  return [
    {name: 'Request', cell: each => html`<a href=${approvalPath(each.approval_id)}>${approvalTitle(each)}</a>`},
    {name: 'Kind', cell: each => approvalKind(each)},
    {name: 'State', cell: each => html`<div>${badge(each.status)}</div>`},
    {name: 'Squad', cell: each => html`<a href="/console/squads/${each.squad_id}">${each.squad}</a>`},
    {name: 'Asked', cell: each => when(each.created_at)},
    ...(part === 'decided' ? [{name: 'Decided', cell: each => when(each.decided_at)}] : []),
  ];
}
