// What must hold after each kill, asked of the database and of the mail server, not of the program that was killed.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { openPool, type Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { TenantId } from '#kernel/id.ts';
import { verifyBooks } from '#reporting/verify-books.ts';
import { audit } from '../simulation/auditor.ts';
import type { ReceivedMail } from '../support/mail-server.ts';
import type { Answer, Change, Client } from './client.ts';

/** Where the books of the test lie. */
export type Books = { readonly databaseUrl: string; readonly tenantId: TenantId };

/** Works with a connection of one's own, since those of before do not outlive the database. */
export async function withBooks<T>(books: Books, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(books.databaseUrl, { name: 'quittance kill test', max: 2, onTrouble: () => {} });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** One thing in the books, as one line: kind, id, number, minor units. */
type Written = string;

/** The proof of `quittance verify`, the auditor's, and that what was answered is there, once, as answered, and nothing else. */
export async function proveBooks(books: Books, client: Client, note: string): Promise<void> {
  await withBooks(books, async (pool) => {
    const now = Temporal.Now.instant();
    const today = now.toZonedDateTimeISO('UTC').toPlainDate();
    const proof = await verifyBooks(pool, books.tenantId, { now, today });
    assert.deepEqual(
      proof.checks.filter((check) => !check.holds),
      [],
      `the books hold (${note})`,
    );
    assert.ok(proof.holds, `the totals hold (${note})`);
    await audit(pool, books.tenantId, note, { isAlone: false });
    const written = await findWritten(pool, books.tenantId);
    const answered = client.changes.map(told);
    const lost = answered.filter((one) => !written.includes(one));
    const unasked = written.filter((one) => !answered.includes(one));
    assert.deepEqual({ lost, unasked }, { lost: [], unasked: [] }, `what was answered is there (${note})`);
    assert.deepEqual(repeated(answered), [], `each change has an answer of its own (${note})`);
    proveNumbers(written, note);
  });
}

/** What a client was told about a change. */
function told({ kind, minor, answer }: Change): Written {
  assert.ok(answer, 'every change was answered');
  const [application, run] = [first(answer.applications), first(answer.runs)];
  const ids = {
    invoice: answer.invoiceId,
    payment: answer.paymentId,
    application: application?.applicationId,
    run: run?.runId,
  };
  return `${kind} ${String(ids[kind])} ${String(answer.number ?? '')} ${minor}`;
}

function first(list: unknown): Answer | undefined {
  return Array.isArray(list) ? (list[0] as Answer) : undefined;
}

/** All that stands in the books by the hand of the client. */
async function findWritten(pool: Pool, tenantId: TenantId): Promise<readonly Written[]> {
  const rows = await inTenant(pool, tenantId, (tx) =>
    tx.run(sql<{ line: Written }>`select concat_ws(' ', kind, id, number, minor) as line from (
      select 'invoice' as kind, id, number, total_minor as minor from invoice where tenant_id = ${tenantId}
      union all select 'payment', id, number, amount_minor from payment where tenant_id = ${tenantId}
      union all select 'application', id, '', amount_minor from application where tenant_id = ${tenantId}
      union all select 'run', id, '', 0 from reminder_run where tenant_id = ${tenantId} and started_by like 'api_key:%') w`),
  );
  return rows.map((row) => row.line);
}

/** Invoices and payments are numbered without a gap and without a repeat. */
function proveNumbers(written: readonly Written[], note: string): void {
  for (const kind of ['invoice', 'payment']) {
    const numbers = written
      .filter((one) => one.startsWith(`${kind} `))
      .map((one) => Number(/(\d+) \d+$/.exec(one)?.[1]))
      .sort((a, b) => a - b);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
      `numbers of ${kind}s have no gap (${note})`,
    );
  }
}

/** Jobs that are not done: runs that go on, messages that could leave now, and those handed over after a moment. */
export async function countUndone(books: Books, since: Temporal.Instant): Promise<number> {
  const [row] = await withBooks(books, (pool) =>
    inTenant(pool, books.tenantId, (tx) =>
      tx.run(sql<{ undone: bigint }>`
        select (select count(*) from reminder_run where tenant_id = ${tx.tenantId} and finished_at is null)
          + (select count(*) from message where tenant_id = ${tx.tenantId} and state = 'queued'
              and coalesce(next_try_at, created_at) <= now())
          + (select count(*) from message_attempt where tenant_id = ${tx.tenantId} and ended_at is null
              and started_at > ${since}) as undone`),
    ),
  );
  return Number(row?.undone);
}

export type Mails = {
  readonly sent: number;
  /** Handed over by a process that was killed before it heard the answer. */
  readonly inDoubt: number;
};

type Sent = { readonly header: string; readonly state: string };

/**
 * No mail was taken over twice, nor any invoice twice with whatever mail; what is told to be sent was taken over, what is
 * told to wait was not, and of the rest it is said that nobody knows. Nothing that was due is missing.
 */
export async function proveMails(books: Books, received: readonly ReceivedMail[]): Promise<Mails> {
  const { messages, unsaid } = await withBooks(books, (pool) =>
    inTenant(pool, books.tenantId, async (tx) => {
      const [messages, unsaid] = await Promise.all([
        tx.run(
          sql<Sent>`select message_header as header, state from message where tenant_id = ${tx.tenantId}`,
        ),
        tx.run(sql<{
          reference: string;
        }>`select i.reference from open_item i where i.tenant_id = ${tx.tenantId}
          and i.kind = 'invoice' and i.due_on < current_date and not exists
            (select from reminder_item r where r.tenant_id = i.tenant_id and r.item_id = i.id)`),
      ]);
      return { messages, unsaid };
    }),
  );
  const arrived = received.map((mail) => mail.parsed.messageId?.replace(/^<|>$/g, '') ?? '');
  assert.deepEqual(repeated(arrived), [], 'no message was taken over twice');
  const invoices = received.flatMap((mail) => mail.parsed.attachments.map((file) => file.filename ?? ''));
  assert.deepEqual(repeated(invoices), [], 'no invoice was sent twice for its one step');
  assert.deepEqual(unsaid, [], 'what was due is said');
  const taken = new Set(arrived);
  const states = Map.groupBy(messages, (message) => message.state);
  const headers = (state: string) => (states.get(state) ?? []).map((message) => message.header);
  assert.deepEqual(
    headers('sent').filter((header) => !taken.has(header)),
    [],
    'what is told to be sent was taken over',
  );
  const surelyNot = [...headers('queued'), ...headers('dropped')];
  assert.deepEqual(
    surelyNot.filter((header) => taken.has(header)),
    [],
    'what is told to wait was not taken over',
  );
  assert.deepEqual([...headers('refused'), ...headers('failed')], [], 'no message failed');
  return { sent: headers('sent').length, inDoubt: headers('unknown').length + headers('sending').length };
}

function repeated(all: readonly string[]): readonly string[] {
  return [...Map.groupBy(all, (one) => one)].filter(([, times]) => times.length > 1).map(([one]) => one);
}

/** Messages whose fate somebody still waits for, or that wait for their time. */
export async function countWaiting(books: Books): Promise<number> {
  const [row] = await withBooks(books, (pool) =>
    inTenant(pool, books.tenantId, (tx) =>
      tx.run(sql<{ waiting: bigint }>`select count(*) as waiting from message
        where tenant_id = ${tx.tenantId} and state in ('queued', 'sending')`),
    ),
  );
  return Number(row?.waiting);
}
