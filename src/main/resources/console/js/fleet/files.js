// A browser of files for any page: a folder at a time at the left, what is chosen at the right.
import {html, nothing, repeat} from '../lit.js';
import {icon} from '../ui/icons.js';
import {bytes} from '../ui/format.js';
import {confirm, ask} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {when} from '../ui/parts.js';
import {empty, loading, trouble} from '../ui/states.js';
import {toast} from '../ui/toast.js';
import {preview, shownName} from './file-preview.js';

const SHOWN = 500;
const LARGEST_UPLOAD = 10_000_000;

export class FilesPanel {
  #leaving = new AbortController();
  #folder = '';
  #entries = null;
  #truncated = false;
  #error = null;
  #hidden = false;
  #more = 1;
  #file = null;
  #shown = null;
  #draft = null;
  #busy = '';
  #asked = 0;

  /**
   * @param {object} options
   * @param {object} options.source of file-sources.js
   * @param {() => void} options.update draws the page that shows view()
   */
  constructor({source, update}) {
    this.source = source;
    this.update = update;
  }

  /** Lists the folder again, or for the first time. */
  async open() {
    await this.#list(this.#folder);
  }

  async #list(folder) {
    const mine = ++this.#asked;
    this.#folder = folder;
    this.#error = null;
    try {
      const found = await this.source.list(folder, this.#hidden, this.#leaving.signal);
      if (mine === this.#asked) {
        this.#entries = found.entries;
        this.#truncated = found.truncated;
      }
    } catch (error) {
      if (mine === this.#asked && error.name !== 'AbortError') {
        this.#error = error;
      }
    }
    this.update();
  }

  #enter(folder) {
    this.#entries = null;
    this.#more = 1;
    this.#forget();
    this.update();
    return this.#list(folder);
  }

  #forget() {
    if (this.#shown?.url) {
      URL.revokeObjectURL(this.#shown.url);
    }
    this.#file = this.#shown = this.#draft = null;
  }

  async #look(file) {
    this.#forget();
    this.#file = file;
    this.update();
    try {
      const shown = await preview(this.source, file, this.#leaving.signal);
      if (this.#file === file) {
        this.#shown = shown;
      } else if (shown.url) {
        URL.revokeObjectURL(shown.url);
      }
    } catch (error) {
      if (this.#file === file && error.name !== 'AbortError') {
        this.#shown = {kind: 'trouble', error};
      }
    }
    this.update();
  }

  async #deed(words, deed) {
    this.#busy = words;
    this.update();
    try {
      await deed();
    } catch (error) {
      toast(error.message, 'bad');
    } finally {
      this.#busy = '';
      this.update();
    }
  }

  async #download(file) {
    await this.#deed(`Downloading ${shownName(file.name)} …`, async () => {
      const content = await (await this.source.content(file.path)).blob();
      const url = URL.createObjectURL(new Blob([content], {type: 'application/octet-stream'}));
      Object.assign(document.createElement('a'), {href: url, download: file.name}).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  async #save() {
    const text = this.#draft;
    await this.#deed('Saving …', async () => {
      await this.source.put(this.#file.path, text);
      toast(`Saved ${shownName(this.#file.name)}`, 'good');
      this.#shown = {...this.#shown, text};
      this.#draft = null;
      await this.#list(this.#folder);
    });
  }

  async #remove(entry) {
    const agreed = await confirm({
      title: entry.folder ? 'Delete this folder?' : 'Delete this file?',
      text: shownName(entry.path) + (entry.folder ? ' and all that is in it will be gone.' : ' will be gone.'),
      action: 'Delete',
      danger: true,
    });
    if (agreed) {
      await this.#deed('Deleting …', async () => {
        await this.source.remove(entry.path);
        toast(`Deleted ${shownName(entry.name)}`, 'good');
        this.#forget();
        await this.#list(this.#folder);
      });
    }
  }

  async #upload(input) {
    for (const file of input.files) {
      await this.#deed(`Uploading ${file.name} …`, async () => {
        if (file.size > LARGEST_UPLOAD) {
          throw new Error(`${file.name} has ${bytes(file.size)}: at most ${bytes(LARGEST_UPLOAD)} go through the `
            + 'console; use SFTP.');
        }
        await this.source.upload(this.#place(file.name), file);
        toast(`Uploaded ${file.name}`, 'good');
      });
    }
    input.value = '';
    await this.#list(this.#folder);
  }

  async #make() {
    const made = await ask({
      title: 'New file',
      action: 'Make',
      fields: () => field({label: 'Name', name: 'name', required: true, autofocus: true,
        hint: 'Folders before it are made: notes/today.md'}),
      deed: async ({name}) => {
        await this.source.put(this.#place(name), '');
        return this.#place(name);
      },
    });
    if (made) {
      await this.#list(this.#folder);
      const entry = this.#entries?.find(each => each.path === made);
      if (entry) {
        await this.#look(entry);
        this.#draft = '';
        this.update();
      }
    }
  }

  #place(name) {
    return this.#folder ? `${this.#folder}/${name}` : name;
  }

  view() {
    return html`<section class="files" aria-label="Files">
      ${this.#bar()}
      ${this.#busy ? loading(this.#busy) : nothing}
      <div class="files-both ${this.#file ? 'chosen' : ''}">
        <div class="files-list">${this.#listing()}</div>
        ${this.#file ? html`<div class="files-preview card">${this.#chosen()}</div>` : nothing}
      </div></section>`;
  }

  #bar() {
    const parts = this.#folder ? this.#folder.split('/') : [];
    return html`<div class="row wrap files-bar">
      <nav class="files-path" aria-label="Folder">
        <button class="button quiet small" @click=${() => this.#enter('')}>${icon('home')}Home</button>
        ${parts.map((part, at) => html`<span aria-hidden="true">/</span><button class="button quiet small"
          @click=${() => this.#enter(parts.slice(0, at + 1).join('/'))}><bdi>${shownName(part)}</bdi></button>`)}
      </nav>
      <span class="grow"></span>
      <label class="check"><input type="checkbox" .checked=${this.#hidden} @change=${event => {
        this.#hidden = event.target.checked;
        this.#list(this.#folder);
      }}><span>Hidden files</span></label>
      <button class="button small" @click=${() => this.#list(this.#folder)}>${icon('refresh')}Refresh</button>
      ${this.source.canChange ? html`
        <button class="button small" @click=${() => this.#make()}>${icon('plus')}New file</button>
        <button class="button small" @click=${event => event.currentTarget.nextElementSibling.click()}>
          ${icon('upload')}Upload</button>
        <input type="file" multiple hidden aria-label="Files to upload"
            @change=${event => this.#upload(event.target)}>` : nothing}
    </div>`;
  }

  #listing() {
    if (this.#error) {
      return this.#error.status === 400 || this.#error.status === 409
        ? empty('The computer is off',
          `${this.#error.message}.`.replace(/\.\.$/, '.') + ' Its files can be seen while it is on.')
        : trouble(this.#error, () => this.#list(this.#folder));
    }
    if (!this.#entries) {
      return loading('Reading the folder …');
    }
    if (this.#entries.length === 0) {
      return empty('Nothing here',
        this.#hidden ? 'This folder is empty.' : 'This folder has no files, or hidden ones only.');
    }
    const shown = this.#entries.slice(0, SHOWN * this.#more);
    return html`<ul class="list files-entries">${repeat(shown, each => each.path, each => this.#entry(each))}</ul>
      ${shown.length < this.#entries.length ? html`<button class="button" @click=${() => {
        this.#more++;
        this.update();
      }}>Show more of ${this.#entries.length}</button>` : nothing}
      ${this.#truncated
        ? html`<p class="notice">There are more than 10,000 entries; the rest is not listed.</p>`
        : nothing}`;
  }

  #entry(each) {
    return html`<li class="row">
      <button class="files-entry" aria-current=${this.#file?.path === each.path ? 'true' : 'false'}
        @click=${() => (each.folder ? this.#enter(each.path) : this.#look(each))}>
        ${icon(each.folder ? 'folder' : 'file')}<bdi class="clip">${shownName(each.name)}</bdi>
        ${each.folder ? html`<span class="hidden">folder</span>` : nothing}</button>
      <span class="muted small number">${each.folder ? '' : bytes(each.size)}</span>
      <span class="muted small files-when">${when(each.modified)}</span>
      ${this.source.canChange ? html`<button class="button quiet small" aria-label="Delete ${shownName(each.name)}"
        @click=${() => this.#remove(each)}>${icon('trash')}</button>` : nothing}</li>`;
  }

  #chosen() {
    const file = this.#file;
    const canEdit = this.source.canChange && this.#shown?.kind === 'text' && this.#shown.isWhole;
    return html`<header><h3><bdi>${shownName(file.name)}</bdi></h3>
        <span class="muted">${bytes(file.size)}</span><span class="grow"></span>
        ${canEdit && this.#draft === null ? html`<button class="button small" @click=${() => {
          this.#draft = this.#shown.text;
          this.update();
        }}>${icon('edit')}Edit</button>` : nothing}
        <button class="button small" @click=${() => this.#download(file)}>${icon('download')}Download</button>
        <button class="button quiet small" aria-label="Close the preview" @click=${() => {
          this.#forget();
          this.update();
        }}>${icon('bad')}</button></header>
      ${this.#draft === null ? this.#content() : this.#editor()}`;
  }

  #content() {
    switch (this.#shown?.kind) {
      case undefined:
        return loading('Reading the file …');
      case 'trouble':
        return trouble(this.#shown.error, () => this.#look(this.#file));
      case 'picture':
        return html`<img class="files-picture" src=${this.#shown.url} alt="The picture ${shownName(this.#file.name)}">`;
      case 'binary':
        return html`<p>${this.#shown.type}, ${bytes(this.#file.size)}. It is no text; download it to open it.</p>
          <pre class="files-hex" tabindex="0" aria-label="Its first bytes">${this.#shown.head}</pre>`;
      default:
        return this.#text();
    }
  }

  #text() {
    const {text, isWhole} = this.#shown;
    return html`
      ${isWhole ? nothing : html`<p class="notice">Only the beginning is shown; download the file for all of it.</p>`}
      ${text
        ? html`<pre class="files-text" tabindex="0" aria-label="Text of the file">${text}</pre>`
        : html`<p class="muted">The file is empty.</p>`}`;
  }

  #editor() {
    return html`<label class="field"><span>Text of the file</span>
        <textarea class="mono" rows="18" spellcheck="false" .value=${this.#draft} @input=${event => {
          this.#draft = event.target.value;
        }}></textarea></label>
      <div class="row end"><button class="button" @click=${() => {
        this.#draft = null;
        this.update();
      }}>Cancel</button>
        <button class="button primary" ?disabled=${Boolean(this.#busy)}
            @click=${() => this.#save()}>Save</button></div>`;
  }

  /** For pages that are left. */
  close() {
    this.#leaving.abort();
    this.#forget();
  }
}
