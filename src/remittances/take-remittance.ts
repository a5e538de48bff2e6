// Taking a remittance in hand, for other modules too.

import type { Tx } from '#db/transaction.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findLines, findRemittance, type PlacedLine, type RemittanceRow } from './store.ts';

/** A remittance with its lines as they are read now. */
export type Remittance = RemittanceRow & { readonly lines: readonly PlacedLine[] };

/** A remittance as it is read now; with `lock`, nobody else changes it meanwhile. Refuses: `remittance_not_found`. */
export async function takeRemittance(
  tx: Tx,
  id: string,
  options: { readonly lock?: boolean } = {},
): Promise<Remittance> {
  const row = await findRemittance(tx, id, options);
  if (!row) throw new Refusal('remittance_not_found', { remittanceId: id });
  const lines = (await findLines(tx, [row])).get(row.reading_id) ?? [];
  return { ...row, lines };
}
