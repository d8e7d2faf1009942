// Every page: its path, its module, and where it stands in the navigation.

/** Groups of the navigation, in order; `roles` hides what a person may not use anyway. */
export const navigation = [
  {name: 'Work', links: [
    {path: '/console', name: 'Home', icon: 'home', keys: 'g h'},
    {path: '/console/new', name: 'New task', icon: 'plus', keys: 'n'},
    {path: '/console/agents', name: 'All agents', icon: 'agents', keys: 'g a'},
  ]},
  {name: 'Agents', links: [
    {path: '/console/fleet', name: 'Fleet', icon: 'fleet', keys: 'g f'},
    {path: '/console/squads', name: 'Squads', icon: 'squads', keys: 'g s', roles: ['admin', 'operator']},
    {path: '/console/approvals', name: 'Approvals', icon: 'approve', keys: 'g p', roles: ['admin', 'operator']},
    {path: '/console/make', name: 'Chats', icon: 'chat', keys: 'g c'},
    {path: '/console/scenarios', name: 'Scenarios', icon: 'scenario'},
    {path: '/console/connections', name: 'Connections', icon: 'plug'},
    {path: '/console/memory', name: 'Memory', icon: 'memory', keys: 'g m'},
  ]},
  {name: 'Server', links: [
    {path: '/console/keys', name: 'Keys', icon: 'key', keys: 'g k'},
    {path: '/console/secrets', name: 'Secrets', icon: 'lock'},
    {path: '/console/webhooks', name: 'Webhooks', icon: 'hook'},
    {path: '/console/usage', name: 'Plan and usage', icon: 'gauge', keys: 'g u'},
    {path: '/console/users', name: 'Users', icon: 'users', roles: ['admin']},
    {path: '/console/audit', name: 'Audit', icon: 'audit', roles: ['admin']},
    {path: '/console/settings', name: 'Settings', icon: 'settings', roles: ['admin']},
    {path: '/console/health', name: 'Health', icon: 'health', roles: ['admin', 'operator']},
  ]},
];

// One loader for all paths of a page, so that the shell knows it as the same and lets it go on.
const agent = () => import('./pages/agent.js');
const fleetAgent = () => import('./pages/fleet-agent.js');
const squad = () => import('./pages/squad.js');
const makeAgent = () => import('./pages/make-agent.js');
const keys = () => import('./pages/keys.js');
const webhooks = () => import('./pages/webhooks.js');
const scenarios = () => import('./pages/scenarios.js');

/** Modules are loaded when their page is opened, which keeps the first one small. */
export const routes = [
  {path: '/console', load: () => import('./pages/home.js')},
  {path: '/console/new', load: () => import('./pages/new-task.js')},
  {path: '/console/agents', load: () => import('./pages/agents.js')},
  {path: '/console/agents/:id', load: agent},
  {path: '/console/agents/:id/:tab', load: agent},
  {path: '/console/runs/:run', load: agent},
  {path: '/console/runs/:run/:tab', load: agent},
  {path: '/console/fleet', load: () => import('./pages/fleet.js')},
  {path: '/console/fleet/:name', load: fleetAgent},
  {path: '/console/fleet/:name/:tab', load: fleetAgent},
  {path: '/console/squads', load: () => import('./pages/squads.js')},
  {path: '/console/squads/:id', load: squad},
  {path: '/console/squads/:id/:tab', load: squad},
  {path: '/console/squads/:id/:tab/:detail', load: squad},
  {path: '/console/issues/:id', load: () => import('./pages/issue.js')},
  {path: '/console/approvals', load: () => import('./pages/approvals.js')},
  {path: '/console/approvals/:id', load: () => import('./pages/approval.js')},
  {path: '/console/heartbeats/:id', load: () => import('./pages/heartbeat.js')},
  {path: '/console/make', load: () => import('./pages/make.js')},
  {path: '/console/make/:id', load: makeAgent},
  {path: '/console/make/:id/:tab', load: makeAgent},
  {path: '/console/make/:id/:tab/:detail', load: makeAgent},
  {path: '/console/scenarios', load: scenarios},
  {path: '/console/scenarios/:id', load: scenarios},
  {path: '/console/connections', load: () => import('./pages/connections.js')},
  {path: '/console/memory', load: () => import('./pages/memory.js')},
  {path: '/console/keys', load: keys},
  {path: '/console/api-keys', load: keys},
  {path: '/console/secrets', load: () => import('./pages/secrets.js')},
  {path: '/console/webhooks', load: webhooks},
  {path: '/console/webhooks/:id', load: webhooks},
  {path: '/console/usage', load: () => import('./pages/usage.js')},
  {path: '/console/users', load: () => import('./pages/users.js')},
  {path: '/console/account', load: () => import('./pages/account.js')},
  {path: '/console/audit', load: () => import('./pages/audit.js')},
  {path: '/console/settings', load: () => import('./pages/settings.js')},
  {path: '/console/health', load: () => import('./pages/health.js')},
];
