// A run's log as a person follows it: events folded into steps, loaded page by page and then live.
import {api, withQuery} from '../api.js';
import {follow} from '../stream.js';

/** Most bytes of an output in the list; who wants more opens it. */
const CUT = 2_000;
const PAGE = 500;
const REMEMBERED = 200;

export class RunLog {
  #run;
  #task;
  #calls = new Map();
  #files = new Map();
  #model = null;
  #line = null;

  steps = [];
  last = 0;
  loaded = false;
  ended = null;

  /**
   * @param {object} options
   * @param {string} options.run
   * @param {{text: string, ts: number}} options.task what it was begun with
   * @param {(from: number, event: object) => void} options.onChange the first step that changed, and what changed it
   * @param {(state: string, error?: Error) => void} options.onState of the live line
   */
  constructor({run, task, onChange, onState}) {
    this.#run = run;
    this.#task = task.text;
    if (task.text) {
      this.steps.push({
        type: 'note', kind: 'spoken', seq: 0, seqs: [0], ts: task.ts, detail: {speaker: 'user', text: task.text}
      });
    }
    this.onChange = onChange;
    this.onState = onState;
  }

  get path() {
    return `/api/v1/runs/${this.#run}`;
  }

  /** Reads all there is, then goes on live from there. */
  async open(signal) {
    let next = '0';
    while (next !== null) {
      const page = await api.get(withQuery(`${this.path}/events`, {after: next, limit: PAGE, cut: CUT}), {signal});
      page.data.forEach(event => this.take(event));
      next = page.next_cursor;
    }
    this.loaded = true;
    if (!this.ended && !signal.aborted) {
      this.#line = follow(withQuery(`${this.path}/stream`, {cut: CUT}), {
        after: String(this.last),
        onEvent: event => this.take(JSON.parse(event.data)),
        onState: this.onState,
      });
    }
  }

  close() {
    this.#line?.close();
  }

  /** One event, once: what came before is not taken again. */
  take(event) {
    if (event.seq <= this.last) {
      return;
    }
    this.last = event.seq;
    this.onChange(this.#fold(event), event);
  }

  /** The place of the step that an event belongs to. */
  find(seq) {
    const exact = this.steps.findIndex(step => step.seqs.includes(seq));
    return exact >= 0 ? exact : this.steps.findLastIndex(step => step.seq <= seq);
  }

  #fold(event) {
    switch (event.kind) {
      case 'model_called':
        return this.#asks(event);
      case 'model_delta':
        return this.#spoke(event);
      case 'model_failed':
        return this.#troubled(event);
      case 'model_replied':
        return this.#replied(event);
      case 'tool_called':
        return this.#called(event);
      case 'picture':
        return this.#onCall(event, step => step.pictures.push(event.detail));
      case 'tool_returned':
        return this.#onCall(event, step => Object.assign(step, {
          state: event.detail.is_error ? 'failed' : 'completed',
          result: event.detail, ms: event.detail.ms, resultSeq: event.seq}));
      default:
        return this.#other(event);
    }
  }

  #other(event) {
    if (['completed', 'failed', 'stopped'].includes(event.kind)) {
      this.ended = event;
      this.steps.filter(step => step.state === 'running' || step.state === 'asking')
        .forEach(step => Object.assign(step, {state: 'stopped'}));
      this.#add({...begun('end', event), detail: event.detail});
      return 0;
    }
    // Logs that hold the messages they came with repeat the task.
    if (event.kind === 'spoken' && event.detail.text === this.#task && this.steps[0]?.seq === 0) {
      this.steps.shift();
    }
    return this.#add({...begun('note', event), detail: event.detail});
  }

  #add(step) {
    this.steps.push(step);
    return this.steps.length - 1;
  }

  #asks(event) {
    if (this.#model?.state === 'asking') {
      // Its server was lost, and another asks the same once more.
      this.#model.state = 'stopped';
    }
    return this.#add(this.#model = {...begun('model', event), state: 'asking', text: '', thinking: ''});
  }

  /** A reply of a program has no call before it: its first piece begins the step. */
  #asked(event) {
    if (this.#model?.iteration !== event.iteration || this.#model.state !== 'asking') {
      this.#add(this.#model = {...begun('model', event), state: 'asking', text: '', thinking: ''});
    } else {
      this.#model.seqs.push(event.seq);
    }
    return this.#model;
  }

  #spoke(event) {
    const step = this.#asked(event);
    // Pieces are many: that one of them was here is all that is remembered.
    step.seqs.length = Math.min(step.seqs.length, 2);
    step[event.detail.type] += event.detail.text;
    return this.#placeOf(step);
  }

  #troubled(event) {
    const step = this.#asked(event);
    Object.assign(step, {state: 'failed', trouble: event.detail, ms: event.ts - step.ts});
    return this.#placeOf(step);
  }

  #replied(event) {
    const step = this.#asked(event);
    const {text, thinking, ...rest} = event.detail;
    Object.assign(step, {
      state: 'completed', text, thinking, reply: rest, ms: event.ts - step.ts, resultSeq: event.seq});
    return this.#placeOf(step);
  }

  #called(event) {
    const step = {...begun('tool', event), state: 'running', call: event.detail, result: null, pictures: []};
    this.#calls.set(event.detail.call_id, step);
    const written = writtenFile(event.detail);
    if (written) {
      step.file = {...written, before: written.before ?? this.#files.get(written.path) ?? null};
      this.#remember(written, event.detail.truncated);
    }
    return this.#add(step);
  }

  #remember(written, isCut) {
    if (written.edits || isCut) {
      this.#files.delete(written.path);
    } else {
      this.#files.set(written.path, written.after);
    }
    if (this.#files.size > REMEMBERED) {
      this.#files.delete(this.#files.keys().next().value);
    }
  }

  #onCall(event, change) {
    let step = this.#calls.get(event.detail.call_id);
    if (!step) {
      const call = {tool: event.detail.tool ?? 'tool', input: {}};
      step = {...begun('tool', event), state: 'running', call, pictures: []};
      this.#calls.set(event.detail.call_id, step);
      this.#add(step);
    }
    step.seqs.push(event.seq);
    change(step);
    return this.#placeOf(step);
  }

  #placeOf(step) {
    return this.steps.lastIndexOf(step);
  }
}

function begun(type, {seq, ts, kind, iteration}) {
  return {type, seq, ts, kind, iteration, seqs: [seq]};
}

const PATHS = ['path', 'file_path', 'absolute_path', 'filename'];
const AFTER = ['content', 'new_string', 'new_str'];
const BEFORE = ['old_string', 'old_str'];

/** What a call writes into a file: ours write all of it, those of programs often only a part. Null for other calls. */
function writtenFile({tool, input}) {
  if (!/write|edit|replace|create/i.test(tool) || input === null || typeof input !== 'object') {
    return null;
  }
  const text = names => names.map(name => input[name]).find(value => typeof value === 'string');
  const path = text(PATHS);
  const after = text(AFTER);
  const before = text(BEFORE);
  return path === undefined || after === undefined ? null
    : {path, after, before: before ?? null, edits: before !== undefined};
}
