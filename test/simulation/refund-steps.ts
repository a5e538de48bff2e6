// Steps of a walk in refunds that we order: granted from credit, waiting after a new account, withdrawn, sent to the bank or
// paid there by hand, come back.

import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { shortenRefund, withdrawRefund } from '#refunds/change-refund.ts';
import { exportRefunds } from '#refunds/export-refunds.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { recordRefundPaid, recordRefundReturned } from '#refunds/record-paid.ts';
import { act, aDay, germanIban, oneOf, openOf, remember, type Step, someOf } from './world.ts';

/** Numbers of accounts that customers change to, so that none is one they had. */
const NEW_ACCOUNTS = { from: 1_000, to: 999_999_999 } as const;

/** Credit is promised back: to the account a customer always had, or seldom to a new one. */
export const grant: Step = async (world, chance) => {
  const all = (await openOf(world, chance)).filter((item) => !isDebit(item));
  const first = oneOf(chance, all);
  const customerId = first?.customerId as CustomerId | undefined;
  const known = customerId && world.accounts.get(customerId);
  if (!first || !known) return;
  const { currency } = first.amount;
  const credits = all.filter((item) => item.amount.currency === currency);
  const credit = credits.reduce((sum, item) => sum + left(item), 0n);
  const account = germanIban(chance.whole(NEW_ACCOUNTS.from, NEW_ACCOUNTS.to));
  const { bankAccountId } = chance.happens(0.8)
    ? known
    : await act(world, addCustomerBankAccount, { customerId, account });
  const { refundId } = await act(world, grantRefund, {
    companyId: world.companyId,
    customerId,
    amount: money(someOf(chance, credit), currency),
    bankAccountId,
    reason: 'simulated',
  });
  remember(world.refunds, refundId);
};

export const withdraw: Step = async (world, chance) => {
  const refundId = oneOf(chance, world.refunds);
  if (refundId) await act(world, withdrawRefund, { refundId, reason: 'simulated' });
};

/** Somebody else makes sure of a new account, or tries to where nothing waits. */
export const makeSure: Step = async (world, chance) => {
  const refundId = oneOf(chance, world.refunds);
  if (!refundId) return;
  world.tenant.on(world.day.toString());
  await world.tenant.act('controller', shortenRefund, { refundId, reason: 'simulated' });
};

export const order: Step = async (world, chance) => {
  const first = oneOf(chance, world.refunds);
  if (!first) return;
  const others = world.refunds.filter((id) => id !== first && chance.happens(0.05));
  await act(world, exportRefunds, {
    companyId: world.companyId,
    bankAccountId: world.bank.accountId,
    refundIds: [first, ...others],
  });
};

/** A granted refund is paid at the bank itself: its payment may then be taken back and applied like any other. */
export const pay: Step = async (world, chance) => {
  const refundId = oneOf(chance, world.refunds);
  if (!refundId) return;
  const { paymentId } = await act(world, recordRefundPaid, {
    refundId,
    method: 'transfer',
    ...(chance.happens(0.3) ? { paidOn: aDay(world, chance) } : {}),
  });
  remember(world.payments, paymentId as PaymentId);
};

/** The money of a refund comes back, on no line of the bank. */
export const comeBack: Step = async (world, chance) => {
  const refundId = oneOf(chance, world.refunds);
  if (refundId) await act(world, recordRefundReturned, { refundId, reason: 'simulated', isOnNoLine: true });
};
