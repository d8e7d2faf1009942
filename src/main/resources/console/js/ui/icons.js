// Line icons on a grid of 24, drawn in the colour of the text around them.
import {html, svg} from '../lit.js';

const SHAPES = {
  home: 'M4 11 12 4l8 7M6 10v10h12V10M10 20v-6h4v6',
  plus: 'M12 5v14M5 12h14',
  agents: 'M5 8h14v10H5zM12 8V4M9 13h.01M15 13h.01M2 12v3M22 12v3',
  fleet: 'M3 5h18v10H3zM8 20h8M12 15v5',
  squads: 'M12 3v5M6 21v-5h12v5M12 8v8M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6z',
  approve: 'M4 4h16v16H4zM8 12l3 3 5-6',
  chat: 'M4 5h16v11H9l-5 4z',
  scenario: 'M4 6h6v5H4zM14 13h6v5h-6zM10 8h4v7',
  plug: 'M9 3v6M15 3v6M6 9h12v3a6 6 0 0 1-12 0zM12 18v3',
  memory: 'M6 6c0-2 12-2 12 0v12c0 2-12 2-12 0zM6 6c0 2 12 2 12 0M6 12c0 2 12 2 12 0',
  key: 'M14 10a4 4 0 1 0-3.5 4L13 14v3h3v-3l4-4-2-2zM8 10h.01',
  lock: 'M6 11h12v9H6zM9 11V7a3 3 0 0 1 6 0v4',
  hook: 'M9 8a3 3 0 1 1 3 3l-3 5M6 17a3 3 0 1 0 3 3h6M18 17a3 3 0 1 1-2 5M15 12l3 5',
  gauge: 'M4 18a8 8 0 1 1 16 0M12 18l4-6',
  users: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-4 12-4 12 0M16 5a3 3 0 0 1 0 6M17 15c3 0 4 2 4 5',
  user: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-6 16-6 16 0',
  audit: 'M6 3h9l4 4v14H6zM9 11h7M9 15h7',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  health: 'M3 12h4l3-7 4 14 3-7h4',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5 20 20',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  moon: 'M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10z',
  leave: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  play: 'M7 5l12 7-12 7z',
  stop: 'M6 6h12v12H6z',
  pause: 'M8 5v14M16 5v14',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  edit: 'M4 20h4L19 9l-4-4L4 16z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 16V5M7 9l5-5 5 5M5 20h14',
  refresh: 'M20 6v5h-5M4 18v-5h5M19 11a7 7 0 0 0-13-2M5 13a7 7 0 0 0 13 2',
  warn: 'M12 4 2 20h20zM12 10v4M12 17h.01',
  good: 'M5 12l5 5L20 7',
  bad: 'M6 6l12 12M18 6 6 18',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  folder: 'M3 6h7l2 2h9v11H3z',
  terminal: 'M3 5h18v14H3zM7 9l3 3-3 3M12 15h5',
  send: 'M4 12 20 4l-5 16-3-7z',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  eye: 'M2 12c4-8 16-8 20 0-4 8-16 8-20 0zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  tag: 'M4 4h8l8 8-8 8-8-8zM8 8h.01',
  share: 'M6 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 22a3 3 0 1 0 0-6 3 3 0 0 0 0 6z'
      + 'M9 11l6-4M9 13l6 4',
};

/** A picture that says nothing by itself: whatever it stands beside or in has a text or a label. */
export function icon(name) {
  const path = svg`<path d=${SHAPES[name] ?? ''}></path>`;
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;
}
