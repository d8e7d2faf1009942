// Which scenarios and servers of tools an agent may call, and whether somebody must approve that.
import {html, nothing} from '../lit.js';

const GONE = 'Take it away: runs are refused as long as it stands here.';

export class Tools {
  #scenarios = new Map();
  #servers = new Map();
  #isTouched = false;

  /**
   * @param {{scenarios: Array<object>, servers: Array<object>}} offered
   * @param {{scenarios: Array<object>, mcpConfigs: Array<object>}} [held] what the agent has by now
   */
  constructor(offered, held = {scenarios: [], mcpConfigs: []}) {
    this.offered = offered;
    held.scenarios.forEach(each => this.#scenarios.set(each.makeScenarioId, each.approvalMode));
    held.mcpConfigs.forEach(each => this.#servers.set(each.mcpConnectionId, each.toolIds ?? []));
  }

  /** As a body of the API has it. Servers that nobody touched are left as they are: "all tools" stays all of them. */
  wire() {
    return {
      scenarios: [...this.#scenarios].map(([makeScenarioId, approvalMode]) => ({makeScenarioId, approvalMode})),
      ...(this.#isTouched
        ? {mcpConfigs: [...this.#servers].map(([mcpConnectionId, toolIds]) => ({mcpConnectionId, toolIds}))}
        : {}),
    };
  }

  #serve(id, tools) {
    this.#isTouched = true;
    if (tools) {
      this.#servers.set(id, tools);
    } else {
      this.#servers.delete(id);
    }
  }

  view(form) {
    const {scenarios, servers} = this.offered;
    const error = form.problem('scenarios', 'mcpConfigs');
    const gone = [...this.#scenarios.keys()].filter(id => !scenarios.some(each => each.id === id));
    if (scenarios.length + servers.length + gone.length === 0) {
      return html`<p class="muted">There are no tools yet. <a href="/console/scenarios">Make a scenario</a>, or
        <a href="/console/connections">connect an MCP server</a>; agents can be given them later.</p>`;
    }
    return html`
      ${error ? html`<p class="error">${error}</p>` : nothing}
      <ul class="list picks">
        ${scenarios.map(each => this.#scenario(each, form.update))}
        ${gone.map(id => this.#scenario(deleted(id), form.update))}
        ${servers.map(each => this.#server(each, form.update))}
      </ul>`;
  }

  #scenario({id, name, description}, update) {
    const mode = this.#scenarios.get(id);
    return html`<li>
      <label class="check"><input type="checkbox" ?checked=${mode !== undefined} @change=${event => {
        event.target.checked ? this.#scenarios.set(id, 'auto-run') : this.#scenarios.delete(id);
        update();
      }}><span>${name}<small>${description}</small></span></label>
      ${mode === undefined ? nothing : html`<select aria-label="When ${name} runs"
          @change=${event => this.#scenarios.set(id, event.target.value)}>
        <option value="auto-run" ?selected=${mode === 'auto-run'}>Runs by itself</option>
        <option value="approval-required" ?selected=${mode === 'approval-required'}>A person must approve</option>
      </select>`}
    </li>`;
  }

  #server({id, name}, update) {
    const tools = this.#servers.get(id);
    return html`<li>
      <label class="check"><input type="checkbox" ?checked=${tools !== undefined} @change=${event => {
        this.#serve(id, event.target.checked ? [] : null);
        update();
      }}><span>${name}<small>An MCP server.</small></span></label>
      ${tools === undefined ? nothing : html`<input aria-label="Tools of ${name}"
        placeholder="All tools; or their names, with commas" .value=${tools.join(', ')}
        @change=${event => this.#serve(id, words(event.target.value))}>`}
    </li>`;
  }
}

function deleted(id) {
  return {id, name: `Scenario ${id}, which was deleted`, description: GONE};
}

/** What stands between commas. */
export function words(text) {
  return text.split(',').map(each => each.trim()).filter(Boolean);
}
