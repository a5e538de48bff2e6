// Opening a dispute: which items, how much of them, why. From then on that part is neither chased nor bears interest, and is
// shown as disputed; what is owed in the books does not change.

import type { Act, Command } from '#command/command.ts';
import { actorText } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { newId, type PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { matchKey } from '#ledger/match-key.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { takeNumbers } from '#ledger/take-number.ts';
import { alignExclusions } from './align-exclusions.ts';
import {
  type Dispute,
  type DisputeSource,
  type DisputeWish,
  decideOpening,
  type Opening,
  statedDay,
} from './dispute.ts';
import { readDisputed } from './read-amounts.ts';
import { checkReason, claimCodeKey, reasonKinds } from './reason.ts';
import { findClaimCode, findReasonKinds, findSameClaim, insertDisputes } from './store.ts';

/** What is said about a dispute by whoever opens it. */
export type DisputeSaid = {
  /** Left out: what the customer's code means, else `other`. */
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  /** The number the customer gave the claim, e.g. of a debit note. */
  readonly claimNumber?: string | undefined;
  /** The reason in the customer's own code. */
  readonly claimCode?: string | undefined;
};

export type OpenDispute = DisputeSaid & {
  readonly items: readonly DisputeWish[];
  /** The day on which it was raised; left out, today. */
  readonly openedOn?: PlainDate | undefined;
  /** Opens it although an earlier dispute says the same. */
  readonly acceptDuplicate?: boolean | undefined;
};

/** A dispute as opened. */
export type DisputeOpened = {
  readonly disputeId: string;
  readonly number: string;
  readonly amount: ShownMoney;
  readonly reason: string;
  /** An earlier dispute that says the same. */
  readonly duplicateOf: { readonly disputeId: string; readonly number: string } | null;
};

/**
 * Opens a dispute over (parts of) items of one customer.
 *
 * Refuses: `item_not_found`, what `decideOpening` and `checkReason` refuse, `dated_in_future`, `claim_known` (the same claim
 * number, or the same amount of the same item, was raised before; with its number).
 */
export const openDispute: Command<OpenDispute, DisputeOpened> = {
  name: 'open-dispute',
  permission: 'dispute.record',
  async run(act, input) {
    return beginDispute(act, input, { kind: 'dispute', source: 'person', paymentId: null });
  },
};

/** How a dispute came about. */
export type Origin = Pick<Dispute, 'kind' | 'paymentId'> & { readonly source: DisputeSource };

/** The same as part of another command. A machine's deduction is never refused as a duplicate: it is kept, and says so. */
export async function beginDispute(act: Act, input: OpenDispute, origin: Origin): Promise<DisputeOpened> {
  const ids = input.items.map((wish) => wish.itemId);
  const items = await takeItems(act, ids);
  const opening = decideOpening(items, input.items, minorsOf(await readDisputed(act, ids)));
  const reason = await reasonOf(act, input, opening);
  const openedOn = statedDay(input.openedOn, act.today);
  const claimKey = matchKey(input.claimNumber ?? '');
  const same = await findSameClaim(act, {
    customerId: opening.customerId,
    claimKey,
    parts: opening.parts.map(({ item, amount }) => ({ itemId: item.id, minor: amount.minor })),
  });
  if (same && origin.source === 'person' && input.acceptDuplicate !== true)
    throw new Refusal('claim_known', { number: same.number, disputeId: same.id });

  const [number] = await takeNumbers(act, {
    companyId: opening.companyId,
    documentKind: 'dispute',
    series: 'main',
    years: [openedOn.year],
  });
  const said = { ...input, reason, openedOn, duplicateOf: same?.id ?? null };
  return saveOpening(
    act,
    opening,
    { ...origin, ...said, number: present(number, 'a number was taken').text },
    same,
  );
}

const minorsOf = (disputed: Awaited<ReturnType<typeof readDisputed>>) =>
  new Map([...disputed].map(([id, amount]) => [id, amount.minor]));

async function reasonOf(act: Act, said: DisputeSaid, { customerId }: Opening): Promise<string> {
  const code = said.claimCode === undefined ? '' : claimCodeKey(said.claimCode);
  const [own, meant] = await Promise.all([
    findReasonKinds(act),
    said.reason !== undefined || code === '' ? undefined : findClaimCode(act, customerId, code),
  ]);
  const reason = said.reason ?? meant ?? 'other';
  const note = said.note ?? said.claimCode ?? said.claimNumber;
  checkReason(reason, note, reasonKinds(own));
  return reason;
}

type Said = Origin &
  DisputeSaid & {
    readonly reason: string;
    readonly openedOn: PlainDate;
    readonly duplicateOf: string | null;
    readonly number: string;
  };

async function saveOpening(
  act: Act,
  opening: Opening,
  said: Said,
  same: { readonly id: string; readonly number: string } | undefined,
): Promise<DisputeOpened> {
  const disputeId = newId<'dispute'>();
  const { companyId, customerId, currency, parts } = opening;
  const by = actorText(act.actor);
  insertDisputes(
    act,
    [
      {
        id: disputeId,
        kind: said.kind,
        company_id: companyId,
        customer_id: customerId,
        number: said.number,
        currency,
        opened_on: said.openedOn,
        opened_by: by,
        source: said.source,
        payment_id: said.paymentId satisfies PaymentId | null,
        claim_number: said.claimNumber ?? null,
        claim_code: said.claimCode ?? null,
        duplicate_of: said.duplicateOf,
        recorded_at: act.now,
      },
    ],
    parts.map(({ item, amount }) => ({
      dispute_id: disputeId,
      item_id: item.id,
      amount_minor: amount.minor,
    })),
    [
      {
        id: newId(),
        dispute_id: disputeId,
        reason: said.reason,
        note: said.note ?? null,
        stated_by: by,
        recorded_at: act.now,
      },
    ],
  );
  await alignExclusions(act, {
    disputeId,
    number: said.number,
    currency,
    open: new Map(parts.map(({ item, amount }) => [item.id, amount.minor])),
    from: said.openedOn,
  });
  const amount = money(
    parts.reduce((total, part) => total + part.amount.minor, 0n),
    currency,
  );
  const opened: DisputeOpened = {
    disputeId,
    number: said.number,
    amount: shownMoney(amount),
    reason: said.reason,
    duplicateOf: same ? { disputeId: same.id, number: same.number } : null,
  };
  act.record({
    type: 'dispute.opened',
    subjectId: disputeId,
    customerId,
    data: {
      ...opened,
      kind: said.kind,
      source: said.source,
      note: said.note ?? null,
      claimNumber: said.claimNumber ?? null,
      items: parts.map((part) => ({ reference: part.item.reference, ...shownMoney(part.amount) })),
    },
  });
  return opened;
}
