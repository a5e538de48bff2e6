// Making the list: for all accounts once a day, and again for customers to whom something happened.

import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { WORKLIST_REFRESHED_MAX } from '#kernel/limits.ts';
import { learnUsualDelays, type UsualDelays } from '#prediction/delays.ts';
import { dayNumber } from './account.ts';
import { FIRST_RULES, type PointRule, pointsOf, reasonsOf } from './points.ts';
import { readCandidates, type SeenCandidate, toPast } from './read-candidates.ts';
import {
  BEFORE_ALL,
  findChanged,
  findDay,
  findRules,
  hasWideChange,
  type KeptFacts,
  type KeptUsual,
  type ListedDay,
  lockDay,
  type NewListed,
  putDay,
  type RulesRow,
  replaceRows,
  takeStatistics,
  updateMade,
  updateRefreshed,
} from './store.ts';
import { findLastOf, findPastOfMany, type Whose } from './store-facts.ts';

/** When the list is made. */
export type At = { readonly now: Instant; readonly today: PlainDate };

/**
 * Customers of a list made anew that are looked at in one transaction: about a second of work, some ten megabytes of
 * memory.
 */
const STEP_CUSTOMERS = 5_000;

/** Looking back this far catches changes that were recorded earlier than they were seen: they took long to commit. */
const LATE_COMMIT = { minutes: 15 } as const;

/** What one step did. */
export type Refreshed = {
  readonly written: number;
  /** False: further steps are needed until the list is up to date. */
  readonly isWhole: boolean;
};

/**
 * Brings the list up to date, one step in each transaction: anew where a day has begun, rules were changed or very
 * many customers changed, some thousand customers at a time, else only for customers to whom something happened.
 * Whoever dies in the middle loses one step, and any other goes on with the next.
 */
export async function refreshList(
  tx: Tx,
  at: At,
  customersAStep: number = STEP_CUSTOMERS,
): Promise<Refreshed> {
  const day = await lockDay(tx);
  const rules = await findRules(tx);
  if (!day?.listed_on.equals(at.today) || day.rules_id !== (rules?.id ?? null))
    return beginList(tx, at, rules, customersAStep);
  if (day.made_upto !== null) return makeStep(tx, at, { day, after: day.made_upto, rules, customersAStep });
  const since = day.refreshed_at.subtract(LATE_COMMIT);
  if (await hasWideChange(tx, since)) return beginList(tx, at, rules, customersAStep);
  const changed = await findChanged(tx, since);
  if (changed.length > WORKLIST_REFRESHED_MAX) return beginList(tx, at, rules, customersAStep);
  updateRefreshed(tx, at.now);
  const written = changed.length === 0 ? 0 : await refreshCustomers(tx, changed, at);
  return { written, isWhole: true };
}

/** Learns what is usual of all customers, and makes the first step of a list with it. */
async function beginList(
  tx: Tx,
  at: At,
  rules: RulesRow | undefined,
  customersAStep: number,
): Promise<Refreshed> {
  const past = await findPastOfMany(tx, at.today);
  const usual = keptOf(
    learnUsualDelays(
      past.map((row) => ({ ...toPast(row), times: row.times })),
      dayNumber(at.today),
    ),
  );
  const day = { listed_on: at.today, rules_id: rules?.id ?? null, usual };
  await putDay(tx, { ...day, now: at.now });
  return makeStep(tx, at, { day, after: BEFORE_ALL, rules, customersAStep });
}

/** Looks at the next so many customers, whether something is listed of them or not. */
async function makeStep(
  tx: Tx,
  at: At,
  made: {
    readonly day: Pick<ListedDay, 'usual'>;
    readonly after: CustomerId;
    readonly rules: RulesRow | undefined;
    readonly customersAStep: number;
  },
): Promise<Refreshed> {
  const upto = await findLastOf(tx, made.after, made.customersAStep);
  const written = await replaceAll(tx, { after: made.after, upto }, at, made);
  updateMade(tx, upto);
  if (upto === undefined && made.after !== BEFORE_ALL) await takeStatistics(tx);
  return { written, isWhole: upto === undefined };
}

/** Looks at some customers anew, where there is a list. Gives how many of their accounts are on it. */
export async function refreshCustomers(tx: Tx, customerIds: readonly CustomerId[], at: At): Promise<number> {
  const day = await findDay(tx);
  return day ? replaceAll(tx, customerIds, at, { day, rules: await findRules(tx) }) : 0;
}

async function replaceAll(
  tx: Tx,
  whose: Whose,
  at: At,
  { day, rules }: { readonly day: Pick<ListedDay, 'usual'>; readonly rules: RulesRow | undefined },
): Promise<number> {
  const seen = await readCandidates(tx, whose, at.today, day.usual);
  const rows = seen.map((one) => listed(one, rules?.rules ?? FIRST_RULES, at.today));
  replaceRows(tx, whose, rows);
  return rows.length;
}

function listed(
  { account, candidate: { facts, hiddenUntil, wokeAt } }: SeenCandidate,
  rules: readonly PointRule[],
  today: PlainDate,
): NewListed {
  const reasons = reasonsOf(rules, facts, today);
  const kept: KeptFacts = {
    oldestDueOn: facts.oldestDueOn?.toString() ?? null,
    items: facts.overdueItems,
    lastSpokenOn: facts.lastSpokenOn?.toString() ?? null,
    brokenOn: facts.brokenOn?.toString() ?? null,
    closedOn: facts.closedOn?.toString() ?? null,
    nextOn: facts.nextOn?.toString() ?? null,
    problems: facts.problems,
  };
  return {
    company_id: account.companyId,
    customer_id: account.customerId,
    currency: account.currency,
    points: pointsOf(reasons),
    expected_minor: facts.expectedMinor,
    overdue_minor: facts.overdueMinor,
    facts: JSON.stringify(kept),
    reasons: JSON.stringify(reasons),
    hidden_until: hiddenUntil,
    woke_at: wokeAt,
  };
}

/**
 * Leading figures of a hazard that are kept: more than is known. However small, it does not become nothing, by which
 * is divided.
 */
const KEPT_DIGITS = 6;

function keptOf({ asOf, hazards }: UsualDelays): KeptUsual {
  return {
    asOf,
    hazards: hazards.map((ofWeekday) => [...ofWeekday].map((one) => Number(one.toPrecision(KEPT_DIGITS)))),
  };
}
