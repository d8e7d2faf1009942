// What changed between two texts, line by line, as few lines as possible; and how that looks.
import {html} from '../lit.js';

/** Comparing takes time with the product of the lines: beyond this all old ones go and all new ones come. */
const LARGEST = 4_000_000;
const AROUND = 3;

/** @returns {Array<{sign: ' '|'+'|'-', text: string}>} */
export function diff(before, after) {
  const old = lines(before);
  const now = lines(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) {
    head++;
  }
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) {
    tail++;
  }
  const middle = between(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return [...same(old.slice(0, head)), ...middle, ...same(tail ? old.slice(-tail) : [])];
}

function lines(text) {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function same(all) {
  return all.map(text => ({sign: ' ', text}));
}

/** By the longest common subsequence. */
function between(old, now) {
  const all = [];
  if (old.length * now.length > LARGEST) {
    return [...old.map(text => ({sign: '-', text})), ...now.map(text => ({sign: '+', text}))];
  }
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let k = now.length - 1; k >= 0; k--) {
      longest[i * width + k] = old[i] === now[k]
        ? longest[(i + 1) * width + k + 1] + 1
        : Math.max(longest[(i + 1) * width + k], longest[i * width + k + 1]);
    }
  }
  let i = 0;
  let k = 0;
  while (i < old.length || k < now.length) {
    if (i < old.length && k < now.length && old[i] === now[k]) {
      all.push({sign: ' ', text: old[i++]});
      k++;
    } else if (k >= now.length || (i < old.length && longest[(i + 1) * width + k] >= longest[i * width + k + 1])) {
      all.push({sign: '-', text: old[i++]});
    } else {
      all.push({sign: '+', text: now[k++]});
    }
  }
  return all;
}

/** The changed lines with a few around them; a gap stands for what is the same. */
function shortened(all) {
  const near = all.map((line, at) => all
    .slice(Math.max(0, at - AROUND), at + AROUND + 1)
    .some(each => each.sign !== ' '));
  const kept = [];
  all.forEach((line, at) => {
    if (near[at]) {
      kept.push(line);
    } else if (kept.length === 0 || kept.at(-1).sign !== '…') {
      kept.push({sign: '…', text: ''});
    }
  });
  return kept;
}

const WORDS = {'+': 'added', '-': 'removed', ' ': 'same', '…': 'gap'};

/** @param {Array<{sign: string, text: string}>} all */
export function diffView(all) {
  const added = all.filter(line => line.sign === '+').length;
  const removed = all.filter(line => line.sign === '-').length;
  return html`<div class="diff" role="group" aria-label="${added} lines added, ${removed} removed">
    <p class="small"><span class="plus">+${added}</span> <span class="minus">−${removed}</span></p>
    <pre tabindex="0">${shortened(all).map(line =>
      html`<span class=${WORDS[line.sign] ?? 'same'}>${line.sign} ${line.text}
</span>`)}</pre></div>`;
}
