// SQL of letters that lie ready, and of the batches they are printed in.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, MessageId } from '#kernel/id.ts';
import type { BatchForm, ListedLetter } from './batch-form.ts';
import type { Message } from './message.ts';
import { toMessage } from './store.ts';

const readyLetters = (tx: Tx, companyId: CompanyId, limit: number): RawBuilder<unknown> => sql`
  select * from message where tenant_id = ${tx.tenantId} and company_id = ${companyId} and channel = 'post'
    and state = 'ready' and post_batch_id is null
  order by run_on, id limit ${limit}`;

/** Letters of a company that lie ready and are in no batch, locked, the oldest first. Those another prints now are left out. */
export async function lockLetters(tx: Tx, companyId: CompanyId, limit: number): Promise<readonly Message[]> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`
    ${readyLetters(tx, companyId, limit)} for update skip locked`);
  return rows.map(toMessage);
}

/** Letters of a company that lie ready and are in no batch, the oldest first. */
export async function findLettersReady(
  tx: Tx,
  companyId: CompanyId,
  limit: number,
): Promise<readonly Message[]> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`${readyLetters(tx, companyId, limit)}`);
  return rows.map(toMessage);
}

/** One letter that lies ready and is in no batch, locked. */
export async function lockLetterReady(tx: Tx, id: MessageId): Promise<Message | undefined> {
  const row = await tx.find(sql<Selectable<DB['message']>>`
    select * from message where tenant_id = ${tx.tenantId} and id = ${id} and state = 'ready' and post_batch_id is null
    for update`);
  return row && toMessage(row);
}

/** The letters of a batch in the order they are printed. */
export async function findLettersOf(tx: Tx, batchId: string): Promise<readonly Message[]> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`
    select * from message where tenant_id = ${tx.tenantId} and post_batch_id = ${batchId} order by run_on, id`);
  return rows.map(toMessage);
}

/** The letters of a batch, locked. */
export async function lockLettersOf(tx: Tx, batchId: string): Promise<readonly Message[]> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`
    select * from message where tenant_id = ${tx.tenantId} and post_batch_id = ${batchId} order by id for update`);
  return rows.map(toMessage);
}

/** Begins a batch, with the letters that are to be in it. */
export function insertBatch(act: Act, batch: NewRow<'post_batch'>, letters: readonly MessageId[]): void {
  act.insert('post_batch', [batch]);
  act.write(
    sql`update message set post_batch_id = ${batch.id}
      where tenant_id = ${act.tenantId} and id = any(${arrayLiteral(letters)}::uuid[]) and post_batch_id is null`,
    { rows: letters.length, rule: 'a letter is in one batch' },
  );
}

/** What a batch is once its letters are joined. */
export type BatchFile = {
  readonly file: Uint8Array;
  readonly sha256: Uint8Array;
  readonly letters: number;
  readonly pages: number | null;
  readonly sheets: number | null;
  readonly contents: readonly ListedLetter[];
};

/** Keeps the file of a batch; letters that had no room in it lie ready again. */
export function saveBatchFile(act: Act, id: string, made: BatchFile, released: readonly MessageId[]): void {
  act.write(
    sql`update post_batch set file = ${Buffer.from(made.file)}, sha256 = ${Buffer.from(made.sha256)},
        letters = ${made.letters}, pages = ${made.pages}, sheets = ${made.sheets},
        contents = ${JSON.stringify(made.contents)}::jsonb
      where tenant_id = ${act.tenantId} and id = ${id} and file is null`,
    { rows: 1, rule: 'a batch is made once' },
  );
  if (released.length === 0) return;
  act.write(
    sql`update message set post_batch_id = null
      where tenant_id = ${act.tenantId} and id = any(${arrayLiteral(released)}::uuid[]) and post_batch_id = ${id}`,
    { rows: released.length, rule: 'a letter is released by its batch' },
  );
}

export type BatchRow = {
  readonly id: string;
  readonly company_id: string;
  readonly letters: number;
  readonly made_at: Instant;
  readonly posted_on: PlainDate | null;
  readonly form: BatchForm;
  readonly pages: number | null;
  readonly sheets: number | null;
  readonly is_duplex: boolean;
  readonly separates: boolean;
  /** Its letters are joined. */
  readonly is_made: boolean;
};

const BATCH = sql`id, company_id, letters, made_at, posted_on, form, pages, sheets, is_duplex, separates,
  file is not null as is_made`;

/** Batches, the newest first. */
export async function findBatches(
  tx: Tx,
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly BatchRow[]> {
  const after = page.after
    ? sql`and (made_at, id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`
    : sql``;
  return tx.run(sql<BatchRow>`
    select ${BATCH} from post_batch
    where tenant_id = ${tx.tenantId} ${after} order by made_at desc, id desc limit ${page.limit}`);
}

/** One batch, locked. */
export async function lockBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  return tx.find(sql<BatchRow>`
    select ${BATCH} from post_batch where tenant_id = ${tx.tenantId} and id = ${id} for update`);
}

/** One batch. */
export async function findBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  return tx.find(sql<BatchRow>`
    select ${BATCH} from post_batch where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** The file of a batch. */
export async function findBatchFile(
  tx: Tx,
  id: string,
): Promise<{ readonly file: Uint8Array | null; readonly form: BatchForm } | undefined> {
  return tx.find(sql<{ file: Uint8Array | null; form: BatchForm }>`
    select file, form from post_batch where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** What is in a batch, letter by letter; nothing where there is no such batch. */
export async function findBatchContents(tx: Tx, id: string): Promise<readonly ListedLetter[] | undefined> {
  const row = await tx.find(sql<{ contents: readonly ListedLetter[] }>`
    select contents from post_batch where tenant_id = ${tx.tenantId} and id = ${id}`);
  return row?.contents;
}

/** Notes that a batch is in the post. */
export function updateBatchPosted(
  act: Act,
  id: string,
  posted: { readonly on: PlainDate; readonly by: string },
): void {
  act.write(
    sql`update post_batch set posted_on = ${posted.on}, posted_by = ${posted.by}
      where tenant_id = ${act.tenantId} and id = ${id} and posted_on is null`,
    { rows: 1, rule: 'a batch is posted once' },
  );
}

/** How many letters of each company lie ready and are in no batch. */
export async function countLetters(
  tx: Tx,
): Promise<readonly { readonly company_id: string; readonly letters: bigint }[]> {
  return tx.run(sql<{ company_id: string; letters: bigint }>`
    select company_id, count(*) as letters from message
    where tenant_id = ${tx.tenantId} and channel = 'post' and state = 'ready' and post_batch_id is null
    group by 1 order by 1`);
}
