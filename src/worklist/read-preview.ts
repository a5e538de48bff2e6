// What other rules would make of the list, before they are stated: on real accounts, by the functions that make the list.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { RULES_PREVIEWED_MAX, RULES_SHOWN_FIRST } from '#kernel/limits-collecting.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type * as contract from './contract.ts';
import { checkRules, FIRST_RULES, type PointRule } from './points.ts';
import { readCandidates } from './read-candidates.ts';
import { type Judged, type Moved, reorder } from './reordering.ts';
import { countRows, findDay, findListed, findRules, type ListedRow } from './store.ts';

type Shown = Judged & { readonly row: ListedRow };

/**
 * The list by other rules beside the one by the rules in force, of the accounts that come first now by points and by
 * expected value, some thousand of them at most. Without a list nothing is looked at.
 *
 * Refuses: `worklist_rules_not_valid`.
 */
export async function readPreview(
  tx: Tx,
  context: Context,
  rules: readonly PointRule[],
): Promise<z.input<typeof contract.previewWorklistRules.reply>> {
  checkRules(rules);
  const stored = await findRules(tx);
  const accounts = await readShown(tx, context);
  const { moved, counts } = reorder(
    accounts,
    { before: stored?.rules ?? FIRST_RULES, after: rules },
    context.today,
  );
  return {
    listed: await countRows(tx),
    lookedAt: accounts.length,
    up: moved.filter((one) => one.place < one.placeBefore).length,
    down: moved.filter((one) => one.place > one.placeBefore).length,
    rules: rules.map(({ name }, index) => ({ name, accounts: counts[index] ?? 0 })),
    first: moved.slice(0, RULES_SHOWN_FIRST).map(describe),
    noLongerFirst: moved
      .filter((one) => one.place > RULES_SHOWN_FIRST && one.placeBefore <= RULES_SHOWN_FIRST)
      .toSorted((a, b) => a.placeBefore - b.placeBefore)
      .map(describe),
  };
}

const keyOf = (one: { readonly customerId: string; readonly companyId: string }): string =>
  `${one.customerId} ${one.companyId}`;

/** What comes first now, by points and by expected value, with what is so of it today. */
async function readShown(tx: Tx, { today, now }: Context): Promise<readonly Shown[]> {
  const day = await findDay(tx);
  if (day === undefined) return [];
  const half = { today, now, limit: RULES_PREVIEWED_MAX / 2 };
  const found = [
    ...(await findListed(tx, { ...half, rank: 'points' })),
    ...(await findListed(tx, { ...half, rank: 'expected' })),
  ];
  const rows = new Map(found.map((row) => [keyOf(row), row]));
  const customerIds = [...new Set(found.map((row) => row.customerId))];
  const seen = await readCandidates(tx, customerIds, today, day.usual);
  return seen.flatMap(({ account, candidate: { facts } }): readonly Shown[] => {
    const key = keyOf(account);
    const row = rows.get(key);
    return row === undefined ? [] : [{ key, facts, row }];
  });
}

function describe({ judged: { row, facts }, ...moved }: Moved<Shown>) {
  return {
    companyId: row.companyId,
    companyCode: row.companyCode,
    customer: { id: row.customerId, number: row.customerNumber, name: row.customerName },
    overdue: shownMoney(money(facts.overdueMinor, row.currency)),
    points: moved.points,
    pointsBefore: moved.pointsBefore,
    place: moved.place,
    placeBefore: moved.placeBefore,
    reasons: moved.reasons.map((one) => ({ ...one })),
  };
}
