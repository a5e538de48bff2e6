// Reading announcements for pages.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import type { AnnouncementOrigin } from './announcement.ts';
import type * as contract from './contract.ts';
import { findAnnouncements } from './store.ts';

/** A page of announcements, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readAnnouncementPage(
  tx: Tx,
  query: z.output<typeof contract.listAnnouncements.query>,
): Promise<z.input<typeof contract.listAnnouncements.reply>> {
  const { limit, after, ...filter } = query;
  const found = await findAnnouncements(tx, {
    ...filter,
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const { rows, next } = pageOfRows(found, limit, (last) => [last.booked_on, last.id]);
  return {
    rows: rows.map((row) => ({
      announcementId: row.id,
      bankAccountId: row.bank_account_id,
      accountName: row.account_name,
      origin: row.origin as AnnouncementOrigin,
      bookedOn: row.booked_on.toString(),
      amount: shownMoney(money(row.amount_minor, row.currency)),
      payments: row.part_count,
      payerName: row.part_count === 1 ? row.payer_name : null,
      remittance: row.part_count === 1 ? row.remittance : '',
      state: row.state,
      statementId: row.statement_id,
      fileName: row.file_name,
      recordedAt: row.recorded_at.toString(),
    })),
    next,
  };
}
