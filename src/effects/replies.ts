// What collecting brought, as the API and files show it. Nothing is computed here.

import type { z } from 'zod';
import { csvLine } from '#formats/csv.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type * as contract from './contract.ts';
import type { Effect } from './effect.ts';
import { EFFECT_FORMULA } from './effect.ts';

type Report = z.input<(typeof contract.readEffects)['reply']>;

/** What was asked for, repeated in the answer so that a print-out says what it is. */
export function shownAsked(asked: {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  readonly windowDays: number;
  readonly asOf: Temporal.PlainDate;
  readonly knownAt?: Temporal.Instant | undefined;
}) {
  return {
    formula: EFFECT_FORMULA,
    from: asked.from.toString(),
    to: asked.to.toString(),
    windowDays: asked.windowDays,
    asOf: asked.asOf.toString(),
    knownAt: asked.knownAt?.toString() ?? null,
  } as const;
}

/** An effect with its amounts as text. */
export function shownEffect(effect: Effect) {
  const { promised, kept, cash, ...counts } = effect;
  return { ...counts, promised: shownMoney(promised), kept: shownMoney(kept), cash: shownMoney(cash) };
}

/** How credited money ties to all that was applied. */
export function shownTie(
  currency: string,
  tie:
    | {
        readonly applied: bigint;
        readonly credited: bigint;
        readonly elsewhere: bigint;
        readonly uncredited: bigint;
      }
    | undefined,
) {
  const text = (minor: bigint | undefined) => shownMoney(money(minor ?? 0n, currency));
  return {
    applied: text(tie?.applied),
    credited: text(tie?.credited),
    elsewhere: text(tie?.elsewhere),
    uncredited: text(tie?.uncredited),
  };
}

/** The report as delimited text: a line for each value of the dimension and currency. */
export function effectLines(report: Report): string {
  const head = [
    report.by.charAt(0).toUpperCase() + report.by.slice(1),
    'Contacts',
    'Reached',
    'Followed by a promise',
    'Followed by money',
    'Promises',
    'Promised',
    'Came in time',
    'Credited',
    'Currency',
    'Mean days',
    'Contacts from',
    'Contacts to',
    'Window days',
    'As of',
    'Known at',
    'Formula',
  ];
  const lines = report.currencies.flatMap(({ currency, rows }) =>
    rows.map((row) => [
      row.label,
      String(row.contacts),
      String(row.reached),
      String(row.withPromise),
      String(row.withCash),
      String(row.promises),
      row.promised.amount,
      row.kept.amount,
      row.cash.amount,
      currency,
      row.meanDays === null ? '' : String(row.meanDays),
      report.from,
      report.to,
      String(report.windowDays),
      report.asOf,
      report.knownAt ?? '',
      report.formula,
    ]),
  );
  return `\ufeff${[head, ...lines].map((cells) => csvLine(cells)).join('')}`;
}
