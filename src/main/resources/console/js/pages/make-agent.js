// One agent of the Make dialect: talk with it, give it files, set it up.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {heading, tabs} from '../ui/parts.js';
import {badge, loading, trouble} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {agentPath, make} from '../make/wire.js';
import {Threads} from '../make/threads.js';
import {Files} from '../make/files.js';
import {Settings} from '../make/settings.js';

const TABS = {chat: Threads, files: Files, settings: Settings};

export default class MakeAgentPage extends Page {
  static styles = ['make'];

  #parts = new Map();
  #states = new Map();

  get title() {
    return this.agent?.name ?? 'Chat';
  }

  async open() {
    if (!this.params.tab) {
      // Another route would be another page, and end the chats of this one: each tab has its path.
      navigate(`/console/make/${encodeURIComponent(this.params.id)}/chat${location.search}`, {replace: true});
      return;
    }
    await this.load();
    this.#turn(this.params);
    this.own(() => this.#parts.forEach(part => part.close?.()));
  }

  async load() {
    this.agent = await make.get(agentPath(this.params.id), {signal: this.signal});
  }

  reopen(params) {
    if (params.id !== this.params.id) {
      return false;
    }
    this.#turn(params);
    return true;
  }

  keys() {
    return [{keys: 'c', name: 'New chat', run: () => this.#parts.get('chat')?.fresh()}];
  }

  /** Parts are kept once they were opened, so that a chat goes on while one looks at the settings. */
  #turn({tab}) {
    this.tab = tab in TABS ? tab : 'chat';
    if (!this.#parts.has(this.tab)) {
      this.#parts.set(this.tab, new TABS[this.tab](this));
    }
    this.#open(this.tab);
  }

  async #open(tab) {
    const part = this.#parts.get(tab);
    try {
      await part.open(this.query);
      this.#states.set(tab, {isOpen: true});
    } catch (error) {
      if (error.name === 'AbortError') {
        return;
      }
      this.#states.set(tab, {error});
    }
    this.update();
  }

  view() {
    const path = `/console/make/${this.agent.id}`;
    const isBusy = this.#parts.get('chat')?.isBusy;
    return html`
      ${heading(this.agent.name, {
        back: {path: '/console/make', name: 'Chats'},
        note: html`<span class="tag">${this.agent.defaultModel}</span>${isBusy ? badge('running') : nothing}`,
        actions: html`<a class="button" href="/console/agents/${this.agent.id}">${icon('health')}Runs in detail</a>`,
      })}
      ${tabs([
        {id: 'chat', path: `${path}/chat`, name: 'Chat'},
        {id: 'files', path: `${path}/files`, name: 'Files', count: this.agent.contexts.length},
        {id: 'settings', path: `${path}/settings`, name: 'Settings'},
      ], this.tab)}
      ${this.#body()}`;
  }

  #body() {
    const state = this.#states.get(this.tab);
    if (state?.error) {
      return trouble(state.error, () => this.#open(this.tab));
    }
    return state?.isOpen ? this.#parts.get(this.tab).view() : loading('Loading …');
  }
}
