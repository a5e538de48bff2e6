// Statements of agencies: a file looked at before it is booked, and those that were.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Upload } from '#http/route.ts';
import { readActorNames } from '#identity/read-people.ts';
import { REMITTANCE_BYTES_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { readGrid } from '#remittances/read-grid.ts';
import { bytesWithin } from '#remittances/receive-remittance.ts';
import { type AgencyColumns, type FileKind, type FileTable, statementOf, tableOf } from './agency-columns.ts';
import { checkLine, isOtherFee, sumsOf } from './agency-statement.ts';
import type * as contract from './contract-statements.ts';
import { AGENCY_LINES_MAX } from './contract-statements.ts';
import {
  type AgencyItemRow,
  itemsMeant,
  type LinePart,
  overOf,
  type ToldLine,
  ToldSoFar,
} from './line-parts.ts';
import { lossOf } from './spread-line.ts';
import { type AgencyRow, findAgencies } from './store.ts';
import {
  findAgencyItems,
  findColumns,
  findReceiptsOf,
  findStatementLines,
  findStatements,
  type StatementRow,
} from './store-statements.ts';

/** A file of an agency with its columns found. */
type AgencyFile = {
  readonly agency: AgencyRow;
  readonly said: AgencyColumns | null;
  readonly table: FileTable;
  /** Under which heading each column was found. */
  readonly headings: Record<string, string>;
};

/**
 * The rows of an agency's file, by what was said of its columns, now or the last time; where no heading was said, by the names that
 * are known.
 *
 * Refuses: `agency_not_found`, `agency_file_too_large`, what `readGrid` and `tableOf` refuse.
 */
export async function readAgencyFile(
  tx: Tx,
  upload: Pick<Upload, 'stream'>,
  asked: { readonly agencyId: string; readonly kind: FileKind; readonly columns?: AgencyColumns | undefined },
): Promise<AgencyFile> {
  const content = await bytesWithin(upload.stream, REMITTANCE_BYTES_MAX, 'agency_file_too_large');
  const [agency] = await findAgencies(tx, asked.agencyId);
  if (!agency) throw new Refusal('agency_not_found', { agencyId: asked.agencyId });
  const kept = await findColumns(tx, asked.agencyId, asked.kind);
  const { rows } = await readGrid(content);
  const said = saidTogether(asked.columns, kept);
  const table = tableOf(rows, asked.kind, said);
  const headings = Object.fromEntries(
    [...table.columns].map(([role, place]) => [role, table.headings[place] ?? '']),
  );
  return { agency, said, table, headings };
}

/**
 * What is said now, with what was said before of what is left alone: headings all or none, words and the ways in which
 * amounts and days are written each by itself.
 */
function saidTogether(now: AgencyColumns | undefined, before: AgencyColumns | null): AgencyColumns | null {
  if (now === undefined) return before;
  const hasHeadings = Object.values(now.headings).some((heading) => heading !== undefined);
  return {
    headings: hasHeadings ? now.headings : (before?.headings ?? {}),
    decimal: now.decimal ?? before?.decimal,
    dateOrder: now.dateOrder ?? before?.dateOrder,
    statuses: { ...before?.statuses, ...now.statuses },
  };
}

/** What a caller says of columns. Refuses: `agency_columns_not_valid`. */
export function columnsIn<T>(
  text: string | undefined,
  shape: { safeParse(value: unknown): { readonly success: boolean; readonly data?: T } },
): T | undefined {
  if (text === undefined) return undefined;
  const value = jsonIn(text);
  const { success, data } = shape.safeParse(value);
  if (value === undefined || !success) throw new Refusal('agency_columns_not_valid');
  return data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Looks at a statement. Refuses: what `readAgencyFile` and `statementOf` refuse, `agency_file_too_many_lines`. */
export async function lookAtStatement(
  tx: Tx,
  upload: Pick<Upload, 'stream'>,
  asked: {
    readonly agencyId: string;
    readonly companyId: string;
    readonly currency: string;
    readonly columns?: AgencyColumns | undefined;
  },
): Promise<z.input<typeof contract.lookAtAgencyStatement.reply>> {
  const { agencyId, columns, currency, companyId } = asked;
  const { agency, said, table, headings } = await readAgencyFile(tx, upload, {
    agencyId,
    kind: 'statement',
    columns,
  });
  const remits = agency.remits as 'net' | 'gross';
  const { lines, totals } = statementOf(table, said, { currency, remits });
  if (lines.length > AGENCY_LINES_MAX)
    throw new Refusal('agency_file_too_many_lines', { lines: lines.length });
  const names = [...new Set(lines.map(({ reference }) => reference))];
  const found = await findAgencyItems(tx, agencyId, names);
  const sums = sumsOf(lines);
  const receipts = await findReceiptsOf(tx, { companyId, currency, minor: sums.remitted });
  const shown = (minor: bigint) => shownMoney(money(minor, currency));
  const told = new ToldSoFar();
  return {
    headings: [...table.headings],
    columns: { headings, ...(said?.decimal ? { decimal: said.decimal } : {}) },
    lines: lines.map((line) => shownLine(line, found, { companyId, told })),
    sums: {
      collected: shown(sums.collected),
      fee: shown(sums.fee),
      tax: shown(sums.tax),
      remitted: shown(sums.remitted),
    },
    totals: Object.fromEntries(
      Object.entries(totals).map(([key, amount]) => [key, amount && shownMoney(amount)]),
    ),
    receipts: receipts.map((row) => ({
      paymentId: row.payment_id,
      number: row.number,
      receivedOn: row.received_on.toString(),
      payerName: row.payer_name,
      left: shown(row.left_minor),
    })),
  };
}

type ShownLine = z.input<typeof contract.lookAtAgencyStatement.reply>['lines'][number];

/** A line with the claim it means, what was agreed, and what stands in the way of booking it. */
function shownLine(
  line: ToldLine,
  found: readonly AgencyItemRow[],
  { companyId, told }: { readonly companyId: string; readonly told: ToldSoFar },
): ShownLine {
  const stated = {
    reference: line.reference,
    collected: shownMoney(line.collected),
    fee: shownMoney(line.fee),
    tax: shownMoney(line.tax),
    remitted: shownMoney(line.remitted),
  };
  const meant = orRefusal(() => itemsMeant(found, line.reference, companyId));
  if (meant instanceof Refusal)
    return {
      ...stated,
      handOver: null,
      customer: null,
      open: null,
      agreedFee: null,
      agreedTax: null,
      problem: meant.code,
    };
  const [row] = meant;
  const isReckoned = row.currency === line.collected.currency;
  const parts = isReckoned ? told.take(line, meant) : [];
  const sum = (of: (part: LinePart) => Money) =>
    isReckoned
      ? shownMoney(
          money(
            parts.reduce((total, part) => total + of(part).minor, 0n),
            row.currency,
          ),
        )
      : null;
  const open = meant.reduce((total, { open_minor }) => total + open_minor, 0n);
  return {
    ...stated,
    handOver: row.hand_over_number.toString(),
    customer: { id: row.customer_id, name: row.customer_name },
    open: shownMoney(money(open, row.currency)),
    agreedFee: sum(({ agreed }) => agreed.fee),
    agreedTax: sum(({ agreed }) => agreed.tax),
    problem: problemOf(line, row, { companyId, open, over: isReckoned ? overOf(parts) : undefined }),
  };
}

function problemOf(
  line: ToldLine,
  row: AgencyItemRow,
  {
    companyId,
    open,
    over,
  }: { readonly companyId: string; readonly open: bigint; readonly over: Money | undefined },
): string | null {
  if (row.company_id !== companyId) return 'wrong_company';
  if (over === undefined) return 'wrong_currency';
  const checked = orRefusal(() => checkLine(line, row));
  if (checked instanceof Refusal) return checked.code;
  if (lossOf(line, row) > open) return 'exceeds_open';
  return isOtherFee(over) ? 'agency_fee_differs' : null;
}

/** A refusal that becomes the result of a row. */
function orRefusal<T>(run: () => T): T | Refusal {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Statements that were booked, the newest first. */
export async function readStatements(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listAgencyStatements.query>,
): Promise<z.input<typeof contract.listAgencyStatements.reply>> {
  const rows = await findStatements(tx, query);
  const names = await readActorNames(
    tx,
    rows.map((row) => row.booked_by),
  );
  return {
    rows: rows.map((row) => shownStatement(row, names)),
    may: { book: mayDo(context, 'payment.apply') },
  };
}

/** One with its lines. Refuses: `agency_statement_not_found`. */
export async function readStatement(
  tx: Tx,
  statementId: string,
): Promise<z.input<typeof contract.getAgencyStatement.reply>> {
  const [row] = await findStatements(tx, { id: statementId, limit: 1 });
  if (!row) throw new Refusal('agency_statement_not_found', { statementId });
  const [lines, names] = [
    await findStatementLines(tx, statementId),
    await readActorNames(tx, [row.booked_by]),
  ];
  const shown = (minor: bigint) => shownMoney(money(minor, row.currency));
  return {
    ...shownStatement(row, names),
    lines: lines.map((line) => ({
      handOverId: line.hand_over_id,
      customer: { id: line.customer_id, name: line.customer_name },
      reference: line.reference,
      collected: shown(line.collected_minor),
      fee: shown(line.fee_minor),
      tax: shown(line.tax_minor),
      remitted: shown(line.remitted_minor),
      agreedFee: shown(line.agreed_fee_minor),
      agreedTax: shown(line.agreed_tax_minor),
    })),
  };
}

function shownStatement(row: StatementRow, names: ReadonlyMap<string, string>) {
  const shown = (minor: bigint) => shownMoney(money(minor, row.currency));
  return {
    statementId: row.id,
    agency: { agencyId: row.agency_id, name: row.agency_name },
    reference: row.reference,
    statedOn: row.stated_on.toString(),
    collected: shown(row.collected_minor),
    fee: shown(row.fee_minor),
    tax: shown(row.tax_minor),
    remitted: shown(row.remitted_minor),
    payment: { paymentId: row.payment_id, number: row.payment_number },
    note: row.note,
    stands: row.stands,
    bookedBy: names.get(row.booked_by) ?? row.booked_by,
    bookedAt: row.recorded_at.toString(),
  };
}
