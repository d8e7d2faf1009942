// Dialogs about one memory: made, changed (which is a new version), looked back at, forgotten.
import {html, nothing} from '../lit.js';
import {openDialog} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {when} from '../ui/parts.js';
import {loading, trouble} from '../ui/states.js';
import {number} from '../ui/format.js';
import {formDialog} from '../make/form.js';
import {Misfit} from '../make/wire.js';
import {pool, words} from './pool.js';

const DAY = 86_400_000;
const LONGEST = 5_000;

/** @returns {Promise<object|undefined>} the memory as it is now */
export function askForMemory(memory, namespace) {
  const days = memory?.expires_at ? String(Math.round((memory.expires_at - Date.now()) / DAY * 100) / 100) : '';
  const state = {length: memory?.value.length ?? 0};
  return formDialog({
    title: memory ? `Change ${memory.key}` : 'New memory',
    action: memory ? 'Save' : 'Remember',
    fields: form => html`
      ${memory ? html`<p class="muted">In <code>${memory.namespace}</code>. Another value makes version ${memory.version + 1}; this one is kept.</p>`
        : html`<div class="pair">
          ${field({label: 'Key', name: 'key', value: '', autofocus: true, error: form.problem('key'), placeholder: 'favourite_tea',
            hint: 'Short, and unique in its namespace.'})}
          ${field({label: 'Namespace', name: 'namespace', value: namespace || 'default', error: form.problem('namespace')})}</div>`}
      ${field({label: 'Value', name: 'value', rows: 6, value: memory?.value ?? '', error: form.problem('value'),
        hint: `${number(state.length)} of ${number(LONGEST)} characters.`, onChange: event => {
          state.length = event.target.value.length;
          form.update();
        }})}
      ${field({label: 'Tags', name: 'tags', value: (memory?.tags ?? []).join(', '), error: form.problem('tags'),
        hint: 'Up to 20, with commas.'})}
      <div class="pair">
        ${field({label: 'Importance', name: 'importance', type: 'number', min: 1, max: 10, value: String(memory?.importance ?? 5),
          error: form.problem('importance'), hint: '1 to 10; weightier ones are found first.'})}
        ${field({label: 'Goes after', name: 'expires_in_days', type: 'number', min: 0, step: 'any', value: days,
          error: form.problem('expires_in_days'), hint: 'Days; empty for never.'})}</div>`,
    deed: values => pool.put(wired(values, memory, days)),
  });
}

function wired(values, memory, days) {
  if (!memory && !values.key.trim()) {
    throw new Misfit('key', 'Fill this in');
  }
  if (!values.value.trim()) {
    throw new Misfit('value', 'Fill this in: it is what to remember');
  }
  if (days && values.expires_in_days === '' && values.value === memory.value) {
    throw new Misfit('expires_in_days', 'Is taken away only together with another value; a far day does nearly the same');
  }
  return {
    key: memory?.key ?? values.key.trim(),
    namespace: memory?.namespace ?? values.namespace.trim(),
    value: values.value,
    tags: words(values.tags),
    ...(values.importance === '' ? {} : {importance: Number(values.importance)}),
    ...expiry(values, memory, days),
  };
}

/** A day that nobody changed stays to the second. */
function expiry({expires_in_days: given}, memory, days) {
  if (given === '') {
    return {};
  }
  return {expires_in_days: given === days ? Math.max(1 / DAY, (memory.expires_at - Date.now()) / DAY) : Number(given)};
}

/** @returns {Promise<boolean>} whether it was forgotten */
export async function askToForget(memory) {
  const done = await formDialog({
    title: `Delete ${memory.key}?`,
    action: 'Delete',
    fields: () => html`<p>Agents no longer know it, at once.</p>
      ${field({label: 'For good', name: 'hard', type: 'checkbox',
        hint: 'With all its versions, right now. Otherwise it is out of sight, and gone after 30 days.'})}`,
    deed: async ({hard}) => {
      await pool.delete(memory, hard);
      return true;
    },
  });
  return done === true;
}

/** What it said before. An old value can be said again, which is a new version, too. */
export function showVersions(memory, onChange) {
  const state = {versions: null, error: null};
  const dialog = openDialog({title: `Versions of ${memory.key}`, className: 'large', view: () => versions(memory, state, async past => {
    try {
      await pool.put({key: memory.key, namespace: memory.namespace, value: past.value, tags: past.tags, importance: past.importance,
        ...(memory.expires_at ? {expires_in_days: (memory.expires_at - Date.now()) / DAY} : {})});
      dialog.close();
      onChange();
    } catch (error) {
      state.error = error;
      dialog.update();
    }
  })});
  pool.versions(memory).then(found => {
    state.versions = found;
  }, error => {
    state.error = error;
  }).then(() => dialog.update());
}

function versions(memory, state, restore) {
  if (state.error) {
    return trouble(state.error);
  }
  return html`
    <article class="stack tight"><h3>Version ${memory.version}, as it is now</h3><div class="text">${memory.value}</div></article>
    ${state.versions === null ? loading('Looking back …') : nothing}
    ${state.versions?.length === 0 ? html`<p class="muted">It never said anything else.</p>` : nothing}
    ${(state.versions ?? []).map(past => html`<article class="stack tight"><hr>
      <header class="row wrap"><h3>Version ${past.version}</h3><span class="muted small">until ${when(past.replaced_at)}</span>
        <span class="grow"></span><button class="button small"
            @click=${() => restore(past)}>Say this again</button></header>
      <div class="text">${past.value}</div></article>`)}`;
}
