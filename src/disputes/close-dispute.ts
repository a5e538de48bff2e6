// Deciding a dispute, taking the decision back, and giving up part of it.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type ApplicationId, type ItemId, newId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { alignExclusions } from './align-exclusions.ts';
import { checkClosing, type StatedOutcome, statedDay } from './dispute.ts';
import { checkReason, reasonKinds } from './reason.ts';
import {
  findCreditsSince,
  findGranted,
  findReasonKinds,
  findRemedied,
  insertClosings,
  insertReleases,
  insertRemedy,
  updateReopened,
} from './store.ts';
import { type TakenDispute, takeDispute } from './take-dispute.ts';

export type CloseDispute = {
  readonly disputeId: string;
  readonly outcome: StatedOutcome;
  /** What really went wrong, one of the reasons. */
  readonly rootCause?: string | undefined;
  readonly note?: string | undefined;
};

export type DisputeClosed = {
  readonly disputeId: string;
  readonly number: string;
  readonly outcome: StatedOutcome;
  /** What was still disputed and is owed as before from now on. */
  readonly released: ShownMoney;
};

/**
 * Closes a dispute. What is still disputed goes back to being owed, due as it always was; where the customer was wrong
 * (`invalid`), interest runs for the days of the dispute too.
 *
 * Refuses: `dispute_not_found`, `dispute_closed`, `dispute_still_open`, `dispute_reason_unknown`, `changed_meanwhile` (what it
 * rests on was made the ground of another one at the same moment).
 */
export const closeDispute: Command<CloseDispute, DisputeClosed> = {
  name: 'close-dispute',
  permission: 'dispute.decide',
  constraints: { dispute_remedy_pkey: 'changed_meanwhile' },
  async run(act, input) {
    const taken = await takeDispute(act, input.disputeId);
    const { dispute, amounts } = taken;
    checkClosing(input.outcome, {
      amounts,
      isClosed: taken.closing !== undefined,
      currency: dispute.currency,
    });
    if (input.rootCause !== undefined)
      checkReason(input.rootCause, input.note ?? input.rootCause, reasonKinds(await findReasonKinds(act)));

    if (isForTheCustomer(input.outcome)) await recordGrounds(act, taken);
    insertClosings(act, [
      {
        id: newId(),
        dispute_id: dispute.id,
        outcome: input.outcome,
        root_cause: input.rootCause ?? null,
        note: input.note ?? null,
        closed_on: act.today,
        closed_by: actorText(act.actor),
        recorded_at: act.now,
      },
    ]);
    await align(act, taken, new Map(), input.outcome === 'invalid');
    const released = shownMoney(money(amounts.open, dispute.currency));
    act.record({
      type: 'dispute.closed',
      subjectId: dispute.id,
      customerId: dispute.customerId,
      data: {
        number: taken.number,
        outcome: input.outcome,
        rootCause: input.rootCause ?? null,
        note: input.note ?? null,
        released,
      },
    });
    return { disputeId: dispute.id, number: taken.number, outcome: input.outcome, released };
  },
};

export type ReopenDispute = { readonly disputeId: string; readonly note: string };

/** Takes the decision about a dispute back. Refuses: `dispute_not_found`, `dispute_not_closed`, `dispute_undone`. */
export const reopenDispute: Command<
  ReopenDispute,
  { readonly disputeId: string; readonly open: ShownMoney }
> = {
  name: 'reopen-dispute',
  permission: 'dispute.decide',
  async run(act, input) {
    const taken = await takeDispute(act, input.disputeId);
    const { dispute, closing } = taken;
    if (!closing) throw new Refusal('dispute_not_closed');
    if (closing.outcome === 'undone') throw new Refusal('dispute_undone');
    updateReopened(act, closing.id, { on: act.today, by: actorText(act.actor), note: input.note });
    act.record({
      type: 'dispute.reopened',
      subjectId: dispute.id,
      customerId: dispute.customerId,
      data: { number: taken.number, note: input.note },
    });
    // Read again: without the closing more of it is open.
    const again = await takeDispute(act, input.disputeId);
    await align(act, again, openOf(again));
    return { disputeId: dispute.id, open: shownMoney(money(again.amounts.open, dispute.currency)) };
  },
};

/** A decision that rested on a remedy, and was taken back with it. */
export type Reopened = { readonly disputeId: string; readonly number: string };

/**
 * Takes decisions for the customer back whose ground is gone, when applications are taken back: those that rested on a remedy
 * (a write-off, a credit note) which was taken off, and those of which something is open again that was settled when they were
 * made. What the customer was given, or was right about, is not settled any more, so that it is disputed again rather
 * than chased. Other decisions stay. Called when the items are open again.
 */
export async function reopenRemedied(
  act: Act,
  applicationIds: readonly ApplicationId[],
  note: string,
): Promise<readonly Reopened[]> {
  const [remedied, granted] = await Promise.all([
    findRemedied(act, applicationIds),
    findGranted(act, applicationIds, FOR_THE_CUSTOMER),
  ]);
  const rested = new Set(remedied);
  const reopened: Reopened[] = [];
  for (const disputeId of granted) {
    const { amounts, number } = await takeDispute(act, disputeId);
    // Decided for the customer nothing was open: what the decision released was settled by what is taken back now.
    if (!rested.has(disputeId) && amounts.releasedAtClosing === 0n) continue;
    await reopenDispute.run(act, { disputeId, note });
    reopened.push({ disputeId, number });
  }
  return reopened;
}

/** Outcomes that say that the customer was given what was disputed. */
const FOR_THE_CUSTOMER = ['valid', 'goodwill'] as const satisfies readonly StatedOutcome[];

function isForTheCustomer(outcome: StatedOutcome): boolean {
  return FOR_THE_CUSTOMER.some((one) => one === outcome);
}

/**
 * Says of credit notes and write-offs that settled a dispute which is decided for the customer that they were made for it, where
 * nobody said so: the decision rests on them, whatever becomes of payments of the same items.
 */
async function recordGrounds(act: Act, { dispute, amounts }: TakenDispute): Promise<void> {
  const credits = await findCreditsSince(act, dispute.id);
  const aimed = credits.filter((one) => one.isRemedy).reduce((total, one) => total + one.minor, 0n);
  let missing = amounts.credited + amounts.writtenOff - aimed;
  for (const { documentId, minor } of credits.filter((one) => !one.isRemedy)) {
    if (missing <= 0n) return;
    insertRemedy(act, {
      dispute_id: dispute.id,
      document_id: documentId,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    missing -= minor;
  }
}

export type ReleaseDispute = {
  readonly disputeId: string;
  readonly items: readonly { readonly itemId: ItemId; readonly amount: Money }[];
  readonly note: string;
  /** The day from which it is no more disputed; left out, today. */
  readonly on?: PlainDate | undefined;
};

/**
 * Gives up part of a dispute: that part is owed as before.
 *
 * Refuses: `dispute_not_found`, `dispute_closed`, `item_not_disputed`, `wrong_currency`, `amount_not_positive`,
 * `exceeds_disputed`, `dated_in_future`.
 */
export const releaseDispute: Command<
  ReleaseDispute,
  { readonly disputeId: string; readonly open: ShownMoney }
> = {
  name: 'release-dispute',
  permission: 'dispute.decide',
  async run(act, input) {
    const taken = await takeDispute(act, input.disputeId);
    const { dispute } = taken;
    if (taken.closing) throw new Refusal('dispute_closed');
    const on = statedDay(input.on, act.today);
    const left = new Map(openOf(taken));
    for (const { itemId, amount } of input.items)
      left.set(itemId, leftAfter(left.get(itemId), amount, dispute));

    insertReleases(
      act,
      input.items.map(({ itemId, amount }) => ({
        id: newId(),
        dispute_id: dispute.id,
        item_id: itemId,
        amount_minor: amount.minor,
        released_on: on,
        note: input.note,
        released_by: actorText(act.actor),
        recorded_at: act.now,
      })),
    );
    await align(act, taken, left);
    act.record({
      type: 'dispute.released',
      subjectId: dispute.id,
      customerId: dispute.customerId,
      data: {
        number: taken.number,
        note: input.note,
        items: input.items.map(({ itemId, amount }) => ({ itemId, ...shownMoney(amount) })),
      },
    });
    const open = [...left.values()].reduce((total, minor) => total + minor, 0n);
    return { disputeId: dispute.id, open: shownMoney(money(open, dispute.currency)) };
  },
};

function leftAfter(
  open: bigint | undefined,
  amount: Money,
  { currency }: { readonly currency: string },
): bigint {
  if (open === undefined) throw new Refusal('item_not_disputed');
  if (amount.currency !== currency)
    throw new Refusal('wrong_currency', { wanted: currency, given: amount.currency });
  if (amount.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(amount) });
  if (amount.minor > open)
    throw new Refusal('exceeds_disputed', {
      given: toDecimal(amount),
      most: toDecimal(money(open, currency)),
    });
  return open - amount.minor;
}

/** What of each item of a dispute is still disputed. */
export function openOf(taken: Pick<TakenDispute, 'items'>): ReadonlyMap<ItemId, bigint> {
  return new Map(taken.items.map(({ itemId, amounts }) => [itemId, amounts.open]));
}

async function align(
  act: Act,
  { dispute, number }: TakenDispute,
  open: ReadonlyMap<ItemId, bigint>,
  annul = false,
): Promise<void> {
  await alignExclusions(act, {
    disputeId: dispute.id,
    number,
    currency: dispute.currency,
    open,
    from: act.today,
    annul,
  });
}
