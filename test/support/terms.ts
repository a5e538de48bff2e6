// Payment terms for tests, in the notation people write them in.

import { type IssueInvoice, issueInvoice } from '#invoicing/issue-invoice.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { addPaymentTerms } from '#terms/change-payment-terms.ts';
import { parseNotation } from '#terms/notation.ts';
import type { TermsRules } from '#terms/payment-terms.ts';
import { type BuiltInvoice, itemsOf } from './builders.ts';
import type { TestTenant } from './tenant.ts';

/** Adds payment terms of that notation, with rules changed as the test needs, and gives their id. */
export async function someTerms(
  tenant: TestTenant,
  notation: string,
  change: Partial<TermsRules> = {},
): Promise<string> {
  const code = `T${crypto.randomUUID().slice(0, 8)}`;
  const rules = { ...parseNotation(notation), ...change };
  const { paymentTermsId } = await tenant.act('owner', addPaymentTerms, { code, name: notation, rules });
  return paymentTermsId;
}

/** An invoice of one line whose payment the customer's terms plan; with tax in whole percents. */
export async function anInvoiceOnTerms(
  tenant: TestTenant,
  given: {
    readonly companyId: CompanyId;
    readonly customerId: CustomerId;
    readonly lines: IssueInvoice['lines'];
    readonly issuedOn: string;
    readonly currency?: string;
  },
): Promise<BuiltInvoice> {
  const issued = await tenant.act('owner', issueInvoice, {
    currency: 'EUR',
    ...given,
    issuedOn: parseDate(given.issuedOn),
  });
  const items = await itemsOf(tenant, issued.invoiceId);
  return {
    invoiceId: issued.invoiceId as InvoiceId,
    number: issued.number,
    customerId: given.customerId,
    itemIds: items.map((item) => item.id),
    itemId: present(items[0], 'an invoice has an item').id,
  };
}
