// A form whose fields tell by themselves what was refused about them: in a dialog, or on a page.
import {html, nothing} from '../lit.js';
import {openDialog} from '../ui/dialog.js';
import {submitted} from '../ui/form.js';
import {problems, told} from './wire.js';

export class Form {
  #problems = {};

  /** @param {() => void} update draws what the form stands in */
  constructor(update) {
    this.update = update;
    this.error = null;
    this.busy = false;
  }

  /** What was refused about a field of one of these names, or undefined. */
  problem(...names) {
    const isOf = (each, name) => each === name || each.startsWith(name + '.') || each.startsWith(name + '[');
    const found = Object.keys(this.#problems).find(each => names.some(name => isOf(each, name)));
    return found === undefined ? undefined : this.#problems[found];
  }

  /** A listener for submit. */
  sends(deed) {
    return submitted(async (values, form) => {
      if (this.busy) {
        return undefined;
      }
      Object.assign(this, {busy: true, error: null});
      this.#problems = {};
      this.update();
      try {
        return await deed(values);
      } catch (error) {
        this.error = error.name === 'AbortError' ? null : error;
        this.#problems = problems(error);
        return undefined;
      } finally {
        this.busy = false;
        this.update();
        queueMicrotask(() => form.querySelector('[aria-invalid="true"]')?.focus());
      }
    });
  }

  /** What was refused, in words. */
  trouble() {
    return this.error ? html`<p class="error" role="alert">${told(this.error)}</p>` : nothing;
  }

  button(text) {
    return html`<button class="button primary" ?disabled=${this.busy} aria-busy=${this.busy}>${text}</button>`;
  }
}

/**
 * A form in a dialog, which closes when the deed is done.
 *
 * @param {object} options
 * @param {(form: Form) => any} options.fields
 * @param {(values: object) => Promise<any>} options.deed
 * @param {(form: Form) => void} [options.onOpen]
 * @returns {Promise<any>} what the deed answered; undefined when it was cancelled
 */
export function formDialog({title, fields, action, deed, className, onOpen = () => {}}) {
  return new Promise(resolve => {
    let answer;
    let dialog = null;
    const form = new Form(() => dialog?.update());
    dialog = openDialog({
      title,
      className,
      onClose: () => resolve(answer),
      view: handle => html`
        <form class="stack" novalidate @submit=${form.sends(async values => {
          answer = (await deed(values)) ?? null;
          handle.close();
        })}>
          ${fields(form)}
          ${form.trouble()}
          <div class="row end">
            <button type="button" class="button" @click=${() => handle.close()}>Cancel</button>
            ${form.button(action)}
          </div>
        </form>`,
    });
    onOpen(form);
  });
}
