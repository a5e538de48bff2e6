// The reconciliation of a bank account as a PDF: read in one transaction, drawn after it. It is for our own files and auditors, so it
// is in English whatever language the company writes to customers in.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { sellerAtIssue } from '#invoicing/document-content.ts';
import { lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { parseMoney } from '#kernel/money.ts';
import { takeCompany } from '#parties/take-party.ts';
import { formatDate, formatMoney } from '#printing/print-format.ts';
import {
  type Block,
  type Column,
  letterheadOf,
  type PrintPage,
  printable,
  type Seller,
} from '#printing/print-page.ts';
import { readLooks } from '#printing/read-looks.ts';
import { renderPage } from '#printing/render-pdf.ts';
import type { readBankReconciliation } from './contract.ts';
import { readReconciliationReply } from './read-replies.ts';
import { bridgeSteps, signedWords } from './reconciliation-table.ts';

type Read = z.input<(typeof readBankReconciliation)['reply']>;

const LANGUAGE = 'en';

/** What is printed, with the letterhead of the company as it is now. Refuses: `bank_account_not_found`, `company_not_found`. */
export async function readPrintedReconciliation(
  tx: Tx,
  bankAccountId: string,
  asOf: PlainDate,
): Promise<{ readonly page: PrintPage; readonly fileName: string }> {
  const read = await readReconciliationReply(tx, bankAccountId, asOf);
  const company = await takeCompany(tx, read.account.companyId as CompanyId);
  const looks = await readLooks(tx, [company]);
  const seller = { ...sellerOf(sellerAtIssue(company)), ...lookOf(looks.get(company.id)) };
  const fileName = `bank-reconciliation-${read.account.account}-${read.asOf}.pdf`;
  return { page: reconciliationPage(read, seller), fileName };
}

/** Draws what was read before; outside of transactions, because it takes a moment. */
export function printReconciliation(page: PrintPage): Promise<Uint8Array> {
  return renderPage(page);
}

const left = (title: string, width: Column['width'] = 'auto'): Column => ({ title, align: 'left', width });
const right = (title: string): Column => ({ title, align: 'right', width: 'auto' });

/** Lays the page out: the way from the bank to the books, then what stands between them. */
export function reconciliationPage(read: Read, seller: Seller): PrintPage {
  const { account } = read;
  const asOf = parseDate(read.asOf);
  const shown = (amount: string): string => formatMoney(parseMoney(amount, account.currency), LANGUAGE);
  const day = (text: string): string => formatDate(parseDate(text), LANGUAGE);
  const buyer = { name: account.name, addressLines: [account.account] };
  const table = (
    title: string,
    columns: readonly Column[],
    rows: readonly (readonly string[])[],
  ): readonly Block[] =>
    rows.length === 0
      ? []
      : [
          {
            type: 'table',
            title,
            columns,
            rows: rows.map((row) => row.map(printable)),
            carried: [],
            broughtForward: '',
            carriedForward: '',
          },
        ];
  const between = (rows: Read['inTransit']) =>
    rows.map((row) => [
      row.number,
      row.who || 'nobody known',
      row.kind,
      day(row.on),
      String(row.days),
      shown(row.amount.amount),
    ]);
  const columns = [
    left('Document'),
    left('From or to', 'rest'),
    left('Kind'),
    left('Date'),
    right('Days'),
    right(account.currency),
  ];
  const isOff = !/^-?[0.]+$/.test(read.off.amount);
  return {
    ...letterheadOf(seller, buyer, { language: LANGUAGE }),
    title: printable(`Bank reconciliation ${account.name} ${read.asOf}`),
    date: asOf,
    facts: [
      { label: 'As of', value: day(read.asOf), strong: true },
      { label: 'Currency', value: account.currency },
      { label: 'Bank and books', value: isOff ? 'do not meet' : 'meet to the cent' },
      { label: 'Balance at the bank', value: read.isProved ? 'by statement' : 'by its lines only' },
      { label: 'Signed off', value: printable(signedWords(read)) },
    ],
    heading: 'Bank reconciliation',
    blocks: [
      ...table(
        'From the bank to the books',
        [left('', 'rest'), right(account.currency)],
        bridgeSteps(read).map((step) => [step.words, shown(step.amount)]),
      ),
      ...table('In the books, not on a statement yet', columns, between(read.inTransit)),
      ...table('On a statement, dated later in the books', columns, between(read.datedLater)),
      ...table(
        'On a statement, not explained yet',
        [left('Date'), left('Line', 'rest'), right(account.currency)],
        read.unexplainedLines.map((line) => [
          day(line.bookedOn),
          [line.payerName, line.text].filter(Boolean).join(': '),
          shown(line.amount.amount),
        ]),
      ),
      {
        type: 'text',
        small: true,
        paragraphs: [
          `The ledger account of all bank accounts in this currency stands at ${shown(read.ledger.amount)}.`,
          ...(read.startsOn && read.opening
            ? [
                `The account is followed since ${day(read.startsOn)}, when ${shown(read.opening.amount)} stood on it.`,
              ]
            : []),
        ].map(printable),
      },
    ],
  };
}
