// Steps of a walk between companies: a sister company with invoices of its own to the same customers, and receipts of the first
// that pay them. What is taken back, returned or moved afterwards, the other steps do as with any payment.

import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { addDays } from '#kernel/calendar.ts';
import type { InvoiceId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { stateHandover } from '#payments/change-handovers.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { act, aDay, itemsOf, oneOf, remember, type Step, someLines, someOf } from './world.ts';

/** The sister company sells to the same customers. */
export const issueOfSister: Step = async (world, chance) => {
  const issuedOn = aDay(world, chance);
  const issued = await act(world, issueInvoice, {
    companyId: world.sisterId,
    customerId: chance.oneOf(world.customers),
    issuedOn,
    dueOn: addDays(issuedOn, chance.whole(0, 40)),
    currency: chance.oneOf(['EUR', 'EUR', 'USD'] as const),
    lines: someLines(chance, 20_000),
  });
  remember(world.sisterInvoices, issued.invoiceId as InvoiceId);
};

/** Either company changes its mind now and then about what the first may receive for the second. */
export const sayHandover: Step = async (world, chance) => {
  await act(world, stateHandover, {
    fromCompanyId: world.companyId,
    toCompanyId: world.sisterId,
    side: chance.oneOf(['from', 'to'] as const),
    allowed: chance.happens(0.85),
  });
};

/** What is left of a receipt pays some of an invoice of the sister company. */
export const handOver: Step = async (world, chance) => {
  const [paymentId, invoiceId] = [oneOf(chance, world.payments), oneOf(chance, world.sisterInvoices)];
  if (paymentId === undefined || invoiceId === undefined) return;
  const own = (await itemsOf(world, paymentId)).filter((item) => !isDebit(item) && left(item) > 0n);
  const debt = (await itemsOf(world, invoiceId)).find((item) => isDebit(item) && left(item) > 0n);
  const [first] = own;
  if (first === undefined || debt === undefined) return;
  const free = own.reduce((total, item) => total + left(item), 0n);
  const wanted = someOf(chance, left(debt));
  const given = wanted < free || chance.happens(0.05) ? wanted : free;
  const short = left(debt) - given;
  const discount = chance.happens(0.15) && short > 0n ? short / 5n : 0n;
  const { currency } = first.amount;
  await act(world, handOverPayment, {
    paymentId: paymentId as PaymentId,
    companyId: world.sisterId,
    allocations: [
      {
        itemId: debt.id,
        amount: money(given, currency),
        ...(discount > 0n ? { discount: money(discount, currency) } : {}),
      },
    ],
    ...(chance.happens(0.3) ? { on: aDay(world, chance) } : {}),
  });
  remember(world.handedOver, paymentId);
};

/** A receipt of which something was handed over is taken back. */
export const takeHandoverBack: Step = async (world, chance) => {
  const paymentId = oneOf(chance, world.handedOver);
  if (paymentId) await act(world, unapplyPayment, { paymentId });
};
