// Reading what people said of the columns of gateways' payout reports.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import type { KeptPayoutColumns } from '#formats/payout-columns.ts';
import { readActorNames } from '#identity/read-people.ts';
import type * as contract from './contract.ts';
import { findColumns } from './store.ts';

/** What counts of what people said, to read files by. */
export async function readKeptColumns(tx: Tx): Promise<readonly KeptPayoutColumns[]> {
  const rows = await findColumns(tx);
  return rows.map(({ key, columns }) => ({ key, columns }));
}

/** What people said, by the name of the gateway. */
export async function readPayoutColumns(tx: Tx): Promise<z.input<typeof contract.listPayoutColumns.reply>> {
  const rows = await findColumns(tx);
  const names = await readActorNames(
    tx,
    rows.map((row) => row.said_by),
  );
  return {
    rows: rows.map((row) => ({
      columnsId: row.id,
      gateway: row.gateway,
      headings: [...row.headings],
      columns: { ...row.columns, texts: [...row.columns.texts], words: [...row.columns.words] },
      version: row.version,
      saidBy: names.get(row.said_by) ?? row.said_by,
      saidAt: row.said_at.toString(),
    })),
  };
}
