// SQL of comments. What they are about it reads across, and only reads it.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { CommentedKind } from './comment.ts';

const CUSTOMER_OF: Readonly<Record<CommentedKind, (id: string) => RawBuilder<unknown>>> = {
  customer: (id) => sql`select id as customer_id, tenant_id from customer where id = ${id}::uuid`,
  dispute: (id) => sql`select customer_id, tenant_id from dispute where id = ${id}::uuid`,
  task: (id) => sql`select customer_id, tenant_id from task where id = ${id}::uuid`,
};

/** What a comment is about: its customer, if it has one; nothing where there is no such thing. */
export async function findSubject(
  tx: Tx,
  kind: CommentedKind,
  id: string,
): Promise<{ readonly customer_id: string | null } | undefined> {
  return tx.find(sql<{ customer_id: string | null }>`
    select s.customer_id from (${CUSTOMER_OF[kind](id)}) s where s.tenant_id = ${tx.tenantId}`);
}

/** Keeps a comment. */
export function insertComment(act: Act, row: NewRow<'comment'>): void {
  act.insert('comment', [row]);
}

export type CommentRow = Selectable<DB['comment']>;

/** Comments on one thing, the latest first. */
export async function findComments(
  tx: Tx,
  about: { readonly kind: CommentedKind; readonly id: string },
  page: { readonly after?: readonly [string, string] | undefined; readonly limit: number },
): Promise<readonly CommentRow[]> {
  const after = page.after
    ? sql`and (written_at, id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`
    : sql``;
  return tx.run(
    sql<CommentRow>`
      select * from comment where tenant_id = ${tx.tenantId} and subject_kind = ${about.kind}
        and subject_id = ${about.id}::uuid ${after}
      order by written_at desc, id desc limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}
