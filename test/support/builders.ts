// Builders for tests: each takes what the test is about and makes the rest up. Amounts are minor units (`100_00n`), days are
// text (`2026-01-15`), ids are what the commands gave.

import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { type IssueInvoice, issueInvoice } from '#invoicing/issue-invoice.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import {
  type CompanyId,
  type CustomerId,
  type InvoiceId,
  type ItemId,
  newId,
  type PaymentId,
} from '#kernel/id.ts';
import { decimalsOf, money } from '#kernel/money.ts';
import { openCompany } from '#ledger/open-company.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { NewCompany } from '#parties/add-company.ts';
import { addCustomer, type NewCustomer } from '#parties/add-customers.ts';
import { stateHandover } from '#payments/change-handovers.ts';
import { type RecordPayment, recordPayment } from '#payments/record-payment.ts';
import { recordRefund } from '#payments/record-refund.ts';
import type { TestTenant } from './tenant.ts';

let made = 0;

/** A number nothing else in this test file has. */
export function nextNumber(): number {
  made += 1;
  return made;
}

/** A company with its books open, in euro unless the test says otherwise. */
export async function aCompany(
  tenant: TestTenant,
  given: Partial<NewCompany> & { readonly currency?: string } = {},
): Promise<CompanyId> {
  const { currency, ...rest } = given;
  const code = given.code ?? `C${nextNumber()}`;
  const { companyId } = await tenant.act('owner', openCompany, {
    name: `Company ${code}`,
    functionalCurrency: currency ?? 'EUR',
    country: 'DE',
    ...rest,
    code,
  });
  return companyId as CompanyId;
}

/** Both companies let the first receive money for the second. */
export async function letReceive(
  tenant: TestTenant,
  fromCompanyId: CompanyId,
  toCompanyId: CompanyId,
): Promise<void> {
  for (const side of ['from', 'to'] as const)
    await tenant.act('owner', stateHandover, { fromCompanyId, toCompanyId, side, allowed: true });
}

/** A customer. */
export async function aCustomer(tenant: TestTenant, given: Partial<NewCustomer> = {}): Promise<CustomerId> {
  const n = nextNumber();
  const { customerId } = await tenant.act('owner', addCustomer, {
    number: `K${n}`,
    name: `Customer ${n} Ltd`,
    ...given,
  });
  return customerId as CustomerId;
}

export type BuiltInvoice = {
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly customerId: CustomerId;
  readonly itemIds: readonly ItemId[];
  /** The first item: the only one when there are no instalments. */
  readonly itemId: ItemId;
};

/** A line over an amount; with a tax percentage in whole percents, standard rated. */
export function aLine(minor: bigint, taxPercent = 0n, currency = 'EUR'): IssueInvoice['lines'][number] {
  return {
    description: 'Goods',
    quantity: { digits: 1n, scale: 0 },
    unitPrice: { digits: minor, scale: decimalsOf(currency) },
    taxCategory: taxPercent === 0n ? 'Z' : 'S',
    taxPercent: { digits: taxPercent, scale: 0 },
  };
}

/** An issued invoice of one line without tax, or of the lines given; in instalments when `instalments` says so. */
export async function anInvoice(
  tenant: TestTenant,
  given: Partial<Pick<IssueInvoice, 'lines' | 'purchaseOrder' | 'note' | 'externalId' | 'series'>> & {
    readonly companyId: CompanyId;
    readonly customerId?: CustomerId;
    readonly minor?: bigint;
    readonly currency?: string;
    readonly issuedOn?: string;
    readonly dueOn?: string;
    readonly instalments?: readonly { readonly dueOn: string; readonly minor: bigint }[];
    readonly paymentReference?: string;
  },
): Promise<BuiltInvoice> {
  const customerId = given.customerId ?? (await aCustomer(tenant));
  const currency = given.currency ?? 'EUR';
  const minor = given.instalments?.reduce((total, i) => total + i.minor, 0n) ?? given.minor ?? 100_00n;
  const issued = await tenant.act('owner', issueInvoice, {
    companyId: given.companyId,
    customerId,
    issuedOn: parseDate(given.issuedOn ?? '2026-01-02'),
    ...(given.instalments
      ? {
          instalments: given.instalments.map((i) => ({
            dueOn: parseDate(i.dueOn),
            amount: money(i.minor, currency),
          })),
        }
      : { dueOn: parseDate(given.dueOn ?? '2026-02-01') }),
    currency,
    purchaseOrder: given.purchaseOrder,
    note: given.note,
    externalId: given.externalId,
    series: given.series,
    lines: given.lines ?? [aLine(minor, 0n, currency)],
    paymentReference: given.paymentReference,
  });
  const items = await itemsOf(tenant, issued.invoiceId);
  return {
    invoiceId: issued.invoiceId as InvoiceId,
    number: issued.number,
    customerId,
    itemIds: items.map((item) => item.id),
    itemId: present(items[0], 'an invoice has an item').id,
  };
}

export type BuiltPayment = {
  readonly paymentId: PaymentId;
  readonly number: string;
  readonly itemId: ItemId;
};

/** A recorded payment: received by transfer, from nobody known unless the test says who. */
export async function aPayment(
  tenant: TestTenant,
  given: Omit<Partial<RecordPayment>, 'receivedOn' | 'amount'> & {
    readonly companyId: CompanyId;
    readonly minor?: bigint;
    readonly currency?: string;
    readonly receivedOn?: string;
  },
): Promise<BuiltPayment> {
  const { minor, currency, receivedOn, ...rest } = given;
  const recorded = await tenant.act('cash_applier', recordPayment, {
    method: 'transfer',
    reference: '',
    ...rest,
    receivedOn: parseDate(receivedOn ?? '2026-01-10'),
    amount: money(minor ?? 100_00n, currency ?? 'EUR'),
  });
  return {
    paymentId: recorded.paymentId as PaymentId,
    number: recorded.number,
    itemId: recorded.itemId as ItemId,
  };
}

/** Money that went back to a customer, booked from its oldest credit as it is where a refund was granted. */
export async function aPaidRefund(
  tenant: TestTenant,
  given: {
    readonly companyId: CompanyId;
    readonly customerId: CustomerId;
    readonly minor?: bigint;
    readonly paidOn?: string;
  },
): Promise<BuiltPayment> {
  const recorded = await tenant.act('owner', recordRefund, {
    companyId: given.companyId,
    customerId: given.customerId,
    receivedOn: parseDate(given.paidOn ?? '2026-01-10'),
    amount: money(given.minor ?? 100_00n, 'EUR'),
    method: 'transfer',
    reference: '',
  });
  return {
    paymentId: recorded.paymentId as PaymentId,
    number: recorded.number,
    itemId: recorded.itemId as ItemId,
  };
}

/** The items of a document, as they are now. */
export async function itemsOf(tenant: TestTenant, documentId: string): Promise<readonly OpenItem[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) => readItemsOfDocuments(tx, [documentId]));
}

/** An exchange rate: one unit of `base` is worth `rate` of `quote` from that day on. */
export async function aRate(
  tenant: TestTenant,
  given: { readonly base: string; readonly quote: string; readonly on: string; readonly rate: string },
): Promise<void> {
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      q.insertInto('exchange_rate').values({
        tenant_id: tenant.tenantId,
        id: crypto.randomUUID(),
        base: given.base,
        quote: given.quote,
        valid_on: parseDate(given.on),
        rate: given.rate,
        source: 'test',
        recorded_at: tenant.clock(),
      }),
    ),
  );
}

/** Locks a period of a company as if somebody had, from its first day to its last. */
export async function lockPeriod(
  tenant: TestTenant,
  companyId: CompanyId,
  from: string,
  to: string,
): Promise<void> {
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      q.insertInto('accounting_period').values({
        tenant_id: tenant.tenantId,
        id: newId(),
        company_id: companyId,
        starts_on: parseDate(from),
        ends_on: parseDate(to),
        locked_at: tenant.clock(),
        locked_by: 'test',
      }),
    ),
  );
}
