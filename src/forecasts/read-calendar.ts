// The days to come as a calendar: what would go out on each, and what is for a person to do, if nobody pays.

import type { z } from 'zod';
import { planDays } from '#collections/plan-ahead.ts';
import {
  isStepForPerson,
  messagesIn,
  type PlannedMessage,
  type PlannedReminder,
} from '#collections/plan-reminders.ts';
import { type Count, countIn, newCount } from '#collections/reminder-count.ts';
import type { Tx } from '#db/transaction.ts';
import { addDays, dayIn, type Instant, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCompany } from '#parties/take-party.ts';
import { FORECAST_ACCOUNTS_MAX, FORECAST_ACCOUNTS_READ } from '#policies/forecast.ts';
import type { Policy } from '#policies/policy.ts';
import { listDebtors } from '#policies/read-accounts.ts';
import { readPolicies, readRunsDaily } from '#policies/take-policies.ts';
import type * as contract from './contract.ts';
import { shownCount } from './shown-count.ts';

type Calendar = z.input<typeof contract.readCalendar.reply>;

type Day = {
  readonly on: PlainDate;
  readonly said: Count;
  readonly forPerson: Count;
  readonly byPhase: Map<string, Pick<PlannedMessage, 'lead' | 'reader'> & { readonly count: Count }>;
  leftOut: number;
};

/**
 * What would go out on each day of some weeks from today on, of one company or of all. Steps for a person are taken to be said on
 * their day, so that each is counted once. Refuses: `company_not_found`.
 */
export async function readCalendar(
  tx: Tx,
  what: { readonly companyId: CompanyId | undefined; readonly weeks: number; readonly now: Instant },
): Promise<Calendar> {
  const companies =
    what.companyId === undefined ? await listCompanies(tx) : [await takeCompany(tx, what.companyId)];
  const { policies } = await readPolicies(tx);
  // Without a company nothing is due on any day.
  const zones = companies.length === 0 ? ['UTC'] : companies.map(({ timeZone }) => timeZone);
  const from = zones.map((zone) => dayIn(zone, what.now)).reduce(later);
  const to = addDays(from, what.weeks * 7 - 1);
  const days: readonly Day[] = Array.from({ length: what.weeks * 7 }, (_, index) =>
    newDay(addDays(from, index)),
  );
  const going = { policies, from, to, now: what.now, days, accounts: 0, more: false };
  for (const company of companies) await countCompany(tx, company, going);
  return {
    from: from.toString(),
    to: to.toString(),
    accounts: going.accounts,
    more: going.more,
    runsDaily: await readRunsDaily(tx),
    days: days.map((day) => ({
      on: day.on.toString(),
      said: shownCount(day.said),
      forPerson: shownCount(day.forPerson),
      byPhase: [...day.byPhase.values()].map(({ lead, reader, count }) => ({
        phase: lead.phase,
        channel: reader.channel,
        count: shownCount(count),
      })),
      leftOut: day.leftOut,
    })),
  };
}

function newDay(on: PlainDate): Day {
  return { on, said: newCount(), forPerson: newCount(), byPhase: new Map(), leftOut: 0 };
}

type Going = {
  readonly policies: readonly Policy[];
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly now: Instant;
  readonly days: readonly Day[];
  accounts: number;
  more: boolean;
};

async function countCompany(tx: Tx, company: Company, going: Going): Promise<void> {
  const { policies, from, to, now } = going;
  for (let after: CustomerId | undefined; ; ) {
    const room = FORECAST_ACCOUNTS_MAX - going.accounts;
    const ids = await listDebtors(tx, company.id, { after, limit: FORECAST_ACCOUNTS_READ });
    if (ids.length === 0) return;
    going.more ||= ids.length > room;
    const some = ids.slice(0, room);
    going.accounts += some.length;
    let index = 0;
    for await (const { planned } of planDays(
      tx,
      { company, policies, from, to, now, approved: true },
      some,
    )) {
      const day = going.days[index];
      if (day) for (const one of planned) countOne(day, one);
      index += 1;
    }
    if (some.length < FORECAST_ACCOUNTS_READ) return;
    after = some.at(-1);
  }
}

function countOne(day: Day, planned: PlannedReminder): void {
  day.leftOut += planned.plan.leftOut.length;
  for (const { lead, reader, items } of messagesIn(planned)) {
    const isForPerson = isStepForPerson(planned.policy, lead);
    const key = `${lead.phase} ${reader.channel}`;
    const row = day.byPhase.get(key) ?? { lead, reader, count: newCount() };
    day.byPhase.set(key, row);
    for (const count of [row.count, isForPerson ? day.forPerson : day.said])
      countIn(count, planned.customer.id, items, 1);
  }
}
