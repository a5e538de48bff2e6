// Steps of a walk in disputes: parts of items are disputed, kept back of payments, released, remedied, decided and opened again.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { changeDisputeReason, noteDispute, recordRemedy } from '#disputes/change-dispute.ts';
import { closeDispute, releaseDispute, reopenDispute } from '#disputes/close-dispute.ts';
import { STATED_OUTCOMES } from '#disputes/dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { REASONS } from '#disputes/reason.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { readItems } from '#ledger/read-items.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { act, aDay, itemsOf, oneOf, openOf, remember, type Step, someOf, type World } from './world.ts';

/** Some of what a customer owes is disputed. */
export const dispute: Step = async (world, chance) => {
  const debits = (await openOf(world, chance)).filter(isDebit);
  const first = oneOf(chance, debits);
  if (!first) return;
  const others = debits.filter(
    (item) => item !== first && item.amount.currency === first.amount.currency && chance.happens(0.2),
  );
  const { disputeId } = await act(world, openDispute, {
    items: [first, ...others].map((item) => ({
      itemId: item.id,
      ...(chance.happens(0.4) ? {} : { amount: money(someOf(chance, left(item)), item.amount.currency) }),
    })),
    reason: chance.oneOf(REASONS),
    note: 'simulated',
    acceptDuplicate: chance.happens(0.5),
    ...(chance.happens(0.4) ? { claimNumber: `C${chance.whole(1, 30)}` } : {}),
    ...(chance.happens(0.2) ? { openedOn: aDay(world, chance) } : {}),
  });
  remember(world.disputes, disputeId);
};

/** A payment is short: part of an item is paid, the rest kept back for a reason, or dropped by rule where it is little. */
export const payShort: Step = async (world, chance) => {
  const open = await openOf(world, chance);
  const payment = oneOf(
    chance,
    open.filter((item) => item.kind === 'payment' && !isDebit(item)),
  );
  if (!payment) return;
  const [own] = await itemsOf(world, payment.documentId);
  const { currency } = payment.amount;
  const item = oneOf(
    chance,
    open.filter((one) => isDebit(one) && one.amount.currency === currency),
  );
  if (!own || !item) return;
  const most = left(item) < left(own) ? left(item) : left(own);
  const paid = someOf(chance, most);
  const kept = left(item) - paid;
  const { deductions } = await act(world, applyPayment, {
    paymentId: payment.documentId as PaymentId,
    allocations: [{ itemId: item.id, amount: money(paid, currency) }],
    takeTolerance: chance.happens(0.5),
    ...(chance.happens(0.6) && kept > 0n
      ? {
          deductions: [
            {
              itemId: item.id,
              amount: money(someOf(chance, kept), currency),
              reason: 'quality',
              note: 'simulated',
              claimNumber: `C${chance.whole(1, 30)}`,
            },
          ],
        }
      : {}),
  });
  for (const { disputeId } of deductions) remember(world.disputes, disputeId);
};

/** Part of a disputed item is paid after all. */
export const payDisputed: Step = async (world, chance) => {
  const disputeId = oneOf(chance, world.disputes);
  if (!disputeId) return;
  const part = chance.oneOf(await partsOf(world, disputeId));
  const { pool, tenantId } = world.tenant;
  const [item] = await inTenant(pool, tenantId, (tx) => readItems(tx, [part.item_id]));
  if (!item?.customerId) return;
  const amount = money(someOf(chance, left(item)), part.currency);
  const { paymentId } = await act(world, recordPayment, {
    companyId: world.companyId,
    customerId: item.customerId,
    direction: 'received',
    receivedOn: world.day,
    amount,
    method: 'transfer',
    reference: 'simulated',
    allocations: [{ itemId: item.id, amount }],
  });
  remember(world.payments, paymentId as PaymentId);
};

type Part = { readonly item_id: ItemId; readonly amount_minor: bigint; readonly currency: string };

function partsOf(world: World, disputeId: string): Promise<readonly Part[]> {
  return inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    tx.run(sql<Part>`select i.item_id, i.amount_minor, d.currency from dispute_item i
      join dispute d on d.tenant_id = i.tenant_id and d.id = i.dispute_id
      where i.tenant_id = ${tx.tenantId} and i.dispute_id = ${disputeId} order by i.item_id`),
  );
}

export const releasePart: Step = async (world, chance) => {
  const disputeId = oneOf(chance, world.disputes);
  if (!disputeId) return;
  const part = chance.oneOf(await partsOf(world, disputeId));
  await act(world, releaseDispute, {
    disputeId,
    items: [{ itemId: part.item_id, amount: money(someOf(chance, part.amount_minor), part.currency) }],
    note: 'simulated',
    ...(chance.happens(0.2) ? { on: aDay(world, chance) } : {}),
  });
};

/** A credit note or write-off that took something off a disputed item is said to have been made for the dispute. */
export const remedy: Step = async (world, chance) => {
  const disputeId = oneOf(chance, world.disputes);
  const documentId = oneOf(chance, [...world.creditNotes, ...world.writeOffs]);
  const settled = await inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select distinct c.document_id as id from dispute_item i
      join application a on a.tenant_id = i.tenant_id and a.debit_item_id = i.item_id and a.reverses_id is null
      join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.kind in ('credit_note', 'write_off')
      where i.tenant_id = ${tx.tenantId} and i.dispute_id = ${disputeId ?? null} order by 1`),
  );
  const fitting = oneOf(
    chance,
    settled.map((row) => row.id),
  );
  const chosen = chance.happens(0.9) ? fitting : documentId;
  if (disputeId && chosen) await act(world, recordRemedy, { disputeId, documentId: chosen });
};

export const decide: Step = async (world, chance) => {
  const disputeId = oneOf(chance, world.disputes);
  if (!disputeId) return;
  await act(world, closeDispute, {
    disputeId,
    outcome: chance.oneOf(STATED_OUTCOMES),
    ...(chance.happens(0.5) ? { rootCause: chance.oneOf(REASONS) } : {}),
  });
};

export const disputeAgain: Step = async (world, chance) => {
  const disputeId = oneOf(chance, world.disputes);
  if (disputeId) await act(world, reopenDispute, { disputeId, note: 'simulated' });
};

export const understand: Step = async (world, chance) => {
  const disputeId = oneOf(chance, world.disputes);
  if (!disputeId) return;
  if (chance.happens(0.5)) await act(world, noteDispute, { disputeId, note: 'simulated' });
  else await act(world, changeDisputeReason, { disputeId, reason: chance.oneOf(REASONS), note: 'simulated' });
};
