// Small parts of the pages for those who keep the server: buttons, cells.
import {html, nothing} from '../lit.js';
import {icon} from '../ui/icons.js';

/** The button that makes something new. */
export function newButton(name, run) {
  return html`<button class="button primary" @click=${run}>${icon('plus')}${name}</button>`;
}

/** A button in a row of a table, whose label says which row it is of. */
export function rowButton(name, of, shape, run) {
  return html`<button class="button small" aria-label="${name} ${of}" @click=${run}>${icon(shape)}${name}</button>`;
}

/** A cell of a table with a smaller line below. */
export function twoLines(first, second) {
  return html`<div>${first}${second ? html`<br><small class="muted">${second}</small>` : nothing}</div>`;
}

export function tags(words, none) {
  return words.length === 0 ? none
    : html`<span class="row wrap tight-row">${words.map(word => html`<span class="tag">${word}</span>`)}</span>`;
}
