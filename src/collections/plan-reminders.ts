// A reminder run that is not carried out: who would be told what on a day, and who is left out and why.

import type { Tx } from '#db/transaction.ts';
import type { Reach } from '#delivery/preference.ts';
import { readReach } from '#delivery/read-reach.ts';
import { armOf, type Experiment, experimentOf, isHeldOut } from '#experiments/experiment.ts';
import { type ExperimentsOn, type NewEntry, readExperimentsOn } from '#experiments/record-entries.ts';
import { readHeld } from '#holds/read-holds.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, daysBetween, type Instant, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { dueWindows, lastDueSpokenOf, type Step, wayOf } from '#policies/cadence.ts';
import { choosePolicy, type Policy, planRulesOf } from '#policies/policy.ts';
import { type Accounts, readAccounts, readRates } from '#policies/read-accounts.ts';
import {
  type ChasedItem,
  leadOf,
  type Plan,
  planReminder,
  type SaidItem,
  type Situation,
} from '#policies/reminder.ts';
import type { Rates } from '#policies/worth.ts';
import { readSituations } from './read-situations.ts';
import { type Reader, readerOf } from './reminder-letter.ts';
import { type DueOn, findCustomersWithStepsDue } from './store.ts';

/** What one customer would be told by one company. */
export type PlannedReminder<P extends Policy = Policy> = {
  readonly policy: P;
  readonly customer: Customer;
  /** To whom it goes; where the policy makes several messages of it, see `readerFor`. */
  readonly reader: Reader | undefined;
  /** To whom a message goes that such a step leads. */
  readonly readerFor: (lead: Step) => Reader | undefined;
  readonly plan: Plan;
  /** Experiments with steps that are to be said, told or held out: whom they take in, with which items. */
  readonly entries: readonly NewEntry[];
};

/** One message of a plan: what leads it, to whom it goes, and what it is about. */
export type PlannedMessage = {
  readonly lead: Step;
  readonly reader: Reader;
  readonly items: readonly SaidItem[];
};

/** What to plan by: whose reminders, the policies, the day whose steps are said, and the moment that it is. */
export type PlanFor<P extends Policy = Policy> = {
  readonly company: Company;
  readonly policies: readonly P[];
  readonly on: PlainDate;
  readonly now: Instant;
  /** A person has looked at it: steps that wait for one are said too. */
  readonly approved?: boolean | undefined;
  /** Runs go by themselves each day: a day to come is planned with what the days before it will have said. */
  readonly daily?: boolean | undefined;
};

/** The last due date that policies speak of on a day. */
export function lookingAheadTo(policies: readonly Policy[], on: PlainDate): PlainDate {
  return policies.map(({ steps }) => lastDueSpokenOf(steps, on)).reduce(later, on);
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
  const [planned] = await planUnder(tx, what, [what.policies], customerIds);
  return planned ?? [];
}

/** Plans for the same customers under each of several orders of policies, by the same facts read once. */
export async function planUnder<P extends Policy>(
  tx: Tx,
  what: Omit<PlanFor, 'policies'>,
  sets: readonly (readonly P[])[],
  customerIds: readonly CustomerId[],
): Promise<readonly (readonly PlannedReminder<P>[])[]> {
  if (customerIds.length === 0) return sets.map(() => []);
  const { company, on } = what;
  const policies = sets.flat();
  const realOn = holdsOn(company, on, what.now);
  const [reaches, situations, accounts, experimentsOn] = await Promise.all([
    readReminderReach(tx, company.id, customerIds, realOn),
    readSituations(tx, company.id, customerIds, {
      said: on,
      on: realOn,
      dueUpTo: lookingAheadTo(policies, on),
    }),
    // What is so of accounts decides between several: one policy for everybody asks for nothing.
    sets.every((set) => set.length < 2)
      ? undefined
      : readAccounts(tx, company, policies, { customerIds, on }),
    readExperimentsOn(tx, customerIds),
  ]);
  const currencies = [...situations.values()].flatMap(({ items }) => items.map((item) => item.open.currency));
  const rates = accounts?.rates ?? (await readRates(tx, currencies, policies, on));
  const facts = { reaches, situations, accounts, realOn, rates, experimentsOn };
  return sets.map((set) => customerIds.flatMap((id) => planOne(what, set, id, facts) ?? []));
}

/** What planning for customers goes by. */
export type Facts = {
  readonly reaches: ReadonlyMap<CustomerId, Reach>;
  readonly situations: ReadonlyMap<CustomerId, Situation>;
  readonly accounts: Accounts | undefined;
  readonly realOn: PlainDate;
  readonly rates: Rates;
  readonly experimentsOn: ExperimentsOn;
};

/** Plans for one customer by what was read. */
export function planOne<P extends Policy>(
  { company, on, approved = false }: Omit<PlanFor, 'policies'>,
  policies: readonly P[],
  id: CustomerId,
  facts: Facts,
): PlannedReminder<P> | undefined {
  const reach = facts.reaches.get(id);
  const situation = facts.situations.get(id);
  const policy = policyOf(policies, facts.accounts, id);
  if (!reach || !situation || !policy) return undefined;
  const readerFor = (lead: Step) => readerOf(reach, company, wayOf(policy.steps, lead));
  const usual = readerOf(reach, company);
  const recipient = (usual ?? policy.steps.map(readerFor).find((one) => one !== undefined))?.recipient;
  const canGo = (step: Step) => readerFor(step) !== undefined;
  const { realOn, rates } = facts;
  const experiments = facts.experimentsOn(id, realOn);
  const heldOut = (item: ChasedItem, step: Step): boolean => {
    const experiment = experimentOf(experiments, policy, step);
    return experiment !== undefined && isHeldOut(experiment, id, daysBetween(item.dueOn, on));
  };
  const plan = planReminder(planRulesOf(policy), situation, {
    on,
    realOn,
    recipient,
    canGo,
    approved,
    heldOut,
    rates,
  });
  const reader = plan.lead ? readerFor(plan.lead) : usual;
  const about = { experiments, policy, companyId: company.id, customerId: id, enteredOn: realOn };
  const entries = entriesOf(plan, about);
  return { policy, customer: reach.customer, reader, readerFor, plan, entries };
}

/** Whom experiments take in: the customer, with the items of whose step they are, told or held out. */
function entriesOf(
  plan: Plan,
  about: Pick<NewEntry, 'companyId' | 'customerId' | 'enteredOn'> & {
    readonly experiments: readonly Experiment[];
    readonly policy: Policy;
  },
): readonly NewEntry[] {
  const { experiments, policy, ...who } = about;
  if (experiments.length === 0) return [];
  const told = [...plan.items, ...plan.leftOut.filter(({ reason }) => reason === 'held_out')];
  const byExperiment = Map.groupBy(told, ({ step }) => experimentOf(experiments, policy, step));
  return [...byExperiment].flatMap(([experiment, said]) =>
    experiment
      ? [
          {
            ...who,
            experimentId: experiment.id,
            arm: armOf(experiment, who.customerId),
            items: said.map(({ item }) => ({ itemId: item.id, openMinor: item.open.minor })),
          },
        ]
      : [],
  );
}

/** The messages a plan comes to: one about everything, or one about each invoice where the policy says so. */
export function messagesIn({ policy, plan, readerFor }: PlannedReminder): readonly PlannedMessage[] {
  const groups =
    policy.grouping === 'invoice'
      ? [...Map.groupBy(plan.items, ({ item }) => item.documentId).values()]
      : [plan.items];
  return groups.flatMap((items) => {
    const lead = leadOf(items.map(({ step }) => step));
    return lead ? [{ lead, reader: present(readerFor(lead), 'what is planned can be gone'), items }] : [];
  });
}

/** Whether a step of a policy, or the message that it leads, waits for a person. */
export function isStepForPerson({ steps }: Policy, { step }: Pick<Step, 'step'>): boolean {
  return steps.some((one) => one.step === step && !one.automatic);
}

function policyOf<P extends Policy>(
  policies: readonly P[],
  accounts: Accounts | undefined,
  id: CustomerId,
): P | undefined {
  if (policies.length < 2 || accounts === undefined) return policies[0];
  const account = accounts.accounts.get(id);
  return account && choosePolicy(policies, account, accounts.rates);
}

/** How reminders can reach customers on a day: without contacts on hold; addresses that are stopped are named in it. */
export async function readReminderReach(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  on: PlainDate,
): Promise<ReadonlyMap<CustomerId, Reach>> {
  const [reaches, { contacts }] = await Promise.all([
    readReaches(tx, companyId, customerIds),
    readHeld(tx, companyId, customerIds, on),
  ]);
  return withoutHeld(reaches, contacts);
}

/** How reminders can reach customers, contacts on hold included. */
export function readReaches(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Reach>> {
  return readReach(tx, companyId, customerIds, 'reminder');
}

/** Reaches without the contacts that are on hold. */
export function withoutHeld(
  reaches: ReadonlyMap<CustomerId, Reach>,
  contacts: ReadonlySet<string>,
): ReadonlyMap<CustomerId, Reach> {
  if (contacts.size === 0) return reaches;
  const without = (reach: Reach): Reach => ({
    ...reach,
    contacts: reach.contacts.filter(({ id }) => !contacts.has(id)),
  });
  return new Map([...reaches].map(([id, reach]) => [id, without(reach)]));
}

/** The customers of a company with a step due on a day, by id, from after one of them. */
export async function customersToPlan(
  tx: Tx,
  what: PlanFor,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  return findCustomersWithStepsDue(tx, what.company.id, dueOf(what.policies, what.on), page);
}
