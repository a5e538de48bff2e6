// A reminder run that is not carried out: who would be told what on a day, and who is left out and why.

import type { Tx } from '#db/transaction.ts';
import type { Reach } from '#delivery/preference.ts';
import { readReach, readSetting } from '#delivery/read-reach.ts';
import { addDays, dayIn, type Instant, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { dueWindows } from '#policies/cadence.ts';
import { choosePolicy, type Policy, planRulesOf } from '#policies/policy.ts';
import { type Accounts, readAccounts, readRates } from '#policies/read-accounts.ts';
import { type Plan, planReminder } from '#policies/reminder.ts';
import { readSituations } from './read-situations.ts';
import { type Reader, readerOf } from './reminder-letter.ts';
import { type DueOn, findCustomersWithStepsDue } from './store.ts';

/** What one customer would be told by one company. */
export type PlannedReminder<P extends Policy = Policy> = {
  readonly policy: P;
  readonly customer: Customer;
  readonly reader: Reader | undefined;
  readonly plan: Plan;
};

/** What to plan by: whose reminders, the policies, the day whose steps are said, and the moment that it is. */
export type PlanFor<P extends Policy = Policy> = {
  readonly company: Company;
  readonly policies: readonly P[];
  readonly on: PlainDate;
  readonly now: Instant;
  /** A person has looked at it: steps that wait for one are said too. */
  readonly approved?: boolean | undefined;
};

/** The last due date that policies speak of on a day. */
function lookingAheadTo(policies: readonly Policy[], on: PlainDate): PlainDate {
  return addDays(on, -Math.min(0, ...policies.map(({ steps }) => steps[0]?.offsetDays ?? 0)));
}

/** The due dates of items that may have a step to be said on a day, whichever policy their customers have. */
export function dueOf(policies: readonly Policy[], on: PlainDate): DueOn {
  const cadences = policies.map(({ steps, afterCarrier }) => ({ steps, afterCarrier }));
  return { on, windows: cadences.flatMap((cadence) => dueWindows(cadence, on)) };
}

/** The day whose holds count: that of the run, and for a run of a past day today, since what is on hold now is not chased now. */
export function holdsOn(company: Company, on: PlainDate, now: Instant): PlainDate {
  return later(on, dayIn(company.timeZone, now));
}

/** Plans for customers; those with nothing due have an empty plan. In the order of the ids given. */
export async function planFor<P extends Policy>(
  tx: Tx,
  what: PlanFor<P>,
  customerIds: readonly CustomerId[],
): Promise<readonly PlannedReminder<P>[]> {
  if (customerIds.length === 0) return [];
  const { company, policies, on } = what;
  const realOn = holdsOn(company, on, what.now);
  const [reaches, situations, accounts] = await Promise.all([
    readReminderReach(tx, company.id, customerIds),
    readSituations(tx, company.id, customerIds, { on: realOn, dueUpTo: lookingAheadTo(policies, on) }),
    readAccountsFor(tx, what, customerIds),
  ]);
  const currencies = [...situations.values()].flatMap(({ items }) => items.map((item) => item.open.currency));
  const rates = accounts?.rates ?? (await readRates(tx, currencies, policies, on));
  return customerIds.flatMap((id) => {
    const reach = reaches.get(id);
    const situation = situations.get(id);
    const policy = policyOf(policies, accounts, id);
    if (!reach || !situation || !policy) return [];
    const { customer } = reach;
    const reader = readerOf(reach, company);
    const when = { on, realOn, recipient: reader?.recipient, approved: what.approved ?? false, rates };
    return [{ policy, customer, reader, plan: planReminder(planRulesOf(policy), situation, when) }];
  });
}

/** What is so of accounts, where that decides: one policy for everybody asks for nothing. */
async function readAccountsFor(
  tx: Tx,
  { company, policies, on }: PlanFor,
  customerIds: readonly CustomerId[],
): Promise<Accounts | undefined> {
  return policies.length < 2 ? undefined : readAccounts(tx, company, policies, { customerIds, on });
}

function policyOf<P extends Policy>(
  policies: readonly P[],
  accounts: Accounts | undefined,
  id: CustomerId,
): P | undefined {
  if (accounts === undefined) return policies[0];
  const account = accounts.accounts.get(id);
  return account && choosePolicy(policies, account, accounts.rates);
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
  return findCustomersWithStepsDue(tx, what.company.id, dueOf(what.policies, what.on), page);
}
