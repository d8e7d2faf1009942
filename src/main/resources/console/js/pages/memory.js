// Memory: what a person's agents remember between runs. Found by words and by meaning, and put right by hand.
import {html, live, nothing, repeat} from '../lit.js';
import {Page} from '../page.js';
import {putQuery} from '../router.js';
import {heading, when} from '../ui/parts.js';
import {empty, loading} from '../ui/states.js';
import {field} from '../ui/form.js';
import {toast} from '../ui/toast.js';
import {number, plural} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {pool} from '../memory/pool.js';
import {askForMemory, askToForget, showVersions} from '../memory/forms.js';
import {askToConsolidate, askToDedupe, askToExport, askToImport, showReport} from '../memory/upkeep.js';

const PAUSE = 300;
const SOURCES = [{value: '', name: 'Any source'}, {value: 'manual', name: 'put by hand or by a tool'},
  {value: 'auto_extracted', name: 'learned after a run'}, {value: 'consolidated', name: 'drawn together'}];
const MODES = [{value: 'hybrid', name: 'words and meaning'}, {value: 'semantic', name: 'meaning alone'},
  {value: 'keyword', name: 'words alone'}];

export default class MemoryPage extends Page {
  static styles = ['make', 'memory'];

  #asked = 0;
  #timer = 0;

  get title() {
    return 'Memory';
  }

  async open() {
    const wanted = name => this.query.get(name) ?? '';
    this.filter = {query: wanted('q'), namespace: wanted('namespace'), tags: wanted('tags'), source: wanted('source'),
      mode: wanted('mode') || 'hybrid'};
    this.namespaces = await pool.namespaces(this.signal);
    await this.#load();
  }

  keys() {
    return [
      {keys: 'c', name: 'New memory', run: () => this.#edit(null)},
      {keys: '/', name: 'Search', run: () => document.querySelector('input[type=search]')?.focus()},
    ];
  }

  async #load() {
    const mine = ++this.#asked;
    const isSearch = Boolean(this.filter.query.trim());
    const found = isSearch ? await pool.search(this.filter, this.signal) : await pool.list(this.filter, null, this.signal);
    // Whoever types on has asked for something else meanwhile.
    if (mine === this.#asked) {
      Object.assign(this, {memories: found.results ?? found.data, cursor: found.next_cursor ?? null, isSearch,
        mode: found.mode, isLooking: false});
    }
  }

  async #more() {
    const found = await pool.list(this.filter, this.cursor, this.signal);
    this.memories = [...this.memories, ...found.data];
    this.cursor = found.next_cursor;
  }

  #narrow(changes) {
    Object.assign(this.filter, changes);
    const {query, namespace, tags, source, mode} = this.filter;
    putQuery({q: query, namespace, tags, source, mode: mode === 'hybrid' ? '' : mode});
    this.isLooking = true;
    this.update();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.act(() => this.#load()), PAUSE);
  }

  /** Everything anew, behind a change. */
  async #renew() {
    this.namespaces = await pool.namespaces(this.signal);
    await this.#load();
  }

  async #edit(memory) {
    const saved = await askForMemory(memory, this.filter.namespace);
    if (saved) {
      await this.act(() => this.#renew(), memory ? `${saved.key} is version ${saved.version} now.` : `${saved.key} is remembered.`);
    }
  }

  async #forget(memory) {
    if (await askToForget(memory)) {
      await this.act(() => this.#renew(), `${memory.key} is deleted.`);
    }
  }

  async #import() {
    const report = await askToImport();
    if (report) {
      await this.act(() => this.#renew());
      showReport(report);
    }
  }

  async #dedupe() {
    await this.act(async () => await askToDedupe(this.filter.namespace) && this.#renew());
  }

  async #consolidate() {
    const done = await askToConsolidate(this.namespaces, this.filter.namespace);
    if (done) {
      toast(`${plural(done.consolidated, 'memory', 'memories')} became ${done.memory.key}.`, 'good');
      await this.act(() => this.#renew());
    }
  }

  view() {
    const isEmpty = this.namespaces.length === 0;
    const create = html`<button class="button primary"
        @click=${() => this.#edit(null)}>${icon('plus')}New memory</button>`;
    const bring = html`<button class="button" @click=${() => this.#import()}>${icon('upload')}Import</button>`;
    return html`
      ${heading('Memory', {note: html`<span class="muted">${number(this.#count())}</span>`, actions: isEmpty ? nothing : create})}
      <p class="muted">What your agents remember between runs. All of them share it; nobody else sees it.</p>
      ${isEmpty ? empty('Nothing is remembered yet', 'Agents put here what they learn, when a run is over or with their memory '
        + 'tools. Write something down yourself, or import what another server exported.', html`<div class="row">${create}${bring}</div>`)
        : html`${this.#tools(bring)}${this.#filters()}${this.#found()}`}`;
  }

  #count() {
    return this.namespaces.reduce((sum, each) => sum + each.memories, 0);
  }

  #tools(bring) {
    return html`<div class="row wrap">
      <button class="button" @click=${() => askToExport(this.namespaces, this.filter.namespace)}>${icon('download')}Export</button>
      ${bring}
      <button class="button" @click=${() => this.#dedupe()}>${icon('copy')}Remove doubles</button>
      <button class="button" @click=${() => this.#consolidate()}>${icon('scenario')}Consolidate</button></div>`;
  }

  #filters() {
    const {query, namespace, tags, source, mode} = this.filter;
    const everywhere = {value: '', name: `All (${number(this.#count())})`};
    const choose = name => event => this.#narrow({[name]: event.target.value});
    return html`<form class="filters" role="search" @submit=${event => event.preventDefault()}>
      <div class="field search"><label for="memory-search">Search</label>
        <input id="memory-search" type="search" placeholder="What is it about?" .value=${live(query)}
            @input=${choose('query')}></div>
      ${query.trim() ? field({label: 'By', name: 'mode', value: mode, options: MODES, onChange: choose('mode')}) : nothing}
      ${field({label: 'Namespace', name: 'namespace', value: namespace, onChange: choose('namespace'),
        options: [everywhere, ...this.namespaces.map(each => ({value: each.namespace, name: `${each.namespace} (${each.memories})`}))]})}
      ${field({label: 'Tags', name: 'tags', value: tags, placeholder: 'all of these, with commas', onChange: choose('tags')})}
      ${query.trim() ? nothing : field({label: 'Source', name: 'source', value: source, options: SOURCES, onChange: choose('source')})}
    </form>`;
  }

  #found() {
    const {memories} = this;
    return html`
      <div role="status" class="muted small">${this.isLooking ? 'Looking …' : this.#told()}</div>
      ${memories.length ? html`<ul class="memories">${repeat(memories, each => each.memory_id, each => this.#memory(each))}</ul>`
        : this.isLooking ? loading('Looking …')
          : empty('Nothing fits', 'Use other words, or take a filter away.', html`<button class="button"
            @click=${() => this.#narrow({query: '', namespace: '', tags: '', source: ''})}>Show everything</button>`)}
      ${this.cursor && !this.isSearch ? html`<div><button class="button"
          @click=${() => this.act(() => this.#more())}>Show more</button></div>` : nothing}`;
  }

  #told() {
    if (!this.isSearch) {
      return 'Newest first.';
    }
    const how = MODES.find(each => each.value === this.mode)?.name ?? this.mode;
    const why = this.mode === this.filter.mode ? '' : ': the model that knows meanings is not there yet';
    return `${plural(this.memories.length, 'hit')} by ${how}${why}.`;
  }

  #memory(memory) {
    return html`<li class="card">
      <header><h2>${memory.key}</h2><span class="tag">${memory.namespace}</span>
        ${memory.score === undefined ? nothing : html`<span class="score"
            title="How well it fits, 0 to 1">fits ${memory.score.toFixed(2)}</span>`}
        <span class="grow"></span>
        <button class="button small" aria-label="Versions of ${memory.key}"
          @click=${() => showVersions(memory, () => this.act(() => this.#renew(), 'Said again.'))}>Version ${memory.version}</button>
        <button class="button quiet" aria-label="Change ${memory.key}" title="Change"
            @click=${() => this.#edit(memory)}>${icon('edit')}</button>
        <button class="button quiet" aria-label="Delete ${memory.key}" title="Delete"
            @click=${() => this.#forget(memory)}>${icon('trash')}</button></header>
      <div class="text">${memory.value}</div>
      <footer class="row wrap small muted">
        ${memory.tags.map(tag => html`<span class="tag">${icon('tag')}${tag}</span>`)}
        <span>importance ${memory.importance}</span><span>${SOURCES.find(each => each.value === memory.source)?.name ?? memory.source}</span>
        <span>changed ${when(memory.updated_at)}</span>
        ${memory.expires_at ? html`<span>goes ${when(memory.expires_at)}</span>` : nothing}
        <span>read ${plural(memory.access_count, 'time')}</span></footer></li>`;
  }
}
