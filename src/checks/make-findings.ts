// Findings with the ids by which somebody accepts them.

import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { CheckRules } from './check-rules.ts';
import { type CheckedInvoice, checkInvoice, type Finding, type Said } from './invoice-checks.ts';

/** All that the rules find about an invoice, each with its id. */
export function makeFindings(invoice: CheckedInvoice, rules: CheckRules): readonly Finding[] {
  return checkInvoice(invoice, rules).map((said) => ({ id: idOf(said, invoice.customer.id), ...said }));
}

/** Sixteen characters of a hash over what is said and of whom: consent to one finding is none to another. */
function idOf({ check, field, message }: Said, customerId: CustomerId): string {
  const hash = createHash('sha256').update(canonicalJson([check, customerId, field, message]));
  return `${check}:${hash.digest('hex').slice(0, 16)}`;
}
