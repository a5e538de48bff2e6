// Saying what the columns of a gateway's payout report mean, saying it anew, and forgetting it.

import type { Command } from '#command/command.ts';
import { checkPayoutColumns, type PayoutColumns, payoutHeadingsKey } from '#formats/payout-columns.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import { Refusal } from '#kernel/refusal.ts';
import { insertColumns, lockColumns, lockColumnsOf, updateEnded } from './store.ts';

export type KeepPayoutColumns = {
  /** How the gateway is called. */
  readonly gateway: string;
  /** The row of headings as it is written. */
  readonly headings: readonly string[];
  readonly columns: PayoutColumns;
};

/**
 * Keeps what is said of columns, as another version where something was said of the same headings before; the same again changes
 * nothing.
 *
 * Refuses: what `checkPayoutColumns` refuses.
 */
export const keepPayoutColumns: Command<
  KeepPayoutColumns,
  { readonly columnsId: string; readonly version: number }
> = {
  name: 'keep-payout-columns',
  permission: 'bank.import',
  async run(act, given) {
    checkPayoutColumns(given.headings, given.columns);
    const key = payoutHeadingsKey(given.headings);
    const before = await lockColumnsOf(act, key);
    const isSame =
      before !== undefined &&
      before.gateway === given.gateway &&
      canonicalJson(before.columns) === canonicalJson(given.columns);
    if (isSame) return { columnsId: before.id, version: before.version };
    if (before) updateEnded(act, before.id);
    const version = (before?.version ?? 0) + 1;
    const columnsId = insertColumns(act, { ...given, key, version });
    act.record({
      type: 'payout_columns.said',
      subjectId: columnsId,
      data: { gateway: given.gateway, headings: [...given.headings], columns: { ...given.columns }, version },
    });
    return { columnsId, version };
  },
};

/** Forgets what was said of columns. Refuses: `payout_columns_not_found`, `payout_columns_ended`. */
export const endPayoutColumns: Command<{ readonly columnsId: string }, { readonly columnsId: string }> = {
  name: 'end-payout-columns',
  permission: 'bank.import',
  async run(act, { columnsId }) {
    const row = await lockColumns(act, columnsId);
    if (!row) throw new Refusal('payout_columns_not_found', { columnsId });
    if (row.ended_at !== null) throw new Refusal('payout_columns_ended', { columnsId });
    updateEnded(act, columnsId);
    act.record({
      type: 'payout_columns.ended',
      subjectId: columnsId,
      data: { gateway: row.gateway, version: row.version },
    });
    return { columnsId };
  },
};
