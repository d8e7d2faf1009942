// One heartbeat run: how it stands, what it prints while it prints it, what happened in it.
import {html, nothing} from '../lit.js';
import {api, path} from '../api.js';
import {Page} from '../page.js';
import {confirm} from '../ui/dialog.js';
import {facts, heading, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {duration, number} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {RunLog} from '../squads/log.js';
import {SquadRoom} from '../squads/room.js';
import {agentLink, issuePath, json, keyWords, liveness, note, orNone, runPath, spoken} from '../squads/words.js';

const EVENTS = 1_000;
const BETWEEN = 1_000;
const OVER = ['succeeded', 'failed', 'cancelled', 'timed_out'];

export default class HeartbeatPage extends Page {
  static styles = ['squads'];
  #isAtEnd = true;

  get title() {
    return this.run ? `Run of ${this.run.agentName}` : 'Run';
  }

  get #isOver() {
    return OVER.includes(this.run.status);
  }

  async open() {
    this.at = path`/api/heartbeat-runs/${this.params.id}`;
    this.run = (await api.get(this.at, {signal: this.signal})).run;
    this.log = new RunLog(this.at, this.run.logBytes, () => this.#drawn());
    if (this.run.squadId) {
      this.room = this.own(new SquadRoom(this, this.run.squadId));
      this.room.onNews = (type, told) => this.#hear(type, told);
      await this.room.open('squad', 'agents');
    } else {
      // Agents without a squad have no stream of events.
      this.every(BETWEEN, () => this.#isOver || this.#load().catch(() => {}));
    }
    await this.#load();
  }

  async #load() {
    const signal = {signal: this.signal};
    const [run, events, issues] = await Promise.all([
      api.get(this.at, signal), api.get(`${this.at}/events?limit=${EVENTS}`, signal),
          api.get(this.at + '/issues', signal)]);
    Object.assign(this, {run: run.run, events: events.events, issues: issues.issues});
    await this.log.read();
    this.update();
  }

  #hear(type, told) {
    if (told.runId !== this.run.id) {
      return;
    }
    if (type === 'heartbeat.run.log') {
      this.log.read().catch(() => {});
    } else {
      this.#load().catch(() => {});
    }
  }

  /** Whoever looks at the end of the log goes on looking at its end. */
  #drawn() {
    const before = document.querySelector('pre.log');
    this.#isAtEnd = !before || before.scrollHeight - before.scrollTop - before.clientHeight < 40;
    this.update();
    setTimeout(() => {
      const log = document.querySelector('pre.log');
      if (log && this.#isAtEnd) {
        log.scrollTop = log.scrollHeight;
      }
    });
  }

  view() {
    const {run, room} = this;
    return html`
      ${heading(`Run of ${run.agentName}`, {
        back: room ? {path: `/console/squads/${room.id}/agents/${run.agentId}`, name: run.agentName} : undefined,
        note: html`${badge(run.status)}${room ? liveness(room) : nothing}`,
        actions: this.#isOver ? nothing : html`<button class="button"
            @click=${() => this.#cancel()}>${icon('stop')}Cancel</button>`,
      })}
      ${note(run.error, 'bad')}
      <div class="columns"><div class="stack">
        <section class="card" aria-labelledby="log-title"><header><h2 id="log-title">Log</h2><span class="grow"></span>
            <button class="button small" @click=${() => this.act(() => this.log.download(`run-${run.id}.txt`))}>
              ${icon('download')}Download</button></header>
          ${this.log.view(this.#isOver)}</section>
        <section class="card" aria-labelledby="events-title"><header><h2 id="events-title">What happened</h2></header>
          <ol class="list" aria-live="polite">${this.events.map(event => this.#event(event))}</ol></section>
        ${this.#documents()}
      </div><div class="stack">
        ${this.#about()}
        <section class="card" aria-labelledby="issues-title"><header><h2 id="issues-title">Issues</h2></header>
          ${this.issues.length === 0 ? html`<p class="muted">It worked on no issue.</p>`
              : html`<ul class="list">${this.issues.map(issue => html`
            <li class="row wrap"><a href=${issuePath(issue.id)}>${issue.identifier} ${issue.title}</a><span
                class="grow"></span>
              ${badge(issue.status)}</li>`)}</ul>`}</section>
      </div></div>`;
  }

  #event(event) {
    return html`<li><p class="row wrap"><span class="muted small number">${event.seq}</span>
        <span class=${event.level === 'error' ? 'error' : ''}>${event.message}</span><span class="grow"></span>
        <span class="muted small">${when(event.createdAt)}</span></p>
      ${event.payload ? html`<details><summary class="small">Details</summary>
        <pre class="document" tabindex="0">${json(event.payload)}</pre></details>` : nothing}</li>`;
  }

  #about() {
    const {run, room} = this;
    const began = run.startedAt && new Date(run.startedAt);
    return html`<section class="card" aria-labelledby="about-title"><header><h2
        id="about-title">About</h2></header>${facts([
      ['Agent', room ? agentLink(room, run.agentId) : run.agentName],
      ['Woken by', html`${spoken(run.invocationSource)}${run.triggerDetail ? ` (${run.triggerDetail})` : ''}`],
      ['Why', orNone(run.reason)],
      ['Queued', when(run.createdAt)],
      ['Begun', when(run.startedAt)],
      ['Took', began && run.finishedAt ? duration(new Date(run.finishedAt) - began) : orNone('')],
      run.exitCode !== null && ['Exit code', String(run.exitCode)],
      run.signal && ['Signal', run.signal],
      run.errorCode && ['Kind of error', run.errorCode],
      ['Adapter', run.adapterType],
      ['Session', orNone(run.sessionIdAfter ?? run.sessionIdBefore)],
      run.retryOfRunId && ['Makes up for', html`<a href=${runPath(run.retryOfRunId)}>a run that was lost</a>`],
      ...usage(run.usageJson),
    ])}</section>`;
  }

  #documents() {
    const {run} = this;
    const documents = [['What it was told', run.contextSnapshot],
        ['What came of it', run.resultJson]].filter(([, value]) => value);
    return documents.map(([name, value]) => html`<details class="card"><summary>${name}</summary>
      <pre class="document" tabindex="0">${json(value)}</pre></details>`);
  }

  async #cancel() {
    if (await confirm({title: 'Cancel the run?', action: 'Cancel the run', danger: true,
      text: 'Its programs are asked to end, and ended when they do not. What they wrote stays.'})) {
      await this.act(async () => {
        await api.post(this.at + '/cancel');
        await this.#load();
      }, 'It ends as soon as its programs are gone.');
    }
  }
}

function usage(document) {
  return document && typeof document === 'object'
    ? Object.entries(document).filter(([, value]) => typeof value === 'number')
      .map(([name, value]) => [keyWords(name), number(value)]) : [];
}
