// Hears what happens to agents that keep computers, over /ws; comes back by itself and says so,
// since it missed something.
import {session} from '../session.js';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
const UNAUTHENTICATED = 4001;

/**
 * @param {(event: {kind: string, name?: string, data?: any}) => void} onEvent kind is agent_started and the like, or
 *     `connected` whenever the line is up, also for the first time
 * @returns {{close: () => void}}
 */
export function followFleet(onEvent) {
  const line = {over: false, socket: null, timer: 0, wait: FIRST_WAIT, refused: null};
  connect(line, onEvent);
  return {
    close: () => {
      line.over = true;
      clearTimeout(line.timer);
      line.socket?.close();
    },
  };
}

async function connect(line, onEvent) {
  const token = line.refused ? await session.renew(line.refused) : await session.token();
  if (line.over) {
    return;
  }
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);
  line.socket = socket;
  socket.onopen = () => socket.send(`Bearer ${token}`);
  socket.onmessage = event => {
    const message = JSON.parse(event.data);
    if (message.type === 'authenticated') {
      line.wait = FIRST_WAIT;
      onEvent({kind: 'connected'});
    } else {
      const kind = message.event ?? message.type;
      onEvent({kind, name: message.name ?? message.agent_name ?? message.data?.name, data: message.data ?? message});
    }
  };
  socket.onclose = ({code}) => {
    if (!line.over) {
      line.refused = code === UNAUTHENTICATED ? token : null;
      line.timer = setTimeout(() => connect(line, onEvent), line.wait * (0.75 + Math.random() / 2));
      line.wait = Math.min(line.wait * 2, LONGEST_WAIT);
    }
  };
}

/** Calls back soon, however often it is asked meanwhile. */
export function soon(callback, milliseconds = 250) {
  let timer = 0;
  const ask = () => {
    timer ||= setTimeout(() => {
      timer = 0;
      callback();
    }, milliseconds);
  };
  ask.close = () => clearTimeout(timer);
  return ask;
}
