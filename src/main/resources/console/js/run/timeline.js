// The timeline of a run: its steps as they come, a search through all of its log, and keys to walk along.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {icon} from '../ui/icons.js';
import {submitted} from '../ui/form.js';
import {number, plural} from '../ui/format.js';
import {loading} from '../ui/states.js';
import {toast} from '../ui/toast.js';
import {VirtualList} from '../ui/virtual.js';
import {RunLog} from './log.js';
import {Pictures} from './pictures.js';
import {StepViews} from './steps.js';

const LINES = {
  connecting: 'connecting …', live: 'live', waiting: 'the line is down, trying again …', ended: '',
  failed: 'the line is down',
};

export class TimelinePanel {
  #hits = null;
  #at = -1;
  #more = null;
  #line = 'connecting';

  /**
   * @param {object} options
   * @param {object} options.detail of the run, as /api/v1/runs/{id} answers
   * @param {AbortSignal} options.signal
   * @param {(event: object) => void} options.heard of each event that came live
   * @param {() => void} options.update
   */
  constructor({detail, signal, heard, update}) {
    Object.assign(this, {signal, heard, update});
    this.log = new RunLog({
      run: detail.run.id,
      task: {text: detail.task, ts: new Date(detail.run.started_at).getTime()},
      onChange: (from, event) => this.#changed(from, event),
      onState: (state, error) => this.#turned(state, error),
    });
    this.pictures = new Pictures(() => this.list.refresh());
    this.views = new StepViews({path: this.log.path, changed: () => this.list.refresh(), pictures: this.pictures});
    this.list = new VirtualList({
      row: step => this.views.view(step),
      key: step => step.seq,
      estimate: step => (step.type === 'note' ? 44 : 120),
      label: 'Timeline',
      onFollow: () => update(),
    });
    this.list.follow(true);
    this.list.show(this.log.steps);
  }

  /** Loads while the page is shown already. */
  async load() {
    try {
      await this.log.open(this.signal);
      this.#line = this.log.ended ? 'ended' : this.#line;
    } catch (error) {
      if (error.name !== 'AbortError') {
        toast(error.message, 'bad');
      }
    }
    this.update();
  }

  open() {}

  close() {
    this.log.close();
    this.list.close();
    this.pictures.close();
  }

  #changed(from, event) {
    this.list.show(this.log.steps, from);
    if (this.log.loaded) {
      this.heard(event);
    }
  }

  #turned(state, error) {
    this.#line = state;
    if (error) {
      toast(error.message, 'bad');
    }
    this.update();
  }

  /** Brings the step of an event into view. */
  go(seq) {
    const at = this.log.find(seq);
    if (at >= 0) {
      this.list.go(at);
    }
  }

  keys() {
    return [
      {keys: 'j', name: 'Next step', run: () => this.list.step(1)},
      {keys: 'k', name: 'Step before', run: () => this.list.step(-1)},
      {keys: 'e', name: 'Unfold the step', run: () => this.#toggle()},
      {keys: '/', name: 'Search the log', run: () => document.querySelector('#log-search')?.focus()},
      {keys: 'f', name: 'Follow the end', run: () => this.list.follow(!this.list.following)},
    ];
  }

  #toggle() {
    const step = this.log.steps.find(each => each.seq === this.list.current);
    if (step) {
      this.views.toggle(step);
    }
  }

  async #search(text) {
    this.#hits = null;
    this.#more = null;
    if (text.trim() !== '') {
      await this.#find(text, '0', []);
    }
    this.update();
  }

  async #find(text, after, before) {
    try {
      const query = withQuery(`${this.log.path}/events`, {text, after, limit: 100, cut: 256});
      const page = await api.get(query, {signal: this.signal});
      this.#hits = [...before, ...page.data.map(event => event.seq)];
      this.#more = page.next_cursor ? {text, after: page.next_cursor} : null;
      this.#hit(before.length);
    } catch (error) {
      toast(error.message, 'bad');
    }
  }

  async #hit(at) {
    if (at >= this.#hits.length && this.#more) {
      await this.#find(this.#more.text, this.#more.after, this.#hits);
      return;
    }
    this.#at = this.#hits.length ? (at + this.#hits.length) % this.#hits.length : -1;
    if (this.#at >= 0) {
      this.go(this.#hits[this.#at]);
    }
    this.update();
  }

  view() {
    return html`
      <div class="row wrap timeline-bar">
        <form class="row" role="search" @submit=${submitted(values => this.#search(values.text))}>
          <label class="hidden" for="log-search">Search the log</label>
          <input id="log-search" type="search" name="text" maxlength="200" placeholder="Search the log ( / )">
          <button class="button" aria-label="Search">${icon('search')}</button></form>
        ${this.#hits ? this.#found() : nothing}
        <span class="grow"></span>
        <span class="muted small" role="status">${plural(this.log.steps.length, 'step')}${LINES[this.#line]
          ? `, ${LINES[this.#line]}` : ''}</span>
        <button class="button small" aria-pressed=${this.list.following}
          @click=${() => this.list.follow(!this.list.following)}>
          ${icon('down')}${this.list.following ? 'Following' : 'Follow'}</button>
      </div>
      ${this.log.loaded || this.log.steps.length ? nothing : loading('Loading the log …')}
      ${this.list.element}`;
  }

  #found() {
    return html`<span role="status" class="small">${this.#hits.length === 0 ? 'Found nowhere'
      : `${number(this.#at + 1)} of ${number(this.#hits.length)}${this.#more ? ' and more' : ''}`}</span>
      <button class="button small" aria-label="Hit before" ?disabled=${this.#hits.length === 0}
        @click=${() => this.#hit(this.#at - 1)}>${icon('left')}</button>
      <button class="button small" aria-label="Next hit" ?disabled=${this.#hits.length === 0}
        @click=${() => this.#hit(this.#at + 1)}>${icon('right')}</button>`;
  }
}
