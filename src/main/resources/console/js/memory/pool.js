// What a person's agents remember, by the API: pages of it, searches, and what is done to all of it.
import {api, withQuery} from '../api.js';

const BASE = '/api/v1/memory';
const PAGE = 30;
const FOUND = 50;

export const pool = {
  namespaces: async signal => (await api.get(BASE + '/namespaces', {signal})).data,

  /** @param {{namespace: string, tags: string, source: string}} filter */
  list: ({namespace, tags, source}, cursor, signal) => (
    api.get(withQuery(BASE, {namespace, tags: words(tags).join(','), source, cursor, limit: PAGE}), {signal})),

  search: ({query, namespace, tags, mode}, signal) => api.post(BASE + '/search', {
    query, mode, limit: FOUND, ...(namespace ? {namespace} : {}), ...(tags.trim() ? {tags: words(tags)} : {}),
  }, {signal}),

  put: memory => api.post(BASE, memory),
  delete: ({key, namespace}, hard) => api.delete(withQuery(BASE, {key, namespace, hard})),
  versions: async ({key, namespace}) => (await api.get(withQuery(BASE + '/versions', {key, namespace}))).data,
  dedupe: (namespace, isTrial) => api.post(BASE + '/dedupe', {...(namespace ? {namespace} : {}), dry_run: isTrial}),
  consolidate: wish => api.post(BASE + '/consolidate', wish),
  export: (format, namespace) => api.download(withQuery(BASE + '/export', {format, namespace}), `memories.${format}`),
  import: (memories, conflict) => api.post(BASE + '/import', {memories, on_conflict: conflict}),
};

/** What stands between commas. */
export function words(text) {
  return text.split(',').map(each => each.trim()).filter(Boolean);
}
