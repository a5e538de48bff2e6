// The automatic rule over receipts that wait: after new invoices were issued, or new accounts of payers became known.

import type { Command } from '#command/command.ts';
import type { CompanyId, PaymentId } from '#kernel/id.ts';
import { isId } from '#kernel/id.ts';
import { MATCH_ROWS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { cursorText, readCursor } from '#parties/page-cursor.ts';
import { takeCompany } from '#parties/take-party.ts';
import { arrivedOf, type Matched, matchReceipts, settleMatched } from './match-receipts.ts';
import { findWaiting } from './store-matching.ts';

export type ApplyReceipts = {
  /** Left out: all companies. */
  readonly companyId?: CompanyId | undefined;
  /** The `next` of the call before. */
  readonly after?: string | undefined;
};

export type ReceiptsApplied = {
  readonly looked: number;
  readonly applied: number;
  readonly waiting: number;
  readonly next: string | null;
};

/**
 * Looks at some of the receipts that wait, in the order they were recorded, and applies those that the first rule is certain
 * of. Called again with `next` until that is null.
 *
 * Refuses: `company_not_found`, `bad_input` (an `after` we never gave out), `period_locked`.
 */
export const applyReceipts: Command<ApplyReceipts, ReceiptsApplied> = {
  name: 'apply-receipts',
  permission: 'payment.apply',
  async run(act, input) {
    if (input.companyId !== undefined) await takeCompany(act, input.companyId);
    const after = readCursor(input.after, [readPaymentId])?.[0];
    const rows = await findWaiting(act, { companyId: input.companyId, after, limit: MATCH_ROWS + 1 });
    const looked = rows.slice(0, MATCH_ROWS);
    const matches = await matchReceipts(act, looked.map(arrivedOf));
    const certain = looked.flatMap((row, index): readonly Matched[] => {
      const match = matches[index];
      return match?.decision === 'apply' ? [{ paymentId: row.id as PaymentId, match }] : [];
    });

    const applied = await settleMatched(act, certain);

    const last = looked.at(-1);
    return {
      looked: looked.length,
      applied: applied.size,
      waiting: looked.length - applied.size,
      next: rows.length > looked.length && last ? cursorText([last.id]) : null,
    };
  },
};

function readPaymentId(text: string): string {
  if (!isId(text)) throw new Refusal('bad_input');
  return text;
}
