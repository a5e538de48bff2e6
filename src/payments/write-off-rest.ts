// Writing off what a payment leaves open of the items it settles, in the same act; and taking that back with the payment.

import { requireApproval } from '#approvals/require-approval.ts';
import type { Act } from '#command/command.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CompanyId, ItemId, PaymentId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import type { Settlement } from '#ledger/settlement.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { postWriteOffs } from '#writeoffs/post-write-offs.ts';
import { readMayAlone } from '#writeoffs/read-limits.ts';
import type { ReliefFacts } from '#writeoffs/relief.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { decideWriteOffs, type WriteOffKind } from '#writeoffs/writing-off.ts';
import type { Allocation } from './allocation.ts';
import type { NotedDifference } from './differing.ts';
import { type ShownMoney, shown } from './payment.ts';
import { findAppliedWriteOffs, insertAppliedWriteOff } from './store-differences.ts';

/** What is written off beside the payment: of items that it settles, so much each. */
export type WriteOffRest = {
  readonly kind: WriteOffKind;
  readonly reason: string;
  readonly facts?: ReliefFacts | undefined;
  readonly items: readonly { readonly itemId: ItemId; readonly amount: Money }[];
};

/** A write-off that was made beside a payment, as it is told outside. */
export type RestWrittenOff = {
  readonly writeOffId: string;
  readonly number: string;
  readonly kind: WriteOffKind;
  readonly amount: ShownMoney;
};

/**
 * Asks those who have to decide about what a payment lets go: differences beyond the limit of who acts, and what is written off
 * beside it outside of their limits. Both are one matter, so that others decide once.
 *
 * Refuses: `approval_required`, `write_off_of_other_item` (an item that the payment does not settle).
 */
export async function requireLettingGo(
  act: Act,
  of: {
    readonly companyId: CompanyId;
    readonly items: readonly OpenItem[];
    readonly allocations: readonly Allocation[];
    readonly differences: readonly NotedDifference[];
    readonly writeOff: WriteOffRest | undefined;
  },
): Promise<void> {
  const { writeOff } = of;
  const beyond = of.differences
    .filter((one) => one.state === 'approval')
    .map((one) => ({ label: one.reference, amount: one.difference, customerId: one.customerId }));
  const written = writeOff ? partsOf(of.items, of.allocations, writeOff) : [];
  const alone = writeOff
    ? await readMayAlone(act, [{ companyId: of.companyId, kind: writeOff.kind, parts: written }])
    : undefined;
  const asked =
    alone === true
      ? []
      : written.map(({ item, amount }) => ({ label: item.reference, amount, customerId: item.customerId }));
  const parts = [...beyond, ...asked];
  if (parts.length === 0) return;
  const kinds = new Set([
    ...(beyond.length > 0 ? ['small_balance'] : []),
    ...(writeOff && asked.length > 0 ? [writeOff.kind] : []),
  ]);
  const [only] = kinds;
  await requireApproval(
    act,
    {
      kind: kinds.size === 1 ? `write_off.${only}` : 'write_off',
      customerIds: parts.flatMap((one) => one.customerId ?? []),
      parts,
    },
    takeWorth,
    alone === false ? false : undefined,
  );
}

/** The items that are written off, with how much; all are settled by the payment. */
function partsOf(
  items: readonly OpenItem[],
  allocations: readonly Allocation[],
  { items: wanted }: WriteOffRest,
) {
  const settled = new Set(allocations.map((one) => one.itemId));
  return wanted.map(({ itemId, amount }) => {
    const item = items.find((one) => one.id === itemId);
    if (!item || !isDebit(item) || !settled.has(itemId))
      throw new Refusal('write_off_of_other_item', { itemId });
    return { item, amount };
  });
}

/**
 * Writes off what a payment has left of items, each by a document of its own, once it is applied; who may was asked before.
 *
 * Refuses what `decideWriteOffs` and `postWriteOffs` refuse.
 */
export async function writeOffRest(
  act: Act,
  payment: { readonly id: PaymentId; readonly on: PlainDate },
  settlement: Settlement,
  writeOff: WriteOffRest | undefined,
): Promise<readonly RestWrittenOff[]> {
  if (writeOff === undefined || writeOff.items.length === 0) return [];
  const wanted = new Set(writeOff.items.map((one) => one.itemId));
  const items = settlement.items.filter((item) => wanted.has(item.id));
  const on = items.map((item) => item.openSince).reduce(later, payment.on);
  // Each item by a document of its own: what is taken back or recovered of one leaves the others as they are.
  const ready = writeOff.items.flatMap((one) =>
    decideWriteOffs(
      items.filter((item) => item.id === one.itemId),
      [one],
      writeOff.kind,
      on,
    ),
  );
  const posted = await postWriteOffs(act, items, ready, writeOff);
  return ready.map((one, index): RestWrittenOff => {
    const written = new Set(one.parts.map(({ item }) => item.id));
    const applicationIds = settlement.applications
      .filter((application) => written.has(application.debitItemId))
      .map((application) => application.id);
    insertAppliedWriteOff(act, { writeOffId: one.id, paymentId: payment.id }, applicationIds);
    return {
      writeOffId: one.id,
      number: posted[index]?.number ?? '',
      kind: one.kind,
      amount: shown(one.amount),
    };
  });
}

/**
 * Takes back what was written off beside applications that are taken back: the payment never paid what it left, so what was let
 * go for it is owed too. What money came for meanwhile stays written off. Gives back whether any was.
 */
export async function undoRests(
  act: Act,
  applicationIds: readonly ApplicationId[],
  reason: string,
): Promise<boolean> {
  const standing = await findAppliedWriteOffs(act, applicationIds);
  for (const { writeOffId, isRecovered } of standing)
    if (!isRecovered) {
      await undoWriteOff.run(act, { writeOffId, reason });
      await act.settle();
    }
  return standing.some((one) => !one.isRecovered);
}
