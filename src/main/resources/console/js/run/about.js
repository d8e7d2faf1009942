// What a run was told and allowed, where it works, and why it stands where it stands.
import {html, nothing} from '../lit.js';
import {facts, when} from '../ui/parts.js';
import {duration, moment, money, number} from '../ui/format.js';
import {badge} from '../ui/states.js';

/** @param {object} detail as /api/v1/runs/{id} answers */
export function about(detail) {
  const {run, agent, limits, isolation, why} = detail;
  return html`<div class="columns">
    <div class="stack">
      <section class="card"><h2>Task</h2>
        <pre class="prose" tabindex="0">${detail.task || 'It came with messages: see the timeline.'}</pre></section>
      ${detail.result === null ? nothing : html`<section class="card"><h2>Answer</h2>
        <pre class="prose" tabindex="0">${detail.result}</pre></section>`}
      <section class="card"><h2>Why it stands where it stands</h2>${facts([
        [run.ended_at ? 'It ended' : 'It does', why.doing],
        ['Since', when(why.since)],
        ...(run.ended_at ? [] : [
          ['It waits for', why.waiting_for ?? 'nothing but that'],
          why.until ? ['At the latest until', moment(why.until)] : null,
          ['Who can help', why.unblock],
        ]),
      ])}</section>
    </div>
    <div class="stack">
      <section class="card"><h2>Isolation in force</h2>${isolation
        ? html`<p>${isolation.kind}${isolation.kind === 'process'
            ? html` <strong class="error">isolates nothing</strong>` : nothing}</p>
          ${facts(Object.entries(isolation.facts).map(([name, value]) =>
            [name.replaceAll('_', ' '), html`<code>${value}</code>`]))}`
        : html`<p class="muted">It had no computer so far.</p>`}</section>
      <section class="card"><h2>Limits</h2>${facts([
        ['Longest', limits.max_duration_seconds ? duration(limits.max_duration_seconds * 1000) : 'as the plan says'],
        ['Iterations', limits.max_iterations ?? 'as the server says'],
        ['Tools', limits.tools ? limits.tools.join(', ') || 'none' : 'all'],
        ['Network', limits.network === 'allow' ? limits.hosts.join(', ') : limits.network],
        limits.secrets.length ? ['Secrets', limits.secrets.join(', ')] : null,
        ...Object.entries(limits.metadata),
      ])}</section>
      <section class="card"><h2>Run</h2>${facts([
        ['Number', `${run.ordinal} of ${agent.runs}`],
        ['Began', moment(run.started_at)],
        ['Ended', run.ended_at ? moment(run.ended_at) : 'not yet'],
        ['Computer', badge(detail.computer.status)],
        detail.runtime ? ['Program', detail.runtime] : null,
        ['Tokens', `${number(run.usage.input_tokens)} in, ${number(run.usage.output_tokens)} out`],
        ['Cost', money(run.usage.cost_usd)],
        ['Id', html`<code>${run.id}</code>`],
        agent.parent ? ['Made by', html`<a href="/console/agents/${agent.parent.id}">${agent.parent.name}</a>`] : null,
      ])}
        ${agent.children.length ? html`<h3>Made these</h3><ul>${agent.children.map(child => html`
          <li><a href="/console/agents/${child.id}">${child.name}</a></li>`)}</ul>` : nothing}</section>
    </div></div>`;
}
