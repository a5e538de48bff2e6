// Remittances and receipts: joining them, by the machine or a person, parting them, and applying a receipt as its remittance
// says.

import type { Act, Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { matchKey } from '#ledger/match-key.ts';
import { recordJoin, recordParting } from '#remittances/record-join.ts';
import { type Remittance, takeRemittance } from '#remittances/take-remittance.ts';
import { type Applied, applyPayment } from './apply-payment.ts';
import { type Claimed, type ClaimedDeduction, certainPairs, decideClaims, findClaims } from './claimed.ts';
import type { MatchItem } from './receipt.ts';
import { findItemsByKeys } from './store-matching.ts';
import { findLeft, findPairs } from './store-remittances.ts';
import { takePayment } from './take-payment.ts';

/** What a remittance would do, with the receipt it is joined to. */
export async function readClaims(
  tx: Tx,
  remittance: Remittance,
): Promise<Claimed & { readonly receipt: Awaited<ReturnType<typeof findLeft>>[number] | undefined }> {
  const keys = [...new Set(remittance.lines.map((line) => matchKey(line.document)))].filter(
    (key) => key !== '',
  );
  const [found, [receipt]] = await Promise.all([
    findItemsByKeys(tx, keys),
    findLeft(tx, remittance.payment_id === null ? [] : [remittance.payment_id]),
  ]);
  const byKey = new Map<string, MatchItem[]>();
  for (const [key, item] of found) byKey.set(key, [...(byKey.get(key) ?? []), item]);
  const claims = findClaims(remittance.lines, { companyId: remittance.company_id, keyOf: matchKey, byKey });
  const claimed = decideClaims(claims, {
    total: money(remittance.total_minor, remittance.currency),
    receipt: receipt && {
      customerId: receipt.customer_id,
      left: money(receipt.left_minor, receipt.currency),
    },
  });
  return { ...claimed, receipt };
}

export type JoinRemittance = { readonly remittanceId: string; readonly paymentId: PaymentId };

export type RemittanceJoined = { readonly remittanceId: string; readonly paymentId: string };

/**
 * Joins a remittance to the receipt it is about, as a person says. Nothing is applied by that.
 *
 * Refuses: `remittance_not_found`, `payment_not_found`, `payment_returned`, `payment_not_received`, `payment_of_other_company`,
 * `remittance_joined`, `payment_has_remittance`.
 */
export const joinRemittance: Command<JoinRemittance, RemittanceJoined> = {
  name: 'join-remittance',
  permission: 'payment.apply',
  async run(act, input) {
    await join(act, input, 'person');
    return input;
  },
};

async function join(
  act: Act,
  { remittanceId, paymentId }: JoinRemittance,
  rule: Parameters<typeof recordJoin>[3],
): Promise<void> {
  const { payment } = await takePayment(act, paymentId);
  const remittance = await takeRemittance(act, remittanceId, { lock: true });
  if (payment.direction !== 'received')
    throw new Refusal('payment_not_received', { payment: payment.number });
  if (payment.returned_on) throw new Refusal('payment_returned');
  if (payment.company_id !== remittance.company_id)
    throw new Refusal('payment_of_other_company', { payment: payment.number });
  await recordJoin(
    act,
    remittance,
    { id: paymentId, customerId: payment.customer_id as CustomerId | null },
    rule,
  );
}

/**
 * Parts a remittance from its receipt; it is not joined to it again by itself.
 *
 * Refuses: `remittance_not_found`, `remittance_not_joined`.
 */
export const partRemittance: Command<{ readonly remittanceId: string }, { readonly remittanceId: string }> = {
  name: 'part-remittance',
  permission: 'payment.apply',
  async run(act, { remittanceId }) {
    recordParting(act, await takeRemittance(act, remittanceId, { lock: true }));
    return { remittanceId };
  },
};

/** Joins that were made. */
export type RemittancesJoined = { readonly joined: readonly RemittanceJoined[] };

/**
 * Joins the remittances that wait to the receipts they are certainly about: by the payment reference, else by payer, amount
 * and day; never on a tie.
 */
export const joinRemittances: Command<Record<string, never>, RemittancesJoined> = {
  name: 'join-remittances',
  permission: 'payment.apply',
  async run(act) {
    const certain = certainPairs(await findPairs(act));
    const joined: RemittanceJoined[] = [];
    for (const { remittanceId, paymentId, byReference } of certain) {
      const pair = { remittanceId, paymentId: paymentId as PaymentId };
      await join(act, pair, byReference ? 'payment_reference' : 'payer_amount_date');
      joined.push(pair);
    }
    return { joined };
  },
};

export type ApplyRemittance = {
  readonly remittanceId: string;
  /** By the machine: a discount that was not earned stops it, whatever the company's policy on such discounts. */
  readonly isAutomatic?: boolean | undefined;
};

/**
 * Applies the receipt of a remittance exactly as its lines say: money and discounts to the documents, and a deduction for
 * what was kept back.
 *
 * Refuses: `remittance_not_found`, `remittance_not_joined`, `remittance_not_clear` (says what stands in the way),
 * `remittance_discount_not_earned`, and what `applyPayment` refuses.
 */
export const applyRemittance: Command<ApplyRemittance, Applied> = {
  name: 'apply-remittance',
  permission: 'payment.apply',
  async run(act, { remittanceId, isAutomatic = false }) {
    const before = await takeRemittance(act, remittanceId);
    if (before.payment_id === null) throw new Refusal('remittance_not_joined', { remittanceId });
    // Payments are locked before remittances, here as in joining.
    await takePayment(act, before.payment_id);
    const remittance = await takeRemittance(act, remittanceId, { lock: true });
    const claimed = await readClaims(act, remittance);
    if (remittance.payment_id !== before.payment_id || claimed.obstacle !== undefined)
      throw new Refusal('remittance_not_clear', { because: claimed.obstacle ?? 'remittance_not_joined' });
    const applied = await applyPayment.run(act, {
      paymentId: before.payment_id,
      allocations: claimed.allocations,
      deductions: claimed.deductions.map(deductionOf),
      method: isAutomatic ? 'reference' : 'manual',
      evidence: evidenceOf(remittance, claimed),
    });
    const unearned = applied.discounts.find((one) => one.state === 'unearned');
    if (isAutomatic && unearned)
      throw new Refusal('remittance_discount_not_earned', { document: unearned.reference });
    return applied;
  },
};

function deductionOf({ itemId, amount, line }: ClaimedDeduction) {
  return {
    itemId,
    amount,
    note: line.reason ?? `Kept back on the remittance for ${line.document}`,
    claimNumber: line.claimNumber,
    claimCode: line.claimCode,
  };
}

function evidenceOf(remittance: Remittance, { claims }: Claimed) {
  return {
    rule: 'remittance_as_claimed',
    version: 1,
    remittanceId: remittance.id,
    revision: remittance.revision,
    joinedBy: present(remittance.join_rule, 'a joined remittance has its rule'),
    claimed: claims.map(({ line, items }) => ({
      document: line.document,
      reference: items[0]?.reference ?? null,
    })),
  };
}
