// Connections: accounts at services outside, whose values nobody sees again.
import {html, nothing} from '../lit.js';
import {Page} from '../page.js';
import {heading, table} from '../ui/parts.js';
import {loading} from '../ui/states.js';
import {confirm, openDialog} from '../ui/dialog.js';
import {number} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {make} from '../make/wire.js';
import {askForConnection} from '../make/connection-form.js';

export default class ConnectionsPage extends Page {
  static styles = ['make'];

  get title() {
    return 'Connections';
  }

  async open() {
    this.connections = (await make.get('/connections', {signal: this.signal})).connections;
  }

  keys() {
    return [{keys: 'c', name: 'New connection', run: () => this.#ask(null)}];
  }

  async #ask(connection) {
    const saved = await this.act(() => askForConnection(connection));
    if (saved) {
      await this.act(() => this.open(), connection ? 'Saved. The next call uses it.' : `${saved.name} is connected.`);
    }
  }

  async #delete(connection) {
    const agreed = await confirm({title: 'Delete this connection?', action: 'Delete for good', danger: true,
      typed: connection.name.trim(),
      text: `Its values are gone for good. Runs of agents on ${connection.name} are refused from now on, and scenarios get no credentials of it.`});
    if (agreed) {
      await this.act(async () => {
        await make.delete(`/connections/${connection.id}`);
        await this.open();
      }, `${connection.name} is deleted.`);
    }
  }

  /** The provider is asked, which may take two seconds. */
  #models(connection) {
    const state = {models: null, error: null};
    const dialog = openDialog({title: `Models of ${connection.name}`, view: () => models(state)});
    make.get(`/ai-agents/v1/llm-providers/${connection.id}/models`, {signal: this.signal})
        .then(found => Object.assign(state, {models: found}), error => Object.assign(state, {error}))
        .then(() => dialog.update());
  }

  view() {
    return html`
      ${heading('Connections', {actions: html`<button class="button primary"
          @click=${() => this.#ask(null)}>${icon('plus')}New connection</button>`})}
      <p class="muted">Accounts at services outside: providers of models, services for scenarios, MCP servers. Their values are sealed.</p>
      ${table([
        {name: 'Name', cell: each => html`<span class="name">${each.name}</span>`},
        {name: 'Type', cell: each => each.accountLabel},
        {name: 'Whose', cell: each => each.editable ? 'yours' : html`<span class="muted">the server’s own</span>`},
        {name: 'Number', cell: each => each.id, className: 'number'},
        {name: '', cell: each => this.#actions(each)},
      ], this.connections, each => each.id, {caption: 'Connections'})}
      ${this.connections.some(each => each.editable) ? nothing : html`<p class="muted">You have none of your own yet. Connect a provider to let
        agents use other models, a service to lend its credentials to scenarios, or an MCP server for its tools.</p>`}`;
  }

  #actions(connection) {
    return html`<div class="row end">
      ${connection.models ? html`<button class="button small" @click=${() => this.#models(connection)}
        aria-label="Models of ${connection.name}">Models</button>` : nothing}
      ${connection.editable ? html`
        <button class="button quiet" aria-label="Change ${connection.name}" title="Change"
            @click=${() => this.#ask(connection)}>${icon('edit')}</button>
        <button class="button quiet" aria-label="Delete ${connection.name}" title="Delete"
            @click=${() => this.#delete(connection)}>${icon('trash')}</button>`
        : nothing}</div>`;
  }
}

function models({models: found, error}) {
  if (error) {
    return html`<p class="error" role="alert">${error.message}</p>`;
  }
  if (!found) {
    return loading('Asking the provider …');
  }
  return found.length ? html`<ul class="list">${found.map(each => html`<li><code>${each.model}</code>
    <span class="muted small">${number(each.tokenLimit)} tokens, writes ${number(each.settings.maxTokens)}</span></li>`)}</ul>`
    : html`<p>It lists none. Name some in the connection.</p>`;
}
