// Payment terms for tests, in the notation people write them in.

import { addPaymentTerms } from '#terms/change-payment-terms.ts';
import { parseNotation } from '#terms/notation.ts';
import type { TermsRules } from '#terms/payment-terms.ts';
import type { TestTenant } from './tenant.ts';

/** Adds payment terms of that notation, with rules changed as the test needs, and gives their id. */
export async function someTerms(
  tenant: TestTenant,
  notation: string,
  change: Partial<TermsRules> = {},
): Promise<string> {
  const code = `T${crypto.randomUUID().slice(0, 8)}`;
  const rules = { ...parseNotation(notation), ...change };
  const { paymentTermsId } = await tenant.act('owner', addPaymentTerms, { code, name: notation, rules });
  return paymentTermsId;
}
