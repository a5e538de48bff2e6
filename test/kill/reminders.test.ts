// A run of reminders whose worker is killed in its middle, again and again: while it asks who is to hear what, and while mails leave
// slowly. In the end each customer heard its step once, or that is in doubt and said so; nothing passed the send gate unseen.
//
// Seen to fail: with mails handed over before the transaction that lets them leave, 64 came for 60 customers.
// In a process of its own: it kills programs, again and again, which takes long.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { startReminderRun } from '#collections/remind-customers.ts';
import { SENDING_AT_ONCE_MAX } from '#delivery/message.ts';
import { present } from '#kernel/assert.ts';
import { isAllMailed, KILLED_RUN, openStage, proveMailedOnce, SEED, until } from './killed-run.ts';
import { killAll } from './programs.ts';
import type { StockedBooks } from './stocked-books.ts';

const CUSTOMERS = 60;
const KILLS = 3;
/** How long the mail server thinks about each message, so that kills fall into that. */
const MAIL_DELAY_MS = 300;

test(
  'a run of reminders whose worker is killed in its middle ends with each step said once',
  KILLED_RUN,
  async (t) => {
    const stage = await openStage(t, CUSTOMERS);
    const { books, mail, chance, startWorker } = stage;
    mail.behave({ answerDelayMs: MAIL_DELAY_MS });
    let running = await startWorker();
    await books.act(startReminderRun, { companyId: books.companyId });
    await sleep(chance.whole(0, 1_500));
    killAll([running.pid]);
    let before = mail.received.length;
    for (let kill = 2; kill <= KILLS; kill += 1) {
      running = await startWorker();
      const wanted = before + chance.whole(3, Math.floor(CUSTOMERS / (KILLS + 1)));
      await until(`${wanted} mails left`, async () => mail.received.length >= wanted);
      // Mostly while the server has a mail in its hands and has not answered.
      await sleep(chance.whole(0, MAIL_DELAY_MS));
      killAll([running.pid]);
      before = mail.received.length;
    }
    mail.behave({});
    await startWorker();
    await until('the runs are over and nothing waits', () => isOver(books));

    await proveMailedOnce(t, stage, CUSTOMERS);
    const { claims, unjudged, taken, inDoubt } = await countsOf(books);
    assert.equal(claims, CUSTOMERS, `each step is claimed once (seed ${SEED})`);
    assert.equal(unjudged, 0, `each handing over has its one result of the gate (seed ${SEED})`);
    assert.ok(
      inDoubt <= KILLS * SENDING_AT_ONCE_MAX,
      `five of each kill at most are in doubt (seed ${SEED})`,
    );
    assert.equal(taken, 0, `no message was taken twice (seed ${SEED})`);
  },
);

async function isOver(books: StockedBooks): Promise<boolean> {
  const { find, tenantId } = books;
  const running = await find(sql`
    select from reminder_run where tenant_id = ${tenantId} and finished_at is null limit 1`);
  return running.length === 0 && (await isAllMailed(books));
}

async function countsOf({ find, tenantId }: StockedBooks) {
  const [counts] = await find(sql<{ claims: number; unjudged: number; taken: number; inDoubt: number }>`
    select (select count(*) from message m where tenant_id = ${tenantId} and (state = 'unknown' or state = 'sending' and exists
        (select from message_attempt a where a.tenant_id = m.tenant_id and a.message_id = m.id and a.is_handed
          and a.ended_at is null)))::int as "inDoubt",
      (select count(*) from reminder_item where tenant_id = ${tenantId})::int as claims,
      (select count(*) from message_attempt a where a.tenant_id = ${tenantId} and 1 <> (select count(*) from gate_result g
        where g.tenant_id = ${tenantId} and g.message_id = a.message_id and g.attempt_no = a.attempt_no
          and g.verdict = 'passed'))::int as unjudged,
      (select count(*) from (select from message_attempt where tenant_id = ${tenantId} and outcome = 'sent'
        group by message_id having count(*) > 1) twice)::int as taken`);
  return present(counts, 'they are counted');
}
