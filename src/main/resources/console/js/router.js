// Finds the page of a path, and keeps the address bar and the page together.
import {routes} from './routes.js';

const compiled = routes.map(route => ({...route, words: route.path.split('/').slice(1)}));
let listener = () => {};

/** The route of a path with the values of its parameters; null when there is none. */
export function match(path) {
  const words = path.replace(/\/+$/, '').split('/').slice(1);
  for (const route of compiled) {
    const params = fitting(route.words, words);
    if (params) {
      return {route, params};
    }
  }
  return null;
}

function fitting(template, words) {
  if (template.length !== words.length) {
    return null;
  }
  const params = {};
  for (let i = 0; i < template.length; i++) {
    if (template[i].startsWith(':')) {
      try {
        params[template[i].slice(1)] = decodeURIComponent(words[i]);
      } catch (broken) {
        return null;
      }
    } else if (template[i] !== words[i]) {
      return null;
    }
  }
  return params;
}

/** Opens one of our pages; a path of ours with or without a query. */
export function navigate(path, {replace = false} = {}) {
  if (path !== location.pathname + location.search) {
    history[replace ? 'replaceState' : 'pushState'](null, '', path);
  }
  listener();
}

/** Puts what a page filters by into the address, so that it can be kept and shared; empty values are taken out. */
export function putQuery(changes) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text ? '?' + text : ''));
}

/** Calls back whenever another path is to be shown: by a link of ours, by the browser's buttons, by navigate(). */
export function onNavigation(callback) {
  listener = callback;
  addEventListener('popstate', () => listener());
  document.addEventListener('click', event => {
    const link = event.composedPath().find(node => node instanceof HTMLAnchorElement);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && !event.defaultPrevented && isOurs(link)) {
      event.preventDefault();
      navigate(link.pathname + link.search);
    }
  });
}

function isOurs(link) {
  const inside = link.pathname === '/console' || link.pathname.startsWith('/console/');
  return link.origin === location.origin && inside && !link.target && !link.hasAttribute('download');
}
