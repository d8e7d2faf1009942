// What an agent was like before each change of its configuration, and the way back.
import {html, nothing, repeat} from '../lit.js';
import {api, path} from '../api.js';
import {confirm} from '../ui/dialog.js';
import {when} from '../ui/parts.js';
import {empty} from '../ui/states.js';
import {icon} from '../ui/icons.js';
import {HIDDEN, agentLink, json, keyWords, spoken} from './words.js';

export class AgentRevisions {
  loaded = null;

  constructor(page, tab) {
    this.page = page;
    this.tab = tab;
  }

  async load() {
    this.loaded = (await api.get(this.tab.at + '/config-revisions')).revisions;
  }

  view() {
    return html`<section class="stack" aria-labelledby="revisions-title"><h3 id="revisions-title">Changes of the
        configuration</h3>
      ${this.loaded.length === 0 ? empty('Nothing was changed yet',
          'Every change of the configuration is kept here, with a way back to it.')
        : html`<ol class="list revisions" aria-label="Revisions, newest first">${repeat(this.loaded, each => each.id,
            each => this.#entry(each))}</ol>`}
    </section>`;
  }

  #entry(revision) {
    const isFixed = ['pending_approval', 'terminated'].includes(this.tab.agent.status);
    return html`<li><details ?open=${revision === this.loaded[0]}>
      <summary><strong>${revision.changedKeys.map(keyWords).join(', ')}</strong>
        <span class="muted small">${when(revision.createdAt)} · ${author(this.tab.room, revision)} ·
            ${spoken(revision.source)}</span></summary>
      ${revision.changedKeys.map(key => difference(key, revision.beforeConfig?.[key], revision.afterConfig?.[key]))}
      ${isFixed ? nothing : html`<button class="button small" @click=${() => this.#rollBack(revision)}>
        ${icon('refresh')}Go back to how it was after this change</button>`}
    </details></li>`;
  }

  async #rollBack(revision) {
    const isHidden = json(revision.afterConfig).includes(HIDDEN);
    const agreed = await confirm({title: 'Go back to this configuration?', action: 'Go back',
      text: isHidden
        ? 'It held a secret, which revisions do not keep: the server will refuse. Edit the configuration instead.'
        : 'The agent becomes what it was after this change. This is a change too, and can be gone back from.'});
    if (agreed) {
      await this.page.act(async () => {
        await api.post(this.tab.at + path`/config-revisions/${revision.id}/rollback`);
        await Promise.all([this.load(), this.tab.refresh()]);
      }, 'The configuration is rolled back.');
    }
  }
}

function author(room, revision) {
  return revision.createdByAgentId ? agentLink(room, revision.createdByAgentId) : 'an operator';
}

function difference(key, before, after) {
  return html`<div class="difference"><h4>${keyWords(key)}</h4>
    <pre class="document" tabindex="0">${lines(before, after).map(([sign, text]) => html`<span class="line ${
      sign === '+' ? 'added' : sign === '-' ? 'removed' : ''}">${sign} ${text}
</span>`)}</pre></div>`;
}

/** The difference by lines: [' ' | '-' | '+', line]. */
function lines(before, after) {
  const [old, now] = [before, after].map(written);
  const common = commonLengths(old, now);
  const told = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    if (at < old.length && to < now.length && old[at] === now[to]) {
      told.push([' ', old[at++]]);
      to++;
    } else if (to >= now.length || (at < old.length && common[at + 1][to] >= common[at][to + 1])) {
      told.push(['-', old[at++]]);
    } else {
      told.push(['+', now[to++]]);
    }
  }
  return told;
}

/** How long the longest common row of lines is from each pair of lines on. */
function commonLengths(old, now) {
  const lengths = Array.from({length: old.length + 1}, () => new Uint32Array(now.length + 1));
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = now.length - 1; to >= 0; to--) {
      lengths[at][to] = old[at] === now[to] ? lengths[at + 1][to + 1] + 1
          : Math.max(lengths[at + 1][to], lengths[at][to + 1]);
    }
  }
  return lengths;
}

function written(value) {
  if (value === null || value === undefined || value === '') {
    return [];
  }
  return (typeof value === 'string' ? value : json(sorted(value))).split('\n');
}

/** The order of keys says nothing, so it makes no difference. */
function sorted(value) {
  return value === null || typeof value !== 'object' || Array.isArray(value) ? value
    : Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}
