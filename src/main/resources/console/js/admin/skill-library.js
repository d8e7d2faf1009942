// Where skills come from, and fetching them.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {field, submitted} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {facts, when} from '../ui/parts.js';
import {plural} from '../ui/format.js';
import {toast} from '../ui/toast.js';

const URL_KEY = 'skills_library_url';
const BRANCH_KEY = 'skills_library_branch';

export class SkillLibrary {
  #status = null;
  #skills = [];
  #busy = false;

  /** @param {import('../pages/settings.js').default} page */
  constructor(page) {
    this.page = page;
  }

  async load() {
    const options = {signal: this.page.signal};
    [this.#status, this.#skills] = await Promise.all([
      api.get('/api/skills/library/status', options), api.get('/api/skills/library', options)]);
    this.page.update();
  }

  view() {
    const status = this.#status;
    return html`<section class="card" aria-labelledby="library">
      <h2 id="library">Skills library</h2>
      <form class="row wrap add" @submit=${submitted(values => this.#save(values))}>
        ${field({label: 'Repository', name: 'url', value: this.#value(URL_KEY), placeholder: 'github.com/acme/skills'})}
        ${field({label: 'Branch', name: 'branch', value: this.#value(BRANCH_KEY), placeholder: 'main'})}
        <button class="button">Save</button>
      </form>
      ${facts([
        ['Fetched', status.cloned ? when(status.last_sync) : 'never'],
        ['Commit', status.commit_sha ? html`<code>${status.commit_sha.slice(0, 12)}</code>` : 'none'],
        ['Skills', plural(status.skill_count, 'skill')],
      ])}
      <div class="row wrap">
        <button class="button primary" ?disabled=${this.#busy || !status.configured} aria-busy=${this.#busy}
          @click=${() => this.#sync()}>${icon('refresh')}Sync now</button>
        ${status.configured ? nothing : html`<span class="muted">Set a repository first; until then skills come from
          the server's own folder.</span>`}</div>
      ${this.#skills.length ? this.#list() : nothing}
    </section>`;
  }

  #list() {
    return html`<details><summary>The skills</summary><ul class="list">${this.#skills.map(skill => html`
      <li><strong>${skill.name}</strong> <span class="muted">${skill.description}</span></li>`)}</ul></details>`;
  }

  #value(key) {
    const setting = this.page.settings.settings.find(each => each.key === key);
    return setting?.changed_at ? setting.value : '';
  }

  async #save({url, branch}) {
    await this.page.act(async () => {
      await this.#put(URL_KEY, url);
      await this.#put(BRANCH_KEY, branch);
      await Promise.all([this.page.load(), this.load()]);
    }, 'The library comes from there at the next sync.');
  }

  /** An empty field puts the setting back. */
  async #put(key, value) {
    if (value !== this.#value(key)) {
      await (value ? api.put(`/api/settings/${key}`, {value}) : api.delete(`/api/settings/${key}`));
    }
  }

  async #sync() {
    this.#busy = true;
    this.page.update();
    const done = await this.page.act(async () => {
      const answer = await api.post('/api/skills/library/sync');
      await this.load();
      return answer;
    });
    this.#busy = false;
    this.page.update();
    if (done) {
      toast(`${done.message}: ${plural(done.skills_count, 'skill')}.`, 'good');
    }
  }
}
