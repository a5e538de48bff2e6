// The reconciliation of a bank account as rows of text: the way from the bank to the books first, then what stands between them.

import type { z } from 'zod';
import type { readBankReconciliation } from './contract.ts';

type Read = z.input<(typeof readBankReconciliation)['reply']>;

/** The steps from the balance at the bank to that in the books, each with its words. What is taken off has its sign changed. */
export function bridgeSteps(
  read: Read,
): readonly { readonly words: string; readonly amount: string; readonly isSum: boolean }[] {
  const off = (amount: string): string =>
    /^-?0(\.0+)?$/.test(amount) ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
  return [
    { words: 'Balance at the bank', amount: read.bank.amount, isSum: true },
    { words: 'Deposits in transit', amount: read.deposits.amount, isSum: false },
    { words: 'Refunds not on a statement yet', amount: read.refunds.amount, isSum: false },
    { words: 'Returned payments not on a statement yet', amount: read.returns.amount, isSum: false },
    { words: 'Bank lines not explained yet', amount: off(read.unexplained.amount), isSum: false },
    { words: 'Bank lines dated later in the books', amount: off(read.early.amount), isSum: false },
    { words: 'Balance the books should have', amount: read.expected.amount, isSum: true },
    { words: 'Balance in the books', amount: read.books.amount, isSum: true },
    { words: 'Off by', amount: read.off.amount, isSum: true },
  ];
}

/** Who signed which day off, the latest up to the day of the report. */
export function signedWords({ lastSigned, asOf }: Read): string {
  if (lastSigned === null) return 'nobody yet';
  const by = `${lastSigned.by} at ${lastSigned.at.slice(0, SECONDS)}Z`;
  return lastSigned.day === asOf ? by : `not this day; ${lastSigned.day} by ${by}`;
}

/** Characters of a moment up to its seconds. */
const SECONDS = '2026-01-31T12:00:00'.length;

/** `Deposits in transit up to 2 days`. */
function ageWords(upToDays: number | null, before: number | null | undefined): string {
  return upToDays === null
    ? `Deposits in transit older than ${before ?? 0} days`
    : `Deposits in transit up to ${upToDays} days`;
}

/** All rows, a heading first. */
export function reconciliationRows(read: Read): readonly (readonly string[])[] {
  const { account, asOf } = read;
  const head = [account.name, account.account, asOf];
  return [
    ['Account', 'Number', 'As of', 'Part', 'Document', 'Who', 'Date', 'Days', 'Amount', 'Currency'],
    ...bridgeSteps(read).map((step) => [
      ...head,
      step.words,
      '',
      '',
      asOf,
      '',
      step.amount,
      account.currency,
    ]),
    ...read.ages.map(({ upToDays, amount }, index) => [
      ...head,
      ageWords(upToDays, read.ages[index - 1]?.upToDays),
      '',
      '',
      asOf,
      '',
      amount.amount,
      account.currency,
    ]),
    [...head, 'Signed off', '', signedWords(read), read.lastSigned?.day ?? '', '', '', ''],
    ...read.inTransit.map((row) => [
      ...head,
      `in transit: ${row.kind}`,
      row.number,
      row.who,
      row.on,
      String(row.days),
      row.amount.amount,
      account.currency,
    ]),
    ...read.datedLater.map((row) => [
      ...head,
      `dated later: ${row.kind}`,
      row.number,
      row.who,
      row.on,
      '',
      row.amount.amount,
      account.currency,
    ]),
    ...read.unexplainedLines.map((line) => [
      ...head,
      'not explained',
      line.text,
      line.payerName ?? '',
      line.bookedOn,
      '',
      line.amount.amount,
      account.currency,
    ]),
  ];
}
