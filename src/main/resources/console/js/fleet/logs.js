// What happened to an agent's computer, newest at the bottom.
import {html} from '../lit.js';
import {api, withQuery} from '../api.js';
import {icon} from '../ui/icons.js';
import {empty, loading} from '../ui/states.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';

export class LogsPanel extends Panel {
  #tail = '200';

  async load() {
    const address = withQuery(agentPath(this.name, '/logs'), {tail: this.#tail});
    const answer = await api.get(address, {signal: this.page.signal});
    return answer.logs;
  }

  show() {
    return html`<section class="stack" aria-label="Log of the computer">
      <div class="row wrap"><label class="row"><span>Lines</span><select @change=${event => {
        this.#tail = event.target.value;
        this.open();
      }}>${[['200', '200'], ['2000', '2,000'], ['-1', 'all']].map(([value, name]) => html`
        <option value=${value} ?selected=${value === this.#tail}>${name}</option>`)}</select></label>
        <span class="grow"></span>
        <button class="button small" @click=${() => this.open()}>${icon('refresh')}Refresh</button></div>
      ${this.loaded === null ? loading('Reading the log …')
        : this.loaded ? html`<pre class="logs" tabindex="0" aria-label="Log">${this.loaded}</pre>`
        : empty('The log is empty', 'It fills when the computer is started and used.')}</section>`;
  }
}
