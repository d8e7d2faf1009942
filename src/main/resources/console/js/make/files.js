// The tab Files: what an agent looks things up in.
import {html, nothing} from '../lit.js';
import {table, when} from '../ui/parts.js';
import {empty} from '../ui/states.js';
import {confirm} from '../ui/dialog.js';
import {bytes} from '../ui/format.js';
import {icon} from '../ui/icons.js';
import {make, ofTeam, told} from './wire.js';
import {excerpt} from './text.js';
import {upload} from './upload.js';

const TYPES = '.txt,.pdf,.docx,.csv,.md,.json';

export class Files {
  /** @type {Array<{name: string, size: number, share: number, error: string|null}>} */
  #sending = [];

  /** @param {import('../pages/make-agent.js').default} page */
  constructor(page) {
    this.page = page;
    this.files = null;
  }

  async open() {
    this.files ??= await this.#list();
  }

  async #list() {
    const query = {agentId: this.page.agent.id};
    return make.get('/ai-agents/v1/contexts', {query, signal: this.page.signal});
  }

  /** One after the other: the server reads one document at a time anyway. */
  async #send(list) {
    const wanted = [...list].map(file => ({file, name: file.name, size: file.size, share: 0, error: null}));
    this.#sending = [...this.#sending.filter(each => !each.error), ...wanted];
    this.page.update();
    for (const each of wanted) {
      await this.#one(each);
    }
  }

  async #one(sent) {
    const form = new FormData();
    form.append('agentId', this.page.agent.id);
    form.append('file', sent.file);
    try {
      await upload(await ofTeam('/ai-agents/v1/contexts'), form, {
        signal: this.page.signal,
        onProgress: share => {
          sent.share = share;
          this.page.update();
        },
      });
      this.#sending = this.#sending.filter(each => each !== sent);
      this.#show(await this.#list());
    } catch (error) {
      sent.error = error.name === 'AbortError' ? null : told(error);
    }
    this.page.update();
  }

  #show(files) {
    this.files = files;
    this.page.agent.contexts = files;
  }

  async #delete(file) {
    const agreed = await confirm({title: 'Delete this file?', action: 'Delete the file', danger: true,
      text: `${file.documentName} is gone for good; the agent finds nothing in it any more.`});
    if (agreed) {
      await this.page.act(async () => {
        await make.delete('/ai-agents/v1/contexts/' + encodeURIComponent(file.id));
        this.#show(await this.#list());
      }, `${file.documentName} is deleted.`);
    }
  }

  view() {
    return html`<section class="stack" aria-label="Files">
      <label class="drop" @dragover=${event => event.preventDefault()} @drop=${event => {
        event.preventDefault();
        this.#send(event.dataTransfer.files);
      }}>${icon('upload')}<strong>Add files</strong>
        <span class="muted">TXT, PDF, DOCX, CSV, MD or JSON, usually up to 20 MB each and 20 an agent. Choose them, or drop them here.</span>
        <input type="file" class="hidden" multiple accept=${TYPES} aria-label="Add files" @change=${event => {
          this.#send(event.target.files);
          event.target.value = '';
        }}></label>
      ${this.#sending.length ? html`<ul class="list" aria-live="polite">${this.#sending.map(each => this.#progress(each))}</ul>` : nothing}
      ${this.files.length ? this.#table() : empty('No files yet', 'Add manuals, lists or notes: with every message the agent '
        + 'is told the passages that fit it best.')}</section>`;
  }

  #progress(sent) {
    if (sent.error) {
      return html`<li class="row wrap"><span class="error">${icon('bad')} ${sent.name}: ${sent.error}</span><span class="grow"></span>
        <button class="button small" @click=${() => {
          this.#sending = this.#sending.filter(each => each !== sent);
          this.page.update();
        }}>Put away</button></li>`;
    }
    const percent = Math.round(sent.share * 100);
    return html`<li class="stack tight"><span>${sent.name} <span class="muted">${bytes(sent.size)}</span></span>
      <progress max="100" .value=${percent} aria-label="Sending ${sent.name}"></progress>
      <small class="muted">${percent < 100 ? `${percent} %` : 'It has arrived and is being read …'}</small></li>`;
  }

  #table() {
    return table([
      {name: 'File', cell: file => html`<div class="stack tight"><span>${file.documentName}</span>
        <small class="muted">${excerpt(file.description)}</small></div>`},
      {name: 'Type', cell: file => html`<span class="tag">${file.metadata.type}</span>`},
      {name: 'Added', cell: file => html`${when(file.createdAt)}${file.isTemporary ? ' (goes after 24 h)' : nothing}`},
      {name: '', cell: file => html`<div class="row end"><button class="button quiet"
          aria-label="Delete ${file.documentName}" title="Delete"
        @click=${() => this.#delete(file)}>${icon('trash')}</button></div>`},
    ], this.files, file => file.id, {caption: 'Files'});
  }
}
