// Reading what could be done next with an account, and what speaks against each way.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type CallBar, notBefore } from '#gate/call-gate.ts';
import { readCapEnd } from '#gate/read-gate.ts';
import { readHeld } from '#holds/read-holds.ts';
import { readTenantZone } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Customer } from '#parties/customer.ts';
import { readWays } from '#statements/read-ways.ts';
import { liftOf, type NextAction, type NextBar, rankActions, WRITTEN_LATELY_DAYS } from './next-action.ts';
import { findFollowed, findLastWritten } from './store-next.ts';
import { AHEAD_DAYS } from './value.ts';

const HOURS_A_DAY = 24;

/** An account whose next action is asked for. */
export type AskedAccount = {
  readonly companyId: CompanyId;
  readonly customer: Pick<Customer, 'id' | 'country'>;
  readonly expectedMinor: bigint;
  /** Nothing is asked for before it is late. */
  readonly overdueMinor: bigint;
  /** The day to look again that was agreed and is still to come, unless something brought the account back since. */
  readonly agreedFor: PlainDate | null;
  readonly hasNumber: boolean;
  /** What rules on calls say now. */
  readonly callBars: readonly CallBar[];
};

/**
 * What could be done next with an account, the best first; caps, holds, missing addresses and a day that was agreed are never
 * passed over, and no statement is proposed where nothing is late.
 */
export async function readNextActions(
  tx: Tx,
  { now, today }: Pick<Context, 'now' | 'today'>,
  account: AskedAccount,
): Promise<readonly NextAction[]> {
  const { companyId, customer } = account;
  const [followed, capEnd, ways, written, held, zone] = await Promise.all([
    findFollowed(tx, { companyId, today, windowDays: AHEAD_DAYS }),
    readCapEnd(tx, customer, now),
    readWays(tx, companyId, [customer.id]),
    findLastWritten(tx, customer.id, companyId),
    readHeld(tx, companyId, [customer.id], today),
    readTenantZone(tx),
  ]);
  const bar = (is: boolean, reason: NextBar['reason'], until: NextBar['until'] = null): readonly NextBar[] =>
    is ? [{ reason, until }] : [];
  const agreed = account.agreedFor?.toZonedDateTime(zone).toInstant() ?? null;
  const both = [
    ...bar(agreed !== null, 'agreed_later', agreed),
    ...bar(held.customers.has(customer.id), 'on_hold'),
    ...bar(capEnd !== undefined, 'too_many_contacts', capEnd ?? null),
  ];
  const again = written?.add({ hours: WRITTEN_LATELY_DAYS * HOURS_A_DAY });
  const isLately = again !== undefined && Temporal.Instant.compare(again, now) > 0;
  return rankActions(account.expectedMinor, {
    call: {
      lift: liftOf('call', followed.call),
      bars: [
        ...bar(!account.hasNumber, 'no_number'),
        ...bar(account.callBars.length > 0, 'call_rules', notBefore(account.callBars) ?? null),
        ...both,
      ],
    },
    statement: {
      lift: liftOf('statement', followed.statement),
      bars: [
        ...bar(account.overdueMinor <= 0n, 'nothing_late'),
        ...bar(ways.get(customer.id)?.way === undefined, 'no_way_open'),
        ...bar(isLately, 'written_lately', again ?? null),
        ...both,
      ],
    },
  });
}
