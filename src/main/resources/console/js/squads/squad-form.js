// The fields of a squad, for a new one and for one that is changed.
import {html} from '../lit.js';
import {field} from '../ui/form.js';
import {centsOf} from './words.js';

export function squadFields(squad = {}) {
  return html`
    ${field({label: 'Name', name: 'name', value: squad.name ?? '', required: true, autofocus: true,
      hint: 'Up to 120 characters. Its first letters begin the names of issues.'})}
    ${field({label: 'Goal', name: 'goal', value: squad.goal ?? '', rows: 2, hint: 'What the squad is for.'})}
    ${field({label: 'Description', name: 'description', value: squad.description ?? '', rows: 2})}
    ${field({label: 'Budget a month, in dollars', name: 'budget', type: 'number', min: 0, step: '0.01',
      value: squad.budgetMonthlyCents ? (squad.budgetMonthlyCents / 100).toFixed(2) : '',
      hint: 'Empty is no limit. At 80 % you are told, at 100 % the squad stops.'})}
    ${field({label: 'Tokens a month', name: 'tokens', type: 'number', min: 0, step: 1,
      value: squad.budgetMonthlyTokens ? String(squad.budgetMonthlyTokens) : '', hint: 'Empty is no limit.'})}
    ${field({label: 'Hires need an operator’s approval', name: 'approval', type: 'checkbox',
      value: squad.requireOperatorApprovalForNewAgents ?? true})}`;
}

/** What the API takes, out of what the form holds. */
export function squadOf(values) {
  return {
    name: values.name,
    goal: values.goal,
    description: values.description,
    budgetMonthlyCents: centsOf(values.budget),
    budgetMonthlyTokens: Number(values.tokens || 0),
    requireOperatorApprovalForNewAgents: values.approval,
  };
}
