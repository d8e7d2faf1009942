// One squad as its pages know it: what was loaded of it, kept fresh by the squad's stream of events.
import {api, path, withQuery} from '../api.js';
import {follow} from '../stream.js';

const SETTLE = 300;
/** "2 min. ago" grows old by itself. */
const AGES = 30_000;
const PATIENCE = 1_500;
const ENTRIES = 100;
const MOST_ENTRIES = 400;
const FINAL = ['succeeded', 'failed', 'cancelled', 'timed_out'];

/** How each part is asked for. */
const PARTS = {
  squad: async at => (await api.get(at)).squad,
  agents: async at => (await api.get(at + '/agents?includeTerminated=true')).agents,
  issues: async at => (await api.get(at + '/issues')).issues,
  approvals: async at => (await api.get(at + '/approvals')).approvals,
  live: async at => (await api.get(at + '/live-runs')).runs,
  runs: async at => (await api.get(at + '/heartbeat-runs?limit=20')).runs,
  activity: async at => api.get(withQuery(at + '/activity', {limit: ENTRIES})),
  summary: async at => api.get(at + '/costs/summary'),
  costs: async at => (await api.get(at + '/costs/by-agent')).agents,
};

/** Which parts an entry of the activity makes old, by what it was done to. */
const TOUCHED = {
  issue: ['issues'],
  agent: ['agents', 'squad', 'summary', 'costs'],
  approval: ['approvals', 'agents'],
  squad: ['squad', 'agents', 'summary', 'costs'],
  cost_event: ['squad', 'agents', 'summary', 'costs'],
  heartbeat_run: ['live', 'runs'],
};

export class SquadRoom {
  #page;
  #waiting = new Map();
  #stream = null;

  /** How the stream stands: connecting, live, waiting, ended or failed. */
  state = 'connecting';

  /** Called with every event of the squad: (type, what was told). */
  onNews = () => {};

  constructor(page, id) {
    this.#page = page;
    this.id = id;
    this.at = path`/api/squads/${id}`;
    page.every(AGES, () => page.update());
  }

  /** Follows the squad first and loads then, so that nothing falls between the two. */
  async open(...parts) {
    await this.#follow();
    await this.load(...parts);
  }

  /** Loads what is not there yet. */
  async load(...parts) {
    await Promise.all(parts.filter(part => this[part] === undefined).map(part => this.#fetch(part)));
  }

  async refresh(...parts) {
    await Promise.all(parts.map(part => this.#fetch(part)));
    this.#page.update();
  }

  async #fetch(part) {
    this[part] = await PARTS[part](this.at);
  }

  /** Those who work in the squad; terminated ones are known by name only. */
  get members() {
    return (this.agents ?? []).filter(agent => agent.status !== 'terminated');
  }

  agent(id) {
    return this.agents?.find(agent => agent.id === id);
  }

  name(id) {
    return this.agent(id)?.name ?? 'an agent that is gone';
  }

  #follow() {
    return new Promise(resolve => {
      const patience = setTimeout(resolve, PATIENCE);
      this.#stream = follow(this.at + '/events', {
        onEvent: event => this.#hear(event.type, JSON.parse(event.data)),
        onState: state => {
          const cameBack = state === 'live' && this.state === 'waiting';
          this.state = state;
          if (cameBack) {
            this.#soon(Object.keys(PARTS));
          }
          if (state === 'live' || state === 'failed') {
            clearTimeout(patience);
            resolve();
          }
          this.#page.update();
        },
      });
    });
  }

  #hear(type, told) {
    if (type === 'agent.status') {
      const agent = this.agent(told.agentId);
      if (agent) {
        agent.status = told.status;
      }
      this.#soon(['agents']);
    } else if (type === 'activity.logged') {
      this.#log(told);
      this.#soon(TOUCHED[told.entityType] ?? []);
    } else if (type === 'heartbeat.run.queued' || type === 'heartbeat.run.status') {
      this.#soon(FINAL.includes(told.status) ? ['live', 'runs', 'agents', 'squad', 'summary', 'costs']
          : ['live', 'runs']);
    }
    this.onNews(type, told);
    this.#page.update();
  }

  #log(entry) {
    if (this.activity && !this.activity.some(each => each.id === entry.id)) {
      this.activity = [entry, ...this.activity].slice(0, MOST_ENTRIES);
    }
  }

  /** Asks anew for parts that somebody looks at, once for all news of a moment. */
  #soon(parts) {
    for (const part of parts.filter(each => this[each] !== undefined && !this.#waiting.has(each))) {
      this.#waiting.set(part, setTimeout(async () => {
        this.#waiting.delete(part);
        try {
          await this.refresh(part);
        } catch (error) {
          // What is shown stays; the next news asks again.
        }
      }, SETTLE));
    }
  }

  close() {
    this.#stream?.close();
    this.#waiting.forEach(timer => clearTimeout(timer));
  }
}
