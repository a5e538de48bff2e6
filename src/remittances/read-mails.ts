// Reading mails with remittances for pages: the list with what became of each part, and one as it came.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { findMailBytes, findMails } from './store-mail.ts';

/** A page of mails, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readMailPage(
  tx: Tx,
  query: z.output<typeof contract.listRemittanceMails.query>,
): Promise<z.input<typeof contract.listRemittanceMails.reply>> {
  const { limit, after, state, companyId } = query;
  const rows = await findMails(tx, {
    companyId,
    isUnread: state === 'unread',
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.received_on, last.id]);
  const hinted = await readCustomers(tx, [
    ...new Set(page.rows.flatMap((row) => row.hint_customer_id ?? [])),
  ]);
  return {
    rows: page.rows.map((row) => {
      const hint = row.hint_customer_id === null ? undefined : hinted.get(row.hint_customer_id);
      return {
        mailId: row.id,
        companyId: row.company_id,
        sender: row.sender,
        subject: row.subject,
        receivedOn: row.received_on.toString(),
        hint: hint ? { id: hint.id, number: hint.number, name: hint.name } : null,
        parts: row.parts.map((part) => ({ ...part })),
      };
    }),
    next: page.next,
  };
}

/** A mail as it came. Refuses: `remittance_mail_not_found`. */
export async function readMailBytes(tx: Tx, mailId: string): Promise<Uint8Array> {
  const bytes = await findMailBytes(tx, mailId);
  if (!bytes) throw new Refusal('remittance_mail_not_found', { mailId });
  return bytes;
}
