// How fast two workers hand reminders over to a mail server on this machine: words alone, with invoices that are drawn now, and with
// the same invoices once they were drawn; beside the mail server alone, and drawing alone.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeSmtp, openSmtp, sendMail } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { printInvoice, readPrintables } from '#invoicing/print-invoice.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId, TenantId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import program from '../package.json' with { type: 'json' };
import type { Ground } from './ground.ts';
import { openSink, rawOf, type Sink } from './mail-sink.ts';
import { timedEach } from './measure.ts';
import { familyMs, parentOf, processorMs } from './processor-time.ts';
import type { ResultRow } from './results.ts';

const WORKERS = 2;
/** As many connections as a worker has. */
const CONNECTIONS = 5;
const WARM_UP = 20;
const SECONDS_MAX = 120;
const LOOK_MS = 20;
const DRAWN_ALONE = 100;
/** What a mail of words has, and some more. */
const BYTES_A_MAIL = 10_000;

/** How many of what is queued are waited for, what to call them, and how many a second it is to be at least. */
export type SendingWish = { readonly wanted: number; readonly what: string; readonly aMin?: number };

/** Measures the sending of what is queued. */
export async function measureSending(
  ground: Ground,
  { wanted, what, aMin }: SendingWish,
): Promise<ResultRow> {
  const sink = await openSink(wanted * BYTES_A_MAIL);
  const dataDir = await mkdtemp(join(tmpdir(), 'quittance-bench-'));
  const workers: ChildProcess[] = [];
  try {
    for (let n = 0; n < WORKERS; n += 1) workers.push(startWorkerProcess(ground, dataDir, sink.url));
    const spent = await spentBy(ground, workers);
    const ours = await rateOf(sink, wanted, spent.begin);
    const costs = spent.end(sink.taken.length - WARM_UP);
    for (const worker of workers.splice(0)) await stopped(worker);
    const mails = sink.taken.slice(0, wanted).map((mail) => ({ to: mail.to, raw: rawOf(mail) }));
    const raw = await sendRaw(sink.url, mails);
    const kilobytes = mails.reduce((sum, mail) => sum + mail.raw.length, 0) / mails.length / 1_000;
    const files = mails.reduce(
      (sum, { raw: bytes }) => sum + countOf(bytes, 'Content-Type: application/pdf'),
      0,
    );
    return {
      subject: `reminders: handed over by ${WORKERS} workers, ${what}: ${(files / mails.length).toFixed(1)} invoices, ${kilobytes.toFixed(0)} kB each`,
      ours: `${ours.toFixed(1)} a second of ${mails.length}${costs}`,
      straight: `the same bytes, nothing else: ${raw.toFixed(0)} a second`,
      ratio: (raw / ours).toFixed(1),
      aim: aMin === undefined ? '' : `${aMin} a second`,
      isMet: aMin === undefined ? undefined : ours >= aMin,
    };
  } finally {
    for (const worker of workers) await stopped(worker);
    await sink.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Invoices of a tenant drawn a second by one process, with nothing else going on. */
export async function measureDrawing(
  { door }: Ground,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<number> {
  const wanted = ids.slice(0, DRAWN_ALONE) as InvoiceId[];
  const printables = await inTenant(door.pool, tenantId, (tx) => readPrintables(tx, wanted));
  await printInvoice(present(printables[0], 'there are invoices'));
  const each = await timedEach(printables.length, 1, async (index) => {
    await printInvoice(present(printables[index], 'each was read'));
  });
  await closePdf();
  return 1_000 / each;
}

function countOf(bytes: Uint8Array, text: string): number {
  const whole = Buffer.from(bytes);
  let count = 0;
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) count += 1;
  return count;
}

/** Messages a second that come in, once the first have come. */
async function rateOf(sink: Sink, wanted: number, onBegin: () => void): Promise<number> {
  const end = performance.now() + SECONDS_MAX * 1_000;
  while (sink.taken.length < WARM_UP && performance.now() < end) await sleep(LOOK_MS);
  onBegin();
  const [begun, first] = [performance.now(), sink.taken.length];
  while (sink.taken.length < wanted && performance.now() < end) await sleep(LOOK_MS);
  return ((sink.taken.length - first) * 1_000) / (performance.now() - begun);
}

/** What a message cost of processor time, in words: of the workers, PostgreSQL, and the mail server, which is this process. */
async function spentBy(ground: Ground, workers: readonly ChildProcess[]) {
  const postgres = await serverProcess(ground);
  const read = (): readonly number[] | undefined => {
    const ours = workers.map(({ pid }) => processorMs(present(pid, 'a worker that runs has a number')));
    const theirs = familyMs(postgres);
    const { user, system } = process.cpuUsage();
    if (theirs === undefined || ours.includes(undefined)) return undefined;
    return [ours.reduce<number>((sum, ms) => sum + (ms ?? 0), 0), theirs, (user + system) / 1_000];
  };
  let before = read();
  return {
    begin: () => {
      before = read();
    },
    end: (messages: number): string => {
      const after = read();
      if (!before || !after) return '';
      const [node, database, sink] = after.map((ms, i) => ((ms - (before?.[i] ?? 0)) / messages).toFixed(2));
      return `; processor time each: workers ${node} ms, PostgreSQL ${database} ms, mail server ${sink} ms`;
    },
  };
}

/** The process of the server all of PostgreSQL's processes belong to. */
export async function serverProcess(ground: Ground): Promise<number> {
  const client = await ground.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return parentOf(present(rows[0], 'a connection has a process').pid) ?? 0;
  } finally {
    await client.end();
  }
}

type Mail = { readonly to: string; readonly raw: Uint8Array };

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

/** What `npm start` tells Node. */
function nodeFlags(): readonly string[] {
  return program.scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

function startWorkerProcess(ground: Ground, dataDir: string, smtpUrl: string): ChildProcess {
  return fork(new URL('./work.ts', import.meta.url), [ground.databaseUrl, dataDir], {
    env: { ...process.env, SMTP_URL: smtpUrl },
    execArgv: [...nodeFlags(), ...(process.env.BENCH_WORKER_FLAGS?.split(' ') ?? [])],
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    // Flags such as --cpu-prof want an end of its own.
    if (process.env.BENCH_WORKER_FLAGS) child.disconnect();
    else child.kill('SIGKILL');
  });
}
