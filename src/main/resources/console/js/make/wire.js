// The Make dialect for whoever is logged in: their team, its paths, and which field a refusal is about.
import {api, withQuery} from '../api.js';
import {session} from '../session.js';

const BASE = '/api/v2';
const teams = new Map();

/** The number of the person's own team; it is the number that Make's API has for the person. */
export async function team() {
  const name = session.user?.username;
  if (!teams.has(name)) {
    teams.set(name, (await api.get(BASE + '/users/me')).authUser.id);
  }
  return teams.get(name);
}

/** A path of the dialect, in the person's team; below begins with a slash, its values are encoded already. */
export async function ofTeam(below, query = {}) {
  return withQuery(BASE + below, {teamId: await team(), ...query});
}

/** Paths of agents: nothing for all of them. */
export function agentPath(id = '', below = '') {
  return '/ai-agents/v1/agents' + (id ? '/' + encodeURIComponent(id) : '') + below;
}

export const make = {
  get: async (below, {query, signal} = {}) => api.get(await ofTeam(below, query), {signal}),
  post: async (below, body, {query, signal} = {}) => api.post(await ofTeam(below, query), body, {signal}),
  patch: async (below, body) => api.patch(await ofTeam(below), body),
  delete: async below => api.delete(await ofTeam(below)),
};

/** What a page itself finds wrong, before anybody is asked. */
export class Misfit extends Error {
  constructor(field, reason) {
    super('Not sent yet: see what is marked above.');
    this.field = field;
    this.reason = reason;
  }
}

/**
 * What was refused, by the field it is about, as far as the refusal tells.
 *
 * @returns {Object<string, string>}
 */
export function problems(error) {
  const found = {};
  if (error instanceof Misfit) {
    found[error.field] = error.reason;
  }
  for (const {message} of error?.body?.suberrors ?? []) {
    const at = message.indexOf(' ');
    found[message.slice(0, at)] = sentence(message.slice(at + 1));
  }
  const details = error?.body?.error?.details;
  if (details?.field) {
    found[details.field] = sentence(details.reason ?? error.message);
  }
  return found;
}

function sentence(reason) {
  return reason === 'Required' ? 'Fill this in' : reason[0].toUpperCase() + reason.slice(1);
}

/** What was refused in one text: the parts when there are any, since they tell more than what stands above them. */
export function told(error) {
  const parts = (error.body?.suberrors ?? []).map(each => each.message);
  return parts.length ? parts.join('; ') : error.message;
}
