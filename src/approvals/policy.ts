// The rules for one kind of decision: bands by amount, and in each who decides alone and who decides for everybody else.
// The default is that owners and controllers decide alone whatever the amount.

import type { Role } from '#identity/permission.ts';
import { compare, isCurrency, MINOR_MAX, type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** So many people, each in one of the roles. */
export type Step = { readonly roles: readonly Role[]; readonly people: number };

/** From the band below up to and with an amount; without one, however much. */
export type Band = {
  readonly upTo: Money | null;
  /** Roles that go on without anybody else. */
  readonly alone: readonly Role[];
  /** Who decides where somebody else asks; one step at least. */
  readonly steps: readonly Step[];
};

export type Policy = {
  /** Bands are written in it; amounts in others are converted at the rate of the day. Null with a single band. */
  readonly currency: string | null;
  readonly bands: readonly Band[];
  /** One step after the other, or all at the same time. */
  readonly order: 'serial' | 'parallel';
  /** Days after which a request that nobody decided has expired. */
  readonly expiryDays: number;
};

/** Rules as one version of a kind of decision; version 0 is the default, which is stored nowhere. */
export type PolicyVersion = Policy & { readonly kind: string; readonly version: number };

/** Roles that can decide about what others ask for. */
export const DECIDING_ROLES = ['owner', 'controller'] as const satisfies readonly Role[];

export const BANDS_MAX = 12;
export const STEPS_MAX = 5;
export const STEP_PEOPLE_MAX = 5;
export const EXPIRY_DAYS_MAX = 366;
const EXPIRY_DAYS = 14;

/** What holds where nobody set rules: owners and controllers decide alone, and one of them for others. */
export const DEFAULT_POLICY: Policy = {
  currency: null,
  bands: [{ upTo: null, alone: DECIDING_ROLES, steps: [{ roles: DECIDING_ROLES, people: 1 }] }],
  order: 'serial',
  expiryDays: EXPIRY_DAYS,
};

/** Kinds of decisions that need a second person where nobody set rules: money leaves the bank by them. */
const SECOND_PERSON_KINDS: ReadonlySet<string> = new Set(['refund']);

/** What holds for a kind of decision where nobody set rules. */
export function defaultPolicy(kind: string): Policy {
  if (!SECOND_PERSON_KINDS.has(kind)) return DEFAULT_POLICY;
  return { ...DEFAULT_POLICY, bands: DEFAULT_POLICY.bands.map((band) => ({ ...band, alone: [] })) };
}

/** Whether an amount matters at all: with one band only it does not, and no rate of exchange is needed. */
export function dependsOnAmount(policy: Policy): boolean {
  return policy.bands.length > 1;
}

/** The band that an amount falls into: the first whose limit it does not pass. Of a single band no amount is needed. */
export function bandOf(policy: Policy, worth: Money | undefined): Band {
  const found = policy.bands.find(
    (band) => band.upTo === null || (worth !== undefined && compare(worth, band.upTo) <= 0),
  );
  // The last band has no limit, which `checkPolicy` sees to.
  return found ?? (policy.bands.at(-1) as Band);
}

/**
 * Checks rules that somebody wants.
 *
 * Refuses: `bands_not_ascending` (limits rise from band to band, all in the currency of the rules), `last_band_limited` (only
 * the last band has no limit, and it has none), `policy_currency_missing`.
 */
export function checkPolicy(policy: Policy): void {
  const { bands, currency } = policy;
  if (bands.length > 1 && (currency === null || !isCurrency(currency)))
    throw new Refusal('policy_currency_missing');
  let below = money(0n, currency ?? 'EUR');
  bands.forEach((band, index) => {
    const isLast = index === bands.length - 1;
    if (isLast !== (band.upTo === null)) throw new Refusal('last_band_limited', { band: index + 1 });
    if (band.upTo === null) return;
    if (band.upTo.currency !== currency || compare(band.upTo, below) <= 0 || band.upTo.minor > MINOR_MAX)
      throw new Refusal('bands_not_ascending', { band: index + 1 });
    below = band.upTo;
  });
}

/**
 * Whether there are enough different people for all steps: nobody is counted in two of them. Any choice of steps needs as
 * many people as it asks for among those who can take one of them (the theorem of Hall, on at most five steps).
 */
export function haveEnoughPeople(steps: readonly Step[], roles: readonly string[]): boolean {
  for (let choice = 1; choice < 2 ** steps.length; choice += 1) {
    const chosen = steps.filter((_, index) => (choice >> index) % 2 === 1);
    const wanted = chosen.reduce((total, step) => total + step.people, 0);
    const able = roles.filter((role) =>
      chosen.some((step) => (step.roles as readonly string[]).includes(role)),
    );
    if (able.length < wanted) return false;
  }
  return true;
}

/** Who has to decide, in words for a refusal: `1 × owner or controller`. */
export function stepWords(step: Step): string {
  return `${step.people} × ${step.roles.join(' or ')}`;
}
