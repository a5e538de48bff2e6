// Steps of a walk that speak for or against reminders: policies and the setting of the send gate change, customers promise, and
// money comes that could be for just what a message is about to ask for.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { addDays } from '#kernel/calendar.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { withdrawPromise } from '#promises/withdraw-promise.ts';
import { goLive } from '../support/reminders.ts';
import { act, oneOf, openOf, remember, type Step, someOf } from './world.ts';

const FIRM = [
  { offsetDays: -5, phase: 'upcoming' },
  { offsetDays: 1, phase: 'reminder' },
  { offsetDays: 4, phase: 'demand', everyDays: 3 },
] as const;
const SLOW = [
  { offsetDays: 0, phase: 'due' },
  { offsetDays: 6, phase: 'reminder', required: true },
  { offsetDays: 12, phase: 'demand' },
  { offsetDays: 20, phase: 'final_notice', everyDays: 5 },
] as const;

/** Other policies come into force; messages that wait were planned by those before. */
export const changePolicies: Step = async (world, chance) => {
  const rest = {
    steps: chance.oneOf([FIRM, SLOW]),
    minimumGapDays: chance.oneOf([0, 2, 5]),
    afterCarrier: chance.oneOf(['resume_by_age', 'restart', 'continue_level']),
    promisePauses: chance.oneOf(['promised_part', 'promised_part', 'nothing', 'everything']),
    disputePauses: chance.oneOf(['disputed_part', 'disputed_part', 'nothing', 'everything']),
    grouping: chance.oneOf(['customer', 'customer', 'invoice']),
  };
  const big = { attribute: 'open_amount', is: 'at_least', value: { currency: 'EUR', amount: '2000.00' } };
  world.tenant.on(world.day.toString());
  await goLive(
    world.tenant,
    { ...rest, code: 'big', segment: { all: [big] }, steps: chance.oneOf([FIRM, SLOW]) },
    { ...rest, code: 'everybody', segment: 'everybody' },
  );
};

export const changeGate: Step = async (world, chance) => {
  await act(world, setSendGate, {
    ...USUAL_SETTING,
    freshHours: chance.oneOf([72, 300, null]),
    cap: chance.oneOf([null, { contactsMax: 1, days: 3 }, { contactsMax: 2, days: 7 }]),
  });
};

/** A customer promises some of what it owes by a day, or by two. */
export const promise: Step = async (world, chance) => {
  const debits = (await openOf(world, chance)).filter(isDebit);
  const first = oneOf(chance, debits);
  if (!first) return;
  const { currency } = first.amount;
  const others = debits.filter(
    (item) => item !== first && item.amount.currency === currency && chance.happens(0.3),
  );
  const { promiseId } = await act(world, takePromise, {
    items: [first, ...others].map((item) => ({
      itemId: item.id,
      on: addDays(world.day, chance.whole(0, 12)),
      ...(chance.happens(0.6) ? {} : { amount: money(someOf(chance, left(item)), currency) }),
    })),
    way: 'phone',
  });
  remember(world.promises, promiseId);
};

export const withdraw: Step = async (world, chance) => {
  const promiseId = oneOf(chance, world.promises);
  if (promiseId) await act(world, withdrawPromise, { promiseId, note: 'simulated' });
};

type Asked = {
  readonly customer_id: CustomerId;
  readonly reference: string;
  readonly open_minor: bigint;
  readonly currency: string;
};

/** Money comes, of the customer or of nobody known, that could be for what a queued message asks for; nobody applies it yet. */
export const payUnapplied: Step = async (world, chance) => {
  const asked = await inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    tx.run(sql<Asked>`select m.customer_id, i.reference, i.open_minor, i.currency from message m
      join reminder_item r on r.tenant_id = m.tenant_id and r.message_id = m.id
      join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id and i.open_minor > 1
      where m.tenant_id = ${tx.tenantId} and m.state = 'queued' order by i.reference, i.id limit 20`),
  );
  const item = oneOf(chance, asked);
  if (!item) return;
  const isKnown = chance.happens(0.5);
  const isNamed = chance.happens(0.3);
  const { paymentId } = await act(world, recordPayment, {
    companyId: world.companyId,
    ...(isKnown ? { customerId: item.customer_id } : {}),
    direction: 'received',
    receivedOn: world.day,
    amount: money(isNamed ? item.open_minor / 2n : item.open_minor, item.currency),
    method: 'transfer',
    reference: isNamed ? `for ${item.reference} thanks` : 'simulated',
  });
  remember(world.payments, paymentId as PaymentId);
};
