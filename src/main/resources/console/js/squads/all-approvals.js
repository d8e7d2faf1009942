// Approvals of every squad, which the API tells squad by squad.
import {api, path, withQuery} from '../api.js';

const AT_ONCE = 4;

/**
 * @param {Array<{id: string}>} squads
 * @param {string} [status] words with commas between; all without
 * @returns {Promise<Array<object>>} newest first
 */
export async function approvalsOf(squads, status, signal) {
  const waiting = [...squads];
  const found = [];
  const next = async () => {
    for (let squad = waiting.shift(); squad; squad = waiting.shift()) {
      const asked = withQuery(path`/api/squads/${squad.id}/approvals`, {status});
      found.push(...(await api.get(asked, {signal})).approvals);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, next));
  return found.sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

/** Pending ones first, then those that were asked to be revised, then the decided. */
export function pendingFirst(approvals) {
  const rank = approval => ['pending', 'revision_requested'].indexOf(approval.status) + 1 || 3;
  return [...approvals].sort((one, other) => rank(one) - rank(other));
}
