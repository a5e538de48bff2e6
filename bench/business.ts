// A small business to measure single commands in: one company with open books and a thousand customers.

import { type Command, carryOut } from '#command/command.ts';
import { createTenant } from '#identity/create-tenant.ts';
import { pricedByTotal } from '#invoicing/document.ts';
import { issueDocuments } from '#invoicing/issue-documents.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId, type TenantId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { openCompany } from '#ledger/open-company.ts';
import { addCustomers } from '#parties/add-customers.ts';
import { takeCompany } from '#parties/take-party.ts';
import { receivePayments } from '#payments/receive-payments.ts';
import { contextIn, type Ground, makeOwnerKey } from './ground.ts';

export type Business = {
  readonly tenantId: TenantId;
  readonly companyId: CompanyId;
  readonly customerIds: readonly CustomerId[];
  readonly key: string;
};

const addMany: Command<{ readonly count: number }, { readonly ids: readonly string[] }> = {
  name: 'bench-add-customers',
  permission: 'customer.edit',
  async run(act, { count }) {
    const wanted = Array.from({ length: count }, (_, n) => ({
      number: `K${String(n).padStart(6, '0')}`,
      name: `Customer ${n} Trading`,
      country: 'DE',
    }));
    return { ids: addCustomers(act, wanted).map((customer) => customer.id) };
  },
};

/** Founds a business in a tenant of its own. */
export async function foundBusiness(ground: Ground, customers = 1_000): Promise<Business> {
  const slug = `bench-${newId().slice(0, 18)}`;
  const tenantId = await createTenant(
    ground.door,
    { slug, name: 'Benchmark', timeZone: 'UTC' },
    Temporal.Now.instant(),
  );
  const company = { code: 'BENCH', name: 'Benchmark Trading', functionalCurrency: 'EUR', country: 'DE' };
  const { companyId } = await carryOut(ground.door, contextIn(tenantId), openCompany, company);
  const { ids } =
    customers === 0
      ? { ids: [] }
      : await carryOut(ground.door, contextIn(tenantId), addMany, { count: customers });
  return {
    tenantId,
    companyId: companyId as CompanyId,
    customerIds: ids as readonly CustomerId[],
    key: await makeOwnerKey(ground, tenantId),
  };
}

/** A payment and the invoice it is for: both of the same amount, the item of each open. */
export type Pair = {
  readonly customerId: string;
  readonly paymentId: string;
  readonly paymentItemId: string;
  readonly invoiceItemId: string;
  readonly reference: string;
  readonly minor: string;
};

const stockUp: Command<
  { readonly companyId: CompanyId; readonly customerIds: readonly CustomerId[]; readonly count: number },
  { readonly pairs: readonly Pair[] }
> = {
  name: 'bench-stock-up',
  permission: 'invoice.issue',
  async run(act, { companyId, customerIds, count }) {
    const company = await takeCompany(act, companyId);
    const wanted = Array.from({ length: count }, (_, n) => ({
      customerId: present(customerIds[(n * 7919) % customerIds.length], 'a business has customers'),
      amount: money(10_000n + BigInt(n), 'EUR'),
    }));
    const invoices = await issueDocuments(
      act,
      company,
      wanted.map(({ customerId, amount }) => ({
        id: newId(),
        kind: 'invoice' as const,
        companyId,
        customerId,
        issuedOn: act.today,
        priced: pricedByTotal(amount, undefined),
        instalments: [{ dueOn: addDays(act.today, 30), amount }],
      })),
      { series: 'main' },
    );
    const payments = await receivePayments(
      act,
      company,
      wanted.map(({ customerId, amount }) => ({
        id: newId(),
        companyId,
        customerId,
        direction: 'received' as const,
        receivedOn: act.today,
        amount,
        method: 'transfer' as const,
        reference: 'payment on account',
      })),
    );
    return {
      pairs: payments.map(({ payment, item }, n) => ({
        customerId: payment.customerId ?? '',
        paymentId: payment.id,
        paymentItemId: item.id,
        invoiceItemId: present(invoices[n]?.items[0], 'an invoice has an item').id,
        reference: invoices[n]?.number ?? '',
        minor: payment.amount.minor.toString(),
      })),
    };
  },
};

/** Makes payments with an invoice each, to be applied. */
export async function makePairs(ground: Ground, business: Business, count: number): Promise<readonly Pair[]> {
  const { companyId, customerIds } = business;
  const made = await carryOut(ground.door, contextIn(business.tenantId), stockUp, {
    companyId,
    customerIds,
    count,
  });
  return made.pairs;
}
