// Reading what is so of a payment, for whoever decides whether to thank for it: when it is decided, and again when the mail leaves.

import { readReminderReach } from '#collections/plan-reminders.ts';
import { type Reader, readerBy } from '#collections/reminder-letter.ts';
import type { Tx } from '#db/transaction.ts';
import { readHeld } from '#holds/read-holds.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { choosePolicy, type Thanks } from '#policies/policy.ts';
import { readAccounts } from '#policies/read-accounts.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { mayHaveComeBack } from '#returns/match-notices.ts';
import { findPaid, findThanked, hasOverdue, type ThankedRow } from './store.ts';
import { type NoThanks, type PaidItem, reasonAgainst } from './thanks.ts';

/** A payment with all that thanking for it needs. */
export type SeenPayment = {
  readonly payment: ThankedRow;
  readonly items: readonly PaidItem[];
  readonly company: Company;
  readonly customer: Customer;
  readonly day: PlainDate;
  readonly reader: Reader | undefined;
  readonly against: NoThanks | undefined;
};

/** Reads a payment as it is now; with `lock` it is not returned meanwhile, and nothing that it settled is opened again. Refuses: `payment_not_found`. */
export async function readPayment(tx: Tx, id: PaymentId, now: Instant, lock?: 'lock'): Promise<SeenPayment> {
  const payment = await findThanked(tx, id, lock);
  if (!payment) throw new Refusal('payment_not_found', { paymentId: id });
  const { companyId, customerId } = payment;
  const [company, customer, items] = await Promise.all([
    takeCompany(tx, companyId),
    takeCustomer(tx, customerId),
    findPaid(tx, id, lock),
  ]);
  const day = dayIn(company.timeZone, now);
  const [thanks, isOverdue, held, reaches, cameBack] = await Promise.all([
    readWish(tx, company, customer, day),
    hasOverdue(tx, companyId, customerId, day),
    readHeld(tx, companyId, [customerId], day),
    readReminderReach(tx, companyId, [customerId], day),
    mayHaveComeBack(tx, payment),
  ]);
  const reach = present(reaches.get(customerId), 'a customer that was taken can be asked for its ways');
  const reader = readerBy('email', reach, company);
  const against = reasonAgainst({
    thanks,
    isReturned: payment.isReturned,
    mayHaveComeBack: cameBack,
    method: payment.method,
    items,
    hasOverdue: isOverdue,
    isOnHold: held.customers.has(customerId),
    canBeReached: reader !== undefined,
  });
  return { payment, items, company, customer, day, reader, against };
}

/** What the policy of a customer says of thanking. */
async function readWish(tx: Tx, company: Company, customer: Customer, on: PlainDate): Promise<Thanks> {
  const { policies } = await readPolicies(tx);
  const [only] = policies;
  if (policies.length < 2 || policies.every((policy) => policy.thanks === 'never'))
    return only?.thanks ?? 'never';
  const { accounts, rates } = await readAccounts(tx, company, policies, { customerIds: [customer.id], on });
  const account = accounts.get(customer.id);
  return account ? choosePolicy(policies, account, rates).thanks : 'never';
}
