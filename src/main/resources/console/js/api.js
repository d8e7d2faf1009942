// Speaks with the server: JSON there and back, whichever dialect a path belongs to.
import {session} from './session.js';

/** What the server refused, in its own words. */
export class ApiError extends Error {
  /**
   * @param {number} status 0 when the server could not be reached at all
   * @param {any} body as it came: an object, or null
   */
  constructor(status, message, code, body) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

export const api = {
  get: (path, options) => ask('GET', path, undefined, options),
  post: (path, body, options) => ask('POST', path, body, options),
  put: (path, body, options) => ask('PUT', path, body, options),
  patch: (path, body, options) => ask('PATCH', path, body, options),
  delete: (path, options) => ask('DELETE', path, undefined, options),
  send,
  blob,
  download,
};

/**
 * A path with a query out of what is given; nothing stands for what is null, undefined or empty.
 *
 * @param {Object<string, any>} query
 */
export function withQuery(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length === 0 ? path : path + '?' + new URLSearchParams(given);
}

/** A path out of a template: path`/api/agents/${name}/files`, its values encoded. */
export function path(strings, ...values) {
  return String.raw({raw: strings}, ...values.map(encodeURIComponent));
}

async function ask(method, path, body, options) {
  const response = await send(method, path, body, options);
  if (response.status === 204 || response.headers.get('Content-Length') === '0') {
    return null;
  }
  const type = response.headers.get('Content-Type') ?? '';
  return type.includes('json') ? response.json() : response.text();
}

/**
 * One request with the session's credential; an expired one is renewed and the request sent again.
 *
 * @param body an object (sent as JSON), FormData, Blob or text
 * @param {{signal?: AbortSignal, headers?: Object<string, string>}} [options]
 * @returns {Promise<Response>} when the server agreed
 * @throws {ApiError} when it refused
 */
async function send(method, path, body, {signal, headers} = {}) {
  let token = await session.token();
  let response = await reach(method, path, body, token, signal, headers);
  if (response.status === 401) {
    token = await session.renew(token);
    response = await reach(method, path, body, token, signal, headers);
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

async function reach(method, path, body, token, signal, headers) {
  const isRaw = body instanceof FormData || body instanceof Blob || typeof body === 'string';
  const isJson = body !== undefined && !isRaw;
  const request = {
    method,
    signal,
    credentials: 'omit',
    headers: {Authorization: `Bearer ${token}`, ...(isJson ? {'Content-Type': 'application/json'} : {}), ...headers},
    body: isJson ? JSON.stringify(body) : body,
  };
  try {
    return await fetch(path, request);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    const why = 'The server cannot be reached. It may be restarting: try again in a moment.';
    throw new ApiError(0, why, 'unreachable', null);
  }
}

async function refusal(response) {
  let body = null;
  try {
    body = JSON.parse(await response.text());
  } catch (noJson) {
    // A proxy's page, say: the status is all there is.
  }
  const told = words(body) ?? `The server answered ${response.status} ${response.statusText}`.trim();
  const code = body?.error?.code ?? body?.error?.type ?? body?.code ?? null;
  return new ApiError(response.status, told, code, body);
}

/** The sentence in a refusal; each dialect keeps it elsewhere. */
function words(body) {
  if (body === null || typeof body !== 'object') {
    return null;
  }
  if (Array.isArray(body.suberrors) && body.suberrors.length > 0) {
    return body.suberrors.map(each => each.message).join('; ');
  }
  const all = [body.error?.message, body.error, body.detail?.message, body.detail, body.message];
  const sentence = all.find(each => typeof each === 'string' && each);
  if (sentence) {
    return sentence;
  }
  if (Array.isArray(body.detail)) {
    return body.detail.map(each => `${(each.loc ?? []).slice(1).join('.')}: ${each.msg}`).join('; ');
  }
  return null;
}

/** A file's bytes, for previews. */
async function blob(path, options) {
  const response = await send('GET', path, undefined, options);
  return response.blob();
}

/** Hands a file to the browser's downloads. */
async function download(path, name, options) {
  const url = URL.createObjectURL(await blob(path, options));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
