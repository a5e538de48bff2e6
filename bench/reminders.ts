// Reminders: a run over all accounts of a company, from reading what is open to the last message queued; and how fast two workers
// hand messages over to a mail server on this machine, beside handing over the same bytes with nothing in between.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { closeSmtp, openSmtp, sendMail } from '#carriers/send-mail.ts';
import { performRun, startReminderRun } from '#collections/remind-customers.ts';
import { carryOut } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, TenantId } from '#kernel/id.ts';
import { generateLedger } from './generate-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { timed, timedEach } from './measure.ts';
import { type ResultRow, remark } from './results.ts';

const TENANT = 'b7000001-0000-7000-8000-000000000000' as TenantId;
const ITEMS_AN_ACCOUNT = 10;
/** Of 136 invoices 100 are open. */
const INVOICES_AN_ITEM = 1.36;
const WORKERS = 2;
/** As many connections as a worker has. */
const CONNECTIONS = 3;
const WARM_UP = 20;
const HANDED_OVER_MAX = 400;
const SECONDS_MAX = 120;
const LOOK_MS = 50;

type Mail = { readonly to: string; readonly raw: Uint8Array };

/** Measures a run and the sending of what it queued. */
export async function measureReminders(
  ground: Ground,
  options: { readonly items: number },
): Promise<readonly ResultRow[]> {
  const customers = Math.ceil(options.items / ITEMS_AN_ACCOUNT);
  const companyId = await makeBooks(ground, customers, Math.ceil(options.items * INVOICES_AN_ITEM));
  const context = () => contextIn(TENANT);
  const clock = Temporal.Now.instant;
  const tools = { door: ground.door, clock, contextOf: async () => context() };
  const deciding = await timed(async () => {
    const { runs } = await carryOut(ground.door, context(), startReminderRun, { companyId });
    for (const { runId } of runs) await performRun(tools, TENANT, runId);
  });
  const counts = await countOf(ground);
  const decided = remark(
    `reminders: ${counts.items.toLocaleString('en')} open items of ${customers.toLocaleString('en')} accounts decided and queued`,
    `${(deciding / 1_000).toFixed(1)} s, ${Math.round((counts.items * 1_000) / deciding)} items and ${Math.round(
      (counts.messages * 1_000) / deciding,
    )} messages a second`,
  );
  return [decided, await measureSending(ground, counts.messages)];
}

async function makeBooks(ground: Ground, customers: number, invoices: number): Promise<CompanyId> {
  const { today } = contextIn(TENANT);
  const superuser = await ground.connectSuperuser();
  try {
    const size = { customers, invoices, issuedDays: 150, tenantId: TENANT, today };
    const companyId = await generateLedger(superuser, size);
    await superuser.query(
      `insert into contact (tenant_id, id, customer_id, name, email, role)
       select tenant_id, id, id, 'Accounts', lower(number) || '@customer.example', 'reminders' from customer where tenant_id = $1`,
      [TENANT],
    );
    await superuser.query(`update company set email = 'ar@creditor.example' where tenant_id = $1`, [TENANT]);
    await superuser.query('vacuum (analyze) contact');
    return companyId as CompanyId;
  } finally {
    await superuser.end();
  }
}

async function countOf(ground: Ground): Promise<{ readonly items: number; readonly messages: number }> {
  const superuser = await ground.connectSuperuser();
  try {
    const { rows } = await superuser.query<{ items: number; messages: number }>(
      `select (select count(*) from open_item where tenant_id = $1 and open_minor > 0)::int as items,
        (select count(*) from message where tenant_id = $1)::int as messages`,
      [TENANT],
    );
    return present(rows[0], 'counting gives a row');
  } finally {
    await superuser.end();
  }
}

async function measureSending(ground: Ground, queued: number): Promise<ResultRow> {
  const wanted = Math.min(queued, HANDED_OVER_MAX);
  const sink = await openSink();
  const dataDir = await mkdtemp(join(tmpdir(), 'quittance-bench-'));
  const workers: ChildProcess[] = [];
  try {
    for (let n = 0; n < WORKERS; n += 1) workers.push(startWorkerProcess(ground, dataDir, sink.url));
    const ours = await rateOf(sink, wanted);
    for (const worker of workers.splice(0)) await stopped(worker);
    const mails = sink.taken.slice(0, wanted);
    const raw = await sendRaw(sink.url, mails);
    const kilobytes = mails.reduce((sum, mail) => sum + mail.raw.length, 0) / mails.length / 1_000;
    return {
      subject: `reminders: handed over by ${WORKERS} workers, ${kilobytes.toFixed(0)} kB each with the invoices drawn`,
      ours: `${ours.toFixed(1)} a second of ${mails.length}`,
      straight: `the same bytes, nothing else: ${raw.toFixed(0)} a second`,
      ratio: (raw / ours).toFixed(1),
      aim: '',
      isMet: undefined,
    };
  } finally {
    for (const worker of workers) await stopped(worker);
    await sink.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Sink = { readonly url: string; readonly taken: readonly Mail[]; close(): Promise<void> };

/** A mail server on this machine that takes everything. */
async function openSink(): Promise<Sink> {
  const taken: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(chunks) });
        done();
      });
    },
  });
  // A worker that is ended hangs up in the middle; that is no trouble of the sink.
  server.on('error', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Messages a second that come in, once the first have come. */
async function rateOf(sink: Sink, wanted: number): Promise<number> {
  const end = performance.now() + SECONDS_MAX * 1_000;
  while (sink.taken.length < WARM_UP && performance.now() < end) await sleep(LOOK_MS);
  const [begun, first] = [performance.now(), sink.taken.length];
  while (sink.taken.length < wanted && performance.now() < end) await sleep(LOOK_MS);
  return ((sink.taken.length - first) * 1_000) / (performance.now() - begun);
}

async function sendRaw(url: string, mails: readonly Mail[]): Promise<number> {
  const pools = Array.from({ length: WORKERS }, () => openSmtp(url));
  const each = await timedEach(mails.length, WORKERS * CONNECTIONS, async (index, lane) => {
    const { to, raw } = present(mails[index], 'there are so many');
    const pool = present(pools[lane % WORKERS], 'each worker has its connections');
    await sendMail(pool, { from: 'ar@creditor.example', to: [to] }, raw);
  });
  for (const pool of pools) closeSmtp(pool);
  return 1_000 / each;
}

function startWorkerProcess(ground: Ground, dataDir: string, smtpUrl: string): ChildProcess {
  return fork(new URL('./work.ts', import.meta.url), [ground.databaseUrl, dataDir], {
    env: { ...process.env, SMTP_URL: smtpUrl },
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}
