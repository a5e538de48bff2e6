// The SQL of mails to those who decide: how each wants them, and what was told to whom.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Notice, NoticeAbout, NoticeMode } from './notice.ts';

/** How members want to be told, those who ever said. */
export async function findNoticeModes(
  tx: Tx,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, NoticeMode>> {
  const rows = await tx.run(sql<{ user_id: string; mode: NoticeMode }>`
    select user_id, mode from approval_notice_setting
    where tenant_id = ${tx.tenantId} and user_id = any(${arrayLiteral(userIds)}::text[])`);
  return new Map(rows.map((row) => [row.user_id, row.mode]));
}

/** Sets how a member wants to be told. */
export function saveNoticeMode(act: Act, userId: string, mode: NoticeMode): void {
  act.write(sql`
    insert into approval_notice_setting (tenant_id, user_id, mode, changed_at)
    values (${act.tenantId}, ${userId}, ${mode}, ${act.now})
    on conflict (tenant_id, user_id) do update set mode = excluded.mode, changed_at = excluded.changed_at`);
}

/** What was told about requests: by request, version and member. */
export async function findTold(
  tx: Tx,
  approvalIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NoticeAbout[]>> {
  const rows = await tx.run(sql<{
    approval_id: string;
    version: number;
    user_id: string;
    about: NoticeAbout;
  }>`select approval_id, version, user_id, about from approval_notice
    where tenant_id = ${tx.tenantId} and approval_id = any(${arrayLiteral(approvalIds)}::uuid[])`);
  const told = Map.groupBy(rows, (row) => toldKey(row.approval_id, row.version, row.user_id));
  return new Map([...told].map(([key, own]) => [key, own.map((row) => row.about)]));
}

/** One person's knowledge of one version of a request. */
export function toldKey(approvalId: string, version: number, userId: string): string {
  return `${approvalId} ${version} ${userId}`;
}

/** Lets one worker at a time take what is to be told in a tenant, until its transaction ends. */
export async function lockNotices(act: Act): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended('approval-notices ' || ${act.tenantId}, 0))`,
  );
}

/** Notes what a member is about to be told; the second of two at once violates `approval_notice_pkey`. */
export function insertNotices(act: Act, userId: string, notices: readonly Notice[]): void {
  if (notices.length === 0) return;
  act.insert(
    'approval_notice',
    notices.map(({ approvalId, version, about }) => ({
      approval_id: approvalId,
      version,
      user_id: userId,
      about,
      told_at: act.now,
    })),
  );
}

/** Takes notes away of what surely did not reach a member. */
export function deleteNotices(act: Act, userId: string, notices: readonly Notice[]): void {
  for (const { approvalId, version, about } of notices)
    act.write(sql`delete from approval_notice where tenant_id = ${act.tenantId} and approval_id = ${approvalId}
      and version = ${version} and user_id = ${userId} and about = ${about}`);
}
