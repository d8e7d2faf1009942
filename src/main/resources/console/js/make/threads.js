// The tab Chat: threads at the left, one of them at the right.
import {html, keyed, nothing, repeat} from '../lit.js';
import {navigate} from '../router.js';
import {when} from '../ui/parts.js';
import {empty, trouble} from '../ui/states.js';
import {confirm} from '../ui/dialog.js';
import {icon} from '../ui/icons.js';
import {toast} from '../ui/toast.js';
import {plural} from '../ui/format.js';
import {agentPath, make} from './wire.js';
import {Chat} from './chat.js';
import {conversation} from './messages.js';
import {composer} from './composer.js';

const MOMENT = new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'short'});

export class Threads {
  #chats = new Map();
  #errors = new Map();
  #follows = true;
  #blank = {draft: ''};

  /** @param {import('../pages/make-agent.js').default} page */
  constructor(page) {
    this.page = page;
    this.threads = null;
    this.current = null;
    this.name = freshName();
    addEventListener('beforeunload', this.#ask);
  }

  /** Browsers ask before they close a page that says so; the words are theirs. */
  #ask = event => {
    if (this.isBusy) {
      event.preventDefault();
    }
  };

  get isBusy() {
    return [...this.#chats.values()].some(chat => chat.isRunning);
  }

  async open(query) {
    const wanted = query.get('thread');
    this.threads ??= await this.#list();
    this.current = wanted;
    this.#follows = true;
    if (wanted !== null) {
      await this.#load(wanted);
    }
    this.#scroll();
  }

  async #list() {
    return make.get(agentPath(this.page.agent.id, '/threads'), {signal: this.page.signal});
  }

  async #load(thread) {
    const chat = this.#chat(thread);
    if (!chat.isRunning && !chat.messages.length) {
      this.#errors.delete(thread);
      try {
        await chat.load(this.page.signal);
      } catch (error) {
        if (error.name === 'AbortError') {
          throw error;
        }
        this.#errors.set(thread, error);
      }
    }
  }

  #chat(thread) {
    if (!this.#chats.has(thread)) {
      this.#chats.set(thread, new Chat(this.page.agent.id, thread, {
        update: () => {
          this.page.update();
          this.#scroll();
        },
        onEnd: () => this.#refresh(),
      }));
    }
    return this.#chats.get(thread);
  }

  async #refresh() {
    try {
      this.threads = await this.#list();
    } catch (error) {
      // The list is as it was; the next answer brings it.
    }
    this.page.update();
  }

  /** An empty chat, whose thread begins with the first message. */
  fresh() {
    this.name = freshName();
    navigate(this.#path(null));
    focusOnWriting();
  }

  async #send(text) {
    this.#follows = true;
    const thread = this.current ?? (this.name.trim() || freshName());
    this.#errors.delete(thread);
    if (this.current === null) {
      this.name = freshName();
      if (this.threads.some(each => each.threadId === thread)) {
        await this.#load(thread);
      }
      this.#chat(thread).send(text);
      navigate(this.#path(thread), {replace: true});
      focusOnWriting();
    } else {
      this.#chat(thread).send(text);
    }
  }

  #path(thread) {
    return `/console/make/${this.page.agent.id}/chat${thread === null ? '' : '?' + new URLSearchParams({thread})}`;
  }

  async #delete(thread) {
    const agreed = await confirm({title: 'Delete this thread?', action: 'Delete the thread', danger: true,
      text: `What was said in “${thread}” is forgotten: the agent no longer knows of it.`});
    if (!agreed) {
      return;
    }
    await this.page.act(async () => {
      await make.delete(agentPath(this.page.agent.id, '/threads/' + encodeURIComponent(thread)));
      this.#chats.delete(thread);
      this.threads = this.threads.filter(each => each.threadId !== thread);
      toast('The thread is deleted.', 'good');
      if (this.current === thread) {
        this.fresh();
      }
    });
  }

  /** Keeps the newest in sight, unless somebody reads further up. */
  #scroll() {
    const toEnd = () => {
      const frame = document.querySelector('.chat-scroll');
      if (frame && this.#follows) {
        frame.scrollTop = frame.scrollHeight;
      }
    };
    requestAnimationFrame(() => {
      toEnd();
      // What came into sight by that may be higher than it was thought to be.
      requestAnimationFrame(toEnd);
    });
  }

  view() {
    return html`<div class="chat-frame">
      <aside class="threads" aria-label="Threads">
        <button class="button" @click=${() => this.fresh()}>${icon('plus')}New chat</button>
        ${this.#shown().length ? html`<ul>${repeat(this.#shown(), each => each.threadId, each => this.#thread(each))}</ul>`
          : html`<p class="muted small">Threads that were begun here or through the API appear here.</p>`}
      </aside>
      ${keyed(this.current, this.#talk())}</div>`;
  }

  /** With those whose first run is not over, which the server does not list yet. */
  #shown() {
    const begun = [...this.#chats.values()]
        .filter(chat => chat.isRunning && !this.threads.some(each => each.threadId === chat.thread))
        .map(chat => ({threadId: chat.thread, runs: 0, updatedAt: chat.began}));
    return [...begun, ...this.threads];
  }

  #thread({threadId, runs, updatedAt}) {
    const isRunning = this.#chats.get(threadId)?.isRunning;
    return html`<li>
      <a href=${this.#path(threadId)} aria-current=${threadId === this.current ? 'page' : 'false'}>
        <span class="clip">${threadId}</span>
        <small>${isRunning ? 'working …' : html`${plural(runs, 'answer')}, ${when(updatedAt)}`}</small></a>
      <button class="button quiet small" aria-label="Delete the thread ${threadId}" title="Delete"
          ?disabled=${isRunning}
          @click=${() => this.#delete(threadId)}>${icon('trash')}</button></li>`;
  }

  #talk() {
    const chat = this.current === null ? null : this.#chat(this.current);
    const error = this.#errors.get(this.current);
    return html`<section class="talk" aria-label=${this.current === null ? 'New chat' : `Thread ${this.current}`}>
      <h2 class="talk-head clip">${this.current ?? 'New chat'}</h2>
      <div class="chat-scroll" tabindex="0" role="log" aria-label="Messages" aria-busy=${Boolean(chat?.writing)}
          @scroll=${event => this.#scrolled(event.target)}>
        ${error ? trouble(error, () => this.#load(this.current).then(() => this.page.update())) : nothing}
        ${chat && (chat.messages.length || chat.isRunning) ? conversation(chat, this.page.agent.name) : this.#beginning()}
      </div>
      ${composer({chat: chat ?? this.#blank, onSend: text => this.#send(text), name: this.current === null ? this.#naming() : nothing,
        update: () => this.page.update()})}</section>`;
  }

  #scrolled(frame) {
    this.#follows = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 80;
  }

  #beginning() {
    return this.#errors.has(this.current) ? nothing : empty('Say something', 'The agent remembers this thread: it is told its '
        + 'last answers with every message. Another thread knows nothing of this one.');
  }

  #naming() {
    return html`<label class="row naming"><span>Thread</span><input name="thread" maxlength="255" .value=${this.name}
      @input=${event => {
        this.name = event.target.value;
      }}></label>`;
  }

  close() {
    removeEventListener('beforeunload', this.#ask);
    this.#chats.forEach(chat => chat.close());
  }
}

function focusOnWriting() {
  setTimeout(() => document.querySelector('.composer textarea')?.focus());
}

/** Any text is a thread's key; one that tells when it began is found again. */
function freshName() {
  const some = crypto.getRandomValues(new Uint32Array(1))[0].toString(36).slice(-4);
  return `${MOMENT.format(new Date())} · ${some}`;
}
