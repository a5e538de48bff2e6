// The file that is handed out to an accounting system, with what it needs to book each row.

import type { Tx } from '#db/transaction.ts';
import { csvLine } from '#formats/csv.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readApplicationLines } from '#ledger/read-application-lines.ts';
import { bookedBetween } from './between.ts';
import { isHandedOver } from './posting.ts';
import { findExport, findExported, findSettled, type PostingRow } from './store.ts';
import { findBetween, findCodes } from './store-between.ts';

const HEAD = [
  'receipt',
  'part',
  'date',
  'amount',
  'currency',
  'customer',
  'customer_name',
  'bank_account',
  'settled',
  'on_account',
  'booked',
  'booked_functional',
  'functional_currency',
  'state',
  'reference',
  'reason',
  'posted_on',
  'export',
] as const;

/** What a row says of the books: in cells `settled` to `functional_currency`. */
type Cells = readonly [
  settled: string,
  onAccount: string,
  booked: string,
  bookedFunctional: string,
  functionalCurrency: string,
];

/**
 * The file of an export: one row for each receipt, return, and money between companies, what goes away negative; what a receipt
 * settled as `number=amount`, how money between companies is booked as `account=amount`, debit positive, in its currency and in
 * the company's own. Of the last five columns four are for the answer, and the fifth says which export it is of. Asked again it
 * leaves out what was answered or handed out again since, so that nothing is booked twice from it, and says what is settled by
 * now.
 *
 * Refuses: `posting_export_not_found`.
 */
export async function readExportFile(tx: Tx, exportId: string): Promise<string> {
  const companyId = await findExport(tx, exportId);
  if (companyId === undefined) throw new Refusal('posting_export_not_found', { exportId });
  const rows = await findExported(tx, exportId);
  const receipts = rows.filter((row) => row.handover_id === null).map((row) => row.payment_id);
  const [settled, between] = await Promise.all([
    findSettled(tx, receipts),
    readBetween(
      tx,
      companyId,
      rows.filter((row) => row.handover_id !== null),
    ),
  ]);
  const lines = rows.map((row) => [
    row.number,
    row.part,
    row.on_day.toString(),
    decimal(row.amount_minor, row.currency),
    row.currency,
    row.customer_number ?? '',
    row.customer_name ?? row.payer_name ?? '',
    row.bank_account ?? '',
    ...(row.handover_id === null
      ? receiptCells(row, settled.get(row.payment_id) ?? [])
      : present(between.get(row.handover_id), 'money between companies was booked')),
    ...['', '', '', '', exportId],
  ]);
  return `\ufeff${[HEAD, ...lines].map((cells) => csvLine(cells)).join('')}`;
}

const decimal = (minor: bigint, currency: string): string => toDecimal(money(minor, currency));

type Settled = readonly { readonly reference: string; readonly amount_minor: bigint }[];

function receiptCells({ part, amount_minor, currency }: PostingRow, settled: Settled): Cells {
  const documents = part === 'return' ? [] : settled;
  const given = documents.reduce((sum, one) => sum + one.amount_minor, 0n);
  return [
    documents.map((one) => `${one.reference}=${decimal(one.amount_minor, currency)}`).join(' '),
    part === 'return' ? '' : decimal(amount_minor - given, currency),
    '',
    '',
    '',
  ];
}

/** What is said of money between companies, as one of them books it: what it settled, or whom it is due to, and its accounts. */
async function readBetween(
  tx: Tx,
  companyId: CompanyId,
  rows: readonly PostingRow[],
): Promise<ReadonlyMap<string, Cells>> {
  if (rows.length === 0) return new Map();
  const [found, codes] = await Promise.all([
    findBetween(
      tx,
      rows.map((row) => row.handover_id ?? ''),
    ),
    findCodes(tx, companyId),
  ]);
  const lines = await readApplicationLines(
    tx,
    [...found.values()].map((one) => one.application_id),
  );
  return new Map(
    [...found.values()].map((one) => {
      const part = present(
        rows.find((row) => row.handover_id === one.handover_id),
        'they were asked for by row',
      ).part;
      const booked = bookedBetween(
        part,
        {
          amount: money(one.amount_minor, one.currency),
          fromFunctional: money(one.from_functional_minor, one.from_currency),
          toFunctional: money(one.to_functional_minor, one.to_currency),
        },
        lines.get(one.application_id) ?? [],
      );
      const code = (account: Parameters<typeof codes.get>[0]): string => codes.get(account) ?? account;
      const whose = isHandedOver(part) ? `due-to-${one.to_code}` : one.reference;
      const cells: Cells = [
        `${whose}=${decimal(one.amount_minor, one.currency)}`,
        '',
        booked
          .filter(({ amount }) => amount.minor !== 0n)
          .map(({ account, amount }) => `${code(account)}=${toDecimal(amount)}`)
          .join(' '),
        booked.map(({ account, functional }) => `${code(account)}=${toDecimal(functional)}`).join(' '),
        isHandedOver(part) ? one.from_currency : one.to_currency,
      ];
      return [one.handover_id, cells];
    }),
  );
}
