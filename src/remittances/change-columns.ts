// Saying what the columns of a payer's list mean, saying it anew, and forgetting it.

import type { Act, Command } from '#command/command.ts';
import type { DecimalMark } from '#formats/number-and-date-text.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { type ChosenRoles, checkChoice, headingsKey } from './column-choice.ts';
import { insertColumns, lockColumns, lockColumnsOf, updateEnded } from './store-columns.ts';

/** What is said of columns. */
export type ChooseColumns = {
  readonly customerId: CustomerId | null;
  /** The row of headings as it is written. */
  readonly headings: readonly string[];
  readonly roles: ChosenRoles;
  readonly decimal: DecimalMark | null;
};

/**
 * Keeps what is said of columns, as another version where something was said of the same headings before.
 *
 * Refuses: `customer_not_found`, what `checkChoice` refuses.
 */
export async function chooseColumns(act: Act, given: ChooseColumns): Promise<{ readonly columnsId: string }> {
  checkChoice(given.headings, given.roles);
  if (given.customerId !== null) await takeCustomer(act, given.customerId);
  const before = await lockColumnsOf(act, headingsKey(given.headings), given.customerId);
  const isSame =
    before !== undefined &&
    before.decimal_mark === given.decimal &&
    canonicalJson(before.roles) === canonicalJson(given.roles);
  if (isSame) return { columnsId: before.id };
  if (before) updateEnded(act, before.id);
  const version = (before?.version ?? 0) + 1;
  const columnsId = insertColumns(act, { ...given, version });
  act.record({
    type: 'remittance_columns.chosen',
    subjectId: columnsId,
    customerId: given.customerId,
    data: { headings: [...given.headings], roles: { ...given.roles }, decimal: given.decimal, version },
  });
  return { columnsId };
}

export type ChangeColumns = {
  readonly columnsId: string;
  readonly roles: ChosenRoles;
  readonly decimal: DecimalMark | null;
};

/**
 * Says anew what the columns under some headings mean. Lists that came in before stay as they were read.
 *
 * Refuses: `columns_not_found`, `columns_ended`, what `chooseColumns` refuses.
 */
export const changeColumns: Command<ChangeColumns, { readonly columnsId: string }> = {
  name: 'change-remittance-columns',
  permission: 'payment.apply',
  async run(act, { columnsId, ...given }) {
    const before = await takeColumns(act, columnsId);
    return chooseColumns(act, { ...given, customerId: before.customer_id, headings: before.headings });
  },
};

/** Forgets what was said of columns. Refuses: `columns_not_found`, `columns_ended`. */
export const endColumns: Command<{ readonly columnsId: string }, { readonly columnsId: string }> = {
  name: 'end-remittance-columns',
  permission: 'payment.apply',
  async run(act, { columnsId }) {
    const before = await takeColumns(act, columnsId);
    updateEnded(act, columnsId);
    act.record({
      type: 'remittance_columns.ended',
      subjectId: columnsId,
      customerId: before.customer_id,
      data: { headings: [...before.headings], version: before.version },
    });
    return { columnsId };
  },
};

async function takeColumns(act: Act, columnsId: string) {
  const row = await lockColumns(act, columnsId);
  if (!row) throw new Refusal('columns_not_found', { columnsId });
  if (row.ended_at !== null) throw new Refusal('columns_ended', { columnsId });
  return row;
}
