// The files that a task comes with: chosen or dropped, and looked at before anything is sent.
import {html, nothing, repeat} from '../lit.js';
import {icon} from '../ui/icons.js';
import {bytes} from '../ui/format.js';

const MOST = 50;
/** A request may have 10 MiB, files in it are a third larger than on disk, and something is left for the rest. */
const ALL_BYTES = 7_500_000;
let last = 0;

/** Why these files cannot be sent; null when they can. */
export function fileProblem(files) {
  if (files.length > MOST) {
    return `A task comes with at most ${MOST} files; there are ${files.length}. Put them into an archive.`;
  }
  const all = files.reduce((sum, each) => sum + each.file.size, 0);
  if (all > ALL_BYTES) {
    return `All files together may have ${bytes(ALL_BYTES)}; these have ${bytes(all)}. `
      + 'Take the largest out, or let the agent fetch it.';
  }
  const paths = files.map(each => each.path.trim());
  if (paths.some(path => !path)) {
    return 'Every file needs a path below /workspace.';
  }
  const twice = paths.find((path, at) => paths.indexOf(path) !== at);
  return twice ? `Two files have the path ${twice}.` : null;
}

/** @returns {Promise<Array<{path: string, content_base64: string}>>} */
export function readFiles(files) {
  return Promise.all(files.map(async ({path, file}) => ({path: path.trim(), content_base64: await base64(file)})));
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(new Error(`${file.name} cannot be read any more: choose it again.`));
    reader.readAsDataURL(file);
  });
}

export function filesPart(page) {
  const error = page.refused('files') ?? fileProblem(page.files);
  const hint = `They lie in /workspace when the agent begins. Up to ${MOST}, ${bytes(ALL_BYTES)} in all.`;
  return html`<div class="field" data-field="files">
    <label for="files">Files</label>
    <div class="drop" @dragover=${over} @dragleave=${out} @drop=${event => dropped(event, page)}>
      ${icon('upload')}<input id="files" type="file" multiple aria-describedby="files-hint"
          @change=${event => chosen(event, page)}>
      <span class="muted">or drop them here</span></div>
    ${page.files.length === 0 ? nothing : html`<ul class="files" aria-label="Chosen files">
      ${repeat(page.files, each => each.id, each => row(each, page))}</ul>`}
    <small id="files-hint" class=${error ? 'error' : ''}>${error ?? hint}</small>
  </div>`;
}

function row(each, page) {
  return html`<li>${icon('file')}
    <input aria-label="Path of ${each.file.name}" .value=${each.path} @input=${event => {
      each.path = event.target.value;
      page.update();
    }}>
    <span class="muted small">${bytes(each.file.size)}</span>
    <button type="button" class="button quiet" aria-label="Take ${each.path} out" @click=${() => {
      page.files = page.files.filter(other => other !== each);
      page.update();
    }}>${icon('bad')}</button></li>`;
}

function over(event) {
  event.preventDefault();
  event.currentTarget.classList.add('over');
}

function out(event) {
  event.currentTarget.classList.remove('over');
}

function dropped(event, page) {
  out(event);
  event.preventDefault();
  add(page, event.dataTransfer.files);
}

function chosen(event, page) {
  add(page, event.target.files);
  event.target.value = '';
}

function add(page, files) {
  page.refusal = null;
  const more = Array.from(files, file => ({id: ++last, file, path: file.webkitRelativePath || file.name}));
  page.files = page.files.concat(more);
  page.update();
}
