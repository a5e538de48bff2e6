// What was proposed because of a mail, and what a person makes of it: as proposed, changed, or not at all. Pure.

import type { Facts, Intent } from '#intents/intent.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import type { PromiseWish } from '#promises/promise.ts';

/** What can be proposed: an intent, or that somebody is away. */
export const PROPOSED = [
  'promise',
  'dispute',
  'paid_already',
  'remittance',
  'copy_request',
  'contact_change',
  'insolvency',
  'stop',
  'away',
] as const satisfies readonly (Intent | 'away')[];
export type Proposed = (typeof PROPOSED)[number];

/** From which confidence on a draft of an answer speaks of what nobody decided about yet. */
export const CONFIDENCE_DRAFTED = 0.7;

/** Those that a machine may accept where a person set from which confidence on; the others always wait for a person. */
export const WITH_BAR = ['promise', 'dispute', 'paid_already', 'away'] as const;

export type Decided = {
  readonly decision: 'accepted' | 'rejected';
  readonly isChanged: boolean;
  readonly outcome: string | null;
  readonly by: string;
};

/** What a person says in place of what was proposed; what is left out is as proposed. */
export type Wish = {
  readonly on?: PlainDate | undefined;
  readonly amount?: Money | undefined;
  readonly itemIds?: readonly ItemId[] | undefined;
  readonly reason?: string | undefined;
  readonly address?: string | undefined;
  readonly name?: string | undefined;
};

/** Facts as they are kept. */
export function factsJson(facts: Facts): Json {
  return {
    ...facts,
    references: [...facts.references],
    parts: facts.parts.map(({ on, amount }) => ({
      on: on?.toString() ?? null,
      minor: amount ? String(amount.minor) : null,
      currency: amount?.currency ?? null,
    })),
  };
}

type KeptPart = {
  readonly on: string | null;
  readonly minor: string | null;
  readonly currency: string | null;
};

/** Facts as they were kept. */
export function factsFrom(kept: unknown): Facts {
  const facts = kept as Omit<Facts, 'parts'> & { readonly parts: readonly KeptPart[] };
  return {
    ...facts,
    parts: facts.parts.map(({ on, minor, currency }) => ({
      on: on === null ? null : parseDate(on),
      amount: minor === null || currency === null ? null : money(BigInt(minor), currency),
    })),
  };
}

/**
 * The amounts by days that a promise means: over the items named in its currency, the earliest due first, each as far as
 * it is open; all of them where no amount is named. Instalments go over the same items, one after the other.
 *
 * Refuses: `promise_without_day`, `nothing_promised`, `wrong_currency`, `exceeds_open`.
 */
export function wishesOf(facts: Facts, wish: Wish, items: readonly OpenItem[]): readonly PromiseWish[] {
  const isOwn = wish.on !== undefined || wish.amount !== undefined;
  const [first] = facts.parts;
  const parts = isOwn
    ? [{ on: wish.on ?? first?.on ?? null, amount: wish.amount ?? first?.amount ?? null }]
    : facts.parts;
  if (items.length === 0) throw new Refusal('nothing_promised');
  const left = new Map(items.map((item) => [item.id, item.open.minor]));
  const wishes: PromiseWish[] = [];
  for (const { on, amount } of parts.length > 0 ? parts : [{ on: null, amount: null }]) {
    if (on === null) throw new Refusal('promise_without_day');
    if (amount === null) {
      for (const item of items) if ((left.get(item.id) ?? 0n) > 0n) wishes.push({ itemId: item.id, on });
      break;
    }
    wishes.push(...spread(amount, on, { items, left }));
  }
  return wishes;
}

function spread(
  amount: Money,
  on: PlainDate,
  { items, left }: { readonly items: readonly OpenItem[]; readonly left: Map<ItemId, bigint> },
): readonly PromiseWish[] {
  const own = items.filter((item) => item.open.currency === amount.currency);
  if (own.length === 0) throw new Refusal('wrong_currency', { currency: amount.currency });
  let rest = amount.minor;
  const wishes: PromiseWish[] = [];
  for (const item of own) {
    const open = left.get(item.id) ?? 0n;
    const taken = rest < open ? rest : open;
    if (taken > 0n) wishes.push({ itemId: item.id, on, amount: money(taken, amount.currency) });
    left.set(item.id, open - taken);
    rest -= taken;
  }
  if (rest > 0n) throw new Refusal('exceeds_open', { left: String(rest) });
  return wishes;
}

/** Whether a person changed anything of what was proposed. */
export function isChanged(facts: Facts, wish: Wish): boolean {
  const [part] = facts.parts;
  return (
    (wish.on !== undefined && wish.on.toString() !== part?.on?.toString()) ||
    (wish.amount !== undefined && wish.amount.minor !== part?.amount?.minor) ||
    (wish.reason !== undefined && wish.reason !== facts.reason) ||
    (wish.address !== undefined && wish.address !== facts.address) ||
    wish.itemIds !== undefined
  );
}
