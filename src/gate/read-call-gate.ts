// Reading whether customers may be called now.

import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { Customer } from '#parties/customer.ts';
import { findHolidays } from '#terms/find-holidays.ts';
import { barsToCall, type CallBar } from './call-gate.ts';
import { type HourRules, zonesOf } from './contact-hours.ts';
import { packsFor, type RulePack } from './rule-packs.ts';
import { findContacts, findSetting } from './store.ts';

const HOURS_A_DAY = 24;

/** Of whom it is asked: where they are decides which rules hold. */
export type CalledCustomer = Pick<Customer, 'id' | 'country' | 'timeZone'>;

/**
 * What speaks against calling customers at a moment, by the rule packs the tenant keeps for customers of their
 * country; nothing where it keeps none. The hours that a tenant itself states are for messages, and do not bind who
 * picks up a telephone. A call that is corrected does not speak against itself.
 */
export async function readCallBars(
  tx: Tx,
  customers: readonly CalledCustomer[],
  now: Instant,
  but?: string,
): Promise<ReadonlyMap<CustomerId, readonly CallBar[]>> {
  const { packs: codes } = await findSetting(tx);
  const bound = customers.flatMap((customer) => {
    const packs = packsFor(codes, customer.country);
    return packs.length === 0 ? [] : [{ customer, packs }];
  });
  if (bound.length === 0) return new Map();
  const longest = bound.flatMap(({ packs }) => packs.flatMap(daysOf));
  const since = now.subtract({ hours: Math.max(0, ...longest) * HOURS_A_DAY });
  const contacts = Map.groupBy(
    await findContacts(
      tx,
      bound.map(({ customer }) => customer.id),
      since,
      but === undefined ? [] : [but],
    ),
    ({ customerId }) => customerId,
  );
  const found = await Promise.all(
    bound.map(async ({ customer, packs }) => {
      const hours = await hoursOf(customer, packs, now);
      return [
        customer.id,
        barsToCall({ packs, hours, contacts: contacts.get(customer.id) ?? [] }, now),
      ] as const;
    }),
  );
  return new Map(found.filter(([, bars]) => bars.length > 0));
}

function daysOf({ calls, contacts }: RulePack): readonly number[] {
  return [...contacts.map(({ days }) => days), ...(calls ? [calls.days, calls.afterConversationDays] : [])];
}

/** The hours in which the packs allow a call, in all time zones the customer may be in. */
async function hoursOf(
  customer: CalledCustomer,
  packs: readonly RulePack[],
  now: Instant,
): Promise<HourRules> {
  const { year } = now.toZonedDateTimeISO('UTC');
  const { country } = customer;
  const isQuiet = country !== null && packs.some(({ quietHolidays }) => quietHolidays);
  const quiet = isQuiet
    ? await Promise.all([year, year + 1].map((one) => findHolidays(country, null, one)))
    : [];
  return {
    // A pack binds customers of a country, and every country has a time zone: that of the company is never asked for.
    zones: zonesOf(customer, { timeZone: 'UTC' }),
    openHours: null,
    weeks: packs.map(({ week }) => week),
    quietDays: new Set(quiet.flatMap((days) => [...days])),
  };
}
