// Collectors as people see them: what they have, did and aim at.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readPeople } from '#identity/read-people.ts';
import { type Money, money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { COLLECTING_ROLES } from './assign-accounts.ts';
import type * as contract from './contract.ts';
import { minutesSpent } from './minutes.ts';
import { readMinutes } from './read-minutes.ts';
import { isAway } from './read-owners.ts';
import { findCollectors, findDoneByKind, findWork } from './store-people.ts';

/** Members who may collect, with what was stated of them and what they did. */
export async function readCollectors(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.listCollectors.reply>> {
  const people = await readPeople(tx, COLLECTING_ROLES);
  const stated = new Map((await findCollectors(tx)).map((row) => [row.user_id, row]));
  const work = await findWork(
    tx,
    people.map(({ userId }) => ({ userId, currency: stated.get(userId)?.target_currency ?? '' })),
    context.today,
  );
  const takes = await readMinutes(tx);
  const done = await findDoneByKind(
    tx,
    people.map(({ userId }) => `user:${userId}`),
    context.today,
  );
  const doneOf = new Map(done.map((one) => [one.by, one]));
  const workOf = new Map(work.map((one) => [one.userId, one]));
  const names = new Map(people.map((one) => [one.userId, one.name]));
  return {
    rows: people.map(({ userId, name }) => {
      const row = stated.get(userId);
      const did = workOf.get(userId);
      const currency = row?.target_currency ?? null;
      const amount = (minor: bigint | null | undefined) =>
        currency === null || minor === null || minor === undefined
          ? null
          : shownMoney(money(minor, currency) satisfies Money);
      return {
        userId,
        name,
        collects: row?.collects ?? false,
        customersADay: row?.customers_a_day ?? null,
        minutesADay: row?.minutes_a_day ?? null,
        minutesToday: minutesSpent(doneOf.get(`user:${userId}`) ?? { call: 0, other: 0 }, takes),
        accounts: did?.accounts ?? 0,
        doneToday: did?.doneToday ?? 0,
        callsToday: did?.callsToday ?? 0,
        callsADay: row?.target_calls ?? null,
        promised: amount(did?.promised),
        promisedAMonth: amount(row?.target_promised_minor),
        collected: amount(did?.collected),
        collectedAMonth: amount(row?.target_collected_minor),
        away:
          row?.away_from && row.away_to && row.substitute_id
            ? {
                from: row.away_from.toString(),
                to: row.away_to.toString(),
                substituteId: row.substitute_id,
                substitute: names.get(row.substitute_id) ?? '',
                isNow: isAway(row, context.today),
              }
            : null,
      };
    }),
    may: { assign: mayDo(context, 'call.record'), set: mayDo(context, 'cadence.edit') },
  };
}
