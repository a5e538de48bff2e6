// A long run whose worker is killed in its middle: what each such test stands on, and what holds of its mails.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Chance } from '../../seed/chance.ts';
import { cloneDatabase } from '../support/database.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type Program, Programs } from './programs.ts';
import { openStockedBooks, type StockedBooks } from './stocked-books.ts';

/** A failure names its seed; KILLS_SEED kills at the same moments again. */
export const SEED = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000);
const DONE_MS_MAX = 6 * 60_000;
const LOOK_MS = 20;

/** How such a test is run. */
export const KILLED_RUN = {
  skip: process.platform === 'win32' && 'there is no SIGKILL on Windows',
  timeout: DONE_MS_MAX + 60_000,
};

/** Books, a mail server that takes everything, and workers on them. */
export type Stage = {
  readonly books: StockedBooks;
  readonly mail: MailServer;
  readonly chance: Chance;
  /** Starts a worker, and waits until it runs. */
  startWorker(): Promise<Program>;
};

/** Sets up, with so many customers; all of it ends with the test. */
export async function openStage(t: TestContext, customers: number): Promise<Stage> {
  t.diagnostic(`seed ${SEED} (KILLS_SEED)`);
  const mail = await startMailServer();
  t.after(() => mail.close());
  const programs = new Programs({ SMTP_URL: mail.url });
  // Only workers are killed here, so that a database of the server of all tests will do.
  const { url, drop } = await cloneDatabase();
  t.after(() => programs.close(drop));
  const books = await openStockedBooks(url, customers);
  t.after(() => books.close());
  const startWorker = () => programs.start({ DATABASE_URL: url, QUITTANCE_ROLE: 'worker' });
  return { books, mail, chance: new Chance(SEED), startWorker };
}

/** Waits until something holds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + DONE_MS_MAX; !(await holds()); await sleep(LOOK_MS))
    assert.ok(performance.now() < end, `${what} (seed ${SEED})`);
}

/** Whether no message waits to leave; one that a killed worker had in its hands does not wait, it is in doubt. */
export async function isAllMailed({ find, tenantId }: StockedBooks): Promise<boolean> {
  const waiting = await find(sql`
    select from message m where tenant_id = ${tenantId} and state in ('queued', 'sending')
      and not exists (select from message_attempt a where a.tenant_id = ${tenantId} and a.message_id = m.id
        and a.ended_at is null and m.state = 'sending' and a.started_at < now() - interval '30 seconds') limit 1`);
  return waiting.length === 0;
}

/** Proves that every customer was written to, or that this is in doubt, and nobody twice. */
export async function proveMailedOnce(
  t: TestContext,
  { books, mail }: Stage,
  customers: number,
): Promise<void> {
  // A mail in the hands of the server when the worker was killed is in doubt, whether that was noted by now or not.
  const rows = await books.find(sql<{ state: string; n: number }>`
    select case state when 'sending' then 'unknown' else state end as state, count(*)::int as n
    from message where tenant_id = ${books.tenantId} group by 1`);
  const states = new Map(rows.map(({ state, n }) => [state, n]));
  const readers = mail.received.flatMap(({ envelope }) => envelope.to);
  assert.equal(new Set(readers).size, readers.length, `nobody is written to twice (seed ${SEED})`);
  const [sent, unknown] = [states.get('sent') ?? 0, states.get('unknown') ?? 0];
  assert.equal(sent + unknown, customers, `every message left or is in doubt (seed ${SEED}): ${[...states]}`);
  assert.ok(readers.length >= sent && readers.length <= sent + unknown, 'what is told to be sent was taken');
  t.diagnostic(`${sent} sent, ${unknown} in doubt`);
}
