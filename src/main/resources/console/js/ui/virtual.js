// A list of any length in a box that scrolls: only what is near the eye is in the page, each row as high as it is.
import {render} from '../lit.js';

/** Pixels above and below the box that are drawn too, so that nobody scrolls into emptiness. */
const MARGIN = 600;
/** This near to the end counts as there. */
const NEAR = 24;

export class VirtualList {
  #items = [];
  #rows = new Map();
  #heights = new Map();
  #tops = [];
  #dirty = 0;
  #drawing = false;
  #current = null;
  #spacer = document.createElement('div');
  #sizes = new ResizeObserver(entries => this.#measured(entries));
  #box = new ResizeObserver(() => this.#soon());

  /**
   * @param {object} options
   * @param {(item: any) => any} options.row what stands in a row
   * @param {(item: any) => string|number} options.key tells rows apart
   * @param {string} options.label what is listed
   * @param {(item: any) => number} [options.estimate] how high a row is that was never seen
   * @param {(following: boolean) => void} [options.onFollow]
   */
  constructor({row, key, label, estimate = () => 56, onFollow = () => {}}) {
    Object.assign(this, {row, key, estimate, onFollow, following: false});
    this.element = document.createElement('div');
    Object.assign(this.element, {className: 'virtual', tabIndex: 0});
    this.element.setAttribute('role', 'region');
    this.element.setAttribute('aria-label', label);
    this.#spacer.className = 'virtual-space';
    this.element.append(this.#spacer);
    this.element.addEventListener('scroll', () => this.#scrolled(), {passive: true});
    this.#box.observe(this.element);
  }

  /**
   * Shows these; the same array may come again with more in it.
   *
   * @param {number} from the first that is not as before
   */
  show(items, from = 0) {
    this.#items = items;
    this.#dirty = Math.min(this.#dirty, from);
    this.#soon();
  }

  /** Draws again what is seen: an item has changed. */
  refresh() {
    this.#soon();
  }

  /** Sticks to the end from now on, or no longer. */
  follow(following) {
    if (this.following !== following) {
      this.following = following;
      this.onFollow(following);
    }
    this.#soon();
  }

  /** The item that the keys have come to. */
  get current() {
    return this.#current;
  }

  /** Brings an item into view and marks it. */
  go(index) {
    const item = this.#items[index];
    if (!item) {
      return;
    }
    this.follow(false);
    this.#current = this.key(item);
    this.#place();
    this.element.scrollTop = Math.max(0, this.#tops[index] - 8);
    this.#draw();
    // Rows above had heights that were only guessed: now that they are known, the place is another.
    requestAnimationFrame(() => {
      this.#place();
      const top = this.#tops[this.#items.indexOf(item)] ?? 0;
      const isSeen = top >= this.element.scrollTop && top < this.element.scrollTop + this.element.clientHeight - 40;
      this.element.scrollTop = isSeen ? this.element.scrollTop : Math.max(0, top - 8);
      this.#rows.get(this.#current)?.focus({preventScroll: true});
    });
  }

  /** Goes so many items on from the current one, or from the first that is seen. */
  step(by) {
    const at = this.#items.findIndex(item => this.key(item) === this.#current);
    const from = at >= 0 ? at : this.#at(this.element.scrollTop) - Math.sign(by);
    this.go(Math.max(0, Math.min(this.#items.length - 1, from + by)));
  }

  close() {
    this.#sizes.disconnect();
    this.#box.disconnect();
  }

  #soon() {
    if (!this.#drawing) {
      this.#drawing = true;
      queueMicrotask(() => {
        this.#drawing = false;
        this.#draw();
      });
    }
  }

  #height(item) {
    return this.#heights.get(this.key(item)) ?? this.estimate(item);
  }

  #place() {
    const from = Math.min(this.#dirty, this.#tops.length);
    let top = from === 0 ? 0 : this.#tops[from - 1] + this.#height(this.#items[from - 1]);
    for (let i = from; i < this.#items.length; i++) {
      this.#tops[i] = top;
      top += this.#height(this.#items[i]);
    }
    this.#tops.length = this.#items.length;
    this.#dirty = this.#items.length;
    const last = this.#items.length - 1;
    const whole = last < 0 ? 0 : this.#tops[last] + this.#height(this.#items[last]);
    this.#spacer.style.height = `${whole}px`;
    return whole;
  }

  /** The last item that begins at or above a place. */
  #at(place) {
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  #draw() {
    const whole = this.#place();
    if (this.following) {
      this.element.scrollTop = whole;
    }
    const first = this.#at(this.element.scrollTop - MARGIN);
    const end = this.element.scrollTop + this.element.clientHeight + MARGIN;
    const seen = new Set();
    for (let i = first; i < this.#items.length && this.#tops[i] < end; i++) {
      seen.add(this.#drawRow(i));
    }
    for (const [key, row] of this.#rows) {
      // One that has the keyboard stays: who reads it would else be thrown out of the list.
      if (!seen.has(key) && !row.contains(document.activeElement)) {
        this.#sizes.unobserve(row);
        row.remove();
        this.#rows.delete(key);
      }
    }
  }

  #drawRow(index) {
    const item = this.#items[index];
    const key = this.key(item);
    let row = this.#rows.get(key);
    if (!row) {
      row = document.createElement('article');
      row.className = 'virtual-row';
      row.tabIndex = -1;
      row.virtualKey = key;
      this.#rows.set(key, row);
      this.#insert(row, index);
      this.#sizes.observe(row);
    }
    row.setAttribute('aria-posinset', index + 1);
    row.setAttribute('aria-setsize', this.#items.length);
    row.classList.toggle('current', key === this.#current);
    row.style.transform = `translateY(${this.#tops[index]}px)`;
    render(this.row(item), row);
    return key;
  }

  /** In the order of the list, which is the one that the keyboard and readers of the screen take. */
  #insert(row, index) {
    for (let i = index + 1; i < this.#items.length; i++) {
      const next = this.#rows.get(this.key(this.#items[i]));
      if (next?.isConnected && next !== row) {
        this.#spacer.insertBefore(row, next);
        return;
      }
      if (i > index + 60) {
        break;
      }
    }
    this.#spacer.append(row);
  }

  #measured(entries) {
    let moved = 0;
    const top = this.element.scrollTop;
    for (const {target, borderBoxSize} of entries) {
      const height = borderBoxSize[0].blockSize;
      const index = this.#items.findIndex(item => this.key(item) === target.virtualKey);
      if (index < 0 || !target.isConnected) {
        continue;
      }
      const before = this.#height(this.#items[index]);
      if (Math.abs(before - height) >= 1) {
        this.#heights.set(target.virtualKey, height);
        this.#dirty = Math.min(this.#dirty, index);
        moved += (this.#tops[index] ?? 0) + before <= top ? height - before : 0;
      }
    }
    // What is looked at stays where it is when something above it turns out higher.
    if (moved !== 0 && !this.following) {
      this.#place();
      this.element.scrollTop = top + moved;
    }
    this.#draw();
  }

  #scrolled() {
    const rest = this.element.scrollHeight - this.element.clientHeight - this.element.scrollTop;
    if (rest > NEAR && this.following && !this.#drawing) {
      this.following = false;
      this.onFollow(false);
    } else if (rest <= 2 && !this.following && this.element.scrollTop > 0) {
      this.following = true;
      this.onFollow(true);
    }
    this.#soon();
  }
}
