// Recoveries as acts inside the commands that apply a payment and take it back: the caller has the payment in hand.

import type { Act } from '#command/command.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { settleItems } from '#ledger/settle-items.ts';
import { postRelief, readParts } from './post-relief.ts';
import {
  decideRecoveries,
  type ReadyRecovery,
  type Recoverable,
  type RecoveryWish,
  undoneRecovery,
} from './recovery.ts';
import { reliefOwed } from './relief.ts';
import { lockWriteOff } from './store.ts';
import {
  findRecoveries,
  findRecoveriesOfItems,
  insertRecoveries,
  insertRecoveryUndo,
  lockWriteOffs,
  type RecoveryRow,
} from './store-recoveries.ts';
import { findReliefs, type ReliefRow } from './store-relief.ts';

/** What stands of a recovery. */
export function standingOf(row: Pick<RecoveryRow, 'amount_minor' | 'undone_minor'>): bigint {
  return row.amount_minor - row.undone_minor;
}

/**
 * Posts what a payment recovers of write-offs: for each an item that the payment is about to settle, given back for
 * that, and the tax that goes back in proportion.
 *
 * Refuses: `write_off_not_found`, `write_off_undone`, and what `decideRecoveries` refuses.
 */
export async function postRecoveries(
  act: Act,
  payment: { readonly id: PaymentId; readonly own: readonly OpenItem[] },
  wishes: readonly RecoveryWish[],
  on: PlainDate,
): Promise<readonly ReadyRecovery[]> {
  const recoverables = await takeRecoverables(
    act,
    wishes.map((wish) => wish.writeOffId),
  );
  const ready = decideRecoveries(payment.own, recoverables, wishes, on);
  postEntries(
    act,
    ready.map((one) => one.entry),
    ready.map((one) => one.item),
  );
  insertRecoveries(act, payment.id, ready);
  for (const writeOffId of new Set(ready.map((one) => one.of.writeOffId)))
    await alignRelief(
      act,
      { writeOffId, on },
      ready
        .filter((one) => one.of.writeOffId === writeOffId)
        .map(({ of, amount }) => ({ ...of, recovered: of.recovered + amount.minor })),
    );
  return ready;
}

/** Locks write-offs and says what of each of their items can be recovered. */
async function takeRecoverables(act: Act, ids: readonly string[]): Promise<readonly Recoverable[]> {
  const wanted = [...new Set(ids)];
  await lockWriteOffs(act, wanted);
  act.moveOn();
  const recoveries = await findRecoveries(act, wanted);
  const found = await Promise.all(
    wanted.map(async (id) => {
      const taken = await lockWriteOff(act, id);
      if (!taken) throw new Refusal('write_off_not_found', { writeOffId: id });
      if (taken.isUndone) throw new Refusal('write_off_undone', { writeOffId: id });
      const parts = await readParts(act, taken.itemIds);
      return parts.map(({ item, amount }): Recoverable => {
        const own = recoveries.filter((row) => row.write_off_id === id && row.item_id === item.id);
        const recovered = own.reduce((total, row) => total + standingOf(row), 0n);
        const { number, written_off_on: writtenOffOn } = taken.writeOff;
        return { writeOffId: id, number, writtenOffOn, item, writtenOff: amount.minor, recovered };
      });
    }),
  );
  return found.flat();
}

/**
 * Brings the relief of a write-off in line with what was recovered of its items: so much of what was claimed is owed
 * back, less what went back already. More recovered, more goes back; a recovery undone, it is claimed again. Nothing moves
 * before the day it was claimed on, so that no more goes back on any day than was claimed until then.
 */
export async function alignRelief(
  act: Act,
  of: { readonly writeOffId: string; readonly on: PlainDate },
  items: readonly Pick<Recoverable, 'item' | 'writtenOff' | 'recovered'>[],
): Promise<void> {
  const rows = await findReliefs(act, [of.writeOffId]);
  for (const { item, writtenOff, recovered } of items) {
    const own = rows.filter((row) => row.item_id === item.id);
    const claims = own.filter((row) => row.why === 'claimed');
    const claimed = sums(claims);
    const back = sums(own.filter((row) => row.why === 'recovered' || row.why === 'recovery_undone'));
    const owed = reliefOwed(claimed, recovered, writtenOff);
    const tax = -owed.tax - back.tax;
    const functional = -owed.functional - back.functional;
    if (tax === 0n && functional === 0n) continue;
    const isBack = tax < 0n || (tax === 0n && functional < 0n);
    const on = claims.map((row) => row.posted_on).reduce(later, of.on);
    const where = { id: of.writeOffId, companyId: item.companyId as CompanyId, on };
    postRelief(act, where, isBack ? 'recovered' : 'recovery_undone', [
      {
        itemId: item.id,
        tax: money(tax, item.amount.currency),
        functional: money(functional, item.functional.currency),
      },
    ]);
  }
}

function sums(rows: readonly ReliefRow[]): { readonly tax: bigint; readonly functional: bigint } {
  return {
    tax: rows.reduce((total, row) => total + row.tax_minor, 0n),
    functional: rows.reduce((total, row) => total + row.functional_minor, 0n),
  };
}

/**
 * A payment is taken back, or part of it: what it recovered never came. Of the items given those that were made for
 * recoveries and are open now are closed again, with the income and the tax.
 */
export async function undoRecoveries(act: Act, items: readonly OpenItem[], on: PlainDate): Promise<void> {
  const open = items.filter((item) => item.kind === 'recovery' && left(item) > 0n);
  if (open.length === 0) return;
  const rows = await findRecoveriesOfItems(
    act,
    open.map((item) => item.id),
  );
  await lockWriteOffs(act, [...new Set(rows.map((row) => row.write_off_id))]);
  for (const row of rows) {
    const item = open.find((one) => one.id === row.recovery_item_id);
    if (!item) continue;
    const undone = undoneRecovery(item, { instalment: row.undoings + 1, on });
    postEntries(act, [undone.entry], [undone.item]);
    settleItems(act, [item, undone.item], [undone.wanted], { documentId: row.id, kind: 'void', on });
    insertRecoveryUndo(act, {
      recoveryId: row.id,
      amount: undone.wanted.amount,
      functional: money(item.openFunctional.minor, item.functional.currency),
      on,
    });
  }
  await act.settle();
  for (const writeOffId of new Set(rows.map((row) => row.write_off_id)))
    await realign(act, writeOffId, on, new Set(rows.map((row) => row.item_id)));
}

async function realign(
  act: Act,
  writeOffId: string,
  on: PlainDate,
  itemIds: ReadonlySet<string>,
): Promise<void> {
  const recoverables = await takeRecoverables(act, [writeOffId]);
  await alignRelief(
    act,
    { writeOffId, on },
    recoverables.filter(({ item }) => itemIds.has(item.id)),
  );
}

/** What of a write-off was recovered and stands, by item. */
export async function readRecovered(act: Act, writeOffId: string): Promise<ReadonlyMap<ItemId, bigint>> {
  const recovered = new Map<ItemId, bigint>();
  for (const row of await findRecoveries(act, [writeOffId])) {
    const itemId = row.item_id as ItemId;
    recovered.set(itemId, (recovered.get(itemId) ?? 0n) + standingOf(row));
  }
  return recovered;
}
