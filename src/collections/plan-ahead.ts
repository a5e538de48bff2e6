// Planning days to come: each as the run of that day would plan it, if nobody pays and nothing else is written until then.
// What a day
// says counts as said on the next, so that gaps, levels and repetitions come out as they will.

import type { Tx } from '#db/transaction.ts';
import { readExperimentsOn } from '#experiments/record-entries.ts';
import { addDays, dayIn, isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { nextStep } from '#policies/cadence.ts';
import { afterTelling, FORECAST_DAYS_MAX } from '#policies/forecast.ts';
import type { Policy } from '#policies/policy.ts';
import { readAccountsAhead, readRates } from '#policies/read-accounts.ts';
import type { Situation } from '#policies/reminder.ts';
import { readSkips } from '#skips/read-skips.ts';
import {
  type Facts,
  lookingAheadTo,
  messagesIn,
  type PlanFor,
  type PlannedReminder,
  planFor,
  planOne,
  readReaches,
  withoutHeld,
} from './plan-reminders.ts';
import { type OfDay, onDay, readOfDay, readStanding } from './read-situations.ts';

/** What is planned on a day; customers with nothing due that day are left out. */
export type PlannedDay<P extends Policy = Policy> = {
  readonly on: PlainDate;
  readonly planned: readonly PlannedReminder<P>[];
};

/** From which day to which. */
export type Ahead<P extends Policy = Policy> = Omit<PlanFor<P>, 'on'> & {
  readonly from: PlainDate;
  readonly to: PlainDate;
};

/**
 * Plans customers for a day, whichever it is. Where runs go by themselves each day, a day to come is planned as it will
 * look when the
 * days before it have said what is due on them; of one further off than `FORECAST_DAYS_MAX` only the last so many days
 * before it are.
 */
export async function planOn<P extends Policy>(
  tx: Tx,
  what: PlanFor<P>,
  customerIds: readonly CustomerId[],
): Promise<readonly PlannedReminder<P>[]> {
  const today = dayIn(what.company.timeZone, what.now);
  if (what.daily !== true || !isAfter(what.on, today)) return planFor(tx, what, customerIds);
  const from = later(today, addDays(what.on, -FORECAST_DAYS_MAX));
  let last: readonly PlannedReminder<P>[] = [];
  for await (const day of planDays(tx, { ...what, from, to: what.on }, customerIds)) last = day.planned;
  return last;
}

/**
 * Plans customers day after day. A fixed number of statements, and a few for each day where something is on hold,
 * promised or skipped.
 */
export async function* planDays<P extends Policy>(
  tx: Tx,
  what: Ahead<P>,
  customerIds: readonly CustomerId[],
): AsyncGenerator<PlannedDay<P>> {
  if (customerIds.length === 0) return;
  const { situations, factsOf, ofDays } = await readAhead(tx, what, customerIds);
  for (let on = what.from; !isAfter(on, what.to); on = addDays(on, 1)) {
    const ofDay = await ofDays(on);
    const planned: PlannedReminder<P>[] = [];
    for (const [id, standing] of situations) {
      if (!mayHear(what.policies, standing, on)) continue;
      const situation = onDay(postedBy(standing, on), ofDay);
      const one = planOne({ ...what, on }, what.policies, id, factsOf(situation, on, ofDay));
      if (!one || (one.plan.items.length === 0 && one.plan.leftOut.length === 0)) continue;
      planned.push(one);
      situations.set(id, afterTelling(standing, messagesIn(one), on));
    }
    yield { on, planned };
  }
}

/** Whether any of the policies has something to say about any item: of most customers on most days none has. */
function mayHear(policies: readonly Policy[], { items, lastMessage }: Situation, on: PlainDate): boolean {
  return policies.some((policy) =>
    items.some((item) => nextStep(policy, item, on, lastMessage) !== undefined),
  );
}

function postedBy(situation: Situation, on: PlainDate): Situation {
  return situation.items.some((item) => isAfter(item.issuedOn, on))
    ? { ...situation, items: situation.items.filter((item) => !isAfter(item.issuedOn, on)) }
    : situation;
}

async function readAhead(tx: Tx, what: Ahead, customerIds: readonly CustomerId[]) {
  const { company, policies, from, to } = what;
  const [reaches, standing, accounts, experimentsOn] = await Promise.all([
    readReaches(tx, company.id, customerIds),
    readStanding(tx, company.id, customerIds, { on: to, dueUpTo: lookingAheadTo(policies, to) }),
    // What is so of accounts decides between several policies, and of one alone nothing.
    policies.length < 2 ? undefined : readAccountsAhead(tx, company, policies, { customerIds, from, to }),
    readExperimentsOn(tx, customerIds),
  ]);
  const currencies = [...standing.values()].flatMap(({ items }) => items.map((item) => item.open.currency));
  const rates = accounts?.rates ?? (await readRates(tx, currencies, policies, from));
  const factsOf = (situation: Situation, on: PlainDate, { held }: OfDay): Facts => {
    const id = situation.customerId;
    const account = accounts?.accountOn(id, on);
    return {
      reaches: withoutHeld(reaches, held.contacts),
      situations: new Map([[id, situation]]),
      accounts: accounts && { accounts: new Map(account ? [[id, account]] : []), rates },
      realOn: on,
      rates,
      experimentsOn,
    };
  };
  return { situations: new Map(standing), factsOf, ofDays: readOfDays(tx, what, customerIds) };
}

/**
 * What is on hold, promised or skipped on each day. Of these only a skip can begin by itself on a day to come: where
 * nothing is so
 * on the first day, and nothing is skipped on any, it is not asked for again.
 */
function readOfDays(
  tx: Tx,
  { company, from, to }: Ahead,
  customerIds: readonly CustomerId[],
): (on: PlainDate) => Promise<OfDay> {
  let always: OfDay | undefined;
  return async (on) => {
    if (always) return always;
    const ofDay = await readOfDay(tx, company.id, customerIds, { from: on, to: on });
    if (
      on.equals(from) &&
      isQuiet(ofDay) &&
      isQuiet({ skips: await readSkips(tx, company.id, customerIds, { from, to }) })
    )
      always = ofDay;
    return ofDay;
  };
}

function isQuiet({ held, promised, skips }: Partial<OfDay> & Pick<OfDay, 'skips'>): boolean {
  const sets = [held?.customers, held?.items, held?.contacts, promised, skips.customers, skips.items];
  return sets.every((set) => set === undefined || set.size === 0);
}
