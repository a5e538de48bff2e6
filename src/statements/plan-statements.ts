// Planning a run: who gets a statement, who is left out and why. The same for a preview and for the run itself.

import type { Tx } from '#db/transaction.ts';
import { uuidFrom } from '#jobs/job.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import {
  ACCOUNT_LINES_MAX,
  STATEMENT_CUSTOMERS_MAX,
  STATEMENT_CUSTOMERS_TOGETHER,
  STATEMENT_GROUPS_TOGETHER,
} from '#kernel/limits.ts';
import { add, type Money } from '#kernel/money.ts';
import type { AccountItem } from '#ledger/account.ts';
import { readAccountHolders, readAccountItems, readAccountMovements } from '#ledger/read-account.ts';
import type { Customer } from '#parties/customer.ts';
import { readMembers, takeCompany } from '#parties/take-party.ts';
import { readWays } from './read-ways.ts';
import { type DuePeriod, kindFor, type LeftOutReason, leftOutReason, type Schedule } from './schedule.ts';
import type { StatementKind } from './statement.ts';
import { findLastFingerprints } from './store.ts';

export type PlannedStatement = {
  readonly customer: Customer;
  /** How many customers it is about. */
  readonly members: number;
  readonly kind: StatementKind;
  readonly balances: readonly Money[];
  readonly fingerprint: string;
  readonly recipient: string | undefined;
  readonly channel: string | undefined;
  readonly reason: LeftOutReason | undefined;
};

/** Customers a schedule looks at, by id, from after one: those chosen, else all (or all groups) that had an account by the day. */
export function customersOf(
  tx: Tx,
  schedule: Schedule,
  page: { readonly to: Temporal.PlainDate; readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const { groups } = schedule;
  if (schedule.audience !== 'chosen')
    return readAccountHolders(tx, { companyId: companyOf(schedule), groups }, page);
  const { after } = page;
  const chosen = [...new Set(schedule.customerIds)].sort().filter((id) => after === undefined || id > after);
  return Promise.resolve(chosen.slice(0, page.limit));
}

/** The company whose accounts are stated; nothing for all of them. */
function companyOf({ allCompanies, companyId }: Schedule): CompanyId | undefined {
  return allCompanies ? undefined : companyId;
}

/** How many customers of a schedule are looked at together. */
export function togetherOf({ groups }: Schedule): number {
  return groups ? STATEMENT_GROUPS_TOGETHER : STATEMENT_CUSTOMERS_TOGETHER;
}

/** Whom each statement is about: the customer alone, or with all below it; one more than a statement takes tells that it is too large. */
async function membersOf(
  tx: Tx,
  { groups }: Schedule,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  if (groups) return readMembers(tx, customerIds, STATEMENT_CUSTOMERS_MAX + 1);
  return new Map(customerIds.map((id) => [id, [id]]));
}

/** What a run of a schedule for a period would do for some customers, in their order. */
export async function planFor(
  tx: Tx,
  schedule: Schedule,
  period: DuePeriod,
  customerIds: readonly CustomerId[],
): Promise<readonly PlannedStatement[]> {
  const members = await membersOf(tx, schedule, customerIds);
  const scope = { customerIds: [...new Set([...members.values()].flat())], companyId: companyOf(schedule) };
  const [company, ways, items, moved, lastOnes] = await Promise.all([
    takeCompany(tx, schedule.companyId),
    readWays(tx, schedule.companyId, customerIds),
    readAccountItems(tx, { ...scope, asOf: period.asOf }, PLANNED_ITEMS_MAX),
    readAccountMovements(tx, { ...scope, from: period.from, to: period.asOf }, ACCOUNT_LINES_MAX),
    findLastFingerprints(tx, schedule, customerIds),
  ]);
  const itemsOf = Map.groupBy(items, (item) => item.customerId);
  // So many movements were read that some may be missing: whoever is not among them may have moved as well.
  const isCut = moved.length >= ACCOUNT_LINES_MAX;
  const movers = new Set(moved.map((movement) => movement.customerId));
  return customerIds.flatMap((id) => {
    const reach = ways.get(id);
    if (!reach) return [];
    const { customer, preference, way } = reach;
    const group = members.get(id) ?? [];
    const theirs = group.flatMap((member) => itemsOf.get(member) ?? []);
    const fingerprint = fingerprintOf(theirs);
    const reason = leftOutReason(schedule, {
      preference,
      hasItems: theirs.length > 0,
      isTooLarge: group.length > STATEMENT_CUSTOMERS_MAX,
      hasMoved: isCut || group.some((member) => movers.has(member)),
      balanceMinor: balanceIn(company.functionalCurrency, theirs),
      isOverdue: theirs.some((item) => item.amount.minor > 0n && item.dueOn.until(period.asOf).sign > 0),
      balances: balancesOf(theirs),
      fingerprint,
      lastFingerprint: lastOnes.get(id),
      canBeReached: way !== undefined,
    });
    const kind = kindFor(schedule, preference);
    const { recipient, channel } = way ?? {};
    const balances = balancesOf(theirs);
    return [{ customer, members: group.length, kind, balances, fingerprint, recipient, channel, reason }];
  });
}

/** Items of the customers that are planned together: two hundred with a thousand each. */
const PLANNED_ITEMS_MAX = 200_000;

/** What is owed in a functional currency; nothing can be told where companies with another one are owed something. */
function balanceIn(currency: string, items: readonly AccountItem[]): bigint | undefined {
  if (items.some((item) => item.openFunctional.currency !== currency)) return undefined;
  return items.reduce((total, item) => total + item.openFunctional.minor, 0n);
}

/** What is open as one text, to see whether anything changed. */
export function fingerprintOf(items: readonly Pick<AccountItem, 'id' | 'open'>[]): string {
  const open = items.map((item) => `${item.id} ${item.open.minor}`).sort();
  return uuidFrom(canonicalJson(open));
}

/** What is owed in each currency, in the order of the codes. */
export function balancesOf(items: readonly Pick<AccountItem, 'open'>[]): readonly Money[] {
  const found = new Map<string, Money>();
  for (const { open } of items) {
    const before = found.get(open.currency);
    found.set(open.currency, before ? add(before, open) : open);
  }
  return [...found.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
