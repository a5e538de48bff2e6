// Steps of a walk: invoices, money and what becomes of it, periods, and time that passes.

import { inTenant } from '#db/transaction.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { InvoiceId, ItemId, PaymentId } from '#kernel/id.ts';
import { money, parseMoney } from '#kernel/money.ts';
import { addPeriod, lockPeriod, unlockPeriod } from '#ledger/lock-period.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { recoverWriteOff } from '#recoveries/recover-write-off.ts';
import { readRecoverable } from '#writeoffs/read-recoverable.ts';
import { takeTaxRelief } from '#writeoffs/take-relief.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import {
  act,
  aDay,
  CURRENCIES,
  itemsOf,
  oneOf,
  openOf,
  remember,
  type Step,
  someLines,
  someOf,
} from './world.ts';

export const issue: Step = async (world, chance) => {
  const issuedOn = aDay(world, chance);
  const currency = chance.oneOf(CURRENCIES);
  const issued = await act(world, issueInvoice, {
    companyId: world.companyId,
    customerId: chance.oneOf(world.customers),
    issuedOn,
    dueOn: addDays(issuedOn, chance.whole(-1, 60)),
    currency,
    lines: someLines(chance),
  });
  remember(world.invoices, issued.invoiceId as InvoiceId);
};

/** An invoice that is due and comes to more than all money that came in: none that waits could be for it. */
export const issueDear: Step = async (world, chance) => {
  await act(world, issueInvoice, {
    companyId: world.companyId,
    customerId: chance.oneOf(world.customers),
    issuedOn: world.day,
    dueOn: world.day,
    currency: 'EUR',
    lines: [
      {
        description: 'Something dear',
        quantity: { digits: 1n, scale: 0 },
        unitPrice: { digits: 50_000_000n, scale: 0 },
        taxCategory: 'Z',
        taxPercent: { digits: 0n, scale: 0 },
      },
    ],
  });
};

export const receive: Step = async (world, chance) => {
  const recorded = await act(world, recordPayment, {
    companyId: world.companyId,
    ...(chance.happens(0.15) ? {} : { customerId: chance.oneOf(world.customers) }),
    direction: chance.happens(0.97) ? 'received' : 'refunded',
    receivedOn: aDay(world, chance),
    amount: money(BigInt(chance.whole(1, 500_000)), chance.oneOf(CURRENCIES)),
    method: 'transfer',
    reference: 'simulated',
  });
  remember(world.payments, recorded.paymentId as PaymentId);
};

/** What may be dropped of an item in passing: all that is missing if that is little, else a fiftieth of the item. */
function smallOf(item: OpenItem, missing: bigint): bigint {
  const little = item.amount.minor / 50n;
  return missing < little ? missing : little;
}

export const apply: Step = async (world, chance) => {
  const open = await openOf(world, chance);
  const payments = open.filter((i) => i.kind === 'payment');
  const payment =
    payments.length > 0 && chance.happens(0.9) ? chance.oneOf(payments).documentId : world.payments.at(-1);
  if (payment === undefined) return;
  const [own] = await itemsOf(world, payment);
  const targets = open.filter(
    (i) => isDebit(i) && (i.amount.currency === own?.amount.currency || chance.happens(0.05)),
  );
  if (!own || targets.length === 0) return;
  const chosen = targets.slice(0, chance.whole(1, 4));
  let room = left(own);
  const allocations = chosen.flatMap((item) => {
    const wanted = someOf(chance, left(item));
    const part = wanted < room || chance.happens(0.05) ? wanted : room;
    room -= part;
    const short = left(item) - part;
    const discount = chance.happens(0.15) && short > 0n ? short / 3n : 0n;
    const difference = chance.happens(0.15) && short - discount > 0n ? smallOf(item, short - discount) : 0n;
    const { currency } = item.amount;
    return part <= 0n
      ? []
      : [
          {
            itemId: item.id,
            amount: money(part, currency),
            ...(discount > 0n ? { discount: money(discount, currency) } : {}),
            ...(difference > 0n ? { difference: money(difference, currency) } : {}),
          },
        ];
  });
  await act(world, applyPayment, {
    paymentId: payment as PaymentId,
    allocations,
    ...(chance.happens(0.3) ? { on: aDay(world, chance) } : {}),
  });
};

export const unapply: Step = async (world, chance) => {
  const payment = oneOf(chance, world.payments);
  if (payment) await act(world, unapplyPayment, { paymentId: payment });
};

export const comeBack: Step = async (world, chance) => {
  const payment = oneOf(chance, world.payments);
  if (payment) await act(world, returnPayment, { paymentId: payment, reason: 'AM04' });
};

export const identify: Step = async (world, chance) => {
  const payment = oneOf(chance, world.payments);
  if (payment)
    await act(world, identifyPayment, {
      paymentId: payment,
      customerId: chance.happens(0.15) ? null : chance.oneOf(world.customers),
    });
};

export const writeOff: Step = async (world, chance) => {
  const open = (await openOf(world, chance)).filter(isDebit);
  const item = open.length > 0 ? chance.oneOf(open) : undefined;
  if (!item) return;
  const amount = chance.happens(0.5)
    ? {}
    : { amount: money(someOf(chance, left(item)), item.amount.currency) };
  const done = await act(world, writeOffItems, {
    kind: chance.oneOf(['bad_debt', 'small_balance', 'goodwill'] as const),
    reason: 'simulated',
    items: [{ itemId: item.id as ItemId, ...amount }],
    facts: { insolvency: chance.happens(0.5) },
  });
  for (const { writeOffId } of done.writeOffs) remember(world.writeOffs, writeOffId);
};

export const takeBackWriteOff: Step = async (world, chance) => {
  const writeOffId = oneOf(chance, world.writeOffs);
  if (writeOffId) await act(world, undoWriteOff, { writeOffId, reason: 'simulated' });
};

/** Money on account is for what was written off, often of the payment's own customer. */
export const recover: Step = async (world, chance) => {
  const payment = oneOf(
    chance,
    (await openOf(world, chance)).filter((item) => item.kind === 'payment' && !isDebit(item)),
  );
  if (!payment?.customerId) return;
  const { customerId, companyId, amount } = payment;
  const found = await inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    readRecoverable(tx, { customerId, companyId, currency: amount.currency }),
  );
  const lost = oneOf(chance, found);
  if (!lost) return;
  const most = parseMoney(lost.left.amount, lost.left.currency).minor;
  await act(world, recoverWriteOff, {
    paymentId: payment.documentId as PaymentId,
    items: [
      {
        writeOffId: lost.writeOffId,
        itemId: lost.itemId as ItemId,
        amount: money(someOf(chance, most < left(payment) ? most : left(payment)), amount.currency),
      },
    ],
  });
};

/** The tax on what was written off is taken back later. */
export const relieve: Step = async (world, chance) => {
  const writeOffId = oneOf(chance, world.writeOffs);
  if (writeOffId) await act(world, takeTaxRelief, { writeOffId, insolvency: chance.happens(0.7) });
};

export const lock: Step = async (world, chance) => {
  const startsOn = addDays(world.day, -chance.whole(20, 60));
  const { periodId } = await act(world, addPeriod, {
    companyId: world.companyId,
    startsOn,
    endsOn: addDays(startsOn, chance.whole(0, 10)),
  });
  await act(world, lockPeriod, { periodId });
  remember(world.periods, periodId);
};

export const unlock: Step = async (world, chance) => {
  const periodId = oneOf(chance, world.periods);
  if (periodId) await act(world, unlockPeriod, { periodId, reason: 'simulated' });
};

export const pass: Step = async (world, chance) => {
  if (world.day.until(parseDate('2026-09-01')).days > 0) world.day = addDays(world.day, chance.whole(0, 2));
};
