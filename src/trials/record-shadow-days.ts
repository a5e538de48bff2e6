// A set of policies in the shadow is planned each day beside the set in force, before that day's reminders go out, and what it would
// have said is kept.

import { hasRunOn } from '#collections/read-collections.ts';
import { type Command, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { SHADOW_ROWS_KEPT } from '#kernel/limits.ts';
import { listCompanies } from '#parties/take-party.ts';
import { readShadowSet } from '#policies/take-policies.ts';
import { type Comparison, readComparison } from './read-comparison.ts';
import { hasDay, insertDay, type ShadowDay } from './store.ts';

type Kept = ShadowDay & { readonly summary: Comparison };

/**
 * Keeps, for each company of which it is not known yet, what the set in the shadow would have said today. A day of which
 * reminders were started already is passed over: what was said by the set in force would look as if it said nothing.
 */
export async function recordShadowDays(
  tools: Pick<JobTools, 'door' | 'clock' | 'contextOf'>,
  tenantId: TenantId,
): Promise<void> {
  const days = await inTenant(tools.door.pool, tenantId, (tx) => readDays(tx, tools.clock()), {
    snapshot: true,
  });
  for (const day of days) await carryOut(tools.door, await tools.contextOf(tenantId), keepShadowDay, day);
}

async function readDays(tx: Tx, now: Instant): Promise<readonly Kept[]> {
  const set = await readShadowSet(tx);
  if (!set) return [];
  const kept: Kept[] = [];
  for (const company of await listCompanies(tx)) {
    const on = dayIn(company.timeZone, now);
    const day = { setId: set.id, revision: set.revision, companyId: company.id, on };
    if ((await hasDay(tx, day)) || (await hasRunOn(tx, day.companyId, day.on))) continue;
    const found = await readComparison(tx, { file: set.file, now, companyId: company.id, on: day.on });
    const rows = found.rows.slice(0, SHADOW_ROWS_KEPT);
    kept.push({ ...day, summary: { ...found, rows, more: found.more + found.rows.length - rows.length } });
  }
  return kept;
}

const keepShadowDay: Command<Kept, null> = {
  name: 'keep-shadow-day',
  permission: 'cadence.edit',
  async run(act, { summary, ...day }) {
    insertDay(act, day, summary);
    return null;
  },
};
