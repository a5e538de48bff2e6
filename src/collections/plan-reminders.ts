// A reminder run that is not carried out: who would be told what on a day, and who is left out and why.

import type { Tx } from '#db/transaction.ts';
import type { Reach } from '#delivery/preference.ts';
import { readReach, readSetting } from '#delivery/read-reach.ts';
import { addDays, dayIn, type Instant, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { dueWindows, type Steps } from './cadence.ts';
import { readSituations } from './read-situations.ts';
import { type Plan, planReminder } from './reminder.ts';
import { type Reader, readerOf } from './reminder-letter.ts';
import { findCustomersWithStepsDue } from './store.ts';

/** What one customer would be told by one company. */
export type PlannedReminder = {
  readonly customer: Customer;
  readonly reader: Reader | undefined;
  readonly plan: Plan;
};

/** What to plan by: whose reminders, the steps, the day whose steps are said, and the moment that it is. */
export type PlanFor = {
  readonly company: Company;
  readonly steps: Steps;
  readonly on: PlainDate;
  readonly now: Instant;
};

/** The last due date that the cadence speaks of on a day. */
function lookingAheadTo(steps: Steps, on: PlainDate): PlainDate {
  return addDays(on, -Math.min(0, steps[0]?.offsetDays ?? 0));
}

/** The day whose holds count: that of the run, and for a run of a past day today, since what is on hold now is not chased now. */
export function holdsOn(company: Company, on: PlainDate, now: Instant): PlainDate {
  return later(on, dayIn(company.timeZone, now));
}

/** Plans for customers; those with nothing due have an empty plan. In the order of the ids given. */
export async function planFor(
  tx: Tx,
  what: PlanFor,
  customerIds: readonly CustomerId[],
): Promise<readonly PlannedReminder[]> {
  if (customerIds.length === 0) return [];
  const { company, steps, on } = what;
  const [reaches, situations] = await Promise.all([
    readReminderReach(tx, company.id, customerIds),
    readSituations(tx, company.id, customerIds, {
      on: holdsOn(company, on, what.now),
      dueUpTo: lookingAheadTo(steps, on),
    }),
  ]);
  return customerIds.flatMap((id) => {
    const reach = reaches.get(id);
    const situation = situations.get(id);
    if (!reach || !situation) return [];
    const { customer } = reach;
    const reader = readerOf(reach, company);
    return [{ customer, reader, plan: planReminder(steps, situation, on, reader?.recipient) }];
  });
}

/** How reminders can reach customers; addresses that are stopped for reminders are named in it. */
export async function readReminderReach(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Reach>> {
  return readReach(tx, await readSetting(tx, companyId), customerIds, 'reminder');
}

/** The customers of a company with a step due on a day, by id, from after one of them. */
export async function customersToPlan(
  tx: Tx,
  what: PlanFor,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  return findCustomersWithStepsDue(tx, what.company.id, dueWindows(what.steps, what.on), page);
}
