// Trying policies out over HTTP.

import type { Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { acceptPolicies } from '#policies/change-policies.ts';
import type { PolicyFile } from '#policies/policy-file.ts';
import { takeSet } from '#policies/take-policies.ts';
import * as contract from './contract.ts';
import { putComparedLive } from './put-compared-live.ts';
import { readComparison } from './read-comparison.ts';
import { findDays } from './store.ts';

async function fileOf(
  tx: Tx,
  { setId, file }: { readonly setId?: string | undefined; readonly file?: unknown },
): Promise<PolicyFile> {
  if (file !== undefined) return acceptPolicies(file);
  if (setId === undefined) throw new Refusal('nothing_to_compare');
  return (await takeSet(tx, setId)).file;
}

/** All routes of trials. */
export const routes: readonly Route[] = [
  route(contract.comparePolicies, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => {
      const { companyId, on, show } = body;
      const file = await fileOf(tx, body);
      return readComparison(tx, { file, now: context.now, companyId: companyId as CompanyId, on, show });
    }),
  ),
  route(contract.putPoliciesLive, ({ door, context, params, body, commandId, rehearse }) =>
    putComparedLive(door, context, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(contract.listShadowDays, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const set = await takeSet(tx, params.setId);
      const rows = (await findDays(tx, set.id)).map((row) => ({
        companyId: row.company_id,
        companyCode: row.company_code,
        on: row.on_day.toString(),
        recordedAt: row.recorded_at.toString(),
        earlier: row.earlier,
        summary: row.summary,
      }));
      return { rows };
    }),
  ),
];
