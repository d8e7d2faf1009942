// Small parts that many pages have: heading, tabs, a time, a copy button, a table.
import {html, nothing, repeat} from '../lit.js';
import {icon} from './icons.js';
import {ago, moment, time} from './format.js';

/** The page's heading with what can be done at its right. */
export function heading(title, {note = nothing, actions = nothing, back} = {}) {
  return html`<header class="page-head">
    ${back ? html`<a class="back" href=${back.path}>${icon('left')}${back.name}</a>` : nothing}
    <div class="row wrap"><h1>${title}</h1>${note}<span class="grow"></span>${actions}</div></header>`;
}

/** Tabs as links, so that each has its address. */
export function tabs(list, current, label = 'Parts of this page') {
  return html`<nav class="tabs" aria-label=${label}>${list.map(tab => html`
    <a href=${tab.path} aria-current=${tab.id === current ? 'page' : 'false'}>${tab.name}${
      tab.count === undefined ? nothing : html` <span class="count">${tab.count}</span>`}</a>`)}</nav>`;
}

/** How long ago, with the exact moment for whoever points at it. */
export function when(value) {
  const date = time(value);
  return date
      ? html`<time datetime=${date.toISOString()} title=${moment(value)}>${ago(value)}</time>`
      : html`<span class="muted">never</span>`;
}

export function copyButton(text, label = 'Copy') {
  return html`<button type="button" class="button quiet" aria-label=${label} title=${label} @click=${async event => {
    const button = event.currentTarget;
    await navigator.clipboard.writeText(text);
    button.classList.add('done');
    setTimeout(() => button.classList.remove('done'), 1_500);
  }}>${icon('copy')}</button>`;
}

/**
 * A table that becomes cards on narrow screens.
 *
 * @param {Array<{name: string, cell: (row: any) => any, className?: string}>} columns
 * @param {(row: any) => string} key of a row
 */
export function table(columns, rows, key, {caption} = {}) {
  return html`<div class="table-frame" role="region" aria-label=${caption ?? 'Table'} tabindex="0"><table>
    ${caption ? html`<caption class="hidden">${caption}</caption>` : nothing}
    <thead><tr>${columns.map(column => html`<th scope="col" class=${column.className ?? ''}>
      ${column.name || html`<span class="hidden">Actions</span>`}</th>`)}</tr></thead>
    <tbody>${repeat(rows, key, row => html`<tr>${columns.map(column => html`
      <td class=${column.className ?? ''} data-name=${column.name}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** A list of names and values. */
export function facts(list) {
  return html`<dl class="facts">${list.filter(Boolean).map(([name, value]) => html`
    <div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
