// Keys: single ones, two in a row ("g h"), and with Ctrl or Command ("ctrl+k").
import {html} from './lit.js';
import {openDialog} from './ui/dialog.js';

const PAUSE = 1_000;

export class Shortcuts {
  #always = [];
  #page = [];
  #first = null;
  #firstAt = 0;

  /** @param {{keys: string, name: string, run: () => void}} shortcut */
  add(shortcut) {
    this.#always.push(shortcut);
  }

  ofPage(shortcuts) {
    this.#page = shortcuts;
  }

  get all() {
    return {page: this.#page, always: this.#always};
  }

  listen() {
    document.addEventListener('keydown', event => this.#pressed(event));
  }

  #pressed(event) {
    const withCtrl = event.ctrlKey || event.metaKey;
    const busy = document.querySelector('dialog[open]') || event.defaultPrevented || event.altKey;
    if (busy || (isTyping(event.target) && !withCtrl) || event.target.closest?.('[data-owns-keys]')) {
      return;
    }
    const key = withCtrl ? 'ctrl+' + event.key.toLowerCase() : event.key;
    const pair = this.#first && event.timeStamp - this.#firstAt < PAUSE ? `${this.#first} ${key}` : null;
    const every = [...this.#page, ...this.#always];
    const found = (pair && every.find(each => each.keys === pair)) || every.find(each => each.keys === key);
    const begins = every.some(each => each.keys.startsWith(key + ' '));
    this.#first = found || !begins ? null : key;
    this.#firstAt = event.timeStamp;
    if (found) {
      event.preventDefault();
      found.run();
    }
  }
}

function isTyping(target) {
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

export function showShortcuts(shortcuts) {
  const {page, always} = shortcuts.all;
  openDialog({
    title: 'Keys',
    view: () => html`${page.length ? list('This page', page) : ''}${list('Everywhere', always)}`,
  });
}

function list(title, shortcuts) {
  return html`<h3>${title}</h3>
    <dl class="keys">${shortcuts.map(each => html`
      <div><dt>${each.name}</dt><dd>${written(each.keys)}</dd></div>`)}</dl>`;
}

function written(keys) {
  return keys.split(' ').map(key => html`<kbd>${key.replace('ctrl+', 'Ctrl ')}</kbd> `);
}
