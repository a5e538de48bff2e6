// Why something is on hold. Everybody has the reasons below; a tenant adds its own, renames them, or takes them out of use.

import { Refusal } from '#kernel/refusal.ts';

/** The reasons that everybody has, in the order they are offered, with what each says to a person. */
export const HOLD_REASONS = {
  asked_for_time: 'The customer asked for time',
  in_talks: 'In talks about how it is paid',
  our_mistake: 'We have to put something right first',
  relationship: 'Sales or management asked for it',
  insolvency: 'Insolvency, or a court forbids it',
  hardship: 'Hardship, illness or death',
  data: 'Addresses or amounts are being checked',
  away: 'The contact is away',
  other: 'Something else',
} as const;

/** A reason as it can be chosen. */
export type HoldReason = {
  readonly code: string;
  readonly name: string;
  readonly inUse: boolean;
  readonly isBuiltIn: boolean;
};

/** All reasons of a tenant: the built-in ones as changed, then its own by name; something else comes last. */
export function holdReasons(
  own: readonly Pick<HoldReason, 'code' | 'name' | 'inUse'>[],
): readonly HoldReason[] {
  const byCode = new Map(own.map((kind) => [kind.code, kind]));
  const builtIn = Object.entries(HOLD_REASONS).map(
    ([code, name]): HoldReason => ({ code, name, inUse: true, ...byCode.get(code), isBuiltIn: true }),
  );
  const others = own
    .filter(({ code }) => !(code in HOLD_REASONS))
    .map((kind): HoldReason => ({ ...kind, isBuiltIn: false }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [...builtIn.slice(0, -1), ...others, ...builtIn.slice(-1)];
}

/** Refuses a reason that is not to be chosen (`hold_reason_unknown`), and `other` without words (`hold_note_missing`). */
export function checkHoldReason(
  reason: string,
  note: string | undefined,
  reasons: readonly HoldReason[],
): void {
  if (!reasons.some(({ code, inUse }) => code === reason && inUse))
    throw new Refusal('hold_reason_unknown', {
      reason,
      known: reasons.filter(({ inUse }) => inUse).map(({ code }) => code),
    });
  if (reason === 'other' && note === undefined) throw new Refusal('hold_note_missing');
}
