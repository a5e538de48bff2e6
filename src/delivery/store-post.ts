// SQL of letters that lie ready, and of the batches they are printed in.

import { type Selectable, sql } from 'kysely';
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

/** Letters of a company that lie ready and are in no batch, locked, the oldest first. Those another prints now are left out. */
export async function lockLetters(tx: Tx, companyId: CompanyId, limit: number): Promise<readonly Message[]> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`
    select * from message where tenant_id = ${tx.tenantId} and company_id = ${companyId} and channel = 'post'
      and state = 'ready' and post_batch_id is null
    order by run_on, id limit ${limit} for update skip locked`);
  return rows.map(toMessage);
}

/** One letter that lies ready in a batch, or in none, locked. */
export async function lockLetterReady(
  tx: Tx,
  id: MessageId,
  batchId: string | null,
): Promise<Message | undefined> {
  const row = await tx.find(sql<Selectable<DB['message']>>`
    select * from message where tenant_id = ${tx.tenantId} and id = ${id} and state = 'ready'
      and post_batch_id is not distinct from ${batchId}::uuid for update`);
  return row && toMessage(row);
}

/** Takes a letter out of a batch that is not printed yet, whose file is to be made anew. */
export function takeOutLetter(act: Act, batchId: string, id: MessageId): void {
  act.write(sql`update message set post_batch_id = null where tenant_id = ${act.tenantId} and id = ${id}`, {
    rows: 1,
    rule: 'the letter is there to be taken out',
  });
  changeUnprinted(act, batchId, -1);
}

/** Puts letters that lie ready in no batch into one that is not printed yet; its file is to be made anew. */
export function putInLetters(act: Act, batchId: string, ids: readonly MessageId[]): void {
  act.write(
    sql`update message set post_batch_id = ${batchId}
      where tenant_id = ${act.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])`,
    { rows: ids.length, rule: 'letters are there to be put in' },
  );
  changeUnprinted(act, batchId, ids.length);
}

function changeUnprinted(act: Act, batchId: string, more: number): void {
  act.write(
    sql`update post_batch set letters = letters + ${more}, file = null, sha256 = null, pages = null, sheets = null,
        contents = '[]'::jsonb
      where tenant_id = ${act.tenantId} and id = ${batchId} and printed_at is null`,
    { rows: 1, rule: 'a batch that is printed stays as it is' },
  );
}

/** The last try of each letter of a batch, to see whether what was joined is still what is in it. */
export async function findTriesOf(
  tx: Tx,
  batchId: string,
): Promise<readonly { readonly messageId: string; readonly attemptNo: number }[]> {
  const rows = await tx.run(sql<{ id: string; attempt_no: number }>`
    select m.id, max(a.attempt_no)::int as attempt_no from message m
    join message_attempt a on a.tenant_id = m.tenant_id and a.message_id = m.id
    where m.tenant_id = ${tx.tenantId} and m.post_batch_id = ${batchId} group by m.run_on, m.id order by m.run_on, m.id`);
  return rows.map((row) => ({ messageId: row.id, attemptNo: row.attempt_no }));
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

/** Notes how many letters of a batch were looked at, of how many. */
export function updateLooked(
  act: Act,
  batchId: string,
  { looked, toLook }: { readonly looked: number; readonly toLook: number },
): void {
  act.write(
    sql`update post_batch set looked = ${looked}, to_look = ${toLook}, worked_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${batchId} and printed_at is null`,
  );
}

/** Counts a letter that was set aside. */
export function updateSetAside(act: Act, batchId: string): void {
  act.write(
    sql`update post_batch set set_aside = set_aside + 1
      where tenant_id = ${act.tenantId} and id = ${batchId} and printed_at is null`,
    { rows: 1, rule: 'a batch that is printed stays as it is' },
  );
}

/** Has a batch that is not printed yet made anew. */
export function updateUnmade(act: Act, batchId: string): void {
  changeUnprinted(act, batchId, 0);
  act.write(
    sql`update post_batch set looked = 0, to_look = 0, worked_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${batchId}`,
  );
}

/** Notes that a batch was asked for again. */
export function updateAskedAgain(act: Act, batchId: string): void {
  act.write(
    sql`update post_batch set worked_at = ${act.now} where tenant_id = ${act.tenantId} and id = ${batchId}`,
    { rows: 1, rule: 'a batch that is held is there' },
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
  /** When it was looked at for the last time and let go to be printed; its file stays as it is from then on. */
  readonly printed_at: Instant | null;
  /** How many of its letters were looked at while it is made, of how many, and how many were set aside. */
  readonly looked: number;
  readonly to_look: number;
  readonly set_aside: number;
  /** When somebody asked for it, or a worker was at it, for the last time. */
  readonly worked_at: Instant;
};

const BATCH = sql`id, company_id, letters, made_at, posted_on, form, pages, sheets, is_duplex, separates,
  file is not null as is_made, printed_at, looked, to_look, set_aside, worked_at`;

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
): Promise<
  (Pick<BatchRow, 'form' | 'letters' | 'printed_at'> & { readonly file: Uint8Array | null }) | undefined
> {
  return tx.find(sql<Pick<BatchRow, 'form' | 'letters' | 'printed_at'> & { file: Uint8Array | null }>`
    select file, form, letters, printed_at from post_batch where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** What is in a batch, letter by letter; nothing where there is no such batch. */
export async function findBatchContents(tx: Tx, id: string): Promise<readonly ListedLetter[] | undefined> {
  const row = await tx.find(sql<{ contents: readonly ListedLetter[] }>`
    select contents from post_batch where tenant_id = ${tx.tenantId} and id = ${id}`);
  return row?.contents;
}

/** Notes that a batch is printed. */
export function updateBatchPrinted(act: Act, id: string, by: string): void {
  act.write(
    sql`update post_batch set printed_at = ${act.now}, printed_by = ${by}
      where tenant_id = ${act.tenantId} and id = ${id} and printed_at is null`,
    { rows: 1, rule: 'a batch is printed once' },
  );
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
