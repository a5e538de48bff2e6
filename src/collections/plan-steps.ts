// Steps of the policies in force that wait for a person on a day: what of a plan does not go out by itself.

import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { REMINDER_CUSTOMERS_PLANNED } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import { dueWindows } from '#policies/cadence.ts';
import type { Policy } from '#policies/policy.ts';
import { leadOf } from '#policies/reminder.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import { type PlanFor, planFor } from './plan-reminders.ts';
import type { WaitingStep } from './record-step.ts';
import { type DueOn, findCustomersWithStepsDue } from './store.ts';

/** A customer of a company with steps that wait for a person. */
export type WaitingSteps = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly policy: string;
  /** The firmest of them, and the item it is about. */
  readonly lead: WaitingStep;
  readonly steps: readonly WaitingStep[];
  readonly references: readonly string[];
  readonly open: readonly Money[];
};

/**
 * Due dates for which a step may wait for a person: from the first such step on, and all after the due date where levels
 * go on.
 */
function dueForPeople(policies: readonly Policy[], what: Pick<PlanFor, 'on'>): DueOn {
  const windows = policies.flatMap(({ steps, afterCarrier }) => {
    const first = steps.findIndex(({ automatic }) => !automatic);
    if (first < 0) return [];
    const all = dueWindows({ steps, afterCarrier }, what.on);
    return all.filter(
      ({ offsetDays }, index) => index >= first || (afterCarrier === 'continue_level' && offsetDays >= 0),
    );
  });
  return { on: what.on, windows };
}

/** Customers of a company that are looked at together: those after one, some of them. */
export type WaitingPage = {
  readonly company: Company;
  readonly after: CustomerId | undefined;
  readonly limit: number;
};

/**
 * Steps of customers of a company that wait for a person now, by id; nothing where no policy in force has any. `last` is the
 * customer after whom to go on, undefined where there are no more.
 */
export async function readWaitingSteps(
  tx: Tx,
  now: Instant,
  { company, after, limit }: WaitingPage,
): Promise<{ readonly waiting: readonly WaitingSteps[]; readonly last: CustomerId | undefined }> {
  const policies = (await readLiveSet(tx))?.file.policies ?? [];
  const what = { company, policies, on: dayIn(company.timeZone, now), now };
  const due = dueForPeople(policies, what);
  if (due.windows.length === 0) return { waiting: [], last: undefined };
  const ids = await findCustomersWithStepsDue(tx, company.id, due, { after, limit });
  const waiting: WaitingSteps[] = [];
  for (let start = 0; start < ids.length; start += REMINDER_CUSTOMERS_PLANNED)
    for await (const one of waitingOf(tx, what, ids.slice(start, start + REMINDER_CUSTOMERS_PLANNED)))
      waiting.push(one);
  return { waiting, last: ids.length < limit ? undefined : ids.at(-1) };
}

async function* waitingOf(
  tx: Tx,
  what: PlanFor,
  customerIds: readonly CustomerId[],
): AsyncGenerator<WaitingSteps> {
  for (const { customer, policy, plan } of await planFor(tx, what, customerIds)) {
    const waiting = plan.leftOut.filter(({ reason }) => reason === 'for_person');
    const lead = leadOf(waiting.map(({ step }) => step));
    const steps = waiting.map(
      ({ item, step }): WaitingStep => ({
        itemId: item.id,
        policy: policy.code,
        step: step.step,
        offsetDays: step.offsetDays,
        phase: step.phase,
      }),
    );
    const first = steps.find(({ step }) => step === lead?.step);
    if (first === undefined) continue;
    yield {
      companyId: what.company.id,
      customerId: customer.id,
      policy: policy.code,
      lead: first,
      steps,
      references: waiting.map(({ item }) => item.reference),
      open: waiting.map(({ item }) => item.open),
    };
  }
}
