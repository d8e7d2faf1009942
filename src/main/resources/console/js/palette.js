// The command palette: every page, every agent, by a few letters.
import {html, live} from './lit.js';
import {api, withQuery} from './api.js';
import {session} from './session.js';
import {navigation} from './routes.js';
import {navigate} from './router.js';
import {openDialog} from './ui/dialog.js';
import {icon} from './ui/icons.js';

const MOST = 12;

export function openPalette() {
  const state = {text: '', agents: [], chosen: 0};
  openDialog({title: 'Go to', className: 'palette', view: dialog => view(state, dialog)});
}

function entries(state) {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  const role = session.user?.role;
  const pages = navigation
      .flatMap(group => group.links)
      .filter(link => !link.roles || link.roles.includes(role))
      .concat({path: '/console/account', name: 'My account', icon: 'user'})
      .filter(link => words.every(word => link.name.toLowerCase().includes(word)));
  return [...pages, ...state.agents].slice(0, MOST);
}

async function look(state, dialog, text) {
  Object.assign(state, {text, chosen: 0, agents: text.trim() ? state.agents : []});
  dialog.update();
  if (!text.trim()) {
    return;
  }
  try {
    const found = await api.get(withQuery('/api/v1/fleet', {search: text.trim(), limit: MOST}));
    if (state.text === text) {
      state.agents = found.data.map(agent => ({
        path: '/console/agents/' + encodeURIComponent(agent.id),
        name: agent.name,
        note: agent.dialect,
        icon: 'agents',
      }));
      dialog.update();
    }
  } catch (error) {
    // Pages are still found; agents are looked for again at the next letter.
  }
}

function pressed(event, state, dialog) {
  const all = entries(state);
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    state.chosen = (state.chosen + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % Math.max(1, all.length);
    dialog.update();
  } else if (event.key === 'Enter' && all[state.chosen]) {
    event.preventDefault();
    go(all[state.chosen], dialog);
  }
}

function go(entry, dialog) {
  dialog.close();
  navigate(entry.path);
}

function view(state, dialog) {
  const all = entries(state);
  return html`
    <input type="search" role="combobox" aria-label="Page or agent" aria-expanded="true" aria-controls="found"
        aria-activedescendant=${all.length ? `found-${state.chosen}` : ''} placeholder="A page, or an agent's name"
        autocomplete="off" autofocus .value=${live(state.text)}
        @input=${event => look(state, dialog, event.target.value)} @keydown=${event => pressed(event, state, dialog)}>
    <ul id="found" role="listbox" aria-label="Found">${all.map((entry, at) => html`
      <li id="found-${at}" role="option" aria-selected=${at === state.chosen} @click=${() => go(entry, dialog)}>
        ${icon(entry.icon)}<span>${entry.name}</span><span class="muted">${entry.note}</span></li>`)}
    </ul>
    ${all.length ? '' : html`<p class="muted">Nothing is called so.</p>`}`;
}
