// Reading the addresses for remittances.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import type * as contract from './contract.ts';
import { wholeAddress } from './make-mailbox-address.ts';
import { findOpen } from './store.ts';

/** The mailboxes that take mail. */
export async function readMailboxes(tx: Tx): Promise<z.input<typeof contract.listMailboxes.reply>> {
  const rows = await findOpen(tx);
  const names = await readActorNames(
    tx,
    rows.map((row) => row.opened_by),
  );
  return {
    rows: rows.map((row) => ({
      mailboxId: row.id,
      companyId: row.company_id,
      address: wholeAddress(tx.tenantId, row),
      openedBy: names.get(row.opened_by) ?? row.opened_by,
      openedAt: row.opened_at.toString(),
    })),
  };
}
