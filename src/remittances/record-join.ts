// Noting which payment a remittance is about: called by payments, which knows the payment.

import type { Act } from '#command/command.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findByPayment, insertJoin, type JoinRule, updateParted } from './store.ts';
import type { Remittance } from './take-remittance.ts';

/**
 * Joins a remittance, which is locked, to a payment, which is locked too.
 *
 * Refuses: `remittance_joined` (to another payment), `payment_has_remittance`.
 */
export async function recordJoin(
  act: Act,
  remittance: Remittance,
  payment: { readonly id: PaymentId; readonly customerId: CustomerId | null },
  rule: JoinRule,
): Promise<void> {
  if (remittance.payment_id !== null)
    throw new Refusal('remittance_joined', { paymentId: remittance.payment_id });
  const other = await findByPayment(act, payment.id);
  if (other !== undefined) throw new Refusal('payment_has_remittance', { remittanceId: other });
  insertJoin(act, { remittanceId: remittance.id, paymentId: payment.id, rule });
  act.record({
    type: 'remittance.joined',
    subjectId: remittance.id,
    customerId: payment.customerId,
    data: { paymentId: payment.id, rule },
  });
}

/** Parts a remittance, which is locked, from its payment. Refuses: `remittance_not_joined`. */
export function recordParting(act: Act, remittance: Remittance): void {
  if (remittance.payment_id === null)
    throw new Refusal('remittance_not_joined', { remittanceId: remittance.id });
  updateParted(act, remittance.id);
  act.record({
    type: 'remittance.parted',
    subjectId: remittance.id,
    customerId: remittance.customer_id,
    data: { paymentId: remittance.payment_id },
  });
}
