// One approval: the exact request as it will be carried out, what is said about it, and the decision.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {Page} from '../page.js';
import {ask, confirm} from '../ui/dialog.js';
import {field, submitted} from '../ui/form.js';
import {facts, heading, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {SquadRoom} from '../squads/room.js';
import {commentList} from '../squads/comments.js';
import {payloadView} from '../squads/payload.js';
import {agentLink, approvalKind, approvalTitle, liveness, orNone} from '../squads/words.js';

const DONE = {approve: 'Approved.', reject: 'Rejected.', 'request-revision': 'A revision is asked for.'};

export default class ApprovalPage extends Page {
  static styles = ['squads'];
  #busy = false;

  get title() {
    return this.approval ? approvalTitle(this.approval) : 'Approval';
  }

  async open() {
    this.at = path`/api/approvals/${this.params.id}`;
    const {approval} = await api.get(this.at, {signal: this.signal});
    this.room = this.own(new SquadRoom(this, approval.squadId));
    this.room.onNews = (type, told) => {
      if (told.entityId === approval.id) {
        this.#load().catch(() => {});
      }
    };
    await this.room.open('squad', 'agents');
    await this.#load();
  }

  async #load() {
    const signal = {signal: this.signal};
    const [approval, comments, issues] = await Promise.all([
      api.get(this.at, signal), api.get(this.at + '/comments', signal), api.get(this.at + '/issues', signal)]);
    Object.assign(this, {approval: approval.approval, comments: comments.comments, issues: issues.issues});
    this.update();
  }

  get #isOpen() {
    return ['pending', 'revision_requested'].includes(this.approval.status);
  }

  view() {
    const {approval, room} = this;
    return html`
      ${heading(approvalTitle(approval), {back: {path: '/console/approvals', name: 'Approvals'},
        note: html`${badge(approval.status)}${liveness(room)}`})}
      <div class="columns"><div class="stack">
        <section class="card" aria-labelledby="request-title"><header><h2 id="request-title">${
            this.#isOpen ? 'The request, as it will be carried out' : 'The request'}</h2></header>
          ${payloadView(room, approval.payload, this.issues)}</section>
        ${this.#talk()}
      </div><div class="stack">
        ${this.#isOpen ? this.#decision() : nothing}
        <section class="card" aria-labelledby="about-title"><header><h2 id="about-title">About</h2></header>
          ${facts([
            ['Kind', approvalKind(approval)],
            ['Squad', html`<a href="/console/squads/${room.id}">${room.squad.name}</a>`],
            ['Asked by', approval.requestedByAgentId ? agentLink(room, approval.requestedByAgentId)
              : approval.requestedByUserId ? 'an operator' : 'Drover itself'],
            ['Asked', when(approval.createdAt)],
            approval.decidedAt && ['Decided', when(approval.decidedAt)],
            (approval.decidedAt || approval.decisionNote) && ['Note', orNone(approval.decisionNote)],
          ])}</section>
      </div></div>`;
  }

  #decision() {
    const {approval} = this;
    const isPending = approval.status === 'pending';
    return html`<section class="card decision" aria-labelledby="decision-title"><header><h2 id="decision-title">Your
        decision</h2></header>
      ${this.#consequences()}
      <form class="stack" @submit=${submitted((values, form) => this.#decide('approve', form))}>
        ${field({label: 'Note', name: 'note', rows: 2, hint: 'Whoever asked reads it with the decision.'})}
        <div class="row wrap">
          <button class="button primary" ?disabled=${this.#busy}>${icon('good')}Approve</button>
          <button type="button" class="button danger" ?disabled=${this.#busy}
            @click=${event => this.#decide('reject', event.currentTarget.form)}>${icon('bad')}Reject</button>
          ${isPending ? html`<button type="button" class="button" ?disabled=${this.#busy}
            @click=${event => this.#decide('request-revision', event.currentTarget.form)}>Ask for a revision</button>`
                : nothing}
        </div></form>
      <div class="row wrap">
        ${isPending ? nothing : html`<button class="button small" @click=${() => this.#resubmit()}>Ask again</button>`}
        <button class="button small quiet" @click=${() => this.#withdraw()}>Withdraw the request</button></div>
    </section>`;
  }

  /** What either decision does, before it is taken. */
  #consequences() {
    const {approval, room} = this;
    const waker = approval.requestedByAgentId ? html`${agentLink(room, approval.requestedByAgentId)} is woken with the
        decision.` : nothing;
    if (approval.type === 'hire_agent') {
      const agent = room.agent(approval.payload.agentId);
      return html`<ul>
        <li><strong>Approve:</strong> ${agent ? agentLink(room, agent.id) : 'the agent'} becomes active, gets its own
            computer and is yours.
          ${agent?.permissions.canCreateAgents ? 'It may ask to hire others.' : 'It may hire nobody.'}</li>
        <li><strong>Reject:</strong> it is terminated for good.</li>${waker === nothing ? nothing
            : html`<li>${waker}</li>`}</ul>`;
    }
    if (approval.type === 'budget_override_required') {
      const agent = approval.payload.scopeId;
      return html`<p>Deciding changes no budget by itself. ${room.agent(agent)
        ? html`Raise the budget of ${agentLink(room, agent)} in its configuration.`
        : html`<a href="/console/squads/${room.id}/costs">Raise the budget of the squad</a>.`} What the budget had
            paused goes on
        within seconds then.</p>`;
    }
    return html`<p>${waker === nothing ? 'Nobody is woken by the decision: a person asked.' : waker}</p>`;
  }

  async #decide(decision, form) {
    const decisionNote = new FormData(form).get('note').trim() || null;
    if (decision === 'reject' && this.approval.type === 'hire_agent'
        && !await confirm({title: 'Reject the hire?', action: 'Reject', danger: true,
      text: `${this.approval.payload.name} is terminated for good. Ask for a revision to hear something else.`})) {
      return;
    }
    this.#busy = true;
    this.update();
    await this.act(async () => {
      try {
        await api.post(`${this.at}/${decision}`, {decisionNote});
      } finally {
        this.#busy = false;
        await Promise.all([this.#load(), this.room.refresh('agents')]);
      }
    }, DONE[decision]);
  }

  #resubmit() {
    return ask({
      title: 'Ask again',
      action: 'Ask again',
      fields: () => field({label: 'More about why', name: 'reason', rows: 3, autofocus: true,
          value: this.approval.payload.reason ?? '',
        hint: 'What describes an agent to be hired stays as it was asked for: withdraw and ask anew for another.'}),
      deed: async values => {
        await api.post(this.at + '/resubmit', values.reason ? {payload: {reason: values.reason}} : {});
        await this.#load();
      },
    });
  }

  async #withdraw() {
    if (await confirm({title: 'Withdraw the request?', action: 'Withdraw', danger: true,
      text: this.approval.type === 'hire_agent' ? 'The agent that was to be hired is terminated.'
          : 'Nobody decides it any more.'})) {
      await this.act(async () => {
        await api.post(this.at + '/withdraw');
        await this.#load();
      }, 'The request is withdrawn.');
    }
  }

  #talk() {
    return html`<section class="card" aria-labelledby="comments-title"><header><h2 id="comments-title">Comments</h2>
        <span class="count">${this.comments.length}</span></header>
      <div aria-live="polite" aria-relevant="additions">${commentList(this.room, this.comments,
          'Nobody said anything yet.')}</div>
      <form class="stack" @submit=${submitted((values, form) => this.#say(values, form))}>
        ${field({label: 'Your comment', name: 'body', rows: 2, required: true})}
        <div class="row end"><button class="button">${icon('send')}Comment</button></div></form></section>`;
  }

  async #say(values, form) {
    const said = await this.act(async () => {
      const answer = await api.post(this.at + '/comments', {body: values.body});
      await this.#load();
      return answer;
    });
    if (said) {
      form.reset();
    }
  }
}
