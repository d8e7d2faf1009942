// Who did what to which: filters in the address, pages by cursor, an export.
import {html, nothing} from '../lit.js';
import {api, withQuery} from '../api.js';
import {Page} from '../page.js';
import {navigate} from '../router.js';
import {twoLines} from '../admin/bits.js';
import {Listing} from '../admin/listing.js';
import {isOne, onlyFor} from '../admin/only.js';
import {field, submitted} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {moment} from '../ui/format.js';
import {heading, table, when} from '../ui/parts.js';
import {empty} from '../ui/states.js';

const HERE = '/console/audit';
const FILTERS = ['actor', 'action', 'target', 'since', 'until'];

export default class AuditPage extends Page {
  static styles = ['admin'];

  get title() {
    return 'Audit';
  }

  async open() {
    if (isOne('admin')) {
      this.filter = Object.fromEntries(FILTERS.map(name => [name, this.query.get(name) ?? '']));
      this.list = new Listing(this, '/api/v1/audit', this.#asked());
      await this.list.load();
    }
  }

  view() {
    if (!this.list) {
      return onlyFor('Audit', 'administrators', 'It tells who did what on the whole server.');
    }
    const {rows} = this.list;
    return html`
      ${heading('Audit', {actions: html`
        <button class="button" @click=${() => this.#export()}>${icon('download')}Export</button>`})}
      ${this.#form()}
      ${rows.length ? this.#table(rows) : empty('Nothing fits', 'Nobody did what you look for, or not then.',
        html`<a class="button" href=${HERE}>Show everything</a>`)}
      ${this.list.more('Older entries')}`;
  }

  #form() {
    const {actor, action, target, since, until} = this.filter;
    return html`<form class="card filters" @submit=${submitted(values => navigate(withQuery(HERE, values)))}>
      ${field({label: 'Who', name: 'actor', value: actor, placeholder: 'user:admin'})}
      ${field({label: 'Did what', name: 'action', value: action, placeholder: 'key or key.create'})}
      ${field({label: 'To which', name: 'target', value: target, placeholder: 'an id or a name'})}
      ${field({label: 'Since', name: 'since', type: 'datetime-local', value: since})}
      ${field({label: 'Until', name: 'until', type: 'datetime-local', value: until})}
      <div class="row wrap"><button class="button primary">${icon('search')}Find</button>
        ${FILTERS.some(name => this.filter[name])
          ? html`<a class="button" href=${HERE}>Show everything</a>` : nothing}</div>
    </form>`;
  }

  #table(rows) {
    return table([
      {name: 'When', className: 'whole', cell: entry => twoLines(when(entry.at), moment(entry.at))},
      {name: 'Who', cell: entry => this.#actor(entry.actor)},
      {name: 'Did what', className: 'whole', cell: entry => this.#by('action', entry.action, entry.action)},
      {name: 'To which', cell: entry => this.#by('target', entry.target, entry.target)},
      {name: 'Detail', cell: entry => entry.detail},
    ], rows, entry => entry.audit_id, {caption: 'Audit'});
  }

  /** A user, and the key that was used on a line of its own. */
  #actor(actor) {
    const [who, ...key] = actor.split(' ');
    return html`<div>${this.#by('actor', who, who)}
      ${key.map(each => html`<br><small>${this.#by('actor', each, each)}</small>`)}</div>`;
  }

  #by(name, value, text) {
    const only = withQuery(HERE, {...this.filter, [name]: value});
    return value ? html`<a class="quiet-link" href=${only} title="Only these">${text}</a>` : nothing;
  }

  /** The address keeps times as people typed them, by their own clock; the server is asked in UTC. */
  #asked() {
    const {since, until, ...words} = this.filter;
    return {...words, since: instant(since), until: instant(until)};
  }

  #export() {
    return this.act(() => api.download(withQuery('/api/v1/audit/export', this.#asked()), 'audit.jsonl'));
  }
}

function instant(local) {
  const date = local ? new Date(local) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : '';
}
