// Recording money that moved, one payment or many, in one transaction: number, item in unapplied cash, entry.

import type { Act } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { postEntries } from '#ledger/post-entries.ts';
import type { Posted } from '#ledger/settling.ts';
import { takeNumbers } from '#ledger/take-number.ts';
import { rateText, takeRates, toFunctional } from '#ledger/take-rate.ts';
import type { Company } from '#parties/company.ts';
import { paymentPosting, type ReadyPayment } from './payment.ts';
import { insertPayments } from './store.ts';

export type ReceivedPayment = {
  readonly payment: ReadyPayment;
  readonly number: string;
  readonly item: OpenItem;
};

/** A payment that is recorded, and whose entry and item are to be posted still. */
export type UnpostedPayment = ReceivedPayment & { readonly posting: Posted };

/**
 * Records payments of one company at the exchange rates of their days. They stand unapplied until applied.
 *
 * Refuses: `series_not_found`, `exchange_rate_missing`, `period_locked`.
 */
export async function receivePayments(
  act: Act,
  company: Company,
  payments: readonly ReadyPayment[],
): Promise<readonly ReceivedPayment[]> {
  const received = await receiveUnposted(act, company, payments, null);
  postEntries(
    act,
    received.map((r) => r.posting.entry),
    received.map((r) => r.item),
  );
  return received;
}

/**
 * Records payments of an import. What posts them is for the caller to save, with what they settle at once.
 *
 * Refuses: `series_not_found`, `exchange_rate_missing`.
 */
export async function receiveUnposted(
  act: Act,
  company: Company,
  payments: readonly ReadyPayment[],
  batchId: string | null,
): Promise<readonly UnpostedPayment[]> {
  const rateOf = await takeRates(
    act,
    payments.map(({ amount, receivedOn }) => ({ currency: amount.currency, on: receivedOn })),
    company.functionalCurrency,
  );
  const years = payments.map((p) => p.receivedOn.year);
  const numbers = await takeNumbers(act, {
    companyId: company.id,
    documentKind: 'payment',
    series: 'main',
    years,
  });
  const received = payments.map((payment, index) => {
    const number = present(numbers[index], 'every payment has a number').text;
    const rate = rateOf(payment.amount.currency, payment.receivedOn);
    const functional = toFunctional(payment.amount, rate);
    return { payment, number, rate, functional, posting: paymentPosting(payment, number, functional) };
  });
  insertPayments(
    act,
    received.map(({ payment, number, rate, functional }) => ({
      id: payment.id,
      company_id: company.id,
      customer_id: payment.customerId,
      direction: payment.direction,
      number,
      external_id: payment.externalId ?? null,
      statement_line_id: payment.statementLineId ?? null,
      received_on: payment.receivedOn,
      currency: payment.amount.currency,
      amount_minor: payment.amount.minor,
      rate: rateText(rate),
      functional_minor: functional.minor,
      payer_name: payment.payerName ?? null,
      payer_account: payment.payerAccount ?? null,
      reference: payment.reference,
      method: payment.method,
      batch_id: batchId,
      recorded_at: act.now,
      returned_on: null,
    })),
  );
  return received.map(({ payment, number, posting: { entry, item } }) => ({
    payment,
    number,
    item,
    posting: { entry, items: [item] },
  }));
}
