// Forms: fields with their labels, and what was typed as plain values.
import {html, nothing} from '../lit.js';

let count = 0;

/** A listener for submit: calls back with the values by name; fields of the type checkbox are true or false. */
export function submitted(callback) {
  return event => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    for (const box of event.target.querySelectorAll('input[type=checkbox][name]')) {
      values[box.name] = box.checked;
    }
    for (const many of event.target.querySelectorAll('select[multiple][name]')) {
      values[many.name] = [...many.selectedOptions].map(option => option.value);
    }
    return callback(values, event.target);
  };
}

/**
 * One field with its label, a hint and what was refused about it.
 *
 * @param {{label: string, name: string, type?: string, value?: string, hint?: any, error?: string, required?: boolean,
 *     rows?: number, options?: Array<string|{value: string, name: string}>}} field options make it a select, rows a
 *     textarea
 */
export function field({label, name, hint, error, type = 'text', ...rest}) {
  const id = `field-${name}-${++count % 10_000}`;
  if (type === 'checkbox') {
    return html`<label class="check"><input type="checkbox" name=${name} ?checked=${rest.value}
        @change=${rest.onChange ?? nothing}>
      <span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span></label>`;
  }
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${control({id, name, type, described: hint || error ? `${id}-hint` : nothing, error, ...rest})}
      ${hint || error ? html`<small id="${id}-hint" class=${error ? 'error' : ''}>${error ?? hint}</small>` : nothing}
    </div>`;
}

function control({id, name, type, described, error, value = '', required, ...more}) {
  const {rows, options, placeholder, onChange} = more;
  const invalid = error ? 'true' : nothing;
  if (options) {
    const all = options.map(each => (typeof each === 'string' ? {value: each, name: each} : each));
    const chosen = [].concat(value);
    return html`<select id=${id} name=${name} aria-describedby=${described} aria-invalid=${invalid}
        ?required=${required} ?multiple=${more.multiple} @change=${onChange ?? nothing}>${all.map(each => html`
          <option value=${each.value} ?selected=${chosen.includes(each.value)}>${each.name}</option>`)}</select>`;
  }
  if (rows) {
    return html`<textarea id=${id} name=${name} rows=${rows} aria-describedby=${described} aria-invalid=${invalid}
        ?required=${required} placeholder=${placeholder ?? nothing} ?autofocus=${more.autofocus} .value=${value}
        @input=${onChange ?? nothing}></textarea>`;
  }
  return html`<input id=${id} name=${name} type=${type} aria-describedby=${described} aria-invalid=${invalid}
      ?required=${required} placeholder=${placeholder ?? nothing} min=${more.min ?? nothing} max=${more.max ?? nothing}
      step=${more.step ?? nothing} pattern=${more.pattern ?? nothing} autocomplete=${more.autocomplete ?? 'off'}
      ?autofocus=${more.autofocus} .value=${value} @input=${onChange ?? nothing}>`;
}
