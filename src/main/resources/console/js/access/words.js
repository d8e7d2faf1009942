// Words for what the server spells in short: how somebody logged in, what a role may do.

export function way(mode) {
  return {admin: 'by password', email: 'by a mailed code', oidc: 'by single sign-on'}[mode] ?? mode;
}

export const ROLES = [
  {value: 'user', name: 'User: works with their own agents'},
  {value: 'operator', name: 'Operator: also runs squads'},
  {value: 'admin', name: 'Administrator: may do everything'},
];
