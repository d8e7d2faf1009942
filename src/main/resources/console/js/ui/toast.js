// Short words about what just happened, which go by themselves; bad news stays until it is put away.
import {html, render, repeat} from '../lit.js';
import {icon} from './icons.js';

const STAYS = 5_000;
const shown = [];
let last = 0;
let host = null;

/** @param {'good'|'bad'|'info'} kind */
export function toast(text, kind = 'info') {
  const entry = {id: ++last, text, kind};
  shown.push(entry);
  draw();
  if (kind !== 'bad') {
    setTimeout(() => put(entry), STAYS);
  }
}

function put(entry) {
  const at = shown.indexOf(entry);
  if (at >= 0) {
    shown.splice(at, 1);
    draw();
  }
}

function draw() {
  if (!host) {
    host = document.createElement('div');
    host.className = 'toasts';
    host.setAttribute('role', 'status');
    host.popover = 'manual';
    document.body.append(host);
  }
  render(repeat(shown, entry => entry.id, entry => html`
    <div class="toast ${entry.kind}">${icon(entry.kind)}<span>${entry.text}</span>
      <button class="button quiet" aria-label="Put away" @click=${() => put(entry)}>${icon('bad')}</button>
    </div>`), host);
  // Shown anew each time, so that it lies over a dialog that was opened meanwhile.
  if (host.matches(':popover-open')) {
    host.hidePopover();
  }
  if (shown.length) {
    host.showPopover();
  }
}
