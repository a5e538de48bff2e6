// A statement of account in words of the outside, and as rows of a table.

import type { Money } from '#kernel/money.ts';
import { toDecimal } from '#kernel/money.ts';
import { bucketsOf, USUAL_EDGES } from '#ledger/aging.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Statement, StatementAccount, StatementLine, StatementSection } from './statement.ts';
import { payableOf } from './statement.ts';

function lineReply(line: StatementLine) {
  return {
    id: line.id,
    kind: line.kind,
    documentId: line.documentId,
    reference: line.reference,
    on: line.on.toString(),
    dueOn: line.dueOn?.toString() ?? null,
    daysLate: line.daysLate,
    original: shownMoney(line.original),
    amount: shownMoney(line.amount),
    disputed: line.disputed ? shownMoney(line.disputed) : null,
    balance: shownMoney(line.balance),
  };
}

function sectionReply(section: StatementSection, linesMax: number) {
  let room = linesMax;
  const accountReply = (account: StatementAccount) => {
    const shown = account.lines.slice(0, Math.max(0, room));
    room -= shown.length;
    const { id, number, name } = account.customer;
    return {
      customer: { id, number, name },
      opening: shownMoney(account.opening),
      lines: shown.map(lineReply),
      linesLeftOut: account.lines.length - shown.length,
      closing: shownMoney(account.closing),
    };
  };
  const { company, aging } = section;
  return {
    company: { id: company.id, code: company.code, name: company.name },
    currency: section.currency,
    accounts: section.accounts.map(accountReply),
    opening: shownMoney(section.opening),
    closing: shownMoney(section.closing),
    aging: {
      buckets: aging.buckets.map(shownMoney),
      credits: shownMoney(aging.credits),
      unapplied: shownMoney(aging.unapplied),
      overdue: shownMoney(aging.overdue),
    },
    disputed: shownMoney(section.disputed),
    charges: shownMoney(section.charges),
    payable: shownMoney(payableOf(section)),
  };
}

/** A statement, of each section at most so many lines. */
export function statementReply(statement: Statement, linesMax: number) {
  const { id, number, name } = statement.customer;
  return {
    kind: statement.kind,
    from: statement.from?.toString() ?? null,
    asOf: statement.asOf.toString(),
    knownAt: statement.knownAt?.toString() ?? null,
    customer: { id, number, name },
    isGroup: statement.isGroup,
    buckets: [...bucketsOf(USUAL_EDGES)],
    sections: statement.sections.map((section) => sectionReply(section, linesMax)),
  };
}

/** The columns of a statement as a table. */
export const TABLE_HEADING: readonly string[] = [
  'Company',
  'Customer number',
  'Customer',
  'Kind',
  'Document',
  'Date',
  'Due',
  'Days late',
  'Currency',
  'Original',
  'Amount',
  'Disputed',
  'Balance',
];

/** All lines of a statement; of a balance brought forward each account begins with its opening balance. */
export function statementRows(statement: Statement): readonly (readonly string[])[] {
  return statement.sections.flatMap((section) =>
    section.accounts.flatMap((account) => {
      const { company, currency } = section;
      const { customer, opening } = account;
      const plain = (amount: Money | undefined): string => (amount ? toDecimal(amount) : '');
      const head = [company.code, customer.number, customer.name];
      const lines = account.lines.map((line) => [
        ...head,
        line.kind,
        line.reference,
        line.on.toString(),
        line.dueOn?.toString() ?? '',
        line.dueOn ? String(line.daysLate) : '',
        currency,
        plain(line.original),
        plain(line.amount),
        plain(line.disputed),
        plain(line.balance),
      ]);
      if (statement.from === undefined) return lines;
      const begin = [...head, 'opening_balance', '', statement.from.toString(), '', '', currency];
      return [[...begin, '', '', '', plain(opening)], ...lines];
    }),
  );
}
