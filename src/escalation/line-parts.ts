// Which items a line of an agency's statement means, and what of it is of each. Pure.

import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { AgencyFees } from './agency-fee.ts';
import type { agreedOf, StatedAmounts, StatementLine } from './agency-statement.ts';
import { agreedOfParts, lossOf, spreadLine } from './spread-line.ts';

/** A line as it is told: by the number of the invoice, or of a hand-over of one invoice. */
export type ToldLine = StatedAmounts & { readonly reference: string };

/** An item that was handed to an agency, with the terms of then. */
export type AgencyItemRow = {
  readonly hand_over_id: string;
  readonly hand_over_number: bigint;
  readonly item_id: ItemId;
  readonly document_id: string;
  readonly company_id: string;
  readonly customer_id: string;
  readonly customer_name: string;
  readonly currency: string;
  readonly reference: string;
  readonly handed_minor: bigint;
  readonly open_minor: bigint;
  readonly due_on: PlainDate;
  readonly handed_on: PlainDate;
  readonly ended: string | null;
  readonly fees: AgencyFees;
  readonly remits: 'net' | 'gross';
  /** Whether money of it was told on a statement that stands. */
  readonly is_told: boolean;
};

/** What of a line is of one item, with the terms under which that was handed over, and what was agreed for so much. */
export type LinePart = {
  readonly line: StatementLine;
  readonly row: AgencyItemRow;
  readonly agreed: ReturnType<typeof agreedOf>;
};

/** The lines of a statement one after the other: each takes what those before left open. */
export class ToldSoFar {
  readonly #lost = new Map<ItemId, bigint>();

  /** The parts of a line, of the items it means. */
  take(stated: ToldLine, rows: readonly [AgencyItemRow, ...AgencyItemRow[]]): readonly LinePart[] {
    const [first] = rows;
    const left = rows.map((row) => row.open_minor - (this.#lost.get(row.item_id) ?? 0n));
    const parts = spreadLine(stated, first, left).map(({ index, ...amounts }) => {
      const row = rows[index] ?? first;
      return { line: this.#lineOf({ ...amounts, reference: stated.reference }, row), row, terms: row };
    });
    const agreed = agreedOfParts(parts);
    return parts.map(({ line, row }, index) => ({ line, row, agreed: agreed[index] as LinePart['agreed'] }));
  }

  #lineOf(stated: ToldLine, row: AgencyItemRow): StatementLine {
    const lost = this.#lost.get(row.item_id);
    this.#lost.set(row.item_id, (lost ?? 0n) + lossOf(stated, row));
    return {
      ...stated,
      handOverId: row.hand_over_id,
      itemId: row.item_id,
      daysLate: daysBetween(row.due_on, row.handed_on),
      handed: money(row.handed_minor, row.currency),
      isFirst: !row.is_told && lost === undefined,
    };
  }
}

/** By how much the fee of a line with its tax is above what was agreed, of all of its parts together. */
export function overOf(parts: readonly LinePart[]): Money {
  const [first] = parts;
  return money(
    parts.reduce((sum, { agreed }) => sum + agreed.over.minor, 0n),
    first?.line.collected.currency ?? '',
  );
}

/** Whether a name means invoices of several companies, or an invoice and another hand-over: nobody could say which. */
export function isUnclear(rows: readonly AgencyItemRow[], name: string): boolean {
  const invoices = rows.filter((row) => row.reference === name);
  const standing = invoices.filter((row) => row.ended === null);
  const asked = standing.length > 0 ? standing : invoices;
  const isOfCompanies = new Set(asked.map((row) => row.company_id)).size > 1;
  const [first] = asked;
  const isOther = (row: AgencyItemRow): boolean =>
    row.hand_over_number.toString() === name && row.hand_over_id !== first?.hand_over_id;
  return isOfCompanies || (first !== undefined && rows.some(isOther));
}

/**
 * The items a number means in a company, the earliest due first: those of the invoice, else of the hand-over, where that is of
 * one invoice. Refuses: `agency_line_unknown`, `agency_line_unclear`, `agency_line_of_several`.
 */
export function itemsMeant(
  all: readonly AgencyItemRow[],
  name: string,
  companyId: string,
): readonly [AgencyItemRow, ...AgencyItemRow[]] {
  const isNumbered = (row: AgencyItemRow): boolean => row.hand_over_number.toString() === name;
  const own = all.filter((row) => row.company_id === companyId);
  const rows = own.some((row) => row.reference === name || isNumbered(row)) ? own : all;
  if (isUnclear(rows, name)) throw new Refusal('agency_line_unclear', { reference: name });
  const byInvoice = rows.find((row) => row.reference === name);
  const first = byInvoice ?? rows.find(isNumbered);
  if (!first) throw new Refusal('agency_line_unknown', { reference: name });
  const claimed = byInvoice ? rows : rows.filter(isNumbered);
  if (!byInvoice && claimed.some((row) => row.document_id !== first.document_id))
    throw new Refusal('agency_line_of_several', { reference: name });
  const isBeside = (row: AgencyItemRow): boolean =>
    row !== first &&
    row.document_id === first.document_id &&
    (first.ended === null ? row.ended === null : row.hand_over_id === first.hand_over_id) &&
    row.remits === first.remits &&
    row.fees.bearer === first.fees.bearer;
  const beside = claimed.filter(isBeside);
  const [earliest = first, ...later] = [first, ...beside].toSorted(
    (a, b) => daysBetween(b.due_on, a.due_on) || (a.item_id < b.item_id ? -1 : 1),
  );
  return [earliest, ...later];
}
