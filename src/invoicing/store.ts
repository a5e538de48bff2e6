// All SQL of invoicing. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { decimalText } from '#kernel/percent.ts';
import type { ReadyDocument } from './document.ts';

/** A stored invoice or credit note. */
export type InvoiceRow = Selectable<DB['invoice']>;

/** Adds documents with their lines and tax rows. */
export function insertDocuments(
  act: Act,
  invoices: readonly NewRow<'invoice'>[],
  documents: readonly ReadyDocument[],
): void {
  act.insert('invoice', invoices);
  act.insert(
    'invoice_line',
    documents.flatMap((document) =>
      document.priced.lines.map((line, index) => ({
        invoice_id: document.id,
        line_no: index + 1,
        description: line.description,
        quantity: decimalText(line.quantity),
        unit: line.unit ?? null,
        unit_price: decimalText(line.unitPrice),
        tax_category: line.taxCategory,
        tax_percent: decimalText(line.taxPercent),
        net_minor: line.net.minor,
      })),
    ),
  );
  act.insert(
    'invoice_tax',
    documents.flatMap((document) =>
      document.priced.taxes.map((row) => ({
        invoice_id: document.id,
        tax_category: row.category,
        tax_percent: decimalText(row.percent),
        net_minor: row.net.minor,
        tax_minor: row.tax.minor,
      })),
    ),
  );
}

/** One document by id. */
export async function findInvoice(tx: Tx, id: InvoiceId): Promise<InvoiceRow | undefined> {
  return tx.find(
    q.selectFrom('invoice').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
}

/** One document by id, locked. */
export async function lockInvoice(tx: Tx, id: InvoiceId): Promise<InvoiceRow | undefined> {
  return tx.find(
    q.selectFrom('invoice').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id).forUpdate(),
  );
}

/** Documents by external id that still stand, in a company. */
export async function findByExternalIds(
  tx: Tx,
  companyId: string,
  externalIds: readonly string[],
): Promise<readonly InvoiceRow[]> {
  return tx.run(
    q
      .selectFrom('invoice')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('company_id', '=', companyId)
      .where('external_id', 'in', sql<string>`(select unnest(${arrayLiteral(externalIds)}::text[]))`)
      .where('voided_on', 'is', null),
  );
}

/** Notes on which day documents were voided. */
export function updateVoided(act: Act, ids: readonly string[], on: PlainDate): void {
  act.write(
    sql`update invoice set voided_on = ${on} where tenant_id = ${act.tenantId} and id in (select unnest(${arrayLiteral(ids)}::uuid[])) and voided_on is null`,
    { rows: ids.length, rule: 'every document to void stands' },
  );
}

/** Documents of a company by printed number that still stand. */
export async function findByNumbers(tx: Tx, companyId: string, numbers: readonly string[]): Promise<readonly InvoiceRow[]> {
  return tx.run(
    q
      .selectFrom('invoice')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('company_id', '=', companyId)
      .where('kind', 'in', ['invoice', 'credit_note'])
      .where('number', 'in', sql<string>`(select unnest(${arrayLiteral(numbers)}::text[]))`)
      .where('voided_on', 'is', null),
  );
}
