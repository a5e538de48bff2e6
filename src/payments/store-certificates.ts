// SQL of certificates: why receipts were applied that no person applied.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type Json, jsonText } from '#kernel/canonical.ts';
import type { PaymentId } from '#kernel/id.ts';

/** Why one receipt was applied. */
export type Certified = {
  readonly paymentId: PaymentId;
  readonly rule: string;
  /** Null where documents were named and paid to the cent, or the customer's method said what to do. */
  readonly probability: number | null;
  readonly certificate: { readonly [key: string]: Json };
};

/** Keeps certificates. */
export function insertCertificates(act: Act, certified: readonly Certified[]): void {
  act.insert(
    'match_certificate',
    certified.map((one) => ({
      payment_id: one.paymentId,
      rule: one.rule,
      probability: one.probability === null ? null : one.probability.toFixed(6),
      certificate: jsonText(one.certificate),
      recorded_at: act.now,
    })),
  );
}

/** The certificate of a payment, where a machine applied it. */
export async function findCertificate(
  tx: Tx,
  paymentId: string,
): Promise<
  { readonly rule: string; readonly probability: string | null; readonly certificate: Json } | undefined
> {
  return tx.find(
    sql<{ rule: string; probability: string | null; certificate: Json }>`
      select rule, probability::text as probability, certificate from match_certificate
      where tenant_id = ${tx.tenantId} and payment_id = ${paymentId}::uuid`,
  );
}
