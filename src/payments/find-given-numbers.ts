// Whose number money was paid to: numbers of accounts that the company gave to its customers name their payer for certain.

import type { Tx } from '#db/transaction.ts';
import type { StatementDetail } from '#formats/bank-statement-shape.ts';
import type { CustomerId } from '#kernel/id.ts';
import { readGiven } from '#receiving/read-receiving.ts';
import { numbersSaid, payerBy } from '#receiving/receiving-account.ts';
import type { Arrived } from './match-receipts.ts';

/** The customer whose number each receipt of one company and currency was paid to, in their order; `details` as they are kept of lines. */
export async function findGivenNumbers(
  tx: Tx,
  arrived: readonly Arrived[],
  details: readonly unknown[],
): Promise<readonly ({ readonly customerId: CustomerId; readonly account: string } | undefined)[]> {
  const [first] = arrived;
  if (first === undefined) return [];
  const said = arrived.map(({ texts }, index) => {
    const kept = details[index] as { readonly details?: readonly StatementDetail[] } | null | undefined;
    return numbersSaid(kept?.details ?? [], texts);
  });
  const pool = { companyId: first.companyId, currency: first.amount.currency };
  const given = await readGiven(tx, pool, [...new Set(said.flat())]);
  return said.map((numbers) => payerBy(numbers, given));
}
