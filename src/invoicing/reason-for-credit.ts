// Why credit notes are given: a code that can be counted, and words beside it. Everybody has the same few codes; a tenant may
// add its own. Pure.

import { CREDIT_REASONS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { CREDIT_REASON_NAMES } from './reason-names.ts';

/** The reasons everybody has, in the order they are offered. */
export const CREDIT_REASONS = [
  'return',
  'price',
  'quantity',
  'quality',
  'duplicate',
  'cancelled',
  'goodwill',
  'late-delivery',
  'tax',
  'other',
] as const;

export type CreditReasonCode = (typeof CREDIT_REASONS)[number];

/** A reason of the tenant's own. */
export type OwnReason = {
  readonly code: string;
  readonly label: string;
  /** What it is called on paper by language; where a language has no name, the label. */
  readonly names?: Readonly<Partial<Record<DocumentLanguage, string>>> | undefined;
};

/** What stands on a credit note: its code, and words beside it. */
export type GivenReason = { readonly code: string; readonly note: string | null };

/** A code that is one of everybody's. */
export function isCommonReason(code: string): code is CreditReasonCode {
  return (CREDIT_REASONS as readonly string[]).includes(code);
}

/**
 * What a reason is called in a language; one of the tenant's own by its label where it has no name there. A code nobody knows any
 * more stands for itself.
 */
export function reasonLabel(code: string, own: readonly OwnReason[], language: DocumentLanguage): string {
  if (isCommonReason(code)) return CREDIT_REASON_NAMES[language][code];
  const reason = own.find((each) => each.code === code);
  return reason?.names?.[language] ?? reason?.label ?? code;
}

/** A reason as it stands on the credit note: its name and the words beside it; `other` says nothing but its words. */
export function reasonText(
  reason: GivenReason,
  own: readonly OwnReason[],
  language: DocumentLanguage,
): string {
  const label = reasonLabel(reason.code, own, language);
  if (reason.note === null) return label;
  return reason.code === 'other' ? reason.note : `${label}: ${reason.note}`;
}

/** Refuses: `credit_reason_unknown`, `credit_reason_without_words` (`other` says nothing by itself). */
export function checkReason(
  given: { readonly code: string; readonly note?: string | undefined },
  own: readonly OwnReason[],
): void {
  if (!isCommonReason(given.code) && !own.some((reason) => reason.code === given.code))
    throw new Refusal('credit_reason_unknown', {
      given: given.code,
      known: [...CREDIT_REASONS, ...own.map((reason) => reason.code)],
    });
  if (given.code === 'other' && !given.note) throw new Refusal('credit_reason_without_words');
}

/** Refuses: `too_many_credit_reasons`, `credit_reason_twice` (also where the code is one that everybody has). */
export function checkOwnReasons(reasons: readonly OwnReason[]): void {
  if (reasons.length > CREDIT_REASONS_MAX)
    throw new Refusal('too_many_credit_reasons', { creditReasonsMax: CREDIT_REASONS_MAX });
  const seen = new Set<string>(CREDIT_REASONS);
  for (const { code } of reasons) {
    if (seen.has(code)) throw new Refusal('credit_reason_twice', { code });
    seen.add(code);
  }
}
