// Dialogs: modal, with the focus kept inside and given back; questions are asked with them.
import {html, nothing, render} from '../lit.js';
import {icon} from './icons.js';
import {submitted} from './form.js';

let count = 0;

/**
 * Opens a dialog over the page.
 *
 * @param {object} options
 * @param {string} options.title
 * @param {(dialog: {update: () => void, close: () => void}) => any} options.view its inside, drawn anew at update()
 * @param {() => void} [options.onClose]
 * @returns {{update: () => void, close: () => void}}
 */
export function openDialog({title, view, className = '', onClose = () => {}}) {
  const element = document.createElement('dialog');
  const before = document.activeElement;
  const id = `dialog-${++count}`;
  element.className = className;
  element.setAttribute('aria-labelledby', id);
  const handle = {
    update: () => render(html`
      <header class="dialog-head"><h2 id=${id}>${title}</h2>
        <button class="button quiet" aria-label="Close" @click=${() => handle.close()}>${icon('bad')}</button></header>
      <div class="dialog-body">${view(handle)}</div>`, element),
    close: () => element.close(),
  };
  element.addEventListener('close', () => {
    element.remove();
    before?.focus?.();
    onClose();
  });
  document.body.append(element);
  handle.update();
  element.showModal();
  element.querySelector('[autofocus]')?.focus();
  return handle;
}

/**
 * Asks before something is done that cannot be undone.
 *
 * @param {{title: string, text: any, action: string, danger?: boolean, typed?: string}} question with `typed`, that
 *     very word must be typed first
 * @returns {Promise<boolean>}
 */
export function confirm({title, text, action, danger = false, typed}) {
  return new Promise(resolve => {
    let agreed = false;
    let fits = !typed;
    const dialog = openDialog({
      title,
      onClose: () => resolve(agreed),
      view: () => html`
        <form class="stack" @submit=${submitted(() => {
          agreed = true;
          dialog.close();
        })}>
          <p>${text}</p>
          ${typed ? html`<label class="field"><span>Type <code>${typed}</code> to confirm</span>
            <input name="typed" autocomplete="off" autofocus @input=${event => {
              fits = event.target.value === typed;
              dialog.update();
            }}></label>` : nothing}
          <div class="row end">
            <button type="button" class="button" @click=${() => dialog.close()}>Cancel</button>
            <button class="button ${danger ? 'danger' : 'primary'}" ?disabled=${!fits} ?autofocus=${!typed}>
              ${action}</button>
          </div>
        </form>`,
    });
  });
}

/**
 * A form in a dialog. It closes when the deed is done, and shows what the server refused when not.
 *
 * @param {{title: string, fields: (state: object) => any, action: string,
 *     deed: (values: object) => Promise<any>}} form
 * @returns {Promise<any>} what the deed answered; undefined when it was cancelled
 */
export function ask({title, fields, action, deed, className}) {
  return new Promise(resolve => {
    const state = {error: null, busy: false, answer: undefined};
    const dialog = openDialog({
      title,
      className,
      onClose: () => resolve(state.answer),
      view: () => html`
        <form class="stack" @submit=${submitted(async values => {
          state.busy = true;
          dialog.update();
          try {
            state.answer = (await deed(values)) ?? null;
            dialog.close();
          } catch (error) {
            Object.assign(state, {error, busy: false});
            dialog.update();
          }
        })}>
          ${fields(state)}
          ${state.error ? html`<p class="error" role="alert">${state.error.message}</p>` : nothing}
          <div class="row end">
            <button type="button" class="button" @click=${() => dialog.close()}>Cancel</button>
            <button class="button primary" ?disabled=${state.busy} aria-busy=${state.busy}>${action}</button>
          </div>
        </form>`,
    });
  });
}

/** Shows a secret that is never shown again, with a way to take it along. */
export function showOnce({title, text, secret}) {
  openDialog({title, view: () => html`<p>${text}</p><p class="secret"><code>${secret}</code></p>
    <div class="row end"><button class="button primary" autofocus @click=${async event => {
      const button = event.currentTarget;
      await navigator.clipboard.writeText(secret);
      button.querySelector('span').textContent = 'Copied';
    }}>${icon('copy')}<span>Copy</span></button></div>`});
}
