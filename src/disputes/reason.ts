// Why something is disputed. Everybody has the reasons below; a tenant adds its own. What a customer writes in its own
// codes is translated.

import { Refusal } from '#kernel/refusal.ts';

/** The reasons that everybody has, in the order they are offered. */
export const REASONS = [
  'pricing',
  'quantity',
  'quality',
  'delivery',
  'documentation',
  'tax',
  'duplicate',
  'terms',
  'discount',
  'bank_charges',
  'returned_goods',
  'promotion',
  'other',
] as const;

/** What each says to a person. */
export const REASON_NAMES: Readonly<Record<(typeof REASONS)[number], string>> = {
  pricing: 'Price not as agreed',
  quantity: 'Quantity not as delivered',
  quality: 'Quality of goods or work',
  delivery: 'Late, lost or damaged in delivery',
  documentation: 'Order number or document missing',
  tax: 'Tax not right',
  duplicate: 'Invoiced twice',
  terms: 'Payment terms not as agreed',
  discount: 'Discount taken without being due',
  bank_charges: 'Bank charges kept back',
  returned_goods: 'Goods sent back',
  promotion: 'Bonus, promotion or allowance claimed',
  other: 'Something else',
};

/** A reason as it can be chosen. */
export type ReasonKind = {
  readonly code: string;
  readonly name: string;
  readonly inUse: boolean;
  readonly isBuiltIn: boolean;
};

/** All reasons of a tenant: the built-in ones as changed, then its own by name. */
export function reasonKinds(
  own: readonly Pick<ReasonKind, 'code' | 'name' | 'inUse'>[],
): readonly ReasonKind[] {
  const byCode = new Map(own.map((kind) => [kind.code, kind]));
  const builtIn = REASONS.map(
    (code): ReasonKind => ({
      code,
      name: byCode.get(code)?.name ?? REASON_NAMES[code],
      inUse: byCode.get(code)?.inUse ?? true,
      isBuiltIn: true,
    }),
  );
  const known = new Set<string>(REASONS);
  const others = own
    .filter((kind) => !known.has(kind.code))
    .map((kind): ReasonKind => ({ ...kind, isBuiltIn: false }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [...builtIn, ...others];
}

/** Refuses a reason that is not to be chosen (`dispute_reason_unknown`), and `other` without words (`dispute_note_missing`). */
export function checkReason(reason: string, note: string | undefined, kinds: readonly ReasonKind[]): void {
  if (!kinds.some((kind) => kind.code === reason && kind.inUse))
    throw new Refusal('dispute_reason_unknown', {
      reason,
      known: kinds.filter((kind) => kind.inUse).map((kind) => kind.code),
    });
  if (reason === 'other' && note === undefined) throw new Refusal('dispute_note_missing');
}

/** A reason code as customers write it, for comparing: letters and digits, capitals. */
export function claimCodeKey(code: string): string {
  return code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}
