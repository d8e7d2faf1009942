// Where a files browser has its files from: the home of an agent that keeps a computer, or the workspace of a run.
import {api, path, withQuery} from '../api.js';

/**
 * The home of an agent that keeps its computer; files can be changed.
 *
 * @param {string} name of the agent
 */
export function homeFiles(name) {
  const base = path`/api/agents/${name}/files`;
  return {
    canChange: true,
    list: async (folder, hidden, signal) => {
      const found = await api.get(withQuery(base, {path: folder || '.', show_hidden: hidden, depth: 1}), {signal});
      return {entries: found.tree.map(entry), truncated: found.truncated === true};
    },
    content: (file, options) => api.send('GET', withQuery(`${base}/download`, {path: file}), undefined, options),
    put: (file, text) => api.put(withQuery(base, {path: file}), {content: text}),
    upload: (file, bytes) => api.put(withQuery(path`/api/v1/agents/${name}/files/content`, {path: file}), bytes),
    remove: file => api.delete(withQuery(base, {path: file})),
  };
}

/**
 * The workspace of an agent whose computer is on, whoever made the agent; files can be looked at.
 *
 * @param {string} id or name of the agent
 */
export function workspaceFiles(id) {
  const base = path`/api/v1/agents/${id}/files`;
  return {
    canChange: false,
    list: async (folder, hidden, signal) => {
      const found = await api.get(withQuery(base, {path: folder, hidden: hidden || ''}), {signal});
      return {entries: found.entries.map(entry), truncated: found.truncated};
    },
    content: (file, options) => api.send('GET', withQuery(`${base}/content`, {path: file}), undefined, options),
  };
}

function entry({name, path: place, type, size, modified}) {
  return {name, path: place, folder: type !== 'file', size, modified};
}
