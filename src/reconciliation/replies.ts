// Days, lines and reconciliations in the words of the contract.

import type { z } from 'zod';
import { type Money, money } from '#kernel/money.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { TRANSIT_AGES } from './bridge.ts';
import type { StatementFinding } from './continuity.ts';
import type * as contract from './contract.ts';
import type { TiedDay } from './day.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;
type DayReply = Reply<typeof contract.listTieOut>['accounts'][number]['days'][number];
type FindingReply = Reply<typeof contract.listTieOut>['accounts'][number]['findings'][number];

/** A bank account as replies name it. */
export function accountReply(account: {
  readonly id: string;
  readonly company_id: string;
  readonly name: string;
  readonly account: string;
  readonly currency: string;
}) {
  const { id: bankAccountId, company_id: companyId, name, account: number, currency } = account;
  return { bankAccountId, companyId, name, account: number, currency };
}

/** Amounts of an account, from minor units. */
export function shownIn(currency: string): (minor: bigint) => ShownMoney {
  return (minor) => shownMoney(money(minor, currency) satisfies Money);
}

/** A day with what is off on it. */
export function dayReply(
  day: TiedDay,
  currency: string,
  signed: { readonly by: string; readonly at: string } | null,
): DayReply {
  const shown = shownIn(currency);
  return {
    day: day.day.toString(),
    state: day.state,
    reasons: [...day.reasons],
    opening: day.openingMinor === null ? null : shown(day.openingMinor),
    closing: day.closingMinor === null ? null : shown(day.closingMinor),
    moved: shown(day.linesMinor),
    carriedOff: shown(day.carriedOffMinor),
    closingOff: shown(day.closingOffMinor),
    booksOff: shown(day.booksOffMinor),
    lines: day.lines,
    unexplained: shown(day.unexplainedMinor),
    unexplainedLines: day.unexplained,
    signed,
  };
}

/** Something about the row of statements. */
export function findingReply(finding: StatementFinding): FindingReply {
  const { kind, day, statementId, numbers } = finding;
  return { kind, day: day.toString(), statementId, numbers: numbers && [...numbers] };
}

/** Ages of deposits in transit with what is of each. */
export function agesReply(ages: readonly bigint[], currency: string) {
  const shown = shownIn(currency);
  return ages.map((minor, index) => ({ upToDays: TRANSIT_AGES[index] ?? null, amount: shown(minor) }));
}
