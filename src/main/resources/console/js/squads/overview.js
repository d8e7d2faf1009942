// The first tab of a squad: how it stands, what it spends, who works, what waits, what happened.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {navigate} from '../router.js';
import {ask, confirm} from '../ui/dialog.js';
import {facts, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {gauge} from '../ui/chart.js';
import {number, plural} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {activityList} from './activity.js';
import {runList} from './runs.js';
import {squadFields, squadOf} from './squad-form.js';
import {approvalPath, approvalTitle, dollars, note, orNone} from './words.js';

const RECENT = 12;

export class OverviewTab {
  static parts = ['approvals', 'live', 'runs', 'activity'];

  constructor(page, room) {
    this.page = page;
    this.room = room;
  }

  view() {
    return html`
      ${this.#standing()}
      <div class="columns">
        <div class="stack">
          ${this.#waiting()}
          ${this.#runs()}
          <section class="card" aria-labelledby="recent-title"><header><h2 id="recent-title">Activity</h2><span
              class="grow"></span>
            <a href="/console/squads/${this.room.id}/activity">All of it</a></header>
            <div aria-live="polite" aria-relevant="additions">${activityList(this.room,
                this.room.activity.slice(0, RECENT))}</div>
          </section>
        </div>
        <div class="stack">${this.#about()}${this.#budgets()}</div>
      </div>`;
  }

  #standing() {
    const {squad} = this.room;
    if (squad.status === 'archived') {
      return note('This squad is archived: it can be read and deleted, and nothing else.');
    }
    if (squad.status === 'paused') {
      return note(squad.pauseReason === 'budget'
        ? 'The budget of this month is spent, so nothing works here. Raise the budget, or wait for the next month.'
        : 'This squad rests: no run starts until it is resumed. Its agents keep their own states.', 'wait');
    }
    return this.room.members.length ? nothing : html`<p class="notice info">${icon('info')} Nobody works here yet.
      <a href="/console/squads/${this.room.id}/agents">Hire or make the first agent</a>.</p>`;
  }

  #waiting() {
    const open = this.room.approvals.filter(each => each.status === 'pending' || each.status === 'revision_requested');
    return html`<section class="card" aria-labelledby="waiting-title"><header><h2 id="waiting-title">Waits for a
        decision</h2>
        <span class="count">${open.length}</span><span class="grow"></span><a href="/console/approvals">All
            approvals</a></header>
      ${open.length === 0 ? html`<p class="muted">Nothing waits for you.</p>`
          : html`<ul class="list">${open.map(each => html`
        <li class="row wrap"><a href=${approvalPath(each.id)}>${approvalTitle(each)}</a>${badge(each.status)}
          <span class="grow"></span><span class="muted small">${when(each.createdAt)}</span></li>`)}</ul>`}</section>`;
  }

  #runs() {
    const live = this.room.live;
    const past = this.room.runs.filter(run => !live.some(each => each.id === run.id)).slice(0, 5);
    return html`<section class="card" aria-labelledby="runs-title"><header><h2 id="runs-title">Runs</h2>
        <span class="count">${plural(live.length, 'at work or queued', 'at work or queued')}</span></header>
      ${runList([...live, ...past], 'No run yet. Assign an issue to an agent, or wake it by hand.')}
    </section>`;
  }

  #about() {
    const {squad} = this.room;
    const isOver = squad.status === 'archived';
    return html`<section class="card" aria-labelledby="about-title"><header><h2 id="about-title">About</h2></header>
      ${facts([
        ['Goal', orNone(squad.goal)],
        ['Description', orNone(squad.description)],
        ['Hires', squad.requireOperatorApprovalForNewAgents ? 'wait for an operator’s approval' : 'need no approval'],
        ['Issues are called', `${squad.issuePrefix}-…, ${number(squad.issueCounter)} so far`],
        ['Made', when(squad.createdAt)],
      ])}
      <div class="row wrap">
        ${isOver ? nothing : html`
          <button class="button small" @click=${() => this.#edit()}>${icon('edit')}Edit</button>
          ${squad.status === 'paused'
            ? html`<button class="button small" @click=${() => this.#put('active',
                'The squad works again.')}>${icon('play')}Resume</button>`
            : html`<button class="button small" @click=${() => this.#pause()}>${icon('pause')}Pause</button>`}
          <button class="button small" @click=${() => this.#archive()}>Archive</button>`}
        <button class="button small" @click=${() => this.#delete()}>${icon('trash')}Delete</button>
      </div></section>`;
  }

  #budgets() {
    const {squad} = this.room;
    const limited = this.room.members.filter(agent => agent.budgetMonthlyCents || agent.spentMonthlyCents);
    return html`<section class="card" aria-labelledby="budget-title"><header><h2 id="budget-title">Spent this
        month</h2></header>
      ${gauge(squad.spentMonthlyCents, squad.budgetMonthlyCents || null, {label: 'The whole squad', shown: dollars})}
      ${limited.map(agent => gauge(agent.spentMonthlyCents, agent.budgetMonthlyCents || null,
        {label: agent.name, shown: dollars}))}
      <p class="small"><a href="/console/squads/${squad.id}/costs">Costs by agent</a></p></section>`;
  }

  #edit() {
    const {squad} = this.room;
    return ask({
      title: `Edit ${squad.name}`,
      action: 'Save',
      fields: () => squadFields(squad),
      deed: async values => {
        await api.patch(this.room.at, squadOf(values));
        await this.room.refresh('squad');
      },
    });
  }

  #put(status, done) {
    return this.page.act(async () => {
      await api.patch(this.room.at, {status});
      await this.room.refresh('squad');
    }, done);
  }

  async #pause() {
    const live = this.room.live.length;
    if (live === 0 || await confirm({title: 'Pause the squad?', action: 'Pause',
      text: `${plural(live, 'run')} at work or queued will be cancelled. Resuming brings nothing back but new
          wakes.`})) {
      await this.#put('paused', 'The squad rests.');
    }
  }

  async #archive() {
    if (await confirm({title: 'Archive the squad?', action: 'Archive', danger: true,
      text: 'All its work stops, for good. It stays readable.'})) {
      await this.page.act(async () => {
        await api.post(this.room.at + '/archive');
        await this.room.refresh('squad', 'live');
      }, 'The squad is archived.');
    }
  }

  async #delete() {
    const {squad} = this.room;
    const agreed = await confirm({title: 'Delete the squad?', action: 'Delete', danger: true, typed: squad.name,
      text: `${squad.name} and its ${plural(this.room.members.length, 'agent')} with their computers are deleted. This
          cannot be undone.`});
    if (agreed && await this.page.act(() => api.delete(this.room.at), 'The squad is deleted.') !== undefined) {
      navigate('/console/squads');
    }
  }
}
