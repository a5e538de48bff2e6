// Making the list: for all accounts once a day, and again for customers to whom something happened.

import type { Tx } from '#db/transaction.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { WORKLIST_REFRESHED_MAX } from '#kernel/limits.ts';
import { delaysOfCustomer, learnUsualDelays, type UsualDelays } from '#prediction/delays.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { readUnposted } from '#uploads/read-unposted.ts';
import { type Candidate, candidateOf, dayNumber, type Happened, type SeenAccount } from './account.ts';
import { FIRST_RULES, type PointRule, pointsOf, reasonsOf } from './points.ts';
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
import {
  type DueRow,
  findAgreeing,
  findDues,
  findHappened,
  findLastOf,
  findPast,
  findPastOfMany,
  type HappenedRow,
  type LeftAlone,
  type PastRow,
  type Whose,
} from './store-facts.ts';

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
  const past = await findPast(tx, whose, at.today);
  const means = { rules: rules?.rules ?? FIRST_RULES, usual: usualOf(day.usual), past };
  const rows = await rowsOf(tx, whose, at, means);
  replaceRows(tx, whose, rows);
  return rows.length;
}

type Means = {
  readonly rules: readonly PointRule[];
  readonly usual: UsualDelays;
  readonly past: readonly PastRow[];
};

async function rowsOf(tx: Tx, whose: Whose, { today }: At, means: Means): Promise<readonly NewListed[]> {
  const [dues, happened] = [
    await findDues(tx, whose, await leftAloneOf(tx, whose, today), today),
    await findHappened(tx, whose, today),
  ];
  const happenedTo = Map.groupBy(happened, (row) => row.customerId);
  const pastOf = Map.groupBy(means.past, (row) => row.customerId);
  // Customer by customer: how one pays takes tens of kilobytes, which are let go before the next.
  return [...Map.groupBy(dues, (row) => row.customerId)].flatMap(([customerId, own]) => {
    const delays = delaysOfCustomer(means.usual, (pastOf.get(customerId) ?? []).map(toPast));
    return own.flatMap((row): readonly NewListed[] => {
      const account = accountOf(row, happenedTo.get(customerId) ?? []);
      const candidate = candidateOf(account, delays, today);
      return candidate === undefined ? [] : [listed(account, candidate, means.rules, today)];
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

function listed(
  account: SeenAccount,
  { facts, hiddenUntil, wokeAt }: Candidate,
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

function toPast({ issued, due, settled }: Omit<PastRow, 'customerId'>) {
  return { issued, due, settled: settled ?? undefined };
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

function usualOf({ asOf, hazards }: KeptUsual): UsualDelays {
  return { asOf, hazards: hazards.map((ofWeekday) => Float64Array.from(ofWeekday)) };
}
