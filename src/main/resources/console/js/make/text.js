// Long texts: the beginning first, all of it when somebody asks, so that a megabyte harms no page.
import {html, nothing} from '../lit.js';
import {number} from '../ui/format.js';

const SHOWN = 6_000;
const whole = new WeakSet();

/**
 * A text as it is, line breaks and all.
 *
 * @param {object} owner whose text it is: once it was opened, it stays open
 */
export function longText(owner, text, update) {
  if (text.length <= SHOWN || whole.has(owner)) {
    return html`<div class="text">${text}</div>`;
  }
  return html`<div class="text">${beginning(text)}…</div>
    <button type="button" class="button small" @click=${() => {
      whole.add(owner);
      update();
    }}>Show all ${number(text.length)} characters</button>`;
}

/** Not cut within a character. */
function beginning(text) {
  const last = text.charCodeAt(SHOWN - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? SHOWN - 1 : SHOWN);
}

/** JSON in lines, if it is any. */
export function pretty(value) {
  if (typeof value !== 'string') {
    return JSON.stringify(value, null, 2);
  }
  try {
    const read = JSON.parse(value);
    return typeof read === 'object' && read !== null ? JSON.stringify(read, null, 2) : value;
  } catch (noJson) {
    return value;
  }
}

/** What something is about, in a line or two. */
export function excerpt(text, most = 140) {
  return text ? html`<span class="excerpt">${text.length > most ? text.slice(0, most) + '…' : text}</span>` : nothing;
}
