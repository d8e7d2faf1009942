// Who is logged in. The token lives in this module's memory alone: no script that came in later finds it in a storage.
import {html, render} from './lit.js';
import {submitted} from './ui/form.js';

let token = null;
let person = null;
let waiting = null;

export const session = {
  /** Resolves when somebody is logged in. */
  async start() {
    await session.renew(null);
  },

  /** A token to show; asks for a login when there is none. */
  async token() {
    return token ?? session.renew(null);
  },

  /** Another token than the one that was refused; everybody who asks at once waits for the same login. */
  async renew(refused) {
    if (token !== null && token !== refused) {
      return token;
    }
    waiting ??= login().finally(() => {
      waiting = null;
    });
    return waiting;
  },

  /** {username, role, email} */
  get user() {
    return person;
  },

  /** Ends the session, here and in other tabs. */
  async logout() {
    token = null;
    location.assign('/console');
  },
};

function login() {
  return new Promise(resolve => {
    const dialog = document.createElement('dialog');
    dialog.className = 'login';
    document.body.append(dialog);
    let error = '';
    const draw = () => render(view(error, attempt), dialog);
    const attempt = async form => {
      const response = await fetch('/token', {method: 'POST', body: new URLSearchParams(form)});
      const answer = await response.json();
      if (!response.ok) {
        error = answer.detail;
        draw();
        return;
      }
      token = answer.access_token;
      person = await (await fetch('/api/users/me', {headers: {Authorization: `Bearer ${token}`}})).json();
      dialog.remove();
      resolve(token);
    };
    draw();
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.showModal();
  });
}

function view(error, attempt) {
  return html`
    <form class="stack" @submit=${submitted(attempt)}>
      <h1>Log in to Drover</h1>
      <label class="field"><span>User</span><input name="username" autocomplete="username" required autofocus></label>
      <label class="field"><span>Password</span>
        <input name="password" type="password" autocomplete="current-password" required></label>
      <p class="error" role="alert">${error}</p>
      <button class="button primary">Log in</button>
    </form>`;
}
