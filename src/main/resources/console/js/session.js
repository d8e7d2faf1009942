// Who is logged in. The token lives in this module's memory alone and is soon over; the cookie that brings the next one
// is beyond the reach of any script. Tabs of one browser share that cookie, and tell one another of logins and logouts.
import {ApiError} from './api.js';

const PATH = '/api/v1/session';
const OURS = {'X-Drover-Console': '1'};
/** A token is not used in its last seconds, so that it does not run out on its way. */
const MARGIN = 20_000;

const channel = new BroadcastChannel('drover.session');
let shell = null;
let token = null;
let until = 0;
let current = null;
let waiting = null;
/** Ends the login that is being asked for, when another tab has got one. */
let interrupt = () => {};

export const session = {
  /** Resolves when somebody is logged in. */
  async start(around) {
    shell = around;
    channel.onmessage = event => heard(event.data);
    await session.renew(null);
    leaveLogin();
  },

  /** A token to show; asks for a login when there is none. */
  async token() {
    return token !== null && Date.now() < until ? token : session.renew(token);
  },

  /** Another token than the one that was refused; everybody who asks at once waits for the same login. */
  async renew(refused) {
    if (token !== null && token !== refused) {
      return token;
    }
    waiting ??= refreshedOrAsked().finally(() => {
      waiting = null;
    });
    return waiting;
  },

  /** {username, role, email} */
  get user() {
    return current?.user ?? null;
  },

  /** Of this browser's login, among those of the account; and how it was made: admin (by password), email, oidc. */
  get id() {
    return current?.session_id ?? null;
  },

  get mode() {
    return current?.mode ?? null;
  },

  /** Takes the session that a login made. */
  take,

  /** Logs in by {username, password} or {email, code}; throws what the server refused. */
  async login(proof) {
    const answer = await request('POST', PATH, proof);
    take(answer);
    return answer;
  },

  /** Ends the session, here and in other tabs. */
  async logout() {
    try {
      await request('DELETE', PATH);
    } catch (error) {
      // Nobody is left logged in where the server cannot be asked: the token goes anyway.
      if (error.status === 0) {
        throw error;
      }
    }
    channel.postMessage({kind: 'logout'});
    gone();
  },
};

async function refreshedOrAsked() {
  try {
    take(await request('POST', PATH + '/refresh'));
  } catch (error) {
    // Before anything is shown there is nobody else to tell of a server that is away: the login does.
    if (error.status !== 401 && current !== null) {
      throw error;
    }
    await asked();
  }
  return token;
}

/** Puts a login over whatever is there; what waits for it goes on afterwards. */
async function asked() {
  const {askLogin} = await import('./pages/login.js');
  const over = current !== null;
  if (shell) {
    await shell.style('access');
  }
  await new Promise(resolve => {
    const dialog = askLogin({over, user: current?.user, done: resolve});
    interrupt = async () => {
      take(await request('POST', PATH + '/refresh'));
      dialog.close();
      resolve();
    };
  });
  interrupt = () => {};
}

function take(answer) {
  const before = current?.user.username;
  token = answer.access_token;
  until = Date.now() + answer.expires_in * 1_000 - MARGIN;
  current = answer;
  if (before !== undefined && before !== answer.user.username) {
    // What is on the screen, and what waits to be sent, is somebody else's.
    location.reload();
    throw new DOMException('Somebody else is logged in now.', 'AbortError');
  }
  channel.postMessage({kind: 'login', username: answer.user.username});
}

function heard(message) {
  if (message.kind === 'logout') {
    gone();
  } else if (message.kind === 'login' && waiting !== null) {
    Promise.resolve(interrupt()).catch(() => {});
  } else if (message.kind === 'login' && current !== null && message.username !== current.user.username) {
    location.reload();
  }
}

function gone() {
  token = null;
  location.assign('/console/login');
}

/** The page of the login is none of its own: it leads on to where somebody wanted to go. */
function leaveLogin() {
  if (location.pathname === '/console/login') {
    const then = new URLSearchParams(location.search).get('then');
    history.replaceState(null, '', then?.startsWith('/console/') ? then : '/console');
  }
}

/** Without the token: these paths go by the cookie, or by what somebody types. */
export async function request(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? OURS : {...OURS, 'Content-Type': 'application/json'},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (unreachable) {
    const why = 'The server cannot be reached. It may be restarting: try again in a moment.';
    throw new ApiError(0, why, 'unreachable', null);
  }
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) {
    throw refusal(response, answer);
  }
  return answer;
}

function refusal(response, answer) {
  const said = answer?.error?.message ?? answer?.detail ?? `The server answered ${response.status}`;
  const wait = Number(response.headers.get('Retry-After'));
  const words = String(said.message ?? said);
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  const later = response.status === 429 && wait > 0 ? `. Try again in ${Math.ceil(wait / 60)} min.` : '';
  return new ApiError(response.status, sentence + later, answer?.error?.code ?? null, answer);
}
