// Listing invoices and credit notes: found by what somebody typed, sorted the way they are worked on.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { absolute } from '#kernel/money.ts';
import {
  type DocumentFilter,
  type DocumentSought,
  listDocuments,
  readSettledByKind,
} from '#ledger/list-documents.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { searchCustomers } from '#parties/search-customers.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import type { DocumentKind } from './document.ts';
import { type Standing, standingOf } from './standing.ts';
import { findDocumentPage, findInvoices, type InvoiceRow } from './store.ts';

export type InvoiceListFilter = {
  readonly state: 'all' | 'open' | 'overdue' | 'paid' | 'voided';
  readonly kind?: DocumentKind | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  /** The beginning of a number, or part of a customer's number or name. */
  readonly text?: string | undefined;
  readonly issuedFrom?: PlainDate | undefined;
  readonly issuedTo?: PlainDate | undefined;
};

/** A document in a list, and the keys of its place there. */
export type ListedInvoice = {
  readonly row: InvoiceRow;
  readonly company: Company;
  readonly customer: Customer;
  readonly standing: Standing;
  readonly keys: readonly [PlainDate, string];
};

/** Customers that a typed text may mean; enough for a name that many share, few enough to look up at once. */
const CUSTOMERS_MEANT_MAX = 100;

/**
 * Documents that fit, `limit` at most. Open and overdue ones come by due date, oldest first; the others by day of issue,
 * newest first. Overdue are invoices only: nobody is late with a credit.
 */
export async function listInvoices(
  tx: Tx,
  filter: InvoiceListFilter,
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
  today: PlainDate,
): Promise<readonly ListedInvoice[]> {
  const kinds: readonly DocumentKind[] =
    filter.kind !== undefined
      ? [filter.kind]
      : filter.state === 'overdue'
        ? ['invoice']
        : ['invoice', 'credit_note'];
  if (filter.state === 'overdue' && filter.kind === 'credit_note') return [];
  const { companyId, customerId, issuedFrom, issuedTo } = filter;
  const either = filter.text ? await understand(tx, filter.text) : undefined;
  const wanted: DocumentFilter = { kinds, companyId, customerId, issuedFrom, issuedTo, either };
  const found = await findRows(tx, filter.state, wanted, { ...page, today });
  return describe(tx, found, today);
}

async function understand(tx: Tx, text: string): Promise<DocumentSought> {
  const customers = await searchCustomers(tx, { text, archived: true, limit: CUSTOMERS_MEANT_MAX });
  return {
    numberStarts: [...new Set([text, text.toUpperCase()])],
    customerIds: customers.map((customer) => customer.id),
  };
}

type Found = { readonly row: InvoiceRow; readonly keys: readonly [PlainDate, string] };

async function findRows(
  tx: Tx,
  state: InvoiceListFilter['state'],
  filter: DocumentFilter,
  page: {
    readonly after: readonly [PlainDate, string] | undefined;
    readonly limit: number;
    readonly today: PlainDate;
  },
): Promise<readonly Found[]> {
  if (state === 'all' || state === 'voided') {
    const rows = await findDocumentPage(tx, { ...filter, voided: state === 'voided' }, page);
    return rows.map((row) => ({ row, keys: [row.issued_on, row.id] }));
  }
  const standing = state === 'paid' ? 'settled' : state;
  const keys = await listDocuments(tx, { standing, filter, today: page.today }, page);
  const rows = await findInvoices(
    tx,
    keys.map((key) => key.document_id),
  );
  const byId = new Map<string, InvoiceRow>(rows.map((row) => [row.id, row]));
  return keys.map((key) => ({
    row: present(byId.get(key.document_id), 'an item of an invoice has its invoice'),
    keys: [key.day, key.id],
  }));
}

async function describe(
  tx: Tx,
  found: readonly Found[],
  today: PlainDate,
): Promise<readonly ListedInvoice[]> {
  const rows = found.map((f) => f.row);
  const [items, customers, companies] = await Promise.all([
    readItemsOfDocuments(
      tx,
      rows.map((row) => row.id),
    ),
    readCustomers(tx, [...new Set(rows.map((row) => row.customer_id))]),
    listCompanies(tx),
  ]);
  const touched = items.filter((item) => item.open.minor !== item.amount.minor);
  const settled = await readSettledByKind(
    tx,
    touched.map((item) => item.id),
  );
  const itemsOf: ReadonlyMap<string, readonly OpenItem[]> = Map.groupBy(items, (item) => item.documentId);
  const companyById = new Map(companies.map((company) => [company.id, company]));
  return found.map(({ row, keys }) => ({
    row,
    keys,
    company: present(companyById.get(row.company_id), 'a document has its company'),
    customer: present(customers.get(row.customer_id), 'a document has its customer'),
    standing: standingOf(
      {
        kind: row.kind,
        given: (itemsOf.get(row.id) ?? [])
          .filter((item) => item.kind === row.kind)
          .reduce((total, item) => total + absolute(item.amount.minor), 0n),
        currency: row.currency,
        dueOn: row.due_on,
        voidedOn: row.voided_on,
        items: itemsOf.get(row.id) ?? [],
        settledBy: settled.get(row.id) ?? new Map(),
      },
      today,
    ),
  }));
}
