// Follows server-sent events over fetch, which, unlike EventSource, can show a credential and does not put it in a URL.
import {ApiError, api} from './api.js';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;
/** Servers say something every 15 s; a line that is silent for longer is dead. */
const SILENCE = 40_000;
/** Browsers have six lines to a server for all their tabs: one that nobody looks at gives its line back. */
const UNSEEN = 10_000;

/**
 * Follows a stream until it ends or is closed; comes back by itself, from behind the last event that was seen.
 *
 * @param {string} path
 * @param {object} options
 * @param {(event: {id: string, type: string, data: string}) => void} options.onEvent
 * @param {(state: 'connecting' | 'live' | 'waiting' | 'ended' | 'failed', error?: Error) => void} [options.onState]
 * @param {string} [options.after] the id of the last event already seen
 * @param {string} [options.method] with a body, for streams that are the answer to a POST: these are not come back to
 * @returns {{close: () => void, lastId: () => string}}
 */
export function follow(path, {onEvent, onState = () => {}, after = '', method = 'GET', body}) {
  const leaving = new AbortController();
  const place = {id: after, retry: FIRST_WAIT};
  run(path, {onEvent, onState, method, body}, place, leaving.signal);
  return {close: () => leaving.abort(), lastId: () => place.id};
}

async function run(path, options, place, signal) {
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    await seen(signal);
    if (signal.aborted) {
      return;
    }
    options.onState('connecting');
    try {
      const began = place.id;
      if (await listen(path, options, place, signal)) {
        options.onState('ended');
        return;
      }
      wait = place.id === began ? wait : place.retry;
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (isFinal(error)) {
        options.onState('failed', error);
        return;
      }
    }
    if (signal.aborted) {
      return;
    }
    if (options.method !== 'GET') {
      options.onState('failed', new ApiError(0, 'The connection broke off before the end.', 'cut', null));
      return;
    }
    options.onState('waiting');
    await pause(wait * (0.75 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

/** What coming back does not mend: the thing is gone, or not ours. */
function isFinal(error) {
  const passing = [408, 429].includes(error.status);
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && !passing;
}

/** Reads one connection to its end; true when the server said that there is no more. */
async function listen(path, {onEvent, onState, method, body}, place, signal) {
  const line = new AbortController();
  const stop = () => line.abort();
  signal.addEventListener('abort', stop);
  const unwatch = method === 'GET' ? whenUnseen(stop) : () => {};
  let watch = setTimeout(stop, SILENCE);
  try {
    const headers = {Accept: 'text/event-stream', ...(place.id ? {'Last-Event-ID': place.id} : {})};
    const response = await api.send(method, path, body, {signal: line.signal, headers});
    if (response.status === 204) {
      return true;
    }
    onState('live');
    const parser = new EventParser(place, onEvent);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) {
        return method !== 'GET';
      }
      clearTimeout(watch);
      watch = setTimeout(stop, SILENCE);
      parser.take(value);
    }
  } finally {
    clearTimeout(watch);
    unwatch();
    signal.removeEventListener('abort', stop);
  }
}

/** Resolves when somebody looks at this tab. */
function seen(signal) {
  return new Promise(resolve => {
    const look = () => {
      if (!document.hidden || signal.aborted) {
        document.removeEventListener('visibilitychange', look);
        signal.removeEventListener('abort', look);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}

/** Calls back when nobody has looked at this tab for a while. Answers how to stop watching. */
function whenUnseen(callback) {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    timer = document.hidden ? setTimeout(callback, UNSEEN) : 0;
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, {once: true});
  });
}

/** Cuts a text that arrives in pieces into events, as the HTML standard has it. */
export class EventParser {
  #rest = '';
  #id = '';
  #type = '';
  #data = [];

  /** @param {{id: string, retry: number}} place where the stream has come to */
  constructor(place, onEvent) {
    this.place = place;
    this.onEvent = onEvent;
    this.#id = place.id;
  }

  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    lines.forEach(line => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'event') {
      this.#type = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.#id = value;
    } else if (field === 'retry' && /^\d+$/.test(value)) {
      this.place.retry = Number(value);
    }
  }

  #dispatch() {
    const event = {id: this.#id, type: this.#type || 'message', data: this.#data.join('\n')};
    const isSomething = this.#data.length > 0;
    this.#type = '';
    this.#data = [];
    // Taken note of only when it is whole: a half event is asked for again.
    this.place.id = this.#id;
    if (isSomething) {
      this.onEvent(event);
    }
  }
}
