// Figures at a glance: how agents stand, what was used, and how that went over the last days.
import {html, nothing} from '../lit.js';
import {bars} from '../ui/chart.js';
import {badge} from '../ui/states.js';
import {compact, money, number, plural} from '../ui/format.js';

const DIALECTS = {jettson: 'Jettson', make: 'Make', trinity: 'Trinity', slaw: 'SLAW'};

export function tiles(overview) {
  const {agents, runs, today} = overview;
  const about = overview.spend_estimated ? 'about ' : '';
  const dialects = agents.dialects.map(each => `${DIALECTS[each.dialect] ?? each.dialect} ${number(each.total)}`);
  return html`<section class="tiles" aria-label="Figures">
    <div class="card agents-tile">
      <div class="row wrap"><a class="plain" href="/console/agents"><strong>${number(agents.total)}</strong>
        <span>${agents.total === 1 ? 'agent' : 'agents'}</span></a><span class="grow"></span>
        <span class="muted small">${dialects.join(' · ')}</span></div>
      <ul class="states">${Object.entries(agents.states).filter(([, count]) => count > 0).map(([state, count]) => html`
        <li><a href="/console/agents?state=${state}">${badge(tone(state), state)}<b>${number(count)}</b></a></li>`)}
        ${agents.total === 0 ? html`<li class="muted">none yet</li>` : nothing}</ul>
    </div>
    ${tile(number(runs.total), runs.total === 1 ? 'run in flight' : 'runs in flight',
      `${plural(today.runs, 'run')} today, ${number(today.failed)} failed`)}
    ${tile(money(today.spend_usd), 'spent today', `${about}${money(overview.month_spend_usd)} this month`)}
    ${tile(hours(today.hours), 'agent-hours today', `${compact(today.tokens)} tokens`)}
    ${tile(number(overview.approvals.total), overview.approvals.total === 1 ? 'approval waits' : 'approvals wait',
      overview.approvals.total ? html`<a href="/console/approvals">Answer them</a>` : 'nobody asks for anything')}
  </section>`;
}

/** A word with the right colour for states that this list alone has. */
function tone(state) {
  return {idle: 'idle', off: 'off', done: 'over'}[state] ?? state;
}

function tile(figure, name, note) {
  return html`<div class="card tile"><strong>${figure}</strong><span>${name}</span>
    <small class="muted">${note}</small></div>`;
}

function hours(value) {
  return value < 10 ? value.toFixed(1) : number(Math.round(value));
}

export function charts({days, spend_estimated: estimated}) {
  const sum = name => days.reduce((all, day) => all + day[name], 0);
  return html`<section class="card last" aria-labelledby="fortnight">
    <h2 id="fortnight">The last ${days.length} days</h2>
    ${chart(days, 'spend_usd', `Spend${estimated ? ', in part estimated' : ''}`, money(sum('spend_usd')), money)}
    ${chart(days, 'hours', 'Agent-hours', hours(sum('hours')), hours)}
    ${chart(days, 'runs', 'Runs', number(sum('runs')), number)}
    <div class="row muted small"><span>${days[0]?.day}</span><span class="grow"></span><span>today</span></div>
  </section>`;
}

function chart(days, name, title, total, shown) {
  const last = days.at(-1);
  return html`<figure class="small-chart">
    <figcaption class="row"><span>${title}</span><span class="grow"></span><b>${total}</b></figcaption>
    ${bars(days.map(day => ({name: day.day, value: round(day[name])})), {
      label: `${title} by day: ${total} in ${days.length} days, ${shown(last?.[name] ?? 0)} today`,
    })}</figure>`;
}

function round(value) {
  return Math.round(value * 1_000) / 1_000;
}
