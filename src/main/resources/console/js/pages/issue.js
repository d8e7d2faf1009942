// One issue: what it is, who has it, what was said, which runs worked on it.
import {html, nothing} from '../lit.js';
import {api, path, withQuery} from '../api.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {ask, confirm} from '../ui/dialog.js';
import {field, submitted} from '../ui/form.js';
import {facts, heading, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {toast} from '../ui/toast.js';
import {SquadRoom} from '../squads/room.js';
import {activityList} from '../squads/activity.js';
import {commentList} from '../squads/comments.js';
import {assignees, issueFields, issueOf, words} from '../squads/issue-form.js';
import {runList} from '../squads/runs.js';
import {PRIORITIES, STATUSES, agentLink, issuePath, liveness, note, orNone, runPath} from '../squads/words.js';

const COMMENTS = 500;
const SETTLE = 300;

export default class IssuePage extends Page {
  static styles = ['squads'];
  #reload = null;

  get title() {
    return this.issue ? `${this.issue.identifier} ${this.issue.title}` : 'Issue';
  }

  async open() {
    this.at = path`/api/issues/${this.params.id}`;
    const {issue} = await api.get(this.at, {signal: this.signal});
    this.room = this.own(new SquadRoom(this, issue.squadId));
    this.room.onNews = (type, told) => this.#hear(type, told);
    this.own(() => clearTimeout(this.#reload));
    await this.room.open('squad', 'agents', 'issues');
    await this.#load();
  }

  async #load() {
    const signal = {signal: this.signal};
    const [issue, comments, runs, activity] = await Promise.all([
      api.get(this.at, signal),
      api.get(withQuery(this.at + '/comments', {order: 'desc', limit: COMMENTS}), signal),
      api.get(this.at + '/runs', signal),
      api.get(this.at + '/activity', signal),
    ]);
    Object.assign(this, {issue: issue.issue, comments: comments.comments.reverse(), runs: runs.runs,
        activity: activity.activities});
    this.update();
  }

  #hear(type, told) {
    const concerns = told.issueId === this.issue?.id || told.entityId === this.issue?.id;
    if (concerns && !type.startsWith('heartbeat.run.event') && !this.#reload) {
      this.#reload = setTimeout(() => {
        this.#reload = null;
        this.#load().catch(() => this.update());
      }, SETTLE);
    }
  }

  #patch(change, done) {
    return this.act(async () => {
      try {
        const answer = await api.patch(this.at, change);
        if (answer.warning) {
          toast(answer.warning, 'info');
        }
      } finally {
        await this.#load();
      }
    }, done);
  }

  view() {
    const {issue, room} = this;
    return html`
      ${heading(html`<span class="muted">${issue.identifier}</span> ${issue.title}`, {
        back: {path: `/console/squads/${room.id}/issues`, name: `Issues of ${room.squad.name}`},
        note: html`${badge(issue.status)}${liveness(room)}`,
        actions: html`<button class="button" @click=${() => this.#edit()}>${icon('edit')}Edit</button>
          <button class="button" @click=${() => this.#delete()}>${icon('trash')}Delete</button>`,
      })}
      ${this.#above()}
      <div class="columns"><div class="stack">
        <section class="card" aria-labelledby="description-title"><header><h2
            id="description-title">Description</h2></header>
          ${issue.description ? html`<p class="prose">${issue.description}</p>`
              : html`<p class="muted">Nothing was written down.</p>`}</section>
        ${this.#waits()}
        ${this.#talk()}
      </div><div class="stack">
        ${this.#standing()}
        <section class="card" aria-labelledby="runs-title"><header><h2 id="runs-title">Runs</h2></header>
          <div aria-live="polite">${runList(this.runs, 'No run worked on it yet.')}</div></section>
        <section class="card" aria-labelledby="activity-title"><header><h2 id="activity-title">Activity</h2></header>
          ${activityList(room, this.activity)}</section>
      </div></div>`;
  }

  #above() {
    const {ancestors} = this.issue;
    return ancestors.length === 0 ? nothing : html`<nav aria-label="Part of"><p class="row wrap"><span
        class="muted">Part of</span>
      ${[...ancestors].reverse().map((each, at) => html`${at ? icon('right') : nothing}<a href=${issuePath(each.id)}>${
        each.identifier} ${each.title}</a>`)}</p></nav>`;
  }

  #waits() {
    const {issue, room} = this;
    const blockers = issue.blockedByIssueIds.map(id => room.issues.find(each => each.id === id) ?? {id,
        identifier: 'An issue', title: ''});
    const parts = room.issues.filter(each => each.parentId === issue.id);
    const list = (id, title, issues) => issues.length === 0 ? nothing
        : html`<section class="card" aria-labelledby=${id}>
      <header><h2 id=${id}>${title}</h2></header><ul class="list">${issues.map(each => html`<li class="row wrap">
        <a href=${issuePath(each.id)}>${each.identifier} ${each.title}</a><span class="grow"></span>${each.status
            ? badge(each.status) : nothing}</li>`)}
      </ul></section>`;
    return html`${list('blockers-title', 'Waits for', blockers)}${list('parts-title', 'Its parts', parts)}`;
  }

  #standing() {
    const {issue, room} = this;
    return html`<section class="card" aria-labelledby="standing-title"><header><h2 id="standing-title">How it
        stands</h2></header>
      ${this.#choice('Status', words(STATUSES), issue.status, status =>
          this.#patch({status}, 'The status is changed.'))}
      ${this.#choice('Priority', words(PRIORITIES), issue.priority, urgency =>
          this.#patch({priority: urgency}, 'The priority is changed.'))}
      ${this.#choice('Assignee', assignees(room), issue.assigneeAgentId ?? '', agent =>
        this.#patch({assigneeAgentId: agent || null}, agent ? 'It is assigned.' : 'It is nobody’s now.'))}
      ${issue.checkoutRunId ? note(html`Checked out by ${agentLink(room, issue.assigneeAgentId)} in
          <a href=${runPath(issue.checkoutRunId)}>this run</a>.`) : nothing}
      ${facts([
        ['Worked on in', issue.executionRunId ? html`<a href=${runPath(issue.executionRunId)}>a run that is live</a>`
            : orNone('')],
        ['Made', html`${when(issue.createdAt)}${issue.createdByAgentId
            ? html` by ${agentLink(room, issue.createdByAgentId)}` : nothing}`],
        ['Changed', when(issue.updatedAt)],
        issue.startedAt && ['Begun', when(issue.startedAt)],
        issue.completedAt && ['Done', when(issue.completedAt)],
        issue.cancelledAt && ['Cancelled', when(issue.cancelledAt)],
      ])}
      <div class="row wrap">
        ${issue.assigneeAgentId && !issue.checkoutRunId && !['done', 'cancelled'].includes(issue.status) ? html`
          <button class="button small" @click=${() => this.#checkOut()}>Check out for
              ${room.name(issue.assigneeAgentId)}</button>` : nothing}
        ${issue.checkoutRunId || issue.status === 'in_progress' ? html`<button class="button small"
          @click=${() => this.#release()}>Release to todo</button>` : nothing}</div>
    </section>`;
  }

  #choice(label, options, value, chosen) {
    return html`<label class="field"><span>${label}</span><select
        @change=${event => chosen(event.target.value)}>${options.map(each => html`
      <option value=${each.value} .selected=${each.value === value}>${each.name}</option>`)}</select></label>`;
  }

  #talk() {
    const isClosed = ['done', 'cancelled'].includes(this.issue.status);
    return html`<section class="card" aria-labelledby="comments-title"><header><h2 id="comments-title">Comments</h2>
        <span class="count">${this.comments.length}</span></header>
      <div aria-live="polite" aria-relevant="additions">${commentList(this.room, this.comments,
        'Nobody said anything yet. Whoever is assigned is woken by what you write.')}</div>
      <form class="stack" @submit=${submitted((values, form) => this.#say(values, form))}>
        ${field({label: 'Your comment', name: 'body', rows: 3, required: true,
            hint: '@Name wakes an agent of the squad.'})}
        ${isClosed ? field({label: 'Open the issue again', name: 'reopen', type: 'checkbox', value: false}) : nothing}
        ${this.issue.executionRunId ? field({label: 'End the run that works on it', name: 'interrupt',
            type: 'checkbox', value: false}) : nothing}
        <div class="row end"><button class="button primary">${icon('send')}Comment</button></div>
      </form></section>`;
  }

  async #say(values, form) {
    const said = await this.act(async () => {
      const answer = await api.post(this.at + '/comments', {
        body: values.body, ...(values.reopen ? {reopen: true} : {}), ...(values.interrupt ? {interrupt: true} : {})});
      await this.#load();
      return answer;
    });
    if (said) {
      form.reset();
    }
  }

  #edit() {
    return ask({
      title: `Edit ${this.issue.identifier}`,
      className: 'large',
      action: 'Save',
      fields: () => issueFields(this.room, this.issue),
      deed: async values => {
        await api.patch(this.at, issueOf(values));
        await Promise.all([this.#load(), this.room.refresh('issues')]);
      },
    });
  }

  #checkOut() {
    const {assigneeAgentId: agentId, status} = this.issue;
    return this.act(async () => {
      await api.post(this.at + '/checkout', {agentId, expectedStatuses: [status]});
      await this.#load();
    }, 'It is checked out, and its agent is woken.');
  }

  #release() {
    return this.act(async () => {
      await api.post(this.at + '/release');
      await this.#load();
    }, 'It is to do again, and nobody’s.');
  }

  async #delete() {
    const {identifier} = this.issue;
    const agreed = await confirm({title: `Delete ${identifier}?`, action: 'Delete', danger: true, typed: identifier,
      text: 'The issue and its comments are deleted. This cannot be undone.'});
    if (agreed && await this.act(async () => (await api.delete(this.at)) ?? {},
        `${identifier} is deleted.`) !== undefined) {
      navigate(`/console/squads/${this.room.id}/issues`);
    }
  }
}
