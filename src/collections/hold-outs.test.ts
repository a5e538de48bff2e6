// Hold-outs from the plan to the message: who is tried does not hear the step, everybody else does, and nobody misses the next one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { stopExperiment } from '#experiments/end-experiment.ts';
import { armOf } from '#experiments/experiment.ts';
import { type StartExperiment, startExperiment } from '#experiments/start-experiment.ts';
import { countEntries, findExperiment } from '#experiments/store.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { writeTemplate } from '#wording/write-template.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { messagesOf } from '../../test/support/mail.ts';
import { aReader, goLive, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

const CUSTOMERS = 12;

/** The subject of the other words. */
const OTHER = 'A gentle word on';

/** Customers that owe the same, some in each part, and an experiment with the first reminder; who is in which part. */
async function setting(given: Partial<StartExperiment>, customersMin = CUSTOMERS) {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  if (given.kind === 'other_words') {
    // Mails without invoices to draw.
    const steps = [{ offsetDays: 7, phase: 'reminder', attaches: [] }];
    await goLive(tenant, { code: 'everybody', segment: 'everybody', steps });
    const words = {
      subject: `${OTHER} {{ items[0].number }}`,
      text: 'Please pay {{ items[0].open | money }}.',
    };
    const other = { companyId, kind: 'other_first_reminder', language: 'en', basedOn: 0, words } as const;
    await tenant.act('owner', writeTemplate, other);
  }
  const { experimentId } = await tenant.act('controller', startExperiment, {
    name: 'Is it worth it?',
    note: 'We will see',
    policyCode: 'everybody',
    offsetDays: 7,
    kind: 'hold_out',
    sharePercent: 50,
    metric: 'share_paid',
    windowDays: 7,
    expected: 10,
    endsOn: parseDate('2026-02-28'),
    ...given,
  });
  const parts: Record<'usual' | 'tried', string[]> = { usual: [], tried: [] };
  const experiment = await inTenant(tenant.pool, tenant.tenantId, (tx) => findExperiment(tx, experimentId));
  assert.ok(experiment);
  let customers = 0;
  while (customers < customersMin || parts.usual.length === 0 || parts.tried.length === 0) {
    customers += 1;
    const customerId = await aReader(tenant);
    const { number } = await anInvoice(tenant, {
      companyId,
      customerId,
      minor: 100_00n,
      dueOn: '2026-02-01',
    });
    parts[armOf(experiment, customerId)].push(number);
  }
  const said = async (on: string) =>
    (await stepsSaid(tenant)).filter((one) => one.startsWith(on)).map((one) => one.split(' ')[1]);
  const entered = async () => {
    const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) => countEntries(tx, [experimentId]));
    return Object.fromEntries(rows.map((row) => [row.arm, row.entered]));
  };
  return { tenant, companyId, experimentId, customers, parts, said, entered };
}

test('who is held out is told nothing of the step, with the reason in the plan, and hears the next one with everybody', async () => {
  const { tenant, customers, parts, said, entered } = await setting({});
  tenant.on('2026-02-08');
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('collector', contract.planReminders, { query: { on: '2026-02-08' } });
  const heldOut = reply.rows.flatMap((row) =>
    row.leftOut.filter(({ reason }) => reason === 'held_out').map(({ reference }) => reference),
  );
  assert.deepEqual(heldOut.sort(), parts.tried.sort());
  // A plan takes nobody in.
  assert.deepEqual(await entered(), {});
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual((await said('2026-02-08')).sort(), parts.usual.sort());
  const all = { usual: parts.usual.length, tried: parts.tried.length };
  assert.deepEqual(await entered(), all);
  await remindOn(tenant, '2026-02-09');
  assert.deepEqual(await said('2026-02-09'), []);
  assert.deepEqual(await entered(), all);
  const next = await remindOn(tenant, '2026-02-22');
  assert.ok(next.length > 0);
  assert.equal((await said('2026-02-22')).length, customers);
});

test('what is tried later is said on its day, and what began before an experiment is none of it', async () => {
  const { tenant, customers, parts, said, entered } = await setting({ kind: 'later', laterDays: 3 });
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual((await said('2026-02-08')).sort(), parts.usual.sort());
  await remindOn(tenant, '2026-02-10');
  assert.deepEqual(await said('2026-02-10'), []);
  await remindOn(tenant, '2026-02-11');
  assert.deepEqual((await said('2026-02-11')).sort(), parts.tried.sort());
  const { usual = 0, tried = 0 } = await entered();
  assert.equal(usual + tried, customers);
});

test('after its last day nobody is held out', async () => {
  const { tenant, customers, said, entered } = await setting({ endsOn: parseDate('2026-02-07') });
  await remindOn(tenant, '2026-02-08');
  assert.equal((await said('2026-02-08')).length, customers);
  assert.deepEqual(await entered(), {});
});

test('who was taken in shortly before the last day is held out until their own window is over; who was not is told', async () => {
  const { tenant, companyId, parts, said } = await setting({
    endsOn: parseDate('2026-02-08'),
    windowDays: 5,
  });
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual((await said('2026-02-08')).sort(), parts.usual.sort());
  const late: string[] = [];
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const customerId = await aReader(tenant);
    late.push((await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-06' })).number);
  }
  await remindOn(tenant, '2026-02-13');
  assert.deepEqual((await said('2026-02-13')).sort(), late.sort());
  await remindOn(tenant, '2026-02-14');
  assert.deepEqual((await said('2026-02-14')).sort(), parts.tried.sort());
});

test('a step that the policy has come to require is said to everybody, and to who was held out before the window is over', async () => {
  const { tenant, companyId, parts, said, entered } = await setting({});
  await remindOn(tenant, '2026-02-08');
  const before = await entered();
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    steps: [{ offsetDays: 7, phase: 'reminder', required: true }],
  });
  const others: string[] = [];
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const customerId = await aReader(tenant);
    others.push((await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-02' })).number);
  }
  await remindOn(tenant, '2026-02-09');
  assert.deepEqual((await said('2026-02-09')).sort(), [...parts.tried, ...others].sort());
  assert.deepEqual(await entered(), before);
});

test('who is tried hears the step in other words, in the preview as in the mail; after the end everybody hears the usual ones', async () => {
  const { tenant, companyId, experimentId, parts, entered } = await setting({ kind: 'other_words' }, 3);
  tenant.on('2026-02-08');
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('collector', contract.planReminders, { query: { on: '2026-02-08' } });
  const looked: Record<'usual' | 'tried', string[]> = { usual: [], tried: [] };
  for (const row of reply.rows) {
    const params = { companyId, customerId: row.customerId };
    const shown = (await ask('collector', contract.previewReminder, { params, query: {} })).reply;
    looked[shown.subject.startsWith(OTHER) ? 'tried' : 'usual'].push(row.items[0]?.reference ?? '');
  }
  assert.deepEqual([looked.usual.sort(), looked.tried.sort()], [parts.usual.sort(), parts.tried.sort()]);
  await remindOn(tenant, '2026-02-08');
  const inOtherWords = async () =>
    (await messagesOf(tenant)).filter(({ subject }) => subject?.startsWith(OTHER)).length;
  await sendReminders(tenant);
  assert.equal(await inOtherWords(), parts.tried.length);
  assert.deepEqual(await entered(), { usual: parts.usual.length, tried: parts.tried.length });
  // What is queued when it ends leaves in the usual words, to who heard the others before too.
  const isTried = (row: (typeof reply.rows)[number]) => parts.tried.includes(row.items[0]?.reference ?? '');
  const customerId = present(reply.rows.find(isTried), 'somebody is tried').customerId as CustomerId;
  await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-02' });
  await remindOn(tenant, '2026-02-09');
  await tenant.act('controller', stopExperiment, { experimentId, note: 'Seen enough' });
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  assert.equal(await inOtherWords(), parts.tried.length);
});

test('other words have to be written, and are those of mails', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  await aCompany(tenant);
  const asked = (offsetDays: number) => ({
    name: 'Gentler',
    note: 'We will see',
    policyCode: 'everybody',
    offsetDays,
    kind: 'other_words' as const,
    sharePercent: 50,
    metric: 'share_paid' as const,
    windowDays: 7,
    expected: 10,
    endsOn: parseDate('2026-02-28'),
  });
  await assert.rejects(tenant.act('controller', startExperiment, asked(7)), {
    code: 'experiment_words_missing',
  });
  const steps = [{ offsetDays: 7, phase: 'reminder', channel: 'post' }];
  await goLive(tenant, { code: 'everybody', segment: 'everybody', steps });
  await assert.rejects(tenant.act('controller', startExperiment, asked(7)), {
    code: 'experiment_words_not_mail',
  });
});
