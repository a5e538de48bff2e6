// Applying money on account to an invoice that was just issued, where its customer consented to that.

import type { Act, Command } from '#command/command.ts';
import type { ApplicationId, CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { takePayment } from '#payments/take-payment.ts';
import { readGranted } from '#refunds/read-refunds.ts';
import { type OnAccount, shareOut } from './sharing.ts';
import { findConsent, findOnAccount, insertConsented } from './store.ts';

/** What a customer's money on account did: nothing where it did not consent, has none, or nothing is open. */
export type CreditApplied = { readonly invoiceId: string; readonly applications: readonly string[] };

/**
 * Applies what stands on account of the customer of an invoice, the oldest first, to what is due first of it. What was granted
 * back as a refund stays.
 *
 * Refuses: what applying a payment refuses.
 */
export const applyCredit: Command<{ readonly invoiceId: InvoiceId }, CreditApplied> = {
  name: 'apply-credit-by-consent',
  permission: 'payment.apply',
  async run(act, { invoiceId }) {
    const items = (await readItemsOfDocuments(act, [invoiceId])).filter(
      (item) => item.kind === 'invoice' && isDebit(item) && left(item) > 0n,
    );
    const [first] = items;
    const nothing = { invoiceId, applications: [] };
    if (!first?.customerId) return nothing;
    const consent = await findConsent(act, first.customerId);
    if (!consent?.is_given) return nothing;
    const { currency } = first.amount;
    const of = {
      companyId: first.companyId as CompanyId,
      customerId: first.customerId as CustomerId,
      currency,
    };
    const credits = await takeOnAccount(act, of);
    const kept = await readGranted(act, of);
    const due = items
      .toSorted((a, b) => (a.dueOn.toString() < b.dueOn.toString() ? -1 : 1))
      .map((item) => ({ itemId: item.id, minor: left(item) }));

    const applications: string[] = [];
    const evidence = { rule: 'credit_consent', consentId: consent.id, saidOn: consent.said_on.toString() };
    for (const share of shareOut(credits, due, { kept, currency })) {
      const applied = await applyPayment.run(act, { ...share, method: 'amount', evidence });
      applications.push(...applied.applications.map((one) => one.applicationId));
    }
    if (applications.length === 0) return nothing;
    insertConsented(
      act,
      consent.id,
      applications.map((id) => id as ApplicationId),
    );
    act.record({
      type: 'credit_consent.used',
      subjectId: invoiceId,
      customerId: first.customerId,
      data: { consentId: consent.id, applications },
    });
    return { invoiceId, applications };
  },
};

/**
 * Money on account, locked by payment before what was granted back is read: who grants meanwhile waits, and then sees what is
 * left of it.
 */
async function takeOnAccount(
  act: Act,
  of: Parameters<typeof findOnAccount>[1],
): Promise<readonly OnAccount[]> {
  const found = (await findOnAccount(act, of)).map(({ paymentId }) => paymentId);
  for (const paymentId of found.toSorted()) await takePayment(act, paymentId);
  return (await findOnAccount(act, of)).filter(({ paymentId }) => found.includes(paymentId));
}
