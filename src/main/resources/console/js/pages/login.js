// The login: by password, by a code that is mailed, or through a provider; and the first step of a new server. It lies
// over the page that asked for it, so that a session which ends in the middle of something costs nothing.
import {html, nothing, render} from '../lit.js';
import {request, session} from '../session.js';
import {field, submitted} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {loading, trouble} from '../ui/states.js';

/** What a login through the provider came to, by the word in the address that it comes back with. */
const PROBLEMS = {
  provider_away: 'The provider of the single sign-on cannot be reached. Log in another way, or try again; the log of'
      + ' the server names the cause.',
  provider_unset: 'No single sign-on is set up on this server.',
  provider_refused: 'The single sign-on did not let you in. Begin again; if that does not help, the log of the server'
      + ' names the cause.',
  setup_required: 'The server is not set up yet.',
};

/**
 * Asks for a login until there is one.
 *
 * @param {{over: boolean, user?: {username: string}, done: () => void}} options over: there was a session, and its page
 *     lies below
 * @returns {{close: () => void}}
 */
export function askLogin(options) {
  const login = new Login(options);
  login.open();
  return login;
}

class Login {
  #element = document.createElement('dialog');
  #before = document.activeElement;
  #title = document.title;
  #ways = null;
  #error = null;
  #told = '';
  #busy = false;
  #way = 'password';
  #mailed = null;

  constructor({over, user, done}) {
    this.over = over;
    this.user = user;
    this.done = done;
  }

  async open() {
    this.#element.className = this.over ? 'login' : 'login whole';
    this.#element.setAttribute('aria-labelledby', 'login-title');
    this.#element.addEventListener('cancel', event => event.preventDefault());
    // Browsers close a dialog at the second Escape, whatever its page says.
    this.#element.addEventListener('close', () => this.#element.isConnected && this.#element.showModal());
    document.body.append(this.#element);
    document.title = 'Log in · Drover';
    this.#told = PROBLEMS[new URLSearchParams(location.search).get('problem')] ?? '';
    this.#draw();
    this.#element.showModal();
    await this.#ask();
  }

  close() {
    this.#element.remove();
    document.title = this.#title;
    this.#before?.focus?.();
  }

  async #ask() {
    this.#error = null;
    try {
      this.#ways = await request('GET', '/api/v1/session');
    } catch (error) {
      this.#error = error;
    }
    this.#draw();
    this.#focus();
  }

  #focus() {
    this.#element.querySelector('[autofocus]')?.focus();
  }

  /** One try: what is refused is told, and the cursor goes back to where it can be mended. */
  async #attempt(deed) {
    this.#busy = true;
    this.#error = null;
    this.#draw();
    try {
      await deed();
    } catch (error) {
      if (error.name === 'AbortError') {
        return;
      }
      this.#error = error;
    }
    this.#busy = false;
    this.#draw();
    if (this.#error) {
      const secret = this.#element.querySelector('input[type=password], input[name=code]');
      secret?.focus();
      secret?.select();
    }
  }

  #enter(proof) {
    return this.#attempt(async () => {
      await session.login(proof);
      this.close();
      this.done();
    });
  }

  #setUp({password, again, setup_token: shown}) {
    return this.#attempt(async () => {
      await request('POST', '/api/setup/admin-password', {
        password,
        confirm_password: again,
        ...(shown ? {setup_token: shown.trim()} : {}),
      });
      await session.login({username: this.#ways.setup_user, password});
      this.close();
      this.done();
    });
  }

  #mail({email}) {
    return this.#attempt(async () => {
      const answer = await request('POST', '/api/auth/email/request', {email});
      this.#mailed = email;
      this.#told = answer.message + '.';
      this.#draw();
      this.#focus();
    });
  }

  #turn(way) {
    this.#way = way;
    this.#error = null;
    this.#told = '';
    this.#mailed = null;
    this.#draw();
    this.#focus();
  }

  #draw() {
    render(html`<div class="stack">${this.#view()}</div>`, this.#element);
  }

  #view() {
    if (this.#ways === null) {
      const again = () => (this.over ? this.#ask() : location.reload());
      return html`<h1 id="login-title">Log in to Drover</h1>
        ${this.#error ? trouble(this.#error, again) : loading('Asking the server …')}`;
    }
    if (!this.#ways.setup_completed) {
      return this.#setup();
    }
    return html`
      <h1 id="login-title">${this.over ? 'Log in again' : 'Log in to Drover'}</h1>
      ${this.over ? html`<p>Your session is over. What you were doing goes on when you are logged in.</p>` : nothing}
      <p role="status" class=${this.#told ? 'notice' : 'hidden'}>${this.#told}</p>
      ${this.#way === 'password' ? this.#password() : this.#mailed ? this.#code() : this.#address()}
      ${this.#others()}`;
  }

  #password() {
    return html`<form class="stack" @submit=${submitted(values => this.#enter(values))}>
      <label class="field"><span>User</span><input name="username" autocomplete="username" required
        autocapitalize="none" spellcheck="false" .value=${this.user?.username ?? ''} ?autofocus=${!this.user}></label>
      ${secret('Password', 'password', 'current-password', Boolean(this.user))}
      ${this.#end('Log in')}</form>`;
  }

  #address() {
    return html`<form class="stack" @submit=${submitted(values => this.#mail(values))}>
      <label class="field"><span>Email</span><input name="email" type="email" autocomplete="email" required
        autofocus></label>
      ${this.#end('Mail me a code')}</form>`;
  }

  #code() {
    return html`<form class="stack" @submit=${submitted(({code}) => this.#enter({email: this.#mailed, code}))}>
      <label class="field"><span>Code of six digits</span><input name="code" inputmode="numeric"
        autocomplete="one-time-code" pattern="\\s*[0-9]{6}\\s*" required autofocus></label>
      <p class="muted small">For ${this.#mailed}, good for ten minutes. Without a mail server it is in the server's
        log.</p>
      ${this.#end('Log in')}</form>`;
  }

  #end(words) {
    return html`<p class="error" role="alert">${this.#error?.message ?? ''}</p>
      <button class="button primary" ?disabled=${this.#busy} aria-busy=${this.#busy}>${words}</button>`;
  }

  #others() {
    const {email, oidc} = this.#ways;
    if (!email && !oidc) {
      return nothing;
    }
    const here = this.over || location.pathname === '/console/login' ? '/console' : location.pathname + location.search;
    const way = '/api/v1/session/oidc?' + new URLSearchParams({then: here});
    return html`<div class="stack tight others">
      ${oidc ? html`<a class="button" href=${way} target=${this.over ? '_blank' : nothing}>
        ${icon('key')}<span>Log in with ${oidc.name}${this.over ? ' (in a new tab)' : ''}</span></a>` : nothing}
      ${email ? html`<button type="button" class="button"
          @click=${() => this.#turn(this.#way === 'password' ? 'email' : 'password')}>${
          this.#way === 'password' ? 'Log in by a mailed code' : 'Log in by password'}</button>` : nothing}
    </div>`;
  }

  #setup() {
    return html`
      <h1 id="login-title">Welcome to Drover</h1>
      <p>This server is new. Choose the password of its administrator, <strong>${this.#ways.setup_user}</strong>, who
        makes all other users.</p>
      <form class="stack" @submit=${submitted(values => this.#setUp(values))}>
        <input class="hidden" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly
          .value=${this.#ways.setup_user}>
        ${secret('Password, at least 8 characters', 'password', 'new-password', true, 8)}
        ${secret('The same again', 'again', 'new-password')}
        ${this.#ways.setup_token_needed ? field({label: 'Setup token', name: 'setup_token', required: true,
          hint: 'You are on another machine than the server: the token is in its log, and in the file setup.token of'
            + ' its data folder.'}) : nothing}
        ${this.#end('Set the password')}
      </form>`;
  }
}

function secret(label, name, autocomplete, first = false, shortest = undefined) {
  return html`<label class="field"><span>${label}</span><input name=${name} type="password" required
    autocomplete=${autocomplete} minlength=${shortest ?? nothing} ?autofocus=${first}></label>`;
}
