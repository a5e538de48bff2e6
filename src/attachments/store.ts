// All SQL of attachments.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { Attachment, AttachmentId, Holder } from './attachment.ts';

/** Keeps bytes under their SHA-256; those that are there already are kept once, and are used anew. */
export function insertContent(tx: Tx, sha256: string, content: Uint8Array, at: Instant): void {
  tx.write(sql`
    insert into attachment_content (tenant_id, sha256, content, recorded_at)
    values (${tx.tenantId}, decode(${sha256}, 'hex'), ${content}, ${at})
    on conflict (tenant_id, sha256) do update
      set recorded_at = greatest(attachment_content.recorded_at, excluded.recorded_at)`);
}

/** Adds files to what they belong to. */
export function insertAttachments(act: Act, attachments: readonly Attachment[]): void {
  act.insert(
    'attachment',
    attachments.map((a) => ({
      id: a.id,
      draft_id: a.draftId,
      document_id: a.documentId,
      message_id: a.messageId,
      sha256: Buffer.from(a.sha256, 'hex'),
      name: a.name,
      media_type: a.mediaType,
      bytes: a.bytes,
      is_supplement: a.isSupplement,
      added_by: a.addedBy,
      recorded_at: a.addedAt,
      removed_at: a.removedAt,
    })),
  );
}

type Row = Selectable<DB['attachment']>;

function toAttachment(row: Row): Attachment {
  return {
    id: row.id as AttachmentId,
    draftId: row.draft_id,
    documentId: row.document_id,
    messageId: row.message_id,
    sha256: Buffer.from(row.sha256).toString('hex'),
    name: row.name,
    mediaType: row.media_type,
    bytes: row.bytes,
    isSupplement: row.is_supplement,
    addedBy: row.added_by,
    addedAt: row.recorded_at,
    removedAt: row.removed_at,
  };
}

/** The files of drafts, documents or messages, those removed aside, in the order they were added. */
export async function findAttachments(tx: Tx, holders: readonly Holder[]): Promise<readonly Attachment[]> {
  const drafts = holders.flatMap((holder) => ('draftId' in holder ? [holder.draftId] : []));
  const documents = holders.flatMap((holder) => ('documentId' in holder ? [holder.documentId] : []));
  const messages = holders.flatMap((holder) => ('messageId' in holder ? [holder.messageId] : []));
  const rows = await tx.run(sql<Row>`
    select * from attachment where tenant_id = ${tx.tenantId} and removed_at is null
      and (draft_id = any(${arrayLiteral(drafts)}::uuid[]) or document_id = any(${arrayLiteral(documents)}::uuid[])
        or message_id = any(${arrayLiteral(messages)}::uuid[]))
    order by recorded_at, id`);
  return rows.map(toAttachment);
}

/** One file, removed or not. */
export async function findAttachment(tx: Tx, id: AttachmentId): Promise<Attachment | undefined> {
  const row = await tx.find(sql<Row>`
    select * from attachment where tenant_id = ${tx.tenantId} and id = ${id}`);
  return row && toAttachment(row);
}

/** The bytes of files, by SHA-256. */
export async function findContents(
  tx: Tx,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await tx.run(sql<{ sha256: string; content: Uint8Array }>`
    select encode(sha256, 'hex') as sha256, content from attachment_content where tenant_id = ${tx.tenantId}
      and sha256 in (select decode(h, 'hex') from unnest(${arrayLiteral(hashes)}::text[]) as h)`);
  return new Map(rows.map((row) => [row.sha256, row.content]));
}

/** Takes a file off its draft, or puts it back. */
export function updateRemoved(act: Act, id: AttachmentId, at: Instant | null): void {
  act.write(
    sql`update attachment set removed_at = ${at}::timestamptz where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'the file was found' },
  );
}

/** Takes files away that were taken off their draft before a moment. */
export function deleteRemoved(tx: Tx, before: Instant): void {
  tx.write(
    sql`delete from attachment where tenant_id = ${tx.tenantId} and removed_at < ${before}::timestamptz`,
  );
}

/**
 * Bytes that no file names and nobody handed in since a moment, locked: whoever hands the same bytes in meanwhile waits, and what
 * is being handed in or attached is passed over.
 */
export async function lockUnused(tx: Tx, before: Instant, limit: number): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ sha256: string }>`
    select encode(sha256, 'hex') as sha256 from attachment_content c
    where tenant_id = ${tx.tenantId} and recorded_at < ${before}::timestamptz
      and not exists (select from attachment a where a.tenant_id = ${tx.tenantId} and a.sha256 = c.sha256)
    order by recorded_at limit ${limit} for update skip locked`);
  return rows.map((row) => row.sha256);
}

/** Takes locked bytes away, unless a file was attached in the moment before they were locked. */
export function deleteUnused(tx: Tx, hashes: readonly string[]): void {
  tx.write(sql`
    delete from attachment_content c where tenant_id = ${tx.tenantId}
      and sha256 in (select decode(h, 'hex') from unnest(${arrayLiteral(hashes)}::text[]) as h)
      and not exists (select from attachment a where a.tenant_id = ${tx.tenantId} and a.sha256 = c.sha256)`);
}
