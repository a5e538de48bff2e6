// The whole way through the real queue: a run is started, two workers carry it out and send its mail, and every customer
// gets one message.

import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { closeSmtp, openSmtp, sendMail } from '#carriers/send-mail.ts';
import { collectionsJobs } from '#collections/jobs.ts';
import { startReminderRun } from '#collections/remind-customers.ts';
import { reminderSource } from '#collections/write-reminder.ts';
import { deliveryJobs } from '#delivery/jobs.ts';
import type { Transport } from '#delivery/send-message.ts';
import { openLog } from '#http/log.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { openJobs } from '#jobs/queue.ts';
import { startWorker } from '../../src/worker.ts';
import { aCompany, anInvoice } from '../support/builders.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { messagesOf } from '../support/mail.ts';
import { startMailServer } from '../support/mail-server.ts';
import { aReader, stepsSaid } from '../support/reminders.ts';
import { newTenant } from '../support/tenant.ts';

const CUSTOMERS = 12;

test('two workers carry out the same run twice and send it: one message arrives for each customer', async () => {
  const log = openLog({ role: 'test', level: 'silent' });
  const databaseUrl = await testDatabaseUrl();
  const server = await startMailServer();
  const smtp = openSmtp(server.url);
  const transport: Transport = { kind: 'smtp', send: (envelope, raw) => sendMail(smtp, envelope, raw) };
  const jobs = await openJobs(databaseUrl, { log });
  const tenant = await newTenant({ on: '2026-01-02', enqueue: jobs.enqueue });
  const handlers = (tools: JobTools) => ({
    ...deliveryJobs({ ...tools, transport, sources: [reminderSource] }),
    ...collectionsJobs(tools),
  });
  const start = () =>
    startWorker({
      databaseUrl,
      dataDir: tmpdir(),
      log,
      clock: tenant.clock,
      tables: { handlers, schedules: [] },
    });
  const workers = await Promise.all([start(), start()]);
  try {
    const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
    for (let n = 0; n < CUSTOMERS; n += 1)
      await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn: '2026-02-01' });
    tenant.on('2026-02-08');
    await tenant.act('collector', startReminderRun, {});
    await tenant.act('collector', startReminderRun, {});

    const deadline = Date.now() + 30_000;
    const states = async () => (await messagesOf(tenant)).map((message) => message.state);
    while ((await states()).filter((state) => state === 'sent').length < CUSTOMERS && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100));

    assert.deepEqual([...new Set(await states())], ['sent']);
    assert.equal((await stepsSaid(tenant)).length, CUSTOMERS);
    assert.equal(server.received.length, CUSTOMERS);
    const readers = server.received.flatMap((mail) => mail.envelope.to);
    assert.equal(new Set(readers).size, CUSTOMERS);
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await jobs.close();
    closeSmtp(smtp);
    await server.close();
  }
});
