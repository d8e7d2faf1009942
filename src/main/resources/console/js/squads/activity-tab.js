// The tab of what happened in a squad; new entries come by themselves.
import {html} from '../lit.js';
import {activityList} from './activity.js';

export class ActivityTab {
  static parts = ['activity'];
  #kind = '';

  constructor(page, room) {
    this.page = page;
    this.room = room;
  }

  view() {
    const kinds = [...new Set(this.room.activity.map(entry => entry.entityType))].sort();
    const shown = this.room.activity.filter(entry => !this.#kind || entry.entityType === this.#kind);
    return html`
      <section class="stack" aria-labelledby="activity-title">
        <div class="row wrap"><h2 id="activity-title">What happened</h2><span class="grow"></span>
          <label class="row">About <select @change=${event => this.#filter(event.target.value)}>
            <option value="">everything</option>
            ${kinds.map(kind => html`<option value=${kind}
                ?selected=${kind === this.#kind}>${kind.replaceAll('_', ' ')}</option>`)}
          </select></label></div>
        <div aria-live="polite" aria-relevant="additions">${activityList(this.room, shown)}</div>
      </section>`;
  }

  #filter(kind) {
    this.#kind = kind;
    this.page.update();
  }
}
