// Sends a file and tells how far it is, which fetch cannot.
import {ApiError} from '../api.js';
import {session} from '../session.js';

/**
 * @param {string} path
 * @param {FormData} form
 * @param {{onProgress: (share: number) => void, signal: AbortSignal}} options
 */
export async function upload(path, form, options) {
  const token = await session.token();
  let answer = await attempt(path, form, token, options);
  if (answer.status === 401) {
    answer = await attempt(path, form, await session.renew(token), options);
  }
  if (answer.status >= 400) {
    const body = answer.response;
    throw new ApiError(answer.status, body?.detail ?? `The server answered ${answer.status}`, body?.code, body);
  }
  return answer.response;
}

function attempt(path, form, token, {onProgress, signal}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress',
        event => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('load', () => resolve(request));
    request.addEventListener('error', () => reject(new ApiError(0, 'The file did not arrive: the connection broke off. '
        + 'It may be too large, or the server may be restarting.', 'unreachable', null)));
    request.addEventListener('abort', () => reject(new DOMException('left', 'AbortError')));
    signal.addEventListener('abort', () => request.abort(), {once: true});
    request.send(form);
  });
}
