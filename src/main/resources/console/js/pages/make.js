// Chats: the agents of a person's team, whom one talks with.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {heading, table, when} from '../ui/parts.js';
import {empty} from '../ui/states.js';
import {confirm} from '../ui/dialog.js';
import {icon} from '../ui/icons.js';
import {agentPath, make} from '../make/wire.js';
import {askForAgent, ingredients, toolCount} from '../make/agent-form.js';
import {excerpt} from '../make/text.js';

const PAGE = 50;

export default class MakePage extends Page {
  static styles = ['make'];

  get title() {
    return 'Chats';
  }

  async open() {
    this.agents = [];
    await this.#more();
  }

  keys() {
    return [{keys: 'c', name: 'New agent', run: () => this.#create()}];
  }

  async #more() {
    const query = {'pg[limit]': PAGE, 'pg[offset]': this.agents.length};
    const found = await make.get(agentPath(), {query, signal: this.signal});
    this.agents = [...this.agents, ...found];
    this.hasMore = found.length === PAGE;
  }

  async #create() {
    const made = await this.act(async () => askForAgent(await ingredients(this.signal)));
    if (made) {
      navigate(`/console/make/${made.agentId}/chat`);
    }
  }

  async #delete(agent) {
    if (await askToDelete(agent)) {
      await this.act(async () => {
        await make.delete(agentPath(agent.id));
        this.agents = this.agents.filter(each => each !== agent);
      }, `${agent.name} is deleted.`);
    }
  }

  view() {
    const create = html`<button class="button primary"
        @click=${() => this.#create()}>${icon('plus')}New agent</button>`;
    return html`
      ${heading('Chats', {actions: this.agents.length ? create : nothing})}
      <p class="muted">Agents with instructions, a model and tools. Each remembers its threads: open one and talk.</p>
      ${this.agents.length ? this.#table() : empty('No agents yet', 'An agent needs a name, a model and instructions. '
        + 'Give it scenarios as tools and files to look things up in, then chat with it here or through the API.', create)}`;
  }

  #table() {
    return html`
      ${table([
        {name: 'Name', cell: agent => html`<div class="stack tight"><a class="target"
            href="/console/make/${agent.id}/chat">${agent.name}</a>
          <small class="muted">${excerpt(agent.systemPrompt, 90)}</small></div>`},
        {name: 'Model', cell: agent => html`<code>${agent.defaultModel}</code>`},
        {name: 'Tools', cell: toolCount, className: 'number'},
        {name: 'Files', cell: agent => agent.contexts.length || html`<span class="muted">none</span>`, className: 'number'},
        {name: 'Made', cell: agent => when(agent.createdAt)},
        {name: '', cell: agent => html`<div class="row end">
          <a class="button quiet" href="/console/make/${agent.id}/settings" aria-label="Settings of ${agent.name}"
              title="Settings">${icon('edit')}</a>
          <button class="button quiet" aria-label="Delete ${agent.name}" title="Delete"
              @click=${() => this.#delete(agent)}>${icon('trash')}</button></div>`},
      ], this.agents, agent => agent.id, {caption: 'Agents'})}
      ${this.hasMore ? html`<div><button class="button"
          @click=${() => this.act(() => this.#more())}>Show more</button></div>` : nothing}`;
  }
}

/** Deleting takes more along than one sees, so the name is typed. */
export function askToDelete(agent) {
  return confirm({
    title: 'Delete this agent?',
    text: `${agent.name}, its threads and its files are gone for good, and what it is doing now is stopped.`,
    action: 'Delete for good',
    danger: true,
    typed: agent.name.trim(),
  });
}
