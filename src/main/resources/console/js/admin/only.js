// What those see who came to a page that is not for them.
import {html} from '../lit.js';
import {session} from '../session.js';
import {heading} from '../ui/parts.js';
import {empty} from '../ui/states.js';

export function isOne(...roles) {
  return roles.includes(session.user?.role);
}

/** @param {string} whom the page is for, in the plural */
export function onlyFor(title, whom, what) {
  const {username, role} = session.user ?? {};
  const why = `${what} You are logged in as ${username}, whose role is ${role}: ask an administrator, `
    + 'or log in as somebody else.';
  const home = html`<a class="button" href="/console">Go to Home</a>`;
  return html`${heading(title)}${empty(`This page is for ${whom}`, why, home)}`;
}
