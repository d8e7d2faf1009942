// Files that an agent left: a list, a look into one, a way to take it along.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {icon} from '../ui/icons.js';
import {bytes} from '../ui/format.js';
import {table, when} from '../ui/parts.js';
import {empty, loading, trouble} from '../ui/states.js';
import {preview} from '../fleet/file-preview.js';

/** More is not fetched for a look. */
const LARGEST_LOOK = 20_000_000;

export class ArtifactsPanel {
  #chosen = null;
  #shown = null;
  #error = null;

  /** @param {{page: object, path: string}} options path of the run, whose page knows the files */
  constructor({page, path}) {
    Object.assign(this, {page, path});
  }

  open() {}

  close() {
    this.#forget();
  }

  #forget() {
    if (this.#shown?.url) {
      URL.revokeObjectURL(this.#shown.url);
    }
    this.#shown = null;
    this.#error = null;
  }

  async #look(file) {
    this.#forget();
    this.#chosen = file;
    this.page.update();
    try {
      const source = {content: (path, options) => api.send('GET', path, undefined, options)};
      const named = {name: file.path, path: this.#url(file), size: file.size_bytes};
      const shown = file.size_bytes > LARGEST_LOOK ? {kind: 'large'} : await preview(source, named, this.page.signal);
      if (this.#chosen === file) {
        this.#shown = shown;
      }
    } catch (error) {
      this.#error = error;
    }
    this.page.update();
  }

  #url(file) {
    return `${this.path}/artifacts/${file.artifact_id}`;
  }

  view() {
    const files = this.page.detail.artifacts;
    if (files.length === 0) {
      return empty('No files', this.page.run.ended_at
        ? 'The agent left nothing. What it writes below /workspace/artifacts, or what its task names, is kept here.'
        : 'What the agent writes below /workspace/artifacts is kept when the run is over.');
    }
    return html`${table([
      {name: 'File', cell: file => html`<button class="link" @click=${() => this.#look(file)}>
        ${icon('file')}<span>${file.path}</span></button>`},
      {name: 'Size', className: 'number', cell: file => bytes(file.size_bytes)},
      {name: 'Kind', cell: file => file.mime_type},
      {name: 'Left', cell: file => when(file.created_at)},
      {name: '', cell: file => html`<button class="button small" @click=${() => this.#download(file)}
        aria-label="Download ${file.path}">${icon('download')}Download</button>`},
    ], files, file => file.artifact_id, {caption: 'Files that the agent left'})}
    ${this.#chosen ? this.#preview() : nothing}`;
  }

  #download(file) {
    return this.page.act(() => api.download(this.#url(file), file.path.split('/').pop()));
  }

  #preview() {
    return html`<section class="card" aria-live="polite">
      <header><h2>${this.#chosen.path}</h2></header>${this.#content()}</section>`;
  }

  #content() {
    if (this.#error) {
      return trouble(this.#error, () => this.#look(this.#chosen));
    }
    switch (this.#shown?.kind) {
      case undefined:
        return loading('Loading …');
      case 'text':
        return html`<pre class="output" tabindex="0">${this.#shown.text}</pre>
          ${this.#shown.isWhole ? nothing
            : html`<p class="muted small">This is the beginning: download the file for all of it.</p>`}`;
      case 'picture':
        return html`<img class="preview" src=${this.#shown.url} alt=${this.#chosen.path}>`;
      default:
        return html`<p>${bytes(this.#chosen.size_bytes)} of ${this.#shown.type ?? 'something large'}:
          download it to see it.</p>
          ${this.#shown.head ? html`<pre class="output" tabindex="0">${this.#shown.head}</pre>` : nothing}`;
    }
  }
}
