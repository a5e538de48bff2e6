// Looking for reminders that should not have been sent: what left in the last days is looked at with all that is known now.

import type { Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import { BREACH_DAYS_LOOKED_AT, BREACH_MESSAGES_LOOKED_AT } from '#kernel/limits.ts';
import { readPolicyOf } from '#policies/take-policies.ts';
import { type Breach, breachesOf, type Left, type Stop } from './breach.ts';
import { findLeft, findMoves, findSaidItems, findStops, insertBreaches, insertSearch } from './store.ts';

const HOURS_A_DAY = 24;

/**
 * Looks at all reminders that left in the last days, keeps what was wrong and not known yet, and tells it: one event for each
 * message. What could not be known when it left is kept apart and raises no alarm.
 */
export const recordBreaches: Command<
  Record<string, never>,
  { readonly messages: number; readonly found: number }
> = {
  name: 'record-breaches',
  permission: 'reminder.send',
  async run(act) {
    const since = act.now.subtract({ hours: BREACH_DAYS_LOOKED_AT * HOURS_A_DAY });
    let messages = 0;
    let found = 0;
    for await (const page of leftSince(act, since)) {
      messages += page.length;
      const breaches = page.flatMap((left) =>
        breachesOf(left).map((breach) => ({ ...breach, handedOverAt: left.at, customerId: left.customerId })),
      );
      const added = new Set((await insertBreaches(act, breaches)).map(({ messageId }) => messageId));
      found += added.size;
      for (const messageId of added) tell(act, messageId, breaches);
    }
    insertSearch(act, { since, messages, found });
    return { messages, found };
  },
};

function tell(
  act: Parameters<typeof recordBreaches.run>[0],
  messageId: string,
  breaches: readonly (Breach & { readonly customerId: string })[],
): void {
  const own = breaches.filter((one) => one.messageId === messageId && one.wasKnowable);
  const [first] = own;
  if (!first) return;
  act.record({
    type: 'reminder.breached',
    subjectId: messageId,
    customerId: first.customerId,
    data: { kinds: [...new Set(own.map(({ kind }) => kind))] },
  });
}

/** What left since a moment, page by page, with what is known of it now. */
async function* leftSince(
  tx: Tx,
  since: Instant,
): AsyncGenerator<readonly (Left & { readonly customerId: string })[]> {
  for (let after: { at: Instant; messageId: string } | undefined; ; ) {
    const rows = await findLeft(tx, since, { after, limit: BREACH_MESSAGES_LOOKED_AT });
    const said = await findSaidItems(
      tx,
      rows.map(({ messageId }) => messageId),
    );
    const ids = [...new Set(said.map(({ itemId }) => itemId))];
    const [moves, stops] = await Promise.all([findMoves(tx, ids), findStops(tx, ids)]);
    const paused = await readPaused(
      tx,
      said.map(({ policyId }) => policyId),
    );
    const itemsOf = Map.groupBy(said, ({ messageId }) => messageId);
    yield rows.map((row) => ({
      ...row,
      items: (itemsOf.get(row.messageId) ?? []).map((item) => ({
        ...item,
        moves: moves.get(item.itemId) ?? [],
        stops: (stops.get(item.itemId) ?? []).filter(({ kind }) => paused.get(item.policyId)?.has(kind)),
      })),
    }));
    const last = rows.at(-1);
    if (!last || rows.length < BREACH_MESSAGES_LOOKED_AT) return;
    after = last;
  }
}

/** What stops chasing by the policies that things were said by: a policy may say that promises or disputes do not. */
async function readPaused(
  tx: Tx,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<Stop['kind']>>> {
  const ids = [...new Set(policyIds)];
  const policies = await Promise.all(ids.map((id) => readPolicyOf(tx, id)));
  return new Map(
    policies.map(({ promisePauses, disputePauses }, index) => [
      ids[index] ?? '',
      new Set<Stop['kind']>([
        'held',
        ...(promisePauses === 'nothing' ? [] : (['promised'] as const)),
        ...(disputePauses === 'nothing' ? [] : (['disputed'] as const)),
      ]),
    ]),
  );
}
