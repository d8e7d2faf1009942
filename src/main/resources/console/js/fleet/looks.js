// How an agent is found and what it knows: tags, its picture, its skills.
import {html, nothing} from '../lit.js';
import {api} from '../api.js';
import {field, submitted} from '../ui/form.js';
import {icon} from '../ui/icons.js';
import {agentPath} from './deeds.js';

/** @param {import('./settings.js').SettingsPanel} panel */
export function looks(panel) {
  return html`${tags(panel)}${avatar(panel)}${skills(panel)}`;
}

function tags(panel) {
  const {tags: list} = panel.loaded.tags;
  return html`<section class="card"><h2>Tags</h2>
    ${list.length === 0
      ? html`<p class="muted">None. Tags make agents easy to find in the fleet.</p>`
      : html`<div class="row wrap">${list.map(tag => oneTag(panel, tag))}</div>`}
    ${panel.canChange ? html`<form class="row wrap fleet-inline" @submit=${submitted(async ({tag}, form) => {
      if (await panel.do(() => api.post(tagPath(panel, tag)))) {
        form.reset();
      }
    })}><label class="field grow"><span>New tag</span>
        <input name="tag" required maxlength="50" autocomplete="off"></label>
      <button class="button">Add</button></form>` : nothing}</section>`;
}

function oneTag(panel, tag) {
  return html`<span class="tag">${icon('tag')}${tag}${panel.canChange ? html`
    <button class="button quiet small" aria-label="Remove the tag ${tag}"
        @click=${() => panel.do(() => api.delete(tagPath(panel, tag)))}>${icon('bad')}</button>` : nothing}</span>`;
}

function tagPath(panel, tag) {
  return agentPath(panel.name, `/tags/${encodeURIComponent(tag)}`);
}

function avatar(panel) {
  const identity = panel.loaded['avatar/identity'];
  const picture = panel.page.agent.avatar_url;
  return html`<section class="card"><h2>Picture</h2>
    ${picture?.startsWith('/api/agents/') && identity.has_avatar
      ? html`<img class="portrait large" src=${picture} alt="Picture of ${panel.name}" width="56" height="56">`
      : html`<p class="muted">It has no picture.</p>`}
    ${panel.canChange ? html`
      <label class="field"><span>A picture, PNG or WebP</span>
        <input type="file" accept="image/png,image/webp" @change=${event => {
        const [file] = event.target.files;
        if (file) {
          panel.do(() => api.put(agentPath(panel.name, '/avatar'), file), 'The picture is kept');
        }
      }}></label>` : nothing}</section>`;
}

function skills(panel) {
  const {skills: had} = panel.loaded.skills;
  const others = panel.library.map(each => each.name).filter(name => !had.includes(name));
  const give = ({skill}) => panel.do(() => api.post(skillPath(panel, skill)), `It has ${skill}`);
  return html`<section class="card"><h2>Skills</h2>
    ${had.length === 0
      ? html`<p class="muted">None.</p>`
      : html`<ul class="list">${had.map(name => oneSkill(panel, name))}</ul>`}
    ${panel.canChange && others.length ? html`<form class="row wrap fleet-inline" @submit=${submitted(give)}>
      ${field({label: 'From the library', name: 'skill', options: others})}
      <button class="button">Add</button></form>` : nothing}
    ${panel.canChange && others.length === 0 && had.length === 0 ? html`<p class="muted small">The server's library of
      skills is empty: an administrator names its repository in the settings.</p>` : nothing}
    ${had.length && panel.canChange ? html`<div class="row end">
      <button class="button" ?disabled=${panel.page.agent.status !== 'running'} @click=${() => copyIn(panel)}>
        Copy them in now</button></div>` : nothing}</section>`;
}

function oneSkill(panel, name) {
  return html`<li class="row"><code>${name}</code><span class="grow"></span>${panel.canChange ? html`
    <button class="button small" aria-label="Take the skill ${name} off"
        @click=${() => panel.do(() => api.delete(skillPath(panel, name)))}>Remove</button>` : nothing}</li>`;
}

function skillPath(panel, name) {
  return agentPath(panel.name, `/skills/${encodeURIComponent(name)}`);
}

function copyIn(panel) {
  return panel.do(() => api.post(agentPath(panel.name, '/skills/inject')), 'The skills are in its computer');
}
