// Fields of a data structure, one a line: what goes into a scenario, what comes out, and how an answer is shaped.
import {html, nothing, repeat} from '../lit.js';
import {icon} from '../ui/icons.js';
import {Misfit} from './wire.js';

const TYPES = ['text', 'email', 'url', 'date', 'time', 'timestamp', 'uuid', 'color', 'filename', 'path', 'number', 'integer',
  'uinteger', 'port', 'boolean', 'checkbox', 'array', 'collection', 'json', 'any'];

export class Structure {
  #rows;
  #next = 0;

  /**
   * @param {{title: string, field: string, hint: string, required?: boolean}} about field is its name on the wire
   * @param {Array<object>|null} fields
   */
  constructor(about, fields) {
    this.about = about;
    this.#rows = (fields ?? []).map(field => this.#row(field));
  }

  #row({name = '', type = 'text', help = '', label, required = false, spec}) {
    const inside = spec === undefined ? '' : JSON.stringify(spec, null, 2);
    return {id: ++this.#next, name, type, help, label, required, inside};
  }

  get names() {
    return this.#rows.map(row => row.name).filter(Boolean);
  }

  /** As the API has it; null for none. */
  wire() {
    return this.#rows.length ? this.#rows.map((row, at) => this.#wired(row, at)) : null;
  }

  #wired({name, type, help, label, required, inside}, at) {
    const field = {name: name.trim(), type, required};
    if (help.trim()) {
      field.help = help.trim();
    }
    if (label) {
      field.label = label;
    }
    if (nests(type) && inside.trim()) {
      try {
        field.spec = JSON.parse(inside);
      } catch (broken) {
        throw new Misfit(`${this.about.field}[${at}].spec`, `Must be JSON, but: ${broken.message}`);
      }
    }
    return field;
  }

  view(form) {
    return html`<fieldset class="structure"><legend>${this.about.title}</legend>
      <p class="muted small">${this.about.hint}</p>
      ${this.#rows.length ? html`<ul class="list">${repeat(this.#rows, row => row.id, (row, at) => this.#line(row, at, form))}</ul>` : nothing}
      <div><button type="button" class="button small" aria-label="Add a field to ${this.about.title.toLowerCase()}"
          @click=${() => {
        this.#rows.push(this.#row({}));
        form.update();
      }}>${icon('plus')}Add a field</button></div></fieldset>`;
  }

  #line(row, at, form) {
    const label = `${this.about.title}, field ${at + 1}: `;
    const error = form.problem(`${this.about.field}[${at}]`) ?? (at === 0 ? form.problem(this.about.field) : undefined);
    const put = member => event => {
      row[member] = event.target.type === 'checkbox' ? event.target.checked : event.target.value;
      form.update();
    };
    return html`<li class="stack tight">
      <div class="field-line">
        <input aria-label="${label}name" placeholder="name" aria-invalid=${error ? 'true' : nothing}
            .value=${row.name} @input=${put('name')}>
        <select aria-label="${label}type" @change=${put('type')}>${TYPES.map(type => html`
          <option value=${type} ?selected=${type === row.type}>${type}</option>`)}</select>
        <input aria-label="${label}what it is" placeholder="what it is, for the model" .value=${row.help}
            @input=${put('help')}>
        <label class="check"><input type="checkbox" ?checked=${row.required}
            @change=${put('required')}><span>required</span></label>
        <button type="button" class="button quiet" aria-label="${label}take away" title="Take away" @click=${() => {
          this.#rows = this.#rows.filter(each => each !== row);
          form.update();
        }}>${icon('trash')}</button>
      </div>
      ${nests(row.type) ? html`<textarea class="mono" rows="3" aria-label="${label}what is inside, as JSON"
        placeholder=${row.type === 'array' ? '{"type": "text"}' : '[{"name": "city", "type": "text"}]'} .value=${row.inside}
        @input=${put('inside')}></textarea>` : nothing}
      ${error ? html`<p class="error">${error}</p>` : nothing}</li>`;
  }
}

function nests(type) {
  return type === 'array' || type === 'collection';
}
