// What stands around every page: navigation, heading bar, shortcuts; and the one place that draws.
import {html, nothing, render} from './lit.js';
import {ApiError} from './api.js';
import {session} from './session.js';
import {navigation} from './routes.js';
import {match, navigate, onNavigation} from './router.js';
import {icon} from './ui/icons.js';
import {loading, trouble} from './ui/states.js';
import {toggleTheme, theme} from './ui/theme.js';
import {openPalette} from './palette.js';
import {Shortcuts, showShortcuts} from './shortcuts.js';

const FILES = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

export class Shell {
  #root;
  #page = null;
  #route = null;
  #state = 'loading';
  #error = null;
  #drawing = false;
  #menuOpen = false;
  #visit = 0;

  constructor(root) {
    this.#root = root;
    root.textContent = '';
    this.shortcuts = new Shortcuts();
  }

  begin() {
    onNavigation(() => this.#show());
    for (const link of navigation.flatMap(group => group.links)) {
      if (link.keys) {
        this.shortcuts.add({keys: link.keys, name: link.name, run: () => navigate(link.path)});
      }
    }
    this.shortcuts.add({keys: 'ctrl+k', name: 'Command palette', run: () => openPalette(this)});
    this.shortcuts.add({keys: '?', name: 'Show the keys', run: () => showShortcuts(this.shortcuts)});
    this.shortcuts.add({keys: 't', name: 'Dark or light', run: () => this.#turnTheme()});
    this.shortcuts.listen();
    return this.#show();
  }

  /** Draws soon; many calls at once are one. */
  update() {
    if (!this.#drawing) {
      this.#drawing = true;
      queueMicrotask(() => {
        this.#drawing = false;
        render(this.#view(), this.#root);
      });
    }
  }

  /** Adds a stylesheet out of css/, once; resolves when it is there. */
  style(name) {
    const href = `${FILES}/css/${name}.css`;
    if (document.querySelector(`link[href="${href}"]`)) {
      return Promise.resolve();
    }
    return new Promise(resolve => {
      const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href});
      link.onload = link.onerror = resolve;
      document.head.append(link);
    });
  }

  async #show() {
    const found = match(location.pathname);
    this.#menuOpen = false;
    if (found && found.route.load === this.#route?.load && this.#state === 'open') {
      this.#page.query = new URLSearchParams(location.search);
      if (this.#page.reopen(found.params)) {
        this.#page.params = found.params;
        this.update();
        return;
      }
    }
    await this.#open(found);
  }

  async #open(found) {
    const visit = ++this.#visit;
    this.#leave();
    this.#route = found?.route ?? null;
    this.#state = found ? 'loading' : 'missing';
    this.#error = null;
    this.update();
    if (!found) {
      queueMicrotask(() => this.#arrive());
      return;
    }
    try {
      const {default: Kind} = await found.route.load();
      await Promise.all(Kind.styles.map(name => this.style(name)));
      const page = new Kind({params: found.params, query: new URLSearchParams(location.search), shell: this});
      if (visit !== this.#visit) {
        return;
      }
      this.#page = page;
      await page.open();
      if (visit !== this.#visit) {
        return;
      }
      this.#state = 'open';
      this.shortcuts.ofPage(page.keys());
    } catch (error) {
      if (visit !== this.#visit || error.name === 'AbortError') {
        return;
      }
      this.#state = 'failed';
      this.#error = error;
    }
    this.update();
    queueMicrotask(() => this.#arrive());
  }

  /** Readers of the screen hear where they are; the keyboard starts at the page, not at the navigation. */
  #arrive() {
    document.title = this.#heading() + ' · Drover';
    const main = this.#root.querySelector('main');
    if (main && !main.contains(document.activeElement)) {
      main.focus({preventScroll: true});
      scrollTo(0, 0);
    }
  }

  #leave() {
    this.#page?.leave();
    this.#page = null;
    this.shortcuts.ofPage([]);
  }

  #heading() {
    if (this.#state === 'missing') {
      return 'No such page';
    }
    return this.#page?.title ?? 'Loading';
  }

  #turnTheme() {
    toggleTheme();
    this.update();
  }

  #view() {
    return html`
      <a class="skip" href="#main">Skip to the page</a>
      <header class="bar">
        <button class="button quiet menu-button" aria-expanded=${this.#menuOpen} aria-controls="navigation"
            @click=${() => this.#toggleMenu()}>${icon('menu')}<span class="hidden">Menu</span></button>
        <a class="brand" href="/console"><img src="${FILES}/icon.svg" alt="" width="22" height="22">Drover</a>
        <button class="button palette-button" aria-label="Go to …" @click=${() => openPalette(this)}>
          ${icon('search')}<span>Go to …</span><kbd>Ctrl K</kbd></button>
        <span class="grow"></span>
        <button class="button quiet" aria-label="Show the keys" title="Keys (?)"
            @click=${() => showShortcuts(this.shortcuts)}>${icon('keyboard')}</button>
        <button class="button quiet" title="Theme (t)" @click=${() => this.#turnTheme()}
            aria-label="Turn to the ${theme() === 'dark' ? 'light' : 'dark'} theme">
          ${icon(theme() === 'dark' ? 'sun' : 'moon')}</button>
        <a class="button quiet" href="/console/account" aria-label="My account: ${session.user?.username}">
          ${icon('user')}<span class="wide">${session.user?.username}</span></a>
        <button class="button quiet" aria-label="Log out" title="Log out" @click=${() => session.logout()}>
          ${icon('leave')}</button>
      </header>
      <nav id="navigation" class=${this.#menuOpen ? 'navigation open' : 'navigation'} aria-label="Pages">
        ${navigation.map(group => this.#group(group))}
      </nav>
      <main id="main" tabindex="-1" aria-busy=${this.#state === 'loading'}>${this.#body()}</main>`;
  }

  #toggleMenu() {
    this.#menuOpen = !this.#menuOpen;
    this.update();
  }

  #group(group) {
    const role = session.user?.role;
    const links = group.links.filter(link => !link.roles || link.roles.includes(role));
    return links.length === 0 ? nothing : html`
      <h2>${group.name}</h2>
      <ul>${links.map(link => html`
        <li><a href=${link.path} aria-current=${isCurrent(link.path) ? 'page' : 'false'}>
          ${icon(link.icon)}${link.name}</a></li>`)}
      </ul>`;
  }

  #body() {
    switch (this.#state) {
      case 'open':
        return this.#page.view();
      case 'failed':
        return trouble(this.#error, () => this.#open(match(location.pathname)), this.#error instanceof ApiError);
      case 'missing':
        return html`<h1>No such page</h1><p>There is nothing at <code>${location.pathname}</code>.
          <a href="/console">Go to Home</a>, or press <kbd>Ctrl K</kbd> and type what you look for.</p>`;
      default:
        return loading('Loading …');
    }
  }
}

function isCurrent(path) {
  const here = location.pathname;
  return here === path || (path !== '/console' && here.startsWith(path + '/'));
}
