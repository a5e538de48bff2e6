// SQL of mails of a test, which go to whoever asked for them.

import { sql } from 'kysely';
import type { MailAttachment } from '#carriers/mail-message.ts';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';

/** Where a mail of a test stands. */
export type TestState = 'queued' | 'sending' | 'sent' | 'refused' | 'later' | 'unknown';

export type TestMail = {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly recipient: string;
  readonly subject: string;
  readonly plain: string;
  readonly html: string | null;
  readonly state: TestState;
  readonly answer: string | null;
  readonly asked_by: string;
  readonly asked_at: Instant;
  readonly ended_at: Instant | null;
};

/** Adds a mail of a test with what goes with it. */
export function insertTest(
  act: Act,
  mail: Omit<TestMail, 'state' | 'answer' | 'asked_at' | 'ended_at'>,
  files: readonly MailAttachment[],
): void {
  act.insert('test_mail', [{ ...mail, state: 'queued', answer: null, asked_at: act.now, ended_at: null }]);
  act.insert(
    'test_mail_file',
    files.map((file, index) => ({
      test_mail_id: mail.id,
      file_no: index + 1,
      name: file.name,
      media_type: file.mediaType,
      content: file.content,
    })),
  );
}

/** One mail of a test. */
export async function findTest(tx: Tx, id: string): Promise<TestMail | undefined> {
  return tx.find(sql<TestMail>`select * from test_mail where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** One mail of a test, locked. */
export async function lockTest(tx: Tx, id: string): Promise<TestMail | undefined> {
  return tx.find(
    sql<TestMail>`select * from test_mail where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

/** What goes with a mail of a test, in order. */
export async function findTestFiles(tx: Tx, id: string): Promise<readonly MailAttachment[]> {
  const rows = await tx.run(sql<{ name: string; media_type: string; content: Uint8Array }>`
    select name, media_type, content from test_mail_file
    where tenant_id = ${tx.tenantId} and test_mail_id = ${id} order by file_no`);
  return rows.map((row) => ({ name: row.name, mediaType: row.media_type, content: row.content }));
}

/** Notes where a mail of a test stands; once its end is known, what went with it is let go. */
export function updateTest(act: Act, id: string, state: TestState, answer: string | null): void {
  const ended = state === 'queued' || state === 'sending' ? null : act.now;
  act.write(sql`update test_mail set state = ${state}, answer = ${answer}, ended_at = ${ended}
    where tenant_id = ${act.tenantId} and id = ${id}`);
  if (ended)
    act.write(sql`delete from test_mail_file where tenant_id = ${act.tenantId} and test_mail_id = ${id}`);
}
