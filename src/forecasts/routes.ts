// HTTP of looking ahead.

import type { Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import type { Policy } from '#policies/policy.ts';
import { readPolicyFile } from '#policies/policy-file.ts';
import { readPolicies, takeSet } from '#policies/take-policies.ts';
import * as contract from './contract.ts';
import { readCalendar } from './read-calendar.ts';
import { readForecast } from './read-forecast.ts';
import { readChanges, readSummary } from './read-summary.ts';

async function policiesOf(
  tx: Tx,
  { file, setId }: { readonly file?: unknown; readonly setId?: string | undefined },
): Promise<readonly Policy[]> {
  // Its own tests are not asked: a draft is looked at to see what it does.
  if (file !== undefined) return readPolicyFile(file).policies;
  return setId === undefined ? (await readPolicies(tx)).policies : (await takeSet(tx, setId)).file.policies;
}

/** All routes of forecasts. */
export const routes: readonly Route[] = [
  route(contract.summarizePlan, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) =>
      readSummary(tx, {
        companyId: query.companyId,
        on: query.on,
        approved: query.approved === 'true',
        now: context.now,
      }),
    ),
  ),
  route(contract.readCalendar, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) =>
      readCalendar(tx, { companyId: query.companyId, weeks: query.weeks, now: context.now }),
    ),
  ),
  route(contract.forecastAccount, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => {
      const { customerId, months } = body;
      return readForecast(tx, { customerId, months, policies: await policiesOf(tx, body), now: context.now });
    }),
  ),
  route(contract.listRunChanges, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) =>
      readChanges(tx, { ...params, now: context.now, after: query.after, limit: query.limit }),
    ),
  ),
];
