// Reminders: a run over all accounts of a company, from reading what is open to the last message queued; the run of the day after,
// when most have nothing to hear; and how fast messages leave (`sending.ts`).

import { performRun, startReminderRun } from '#collections/remind-customers.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { SEND_QUEUE, SEND_TOGETHER_QUEUE, sendingJob } from '#delivery/queue-message.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, MessageId, TenantId } from '#kernel/id.ts';
import { importPolicies, putPoliciesLive } from '#policies/change-policies.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import { generateLedger } from './generate-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { timed } from './measure.ts';
import { familyMs } from './processor-time.ts';
import { type ResultRow, remark } from './results.ts';
import { measureDrawing, measureSending, serverProcess } from './sending.ts';

const TENANT = 'b7000001-0000-7000-8000-000000000000' as TenantId;
const WORDS_TENANT = 'b7000002-0000-7000-8000-000000000000' as TenantId;
const ITEMS_AN_ACCOUNT = 10;
/** Of 136 invoices 100 are open. */
const INVOICES_AN_ITEM = 1.36;
const HANDED_OVER_MAX = 400;
/** Enough that a worker is warm for most of them. */
const WORDS_ACCOUNTS_MAX = 30_000;
const WORDS_A_SECOND_MIN = 500;
const DAY_HOURS = 24;
const MILLION = 1_000_000;
const DECIDED_MS_MAX = 60_000;

/** Measures a run and the sending of what it queued. */
export async function measureReminders(
  ground: Ground,
  options: { readonly items: number },
): Promise<readonly ResultRow[]> {
  const customers = Math.ceil(options.items / ITEMS_AN_ACCOUNT);
  const size = { customers, invoices: Math.ceil(options.items * INVOICES_AN_ITEM) };
  const companyId = await makeBooks(ground, TENANT, size);
  const decided = await measureRun(
    ground,
    companyId,
    0,
    `of ${customers.toLocaleString('en')} accounts, all of which have something to hear`,
  );
  const dayAfter = await measureRun(ground, companyId, 1, 'the day after');
  const wanted = Math.min(await countQueued(ground), HANDED_OVER_MAX);
  const cold = await measureSending(ground, { wanted, what: 'drawn now' });
  const again = await queueAgain(ground);
  const warm = await measureSending(ground, { wanted: again.messages, what: 'drawn before' });
  const alone = await measureDrawing(ground, TENANT, again.invoices);
  return [
    decided,
    dayAfter,
    cold,
    warm,
    remark('reminders: the same invoices drawn by one process, nothing else', `${alone.toFixed(0)} a second`),
  ];
}

/** A run of today, or of a day to come; how many items are open, decided and queued. */
async function measureRun(
  ground: Ground,
  companyId: CompanyId,
  days: number,
  whose: string,
): Promise<ResultRow> {
  const clock = () => Temporal.Now.instant().add({ hours: days * DAY_HOURS });
  const context = () => {
    const now = clock();
    return { ...contextIn(TENANT), now, today: now.toZonedDateTimeISO('UTC').toPlainDate() };
  };
  const tools = { door: ground.door, clock, contextOf: async () => context() };
  const before = await countsOf(ground);
  const postgres = await serverProcess(ground);
  const [spentHere, spentThere] = [process.cpuUsage(), familyMs(postgres)];
  const deciding = await timed(async () => {
    const { runs } = await carryOut(ground.door, context(), startReminderRun, { companyId });
    for (const { runId } of runs) await performRun(tools, TENANT, runId);
  });
  const { items, messages } = await countsOf(ground);
  const queued = messages - before.messages;
  const { user, system } = process.cpuUsage(spentHere);
  const database = familyMs(postgres);
  const costs =
    spentThere === undefined || database === undefined
      ? ''
      : `; processor time of an item: program ${((user + system) / items).toFixed(0)} µs, PostgreSQL ${(
          ((database - spentThere) * 1_000) / items
        ).toFixed(0)} µs`;
  const aim = items >= MILLION ? { msMax: DECIDED_MS_MAX } : {};
  return remark(
    `reminders: ${items.toLocaleString('en')} open items decided, ${whose}`,
    `${(deciding / 1_000).toFixed(1)} s, ${Math.round((items * 1_000) / deciding)} items and ${Math.round(
      (queued * 1_000) / deciding,
    )} messages a second, ${queued.toLocaleString('en')} queued${costs}`,
    aim,
    deciding,
  );
}

/** Sends reminders that carry nothing: what a message costs by itself. */
export async function measureWords(
  ground: Ground,
  { items }: { readonly items: number },
): Promise<ResultRow> {
  const customers = Math.min(WORDS_ACCOUNTS_MAX, items);
  const companyId = await makeBooks(ground, WORDS_TENANT, { customers, invoices: customers * 5 });
  const context = () => contextIn(WORDS_TENANT);
  const steps = [{ offsetDays: 1, phase: 'reminder', attaches: [] }];
  const policies = [{ code: 'all', name: 'All', segment: 'everybody', steps }];
  const file = { format: 'quittance-policies', version: 2, name: 'Words', policies };
  const { setId } = await carryOut(ground.door, context(), importPolicies, { file });
  const live = await inTenant(ground.door.pool, WORDS_TENANT, readLiveSet);
  await carryOut(ground.door, context(), putPoliciesLive, { setId, replaces: live?.id ?? null });
  const { runs } = await carryOut(ground.door, context(), startReminderRun, { companyId });
  const tools = { door: ground.door, clock: Temporal.Now.instant, contextOf: async () => context() };
  for (const { runId } of runs) await performRun(tools, WORDS_TENANT, runId);
  const wanted = Math.floor((await countQueued(ground, WORDS_TENANT)) * 0.95);
  return measureSending(ground, { wanted, what: 'words alone', aMin: WORDS_A_SECOND_MIN });
}

/** Puts what left back into the queue, as if it had never left, and gives the invoices it spoke of. */
async function queueAgain(
  ground: Ground,
): Promise<{ readonly messages: number; readonly invoices: readonly string[] }> {
  const superuser = await ground.connectSuperuser();
  try {
    // Facts are immutable but here, where a day is lived twice.
    await superuser.query('set session_replication_role = replica');
    const { rows } = await superuser.query<{ document_id: string }>(
      `select i.document_id from message m join reminder_item r on r.tenant_id = m.tenant_id and r.message_id = m.id
        join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
       where m.tenant_id = $1 and m.state in ('sent', 'sending') limit 100`,
      [TENANT],
    );
    await superuser.query('delete from jobs.job where name = any($1)', [[SEND_QUEUE, SEND_TOGETHER_QUEUE]]);
    await superuser.query(
      `with sent as (update message set state = 'queued', sent_at = null, tries = 0 where tenant_id = $1
         and state in ('sent', 'sending') returning id),
       attempts as (delete from message_attempt where tenant_id = $1 returning message_id),
       results as (delete from gate_result where tenant_id = $1 returning message_id)
       select count(*) from sent`,
      [TENANT],
    );
    const sent = await superuser.query<{ id: string }>(
      `select m.id from message m join event e on e.tenant_id = m.tenant_id and e.subject_id = m.id and e.type = 'message.sent'
       where m.tenant_id = $1`,
      [TENANT],
    );
    const ids = sent.rows.map(({ id }) => id);
    await inTenant(ground.door.pool, TENANT, (tx) =>
      ground.door.enqueue(
        tx,
        ids.map((id) => sendingJob(id as MessageId)),
      ),
    );
    return { messages: ids.length, invoices: rows.map((row) => row.document_id) };
  } finally {
    await superuser.end();
  }
}

async function makeBooks(
  ground: Ground,
  tenantId: TenantId,
  books: { readonly customers: number; readonly invoices: number },
): Promise<CompanyId> {
  const { today } = contextIn(tenantId);
  const superuser = await ground.connectSuperuser();
  try {
    const size = { ...books, issuedDays: 150, tenantId, today };
    const companyId = await generateLedger(superuser, size);
    await superuser.query(
      `insert into contact (tenant_id, id, customer_id, name, email, role)
       select tenant_id, id, id, 'Accounts', lower(number) || '@customer.example', 'reminders' from customer where tenant_id = $1`,
      [tenantId],
    );
    await superuser.query(`update company set email = 'ar@creditor.example' where tenant_id = $1`, [
      tenantId,
    ]);
    await superuser.query('vacuum (analyze) contact');
    return companyId as CompanyId;
  } finally {
    await superuser.end();
  }
}

async function countsOf(ground: Ground): Promise<{ readonly items: number; readonly messages: number }> {
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

async function countQueued(ground: Ground, tenantId = TENANT): Promise<number> {
  const superuser = await ground.connectSuperuser();
  try {
    const { rows } = await superuser.query<{ n: number }>(
      `select count(*)::int as n from message where tenant_id = $1 and state = 'queued'`,
      [tenantId],
    );
    return present(rows[0], 'counting gives a row').n;
  } finally {
    await superuser.end();
  }
}
