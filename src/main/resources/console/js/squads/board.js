// The board of a squad's issues: a column for each status; cards move by a menu or by dragging them.
import {html, nothing, repeat} from '../lit.js';
import {api, path} from '../api.js';
import {putQuery} from '../router.js';
import {ask, openDialog} from '../ui/dialog.js';
import {empty} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {toast} from '../ui/toast.js';
import {assignees, issueFields, issueOf, words} from './issue-form.js';
import {PRIORITIES, STATUSES, issuePath, priority, spoken} from './words.js';

const MOST = 500;

export class BoardTab {
  static parts = ['issues', 'agents'];
  #filter = Object.fromEntries(new URLSearchParams(location.search));
  #dragged = null;
  #over = null;

  constructor(page, room) {
    this.page = page;
    this.room = room;
  }

  create() {
    return this.#create();
  }

  view() {
    const shown = this.room.issues.filter(issue => this.#fits(issue));
    return html`<section class="stack" aria-labelledby="board-title">
      <div class="row wrap"><h2 id="board-title">Issues</h2><span class="count"
          role="status">${shown.length === this.room.issues.length
        ? shown.length : `${shown.length} of ${this.room.issues.length}`}</span><span class="grow"></span>
        <button class="button primary" @click=${() => this.#create()}>${icon('plus')}New issue</button></div>
      ${this.room.issues.length === 0
        ? empty('Nothing to do yet',
          'Issues are the work of a squad. Write one down and assign it: its agent wakes and begins.')
        : html`${this.#filters()}
          <div class="board" role="region" aria-label="Board of issues" tabindex="0">${STATUSES.map(status =>
            this.#column(status, shown.filter(issue => issue.status === status)))}</div>
          ${this.room.issues.length >= MOST ? html`<p class="muted">These are the ${MOST} most urgent.</p>` : nothing}`}
    </section>`;
  }

  #filters() {
    const {q = '', assignee = '', priority: urgency = ''} = this.#filter;
    return html`<form class="row wrap filters" role="search" aria-label="Filter of issues"
        @submit=${event => event.preventDefault()}>
      <input type="search" name="q" aria-label="Words in issues" placeholder="Words in issues" .value=${q}
        @input=${event => this.#narrow({q: event.target.value})}>
      <select aria-label="Assignee" @change=${event => this.#narrow({assignee: event.target.value})}>
        <option value="">Any assignee</option>
        <option value="none" ?selected=${assignee === 'none'}>Nobody</option>
        ${assignees(this.room).slice(1).map(each => html`<option value=${each.value}
            ?selected=${each.value === assignee}>${each.name}</option>`)}
      </select>
      <select aria-label="Priority" @change=${event => this.#narrow({priority: event.target.value})}>
        <option value="">Any priority</option>
        ${PRIORITIES.map(each => html`<option value=${each} ?selected=${each === urgency}>${spoken(each)}</option>`)}
      </select></form>`;
  }

  #narrow(change) {
    Object.assign(this.#filter, change);
    putQuery(change);
    this.page.update();
  }

  #fits(issue) {
    const {q = '', assignee, priority: urgency} = this.#filter;
    const text = `${issue.identifier} ${issue.title} ${issue.description ?? ''}`.toLowerCase();
    return q.toLowerCase().split(/\s+/).every(word => text.includes(word))
      && (!assignee || (issue.assigneeAgentId ?? 'none') === assignee)
      && (!urgency || issue.priority === urgency);
  }

  #column(status, issues) {
    const look = `column ${issues.length ? '' : 'none'} ${this.#over === status ? 'over' : ''}`;
    return html`<section class=${look} data-status=${status} aria-labelledby="column-${status}"
        @dragover=${event => this.#dragOver(event, status)} @dragleave=${event => this.#dragLeave(event)}
        @drop=${event => this.#drop(event, status)}>
      <h3 id="column-${status}">${spoken(status)} <span class="count">${issues.length}</span></h3>
      <ul role="list">${repeat(issues, issue => issue.id, issue => this.#card(issue))}</ul></section>`;
  }

  #card(issue) {
    const isFree = !issue.assigneeAgentId;
    return html`<li class="issue ${this.#dragged === issue.id ? 'dragged' : ''}" data-issue=${issue.identifier}
        draggable="true"
        @dragstart=${event => this.#dragStart(event, issue)} @dragend=${() => this.#dragEnd()}>
      <div class="row"><span class="muted small">${issue.identifier}</span><span class="grow"></span>
        <button class="button quiet small" aria-label="Move ${issue.identifier}" title="Move"
          @click=${() => this.#menu(issue)}>${icon('more')}</button></div>
      <a href=${issuePath(issue.id)} draggable="false">${issue.title}</a>
      <div class="row wrap small">${priority(issue.priority)}<span class="grow"></span>
        <span class="clip ${isFree ? 'muted' : ''}">${isFree ? 'nobody'
            : this.room.name(issue.assigneeAgentId)}</span></div>
      ${issue.executionRunId ? html`<span class="small working">at work</span>` : nothing}
    </li>`;
  }

  /** What the mouse does by dragging, for keys and fingers. */
  #menu(issue) {
    openDialog({
      title: `Move ${issue.identifier}`,
      view: dialog => html`<p>${issue.title}</p>
        <ul class="menu" role="list">${words(STATUSES).map(status => html`<li><button class="button"
            ?disabled=${status.value === issue.status}
          @click=${() => {
            dialog.close();
            this.#move(issue, status.value);
          }}>${status.name}${status.value === issue.status ? ' (here)' : ''}</button></li>`)}</ul>`,
    });
  }

  #dragStart(event, issue) {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', issue.identifier);
    this.#dragged = issue.id;
    this.page.update();
  }

  #dragOver(event, status) {
    if (this.#dragged) {
      event.preventDefault();
      if (this.#over !== status) {
        this.#over = status;
        this.page.update();
      }
    }
  }

  #dragLeave(event) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      this.#over = null;
      this.page.update();
    }
  }

  #drop(event, status) {
    event.preventDefault();
    const issue = this.room.issues.find(each => each.id === this.#dragged);
    this.#dragEnd();
    if (issue && issue.status !== status) {
      this.#move(issue, status);
    }
  }

  #dragEnd() {
    this.#dragged = null;
    this.#over = null;
    this.page.update();
  }

  /** Shown at once; taken back when the server refuses. */
  #move(issue, status) {
    const before = issue.status;
    issue.status = status;
    this.page.update();
    return this.page.act(async () => {
      try {
        const answer = await api.patch(path`/api/issues/${issue.id}`, {status});
        Object.assign(issue, answer.issue);
        if (answer.warning) {
          toast(answer.warning, 'info');
        }
      } catch (error) {
        issue.status = before;
        throw error;
      }
    }, `${issue.identifier} moved to ${spoken(status)}.`);
  }

  async #create() {
    const made = await ask({
      title: 'New issue',
      className: 'large',
      action: 'Make the issue',
      fields: () => issueFields(this.room),
      deed: async values => {
        const answer = await api.post(this.room.at + '/issues', issueOf(values));
        await this.room.refresh('issues');
        return answer;
      },
    });
    if (made) {
      toast(made.warning ?? `${made.issue.identifier} is made.`, made.warning ? 'info' : 'good');
    }
  }
}
