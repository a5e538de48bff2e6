// SQL of teams that receipts can be given to.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';

/** A team as it was said last. */
export type TeamRow = {
  readonly team_id: string;
  readonly version: number;
  readonly name: string;
  readonly lead_id: string;
  /** With the lead. */
  readonly member_ids: readonly string[];
};

/** Lets one command at a time change teams of a tenant, so that a name is one team's. */
export async function lockTeams(act: Act): Promise<void> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended('receipt-teams ' || ${act.tenantId}, 0))`);
}

/** Teams that did not end, by name. */
export async function findTeams(tx: Tx): Promise<readonly TeamRow[]> {
  return tx.run(sql<TeamRow>`select t.team_id, t.version, t.name, t.lead_id, t.member_ids from (
      select distinct on (team_id) * from receipt_team_version where tenant_id = ${tx.tenantId} order by team_id, version desc
    ) t where not t.is_ended order by lower(t.name), t.team_id`);
}

/** Makes a team. */
export function insertTeam(act: Act, id: string): void {
  act.insert('receipt_team', [{ id, made_by: actorText(act.actor), recorded_at: act.now }]);
}

/** Says who is in it. */
export function insertTeamVersion(act: Act, row: TeamRow & { readonly is_ended: boolean }): void {
  act.insert('receipt_team_version', [
    {
      team_id: row.team_id,
      version: row.version,
      name: row.name,
      lead_id: row.lead_id,
      member_ids: [...row.member_ids],
      is_ended: row.is_ended,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}
