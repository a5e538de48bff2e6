// What is so of accounts today that somebody may have to look at, before any rule gives them points.

import type { Tx } from '#db/transaction.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { delaysOfCustomer, type UsualDelays } from '#prediction/delays.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { readUnposted } from '#uploads/read-unposted.ts';
import { type Candidate, candidateOf, type Happened, type SeenAccount } from './account.ts';
import type { KeptUsual } from './store.ts';
import {
  type DueRow,
  findAgreeing,
  findDues,
  findHappened,
  findPast,
  type HappenedRow,
  type LeftAlone,
  type PastRow,
  type Whose,
} from './store-facts.ts';

/** An account that may be listed, with what was seen of it. */
export type SeenCandidate = {
  readonly account: Pick<SeenAccount, 'companyId' | 'customerId' | 'currency'>;
  readonly candidate: Candidate;
};

/** The accounts of customers that may be listed on a day, by what is usual of all customers; the others are left out. */
export async function readCandidates(
  tx: Tx,
  whose: Whose,
  today: PlainDate,
  kept: KeptUsual,
): Promise<readonly SeenCandidate[]> {
  const usual = usualOf(kept);
  const past = await findPast(tx, whose, today);
  const [dues, happened] = [
    await findDues(tx, whose, await leftAloneOf(tx, whose, today), today),
    await findHappened(tx, whose, today),
  ];
  const happenedTo = Map.groupBy(happened, (row) => row.customerId);
  const pastOf = Map.groupBy(past, (row) => row.customerId);
  // Customer by customer: how one pays takes tens of kilobytes, which are let go before the next.
  return [...Map.groupBy(dues, (row) => row.customerId)].flatMap(([customerId, own]) => {
    const delays = delaysOfCustomer(usual, (pastOf.get(customerId) ?? []).map(toPast));
    return own.flatMap((row): readonly SeenCandidate[] => {
      const account = accountOf(row, happenedTo.get(customerId) ?? []);
      const candidate = candidateOf(account, delays, today);
      const { companyId, currency } = account;
      return candidate === undefined ? [] : [{ account: { companyId, customerId, currency }, candidate }];
    });
  });
}

/** What of open items is promised or in dispute now, and what the customer cannot see in its portal: nobody asks for that. */
async function leftAloneOf(tx: Tx, whose: Whose, today: PlainDate): Promise<LeftAlone> {
  const customers = await findAgreeing(tx, whose, today);
  if (customers.length === 0) return { paused: [], unposted: new Set() };
  const [promised, disputed, unposted] = [
    await readPromisedOf(tx, customers, today),
    await readDisputedOf(tx, customers),
    await readUnposted(tx, customers),
  ];
  const minors = new Map([...promised].map(([id, amount]) => [id, amount.minor]));
  for (const [id, amount] of disputed) minors.set(id, (minors.get(id) ?? 0n) + amount.minor);
  return { paused: [...minors].map(([itemId, minor]) => ({ itemId, minor })), unposted };
}

const NOTHING: Happened = {
  lastSpokenOn: null,
  nextOn: null,
  nextSaidAt: null,
  brokenAt: null,
  brokenOn: null,
  closedAt: null,
  closedOn: null,
  problems: 0,
  steps: 0,
  replyOn: null,
  isHeld: false,
  doneOn: null,
};

function accountOf(row: DueRow, happened: readonly HappenedRow[]): SeenAccount {
  const ofCustomer = happened.find((one) => one.companyId === null) ?? NOTHING;
  const ofAccount = happened.find((one) => one.companyId === row.companyId) ?? NOTHING;
  return {
    companyId: row.companyId,
    customerId: row.customerId,
    currency: row.currency,
    credit: row.credit,
    asked: row.dues.map(([due, minor, largest, items]) => ({
      due,
      minor: BigInt(minor),
      largest: BigInt(largest),
      items,
    })),
    happened: {
      ...ofAccount,
      lastSpokenOn: ofCustomer.lastSpokenOn,
      nextOn: ofCustomer.nextOn,
      nextSaidAt: ofCustomer.nextSaidAt,
      isHeld: ofCustomer.isHeld,
      replyOn: ofCustomer.replyOn,
    },
  };
}

/** An item of the past as prediction takes it. */
export function toPast({ issued, due, settled }: Omit<PastRow, 'customerId'>) {
  return { issued, due, settled: settled ?? undefined };
}

function usualOf({ asOf, hazards }: KeptUsual): UsualDelays {
  return { asOf, hazards: hazards.map((ofWeekday) => Float64Array.from(ofWeekday)) };
}
