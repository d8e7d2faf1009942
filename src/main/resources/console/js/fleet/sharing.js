// Who else may use an agent, which agents it may call, and the folders it has in common with them.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {field, submitted} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {table, when} from '../ui/parts.js';
import {badge} from '../ui/states.js';
import {agentPath} from './deeds.js';
import {Panel} from './panel.js';

export class SharingPanel extends Panel {
  get waiting() {
    return 'Reading who may use it …';
  }

  async load() {
    const get = rest => api.get(agentPath(this.name, rest), {signal: this.page.signal});
    const [shares, permissions, folders, available, consumers, agents] = await Promise.all([
      get('/shares'), get('/permissions'), get('/folders'), get('/folders/available'), get('/folders/consumers'),
      api.get('/api/agents?limit=1000', {signal: this.page.signal}),
    ]);
    return {shares, permitted: permissions.permitted_agents, folders, available, consumers, agents};
  }

  show() {
    return html`<div class="stack">${this.#people()}${this.#callees()}${this.#folders()}</div>`;
  }

  #unshare(email) {
    return this.do(() => api.delete(agentPath(this.name, `/share/${encodeURIComponent(email)}`)),
      `No more shared with ${email}`);
  }

  #people() {
    const {shares} = this.loaded;
    return html`<section class="card"><h2>People</h2>
      <p class="muted">They may use, start and stop it and see its files; they get neither its credentials nor a
        terminal.</p>
      ${shares.length === 0 ? html`<p>Shared with nobody.</p>` : table([
        {name: 'Address', cell: each => each.shared_with_email},
        {name: 'By', cell: each => each.shared_by_email},
        {name: 'Since', cell: each => when(each.created_at)},
        {name: '', cell: each => html`<button class="button small"
          aria-label="Share no more with ${each.shared_with_email}"
          @click=${() => this.#unshare(each.shared_with_email)}>Remove</button>`},
      ], shares, each => each.shared_with_email, {caption: 'People it is shared with'})}
      <form class="row wrap fleet-inline" @submit=${submitted(async ({email}, form) => {
        if (await this.do(() => api.post(agentPath(this.name, '/share'), {email}), `Shared with ${email}`)) {
          form.reset();
        }
      })}><label class="field grow"><span>Mail address</span>
          <input name="email" type="email" required autocomplete="off"></label>
        <button class="button primary">${icon('share')}Share</button></form></section>`;
  }

  #callee(name) {
    return agentPath(this.name, `/permissions/${encodeURIComponent(name)}`);
  }

  #callees() {
    const {permitted, agents} = this.loaded;
    const others = agents.map(each => each.name).filter(name => name !== this.name && !permitted.includes(name));
    const allow = ({target}) => this.do(() => api.post(this.#callee(target)), `It may call ${target}`);
    return html`<section class="card"><h2>Agents it may call</h2>
      ${permitted.length === 0 ? html`<p>None.</p>` : html`<ul class="list">${permitted.map(name => html`
        <li class="row"><a href="/console/fleet/${encodeURIComponent(name)}">${name}</a><span class="grow"></span>
          <button class="button small" aria-label="Let it call ${name} no more"
              @click=${() => this.do(() => api.delete(this.#callee(name)))}>Remove</button></li>`)}</ul>`}
      ${others.length === 0 ? nothing : html`<form class="row wrap fleet-inline" @submit=${submitted(allow)}>
        ${field({label: 'Another agent', name: 'target', options: others})}
        <button class="button">Let it call this one</button></form>`}</section>`;
  }

  #folders() {
    const {folders, available, consumers} = this.loaded;
    const turn = (name, value) => this.do(() => api.put(agentPath(this.name, '/folders'), {[name]: value}),
        'Saved. It takes effect when the agent is started the next time.');
    return html`<section class="card"><h2>Shared folders</h2>
      ${folders.restart_required
        ? html`<p class="notice">The folders change when the agent is started the next time.</p>`
        : nothing}
      <label class="check"><input type="checkbox" .checked=${folders.expose_enabled}
          @change=${event => turn('expose_enabled', event.target.checked)}>
        <span>Others can have its folder<small>${folders.exposed_path}</small></span></label>
      <label class="check"><input type="checkbox" .checked=${folders.consume_enabled}
          @change=${event => turn('consume_enabled', event.target.checked)}>
        <span>It has the folders of agents that it may call</span></label>
      ${folderList('Folders of others', available.available_folders,
          each => [each.source_agent, each.mount_path, each.source_status])}
      ${folderList('Who has its folder', consumers.consumers,
          each => [each.agent_name, each.mount_path, each.status])}</section>`;
  }
}

function folderList(title, rows, of) {
  const row = each => {
    const [name, place, state] = of(each);
    return html`<li class="row wrap"><strong>${name}</strong><code>${place}</code>${badge(state)}</li>`;
  };
  return html`<h3>${title}</h3>
    ${rows.length === 0 ? html`<p class="muted">None.</p>` : html`<ul class="list">${rows.map(row)}</ul>`}`;
}
