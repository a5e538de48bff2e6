// Jobs of sending: many messages in one, and what becomes of those with which something goes wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '#command/command.ts';
import type { RunningJob } from '#jobs/job.ts';
import { present } from '#kernel/assert.ts';
import { type CompanyId, type CustomerId, type MessageId, newId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { aQueuedMessage, isSending, mailToolsOf, messagesOf, sourceSaying } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { deliveryJobs } from './jobs.ts';
import { messageIdsOf, queueMessages, SEND_TOGETHER_QUEUE, sendingJob } from './queue-message.ts';

const queueTogether: Command<
  { readonly companyId: CompanyId; readonly customerIds: readonly CustomerId[] },
  readonly MessageId[]
> = {
  name: 'queue-together',
  permission: 'reminder.send',
  async run(act, { companyId, customerIds }) {
    const company = await takeCompany(act, companyId);
    const customers = await Promise.all(customerIds.map((id) => takeCustomer(act, id)));
    return queueMessages(
      act,
      customers.map((customer) => ({
        company,
        customer,
        purpose: 'reminder',
        recipient: 'jana@capek.example',
        language: 'en',
        runOn: act.today,
      })),
    );
  },
};

async function aJobOf(count: number) {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant);
  const ids: MessageId[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await aQueuedMessage(tenant, companyId)).messageId);
  tenant.jobs.length = 0;
  const unreadable = new Set<MessageId>();
  const source = sourceSaying({ text: 'RE-1', recipient: 'jana@capek.example', wrote: 0 });
  const reading: typeof source = {
    ...source,
    read: async (tx, message, now) => {
      if (unreadable.has(message.id)) throw new Error('it cannot be read');
      return source.read(tx, message, now);
    },
  };
  const warned: string[] = [];
  const given = mailToolsOf(tenant, [reading]);
  const tools = {
    ...given,
    log: { ...given.log, warn: (_seen: object, said: string) => void warned.push(said) },
  };
  const job: RunningJob = { tenantId: tenant.tenantId, payload: { messageIds: ids }, jobId: newId() };
  const work = async ({ ending = new AbortController().signal, by = tools } = {}) => {
    const { together } = present(deliveryJobs(by)[SEND_TOGETHER_QUEUE], 'messages are sent by jobs');
    return (await present(together, 'many at a time').handle(tenant.tenantId, [job], ending))[0];
  };
  const states = async () => (await messagesOf(tenant)).map(({ state }) => state);
  return { tenant, tools, ids, unreadable, warned, work, states };
}

test('messages that are queued together share jobs; one alone has its own, by which it is known', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerIds: CustomerId[] = [];
  for (let n = 0; n < 60; n += 1) customerIds.push(await aCustomer(tenant));
  const queue = async (some: readonly CustomerId[]) => {
    tenant.jobs.length = 0;
    const ids = await tenant.act('collector', queueTogether, { companyId, customerIds: some });
    return { ids, jobs: tenant.jobs.filter(isSending) };
  };
  const many = await queue(customerIds);
  assert.deepEqual(
    many.jobs.map(({ payload }) => messageIdsOf(payload).length),
    [25, 25, 10],
  );
  assert.deepEqual(
    many.jobs.flatMap(({ payload }) => messageIdsOf(payload)),
    many.ids,
  );
  const one = await queue(customerIds.slice(0, 1));
  assert.deepEqual(one.jobs, [sendingJob(present(one.ids[0], 'one was queued'))]);
  assert.deepEqual((await queue([])).jobs, []);
});

test('of the messages of a job the one that cannot be sent is tried again by itself', async () => {
  const { tenant, ids, unreadable, warned, work, states } = await aJobOf(3);
  const [, second] = ids;
  unreadable.add(present(second, 'there are three'));
  assert.equal(await work(), undefined, 'the job is done');
  assert.deepEqual(await states(), ['sent', 'queued', 'sent']);
  assert.deepEqual(tenant.jobs, [sendingJob(present(second, 'there are three'))]);
  assert.deepEqual(warned, ['messages could not be sent and are tried again, each by itself']);
});

test('a job of messages is tried again where those that went wrong cannot be given jobs', async () => {
  const { tools, ids, unreadable, work, states } = await aJobOf(3);
  unreadable.add(present(ids[0], 'there are three'));
  const door = { ...tools.door, enqueue: () => Promise.reject(new Error('no queue')) };
  assert.match(String(await work({ by: { ...tools, door } })), /it cannot be read/);
  assert.deepEqual(await states(), ['queued', 'sent', 'sent']);
  unreadable.clear();
  assert.equal(await work(), undefined);
  assert.deepEqual(await states(), ['sent', 'sent', 'sent']);
});

test('a job that a process leaves because it ends is done by another', async () => {
  const { tenant, work, states } = await aJobOf(3);
  assert.match(String(await work({ ending: AbortSignal.abort() })), /left to another worker/);
  assert.deepEqual([await states(), tenant.jobs], [['queued', 'queued', 'queued'], []]);
  assert.equal(await work(), undefined);
  assert.deepEqual(await states(), ['sent', 'sent', 'sent']);
});
