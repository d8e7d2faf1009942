// What the server stands on, what is wrong with it, and what to do about that.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {Page} from '../page.js';
import {isOne} from '../admin/only.js';
import {duration, moment} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {facts, heading, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';

const AGAIN = 30_000;

export default class HealthPage extends Page {
  static styles = ['admin'];
  #busy = false;

  get title() {
    return 'Health';
  }

  async open() {
    this.sees = isOne('admin', 'operator');
    await this.#look();
    this.every(AGAIN, () => this.#look().catch(() => {}));
  }

  keys() {
    return [{keys: 'r', name: 'Look again', run: () => this.#again()}];
  }

  async #look() {
    this.found = await api.get(this.sees ? '/api/v1/doctor' : '/health', {signal: this.signal});
    this.update();
  }

  async #again() {
    this.#busy = true;
    this.update();
    await this.act(() => this.#look());
    this.#busy = false;
    this.update();
  }

  view() {
    const again = html`<button class="button" ?disabled=${this.#busy} aria-busy=${this.#busy}
      @click=${() => this.#again()}>${icon('refresh')}Look again</button>`;
    return html`${heading('Health', {actions: again})}${this.sees ? this.#doctor() : this.#short()}`;
  }

  /** What anybody may know. */
  #short() {
    const {status, timestamp} = this.found;
    return html`<section class="card">${facts([['Server', badge(status)], ['Asked', when(timestamp)]])}</section>
      <p class="muted">What the server stands on in detail is for operators and administrators.</p>`;
  }

  #doctor() {
    const {ok, version, started_at: startedAt, uptime_seconds: uptime, examined_at: examinedAt, findings} = this.found;
    const ill = findings.filter(finding => !finding.ok);
    const well = findings.filter(finding => finding.ok);
    const state = ok ? badge('healthy', 'all is well')
      : badge('unhealthy', `${ill.length} of ${findings.length} need care`);
    return html`
      <section class="card" aria-live="polite">${facts([
        ['Server', state],
        ['Version', version],
        ['Up for', html`<time datetime=${startedAt} title=${moment(startedAt)}>${duration(uptime * 1_000)}</time>`],
        ['Examined', when(examinedAt)],
      ])}</section>
      <ul class="findings">${[...ill, ...well].map(finding => this.#finding(finding))}</ul>
      <p class="muted small">On the host, <code>drover doctor</code> tells this of a server that does not start.</p>`;
  }

  #finding(finding) {
    const [first, ...rest] = finding.text.split('\n');
    return html`<li class="card finding">
      <div class="row wrap"><h2>${finding.name}</h2>${finding.ok ? badge('ok') : badge('failed', 'needs care')}</div>
      <p>${first}</p>
      ${rest.length ? html`<details ?open=${!finding.ok}><summary>More</summary>
        <pre>${rest.join('\n').replaceAll('; ', '\n')}</pre></details>` : nothing}
      ${finding.remedy ? html`<div class="remedy">${icon('info')}<p>${finding.remedy}</p></div>` : nothing}
    </li>`;
  }
}
