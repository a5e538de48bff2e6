// SQL of what was drawn before.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';

/** A drawn file, and the SHA-256 (hex) of all that it is made of. */
export type Drawn = { readonly namedBy: string; readonly pdf: Uint8Array };

/** Files that were drawn before, with the day each was used last. */
export async function findDrawn(
  tx: Tx,
  names: readonly string[],
): Promise<readonly (Drawn & { readonly usedOn: PlainDate })[]> {
  return tx.run(sql<Drawn & { usedOn: PlainDate }>`
    select encode(named_by, 'hex') as "namedBy", pdf, used_on as "usedOn" from drawn_document where tenant_id = ${tx.tenantId}
      and named_by in (select decode(h, 'hex') from unnest(${arrayLiteral(names)}::text[]) as h)`);
}

/** Keeps a file that was drawn; drawn by another meanwhile, it is the same. */
export function insertDrawn(tx: Tx, { namedBy, pdf }: Drawn): void {
  tx.write(sql`insert into drawn_document (tenant_id, named_by, pdf, used_on)
    values (${tx.tenantId}, decode(${namedBy}, 'hex'), ${Buffer.from(pdf)}, current_date) on conflict do nothing`);
}

/** Notes that files were used today. */
export function updateUsed(tx: Tx, names: readonly string[]): void {
  tx.write(sql`update drawn_document set used_on = current_date where tenant_id = ${tx.tenantId} and used_on < current_date
    and named_by in (select decode(h, 'hex') from unnest(${arrayLiteral(names)}::text[]) as h)`);
}

/** Takes away what nobody used for so many days, and of the rest what was used longest ago, beyond so many bytes. */
export function deleteDrawn(
  tx: Tx,
  { days, bytesMax }: { readonly days: number; readonly bytesMax: number },
): void {
  tx.write(
    sql`delete from drawn_document where tenant_id = ${tx.tenantId} and used_on < current_date - ${days}::int`,
  );
  tx.write(sql`delete from drawn_document d using (
      select named_by, sum(octet_length(pdf)) over (order by used_on desc, named_by) as bytes
      from drawn_document where tenant_id = ${tx.tenantId}) old
    where d.tenant_id = ${tx.tenantId} and d.named_by = old.named_by and old.bytes > ${bytesMax}::bigint`);
}
