// Switches of the server, and what else somebody set.
import {html, live, nothing} from '../lit.js';
import {when} from '../ui/parts.js';
import {badge} from '../ui/states.js';

export class Switches {
  /** @param {import('../pages/settings.js').default} page */
  constructor(page) {
    this.page = page;
  }

  view() {
    const all = this.page.settings.settings;
    const others = all.filter(each => each.kind === 'other');
    return html`<section class="card" aria-labelledby="switches">
      <h2 id="switches">Switches</h2>
      <ul class="list">${all.filter(each => each.kind === 'switch').map(each => this.#one(each))}</ul>
      ${others.length ? html`<details><summary>${others.length} more that clients keep here</summary>
        <ul class="list">${others.map(each => this.#other(each))}</ul></details>` : nothing}
    </section>`;
  }

  #one(setting) {
    const on = setting.value === 'true';
    const usual = setting.default_value === setting.value;
    return html`<li class="row top wrap setting">
      <label class="check grow"><input type="checkbox" role="switch" .checked=${live(on)}
          @change=${event => this.page.change(setting.key, String(event.target.checked), `${setting.key} is ${event.target.checked ? 'on' : 'off'}.`)}>
        <span><code>${setting.key}</code><small>${setting.purpose}</small></span></label>
      ${badge(on ? 'on' : 'off')}
      ${setting.changed_at ? html`<span class="muted small">set ${when(setting.changed_at)}${usual ? '' : `; ${setting.default_value === 'true' ? 'on' : 'off'} by itself`}</span>
        <button class="button small" aria-label="Put ${setting.key} back" @click=${() => this.page.change(setting.key, null, `${setting.key} is as it came.`)}>Put back</button>` : nothing}
    </li>`;
  }

  #other(setting) {
    return html`<li class="row wrap"><code class="grow">${setting.key}</code><span class="muted small">set ${when(setting.changed_at)}; it means nothing to the server</span>
      <button class="button small" aria-label="Forget ${setting.key}" @click=${() => this.page.change(setting.key, null, `${setting.key} is forgotten.`)}>Forget</button></li>`;
  }
}
