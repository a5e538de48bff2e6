// What a customer was told for a day that is past, held against what would be said by what was known then.

import type { MessageState } from '#delivery/message.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { Phase } from '#policies/cadence.ts';
import type { LeftOutItem, LeftOutReason } from '#policies/reminder.ts';
import type { PlannedMessage } from './plan-reminders.ts';

/** A step of an item that a run claimed for a message; with the reason where it was left out of it after all. */
export type ToldItem = {
  readonly messageId: string;
  readonly state: MessageState;
  readonly channel: string;
  readonly recipient: string;
  /** When it left, or may have: whoever took it over perhaps gave no answer. Null while it has not. */
  readonly leftAt: Instant | null;
  readonly runId: string;
  readonly runStartedAt: Instant;
  readonly isApproved: boolean;
  readonly itemId: string;
  readonly documentId: string;
  readonly reference: string;
  readonly step: number;
  readonly offsetDays: number;
  readonly phase: Phase;
  readonly leftOut: LeftOutReason | null;
};

/**
 * Why what was said of an item is not what would be said. `not_said`: no run of that day said it. `left_out`: it was to be
 * said, and was left out as the message left, for the reason given. `other_step`: another step was said. `other_recipient`:
 * it was said to somebody else. `not_sent`: the message was dropped, or nobody took it over. `not_left`: it has not left yet.
 * `left_later`: it left only when that day was over. `approved_later`: it waited for a person, who let it go. `said_later`: a
 * later run of that day said it. `said_besides`: it was said, and nothing that was known then says why.
 */
export const DIFFERENCES = [
  'not_said',
  'left_out',
  'other_step',
  'other_recipient',
  'not_sent',
  'not_left',
  'left_later',
  'approved_later',
  'said_later',
  'said_besides',
] as const;

export type Difference = {
  readonly itemId: string;
  readonly documentId: string;
  readonly reference: string;
  readonly why: (typeof DIFFERENCES)[number];
  /** Why it was left out as the message left. */
  readonly reason: LeftOutReason | null;
};

/** What would be said, and what would not. */
export type WouldBe = {
  readonly messages: readonly PlannedMessage[];
  readonly leftOut: readonly LeftOutItem[];
};

/** States in which nobody was told anything. */
const NOT_TOLD: ReadonlySet<MessageState> = new Set(['dropped', 'refused', 'failed']);

/** The day that is looked at: the run whose moment the plan is of, and the moment at which the day was over. */
export type DayTold = { readonly first: string | undefined; readonly over: Instant };

/**
 * Where what a customer was told on a day differs from what would be said; nothing, where it is the same. A message that had not
 * left when the day was over told nobody anything on it, whichever day it was made for.
 */
export function differencesOf(
  would: WouldBe,
  told: readonly ToldItem[],
  day: DayTold,
): readonly Difference[] {
  const saidOf = new Map(told.map((one) => [one.itemId, one]));
  const differences: Difference[] = [];
  const seen = new Set<string>();
  for (const { reader, items } of would.messages)
    for (const { item, step } of items) {
      seen.add(item.id);
      const one = saidOf.get(item.id);
      const why = whyOtherwise(one, { offsetDays: step.offsetDays, recipient: reader.recipient }, day);
      if (why === undefined) continue;
      const { id: itemId, documentId, reference } = item;
      differences.push({ itemId, documentId, reference, why, reason: one?.leftOut ?? null });
    }
  const waited = new Set<string>(
    would.leftOut.flatMap(({ item, reason }) => (reason === 'for_person' ? [item.id] : [])),
  );
  for (const one of saidOf.values()) {
    if (seen.has(one.itemId) || one.leftOut !== null || whyUnsaid(one, day)) continue;
    const { itemId, documentId, reference } = one;
    const why = whyBesides(one, waited.has(itemId), day.first);
    differences.push({ itemId, documentId, reference, why, reason: null });
  }
  return differences;
}

function whyOtherwise(
  one: ToldItem | undefined,
  would: { readonly offsetDays: number; readonly recipient: string },
  day: DayTold,
): Difference['why'] | undefined {
  if (!one) return 'not_said';
  if (one.leftOut !== null) return 'left_out';
  const unsaid = whyUnsaid(one, day);
  if (unsaid) return unsaid;
  if (one.offsetDays !== would.offsetDays) return 'other_step';
  return one.recipient === would.recipient ? undefined : 'other_recipient';
}

/** Why a message told nobody anything by the end of a day; nothing, where it did. */
function whyUnsaid({ state, leftAt }: ToldItem, { over }: DayTold): Difference['why'] | undefined {
  if (NOT_TOLD.has(state)) return 'not_sent';
  if (leftAt === null) return 'not_left';
  return Temporal.Instant.compare(leftAt, over) < 0 ? undefined : 'left_later';
}

function whyBesides(one: ToldItem, waited: boolean, first: string | undefined): Difference['why'] {
  if (waited && one.isApproved) return 'approved_later';
  return one.runId === first ? 'said_besides' : 'said_later';
}
