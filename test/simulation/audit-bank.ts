// The auditor at the bank: every day of every account ties, the reconciliation meets on any day, and what was signed is what is there.

import assert from 'node:assert/strict';
import type { Tx } from '#db/transaction.ts';
import { addDays } from '#kernel/calendar.ts';
import { readReconciliation } from '#reconciliation/read-bridge.ts';
import { readAccountDays } from '#reconciliation/read-days.ts';
import { findAccounts, hashDayLines } from '#reconciliation/store.ts';

/** Days back from the last one on which the reconciliation is read. */
const BACK = [0, 1, 9, 30] as const;
const SPAN_DAYS = 390;

/** Compares bank and books of a tenant. */
export async function auditBank(tx: Tx, note: string): Promise<void> {
  for (const account of await findAccounts(tx)) {
    const probe = await readAccountDays(tx, account, span(Temporal.PlainDate.from('2026-01-01')));
    if (!probe.known) continue;
    const { days, signed } = await readAccountDays(tx, account, span(probe.known.to));
    for (const day of days) {
      const off = { carried: day.carriedOffMinor, closing: day.closingOffMinor, books: day.booksOffMinor };
      assert.deepEqual(
        off,
        { carried: 0n, closing: 0n, books: 0n },
        `${note}: ${day.day} of the bank does not tie`,
      );
      assert.ok(day.isProved, `${note}: ${day.day} is not proved`);
    }
    for (const back of BACK) {
      const asOf = addDays(probe.known.to, -back);
      const { bridge } = await readReconciliation(tx, account, asOf);
      assert.equal(bridge.offMinor, 0n, `${note}: bank and books do not meet on ${asOf}`);
    }
    for (const [day, signature] of signed) {
      const on = Temporal.PlainDate.from(day);
      const { content } = signature.figures as { readonly content: string };
      assert.equal(
        await hashDayLines(tx, { account, from: on, to: on }),
        content,
        `${note}: ${day} changed after it was signed`,
      );
    }
  }
}

const span = (to: Temporal.PlainDate) => ({ from: addDays(to, -SPAN_DAYS), to });
