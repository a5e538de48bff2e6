// Teams that receipts can be given to: said, said anew, and ended. A team has a lead, to whom what waits too long escalates.

import type { Act, Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findTeams, insertTeam, insertTeamVersion, lockTeams, type TeamRow } from './store-teams.ts';

export type KeepReceiptTeam = {
  /** Left out, it is a new team. */
  readonly teamId?: string | undefined;
  readonly name: string;
  readonly leadId: string;
  /** Members besides the lead. */
  readonly memberIds: readonly string[];
};

/**
 * Says who is in a team and who leads it; the same again changes nothing.
 *
 * Refuses: `receipt_team_not_found` (also one that ended), `receipt_team_name_taken`, `member_not_found`.
 */
export const keepReceiptTeam: Command<
  KeepReceiptTeam,
  { readonly teamId: string; readonly version: number }
> = {
  name: 'keep-receipt-team',
  permission: 'company.manage',
  async run(act, { teamId, name, leadId, memberIds }) {
    await lockTeams(act);
    const teams = await findTeams(act);
    const before = teamId === undefined ? undefined : takeTeam(teams, teamId);
    const isTaken = (other: TeamRow): boolean =>
      other.team_id !== teamId && other.name.toLowerCase() === name.toLowerCase();
    if (teams.some(isTaken)) throw new Refusal('receipt_team_name_taken', { name });
    const members = [...new Set([leadId, ...memberIds])].toSorted();
    const known = new Set((await readMembers(act, members)).map(({ userId }) => userId));
    const missing = members.find((userId) => !known.has(userId));
    if (missing !== undefined) throw new Refusal('member_not_found', { userId: missing });
    const isSame =
      before?.name === name && before.lead_id === leadId && before.member_ids.join() === members.join();
    if (before && isSame) return { teamId: before.team_id, version: before.version };
    const id = before?.team_id ?? newId<'receipt_team'>();
    if (!before) insertTeam(act, id);
    const version = (before?.version ?? 0) + 1;
    stateTeam(act, { team_id: id, version, name, lead_id: leadId, member_ids: members, is_ended: false });
    return { teamId: id, version };
  },
};

/** Ends a team: what it has is nobody's from then on. Refuses: `receipt_team_not_found`. */
export const endReceiptTeam: Command<{ readonly teamId: string }, { readonly teamId: string }> = {
  name: 'end-receipt-team',
  permission: 'company.manage',
  async run(act, { teamId }) {
    await lockTeams(act);
    const team = takeTeam(await findTeams(act), teamId);
    stateTeam(act, { ...team, version: team.version + 1, is_ended: true });
    return { teamId };
  },
};

function takeTeam(teams: readonly TeamRow[], teamId: string): TeamRow {
  const team = teams.find((one) => one.team_id === teamId);
  if (!team) throw new Refusal('receipt_team_not_found', { teamId });
  return team;
}

function stateTeam(act: Act, row: TeamRow & { readonly is_ended: boolean }): void {
  insertTeamVersion(act, row);
  act.record({
    type: 'receipt_team.set',
    subjectId: row.team_id,
    data: {
      name: row.name,
      leadId: row.lead_id,
      memberIds: [...row.member_ids],
      version: row.version,
      isEnded: row.is_ended,
    },
  });
}
