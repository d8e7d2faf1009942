// One thread of an agent: what was said in it, and the run that goes on in it, step by step as it happens.
import {follow} from '../stream.js';
import {agentPath, make, ofTeam, told} from './wire.js';

const RETURNS = 5;
const PAUSE = 1_000;

export class Chat {
  #stream = null;
  #count = 0;
  #returns = 0;
  #steps = [];
  #asked = '';
  #path = '';
  #body = null;

  /**
   * @param {string} agent
   * @param {string} thread its key; any text
   * @param {{update: () => void, onEnd: () => void}} listener
   */
  constructor(agent, thread, {update, onEnd}) {
    Object.assign(this, {agent, thread, update, onEnd});
    /** @type {Array<object>} steps of Make's API, or messages of a thread, each with an id of its own */
    this.messages = [];
    this.writing = null;
    /** 'idle', 'running' or 'stopping' */
    this.state = 'idle';
    this.error = null;
    this.draft = '';
    this.began = 0;
  }

  get isRunning() {
    return this.state !== 'idle';
  }

  /** What was said before; a run that goes on here is not disturbed. */
  async load(signal) {
    const found = await make.get(agentPath(this.agent, '/threads/' + encodeURIComponent(this.thread)), {signal});
    if (!this.isRunning) {
      this.messages = found.runs.flatMap(run => run.messages).map(message => this.#kept(message));
    }
  }

  #kept(message) {
    return {...message, id: `kept-${++this.#count}`};
  }

  async send(text) {
    Object.assign(this, {state: 'running', error: null, draft: '', began: Date.now()});
    this.#returns = 0;
    this.#steps = [];
    this.#asked = text;
    this.update();
    this.#path = await ofTeam(agentPath(this.agent, '/run/stream'), {result: true, pieces: true});
    this.#body = {messages: [{role: 'user', content: text}], config: {}, threadId: this.thread};
    this.#follow('');
  }

  #follow(after) {
    this.#stream = follow(this.#path, {
      method: 'POST',
      body: this.#body,
      after,
      onEvent: event => this.#take(event),
      onState: (state, error) => this.#stands(state, error),
    });
  }

  #take({type, data}) {
    const told = JSON.parse(data);
    if (type === 'piece') {
      this.writing ??= {text: '', thinking: ''};
      this.writing[told.kind] += told.text;
    } else if (type === 'step') {
      this.writing = null;
      this.#step(told);
    } else if (type === 'error') {
      this.#over({message: told.suberrors?.[0]?.message ?? told.detail});
    } else if (type === 'result') {
      this.#over(null);
    }
    this.update();
  }

  /** Instructions are the same at every message: they are shown once. */
  #step(step) {
    const isKnown = step.role === 'system' && this.messages.some(each => each.role === 'system' && alike(each, step));
    if (!isKnown && !this.messages.some(each => each.id === step.id)) {
      this.messages = [...this.messages, step];
      this.#steps.push(step);
    }
  }

  /** A connection that breaks is not the end of the run: whoever comes back goes on behind what was seen. */
  #stands(state, error) {
    if (!this.isRunning || (state !== 'ended' && state !== 'failed')) {
      return;
    }
    const isRefused = error && error.status !== 0;
    const seen = this.#stream.lastId();
    if (isRefused || !seen || this.state === 'stopping' || ++this.#returns > RETURNS) {
      this.#over(error ? {message: told(error)} : {message: 'The connection ended before the answer.'});
      this.update();
    } else {
      setTimeout(() => this.isRunning && this.#follow(seen), PAUSE * this.#returns);
    }
  }

  #over(error) {
    this.#stream?.close();
    this.state = 'idle';
    this.writing = null;
    this.error = error;
    if (error) {
      // Nothing of a run that failed is in the thread: it can be sent again as it was.
      this.draft = this.draft || this.#asked;
      this.#steps.forEach(step => Object.assign(step, {lost: true}));
    }
    this.onEnd();
  }

  /** Hanging up is how a run is cancelled in this dialect. */
  stop() {
    this.#over({message: 'The run was stopped. What it did is not in this chat.'});
    this.update();
  }

  close() {
    this.#stream?.close();
    this.state = 'idle';
  }
}

/** The time stands in the last line of the instructions. */
function alike(one, other) {
  const words = text => text.slice(0, text.lastIndexOf('\n'));
  return words(one.content) === words(other.content);
}
