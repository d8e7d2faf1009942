// Dialogs about all memories: taken out, brought in, cleared of what says the same twice, drawn together.
import {html, nothing} from '../lit.js';
import {confirm, openDialog} from '../ui/dialog.js';
import {field} from '../ui/form.js';
import {toast} from '../ui/toast.js';
import {number, plural} from '../ui/format.js';
import {demand} from '../make/agent-form.js';
import {formDialog} from '../make/form.js';
import {Misfit} from '../make/wire.js';
import {pool, words} from './pool.js';

const AT_ONCE = 1_000;
const EVERYWHERE = {value: '', name: 'All namespaces'};

function choices(namespaces) {
  return namespaces.map(each => ({value: each.namespace, name: `${each.namespace} (${each.memories})`}));
}

export function askToExport(namespaces, namespace) {
  return formDialog({
    title: 'Export memories',
    action: 'Export',
    fields: () => html`
      ${field({label: 'Namespace', name: 'namespace', value: namespace, options: [EVERYWHERE, ...choices(namespaces)]})}
      ${field({label: 'Format', name: 'format', value: 'json', options: [{value: 'json', name: 'JSON, in one piece'},
        {value: 'ndjson', name: 'NDJSON, a memory a line'}]})}`,
    deed: values => pool.export(values.format, values.namespace),
  });
}

/** @returns {Promise<object|undefined>} what became of the file's items */
export function askToImport() {
  const state = {done: 0, all: 0};
  return formDialog({
    title: 'Import memories',
    action: 'Import',
    fields: form => html`
      ${field({label: 'File', name: 'file', type: 'file', error: form.problem('file', 'memories'),
        hint: 'What an export gave, as JSON or NDJSON.'})}
      ${field({label: 'A key that exists', name: 'conflict', value: 'version', options: [
        {value: 'version', name: 'gets a new version'}, {value: 'skip', name: 'stays as it is'}]})}
      ${form.busy && state.all ? html`<div role="status"><progress max=${state.all} .value=${state.done} aria-label="Importing"></progress>
        <small class="muted">${number(state.done)} of ${number(state.all)}</small></div>` : nothing}`,
    deed: async ({file, conflict}) => {
      const items = await read(file);
      state.all = items.length;
      const report = {imported: 0, skipped: 0, failed: []};
      for (state.done = 0; state.done < items.length; state.done += AT_ONCE) {
        const told = await pool.import(items.slice(state.done, state.done + AT_ONCE), conflict);
        report.imported += told.imported;
        report.skipped += told.skipped;
        report.failed.push(...told.failed.map(each => (
          {...each, index: each.index + state.done, key: items[each.index + state.done]?.key})));
      }
      return report;
    },
  });
}

async function read(file) {
  if (!file?.size) {
    throw new Misfit('file', 'Choose a file that holds memories');
  }
  const text = (await file.text()).trim();
  try {
    const whole = parsed(text);
    const items = Array.isArray(whole) ? whole : whole.memories;
    if (Array.isArray(items) && items.length) {
      return items;
    }
  } catch (broken) {
    throw new Misfit('file', `Is neither JSON nor NDJSON: ${broken.message}`);
  }
  throw new Misfit('file', 'Holds no memories: {"memories": [{"key": …, "value": …}]} is what is looked for');
}

function parsed(text) {
  try {
    const whole = JSON.parse(text);
    // One line of NDJSON is JSON, too.
    return whole !== null && typeof whole === 'object' && 'key' in whole ? [whole] : whole;
  } catch (notOne) {
    return text.split('\n').filter(line => line.trim()).map(line => JSON.parse(line));
  }
}

/** What an import came to, item by item where one failed. */
export function showReport({imported, skipped, failed}) {
  openDialog({title: 'Imported', view: () => html`
    <p>${plural(imported, 'memory', 'memories')} came in, ${number(skipped)} ${skipped === 1 ? 'was' : 'were'} there already,
      ${number(failed.length)} failed.</p>
    ${failed.length ? html`<ul class="list">${failed.slice(0, 200).map(each => html`<li>Item ${each.index + 1}${
      each.key === undefined ? nothing : html` (<code>${String(each.key).slice(0, 200)}</code>)`}: ${REASONS[each.code] ?? each.code}</li>`)}</ul>` : nothing}`});
}

const REASONS = {
  invalid_key: 'its key is missing or too long',
  invalid_value: 'its value is no text, or longer than 5,000 characters',
  invalid_body: 'a tag, its importance, its expiry or its namespace does not fit',
  memory_quota_exceeded: 'the plan has no room for more',
};

/** @returns {Promise<boolean>} whether something was removed */
export async function askToDedupe(namespace) {
  const trial = await pool.dedupe(namespace, true);
  if (trial.removed === 0) {
    toast(`${plural(trial.scanned, 'memory', 'memories')} looked at: none says what another says.`, 'info');
    return false;
  }
  const agreed = await confirm({title: 'Remove what is said twice?', action: `Remove ${number(trial.removed)}`, danger: true,
    text: `Of ${plural(trial.scanned, 'memory', 'memories')}, ${number(trial.removed)} say nearly the same as a newer one in the same
      namespace (${plural(trial.merged, 'group')}). They are out of sight at once and gone after 30 days.`});
  if (!agreed) {
    return false;
  }
  const done = await pool.dedupe(namespace, false);
  toast(`${plural(done.removed, 'memory', 'memories')} removed.`, 'good');
  return true;
}

/** @returns {Promise<object|undefined>} */
export function askToConsolidate(namespaces, namespace) {
  return formDialog({
    title: 'Make one memory of many',
    action: 'Consolidate',
    fields: form => html`
      <p>The default model writes one summary; what went into it is out of sight at once and gone after 30 days.</p>
      ${field({label: 'Namespace', name: 'namespace', value: namespace || 'default', options: choices(namespaces),
        error: form.problem('namespace')})}
      ${field({label: 'Only with the tags', name: 'tags', value: '', error: form.problem('tags'), hint: 'With commas; empty for all.'})}
      ${field({label: 'Key of the summary', name: 'key', value: 'summary', error: form.problem('key')})}
      ${form.busy ? html`<p role="status" class="muted">The model is writing …</p>` : nothing}`,
    deed: async values => {
      demand(values, 'namespace', 'key');
      const tags = words(values.tags);
      const done = await pool.consolidate({namespace: values.namespace, key: values.key.trim(), ...(tags.length ? {tags} : {})});
      if (!done.memory) {
        throw new Misfit('namespace', 'Holds fewer than two memories that fit: there is nothing to draw together');
      }
      return done;
    },
  });
}
