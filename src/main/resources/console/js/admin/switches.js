// Switches of the server, and what else somebody set.
import {html, live, nothing} from '../lit.js';
import {rowButton} from './bits.js';
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
    const {key, purpose, value, changed_at: changedAt} = setting;
    const turn = on => this.page.change(key, String(on), `${key} is ${word(String(on))}.`);
    return html`<li class="row top wrap setting">
      <label class="check grow">
        <input type="checkbox" role="switch" .checked=${live(value === 'true')}
          @change=${event => turn(event.target.checked)}>
        <span><code>${key}</code><small>${purpose}</small></span></label>
      ${badge(word(value))}
      ${changedAt ? html`
        <span class="muted small">set ${when(changedAt)}; ${word(setting.default_value)} by itself</span>
        ${rowButton('Put back', key, 'left', () => this.page.change(key, null, `${key} is as it came.`))}` : nothing}
    </li>`;
  }

  #other(setting) {
    const {key, changed_at: changedAt} = setting;
    return html`<li class="row wrap"><code class="grow">${key}</code>
      <span class="muted small">set ${when(changedAt)}; it means nothing to the server</span>
      ${rowButton('Forget', key, 'trash', () => this.page.change(key, null, `${key} is forgotten.`))}</li>`;
  }
}

function word(value) {
  return value === 'true' ? 'on' : 'off';
}
