import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aReader, remindOn } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { inboxJobs } from './jobs.ts';
import { INBOX_QUEUE } from './queues.ts';
import { routes } from './routes.ts';

/** A customer that owes two companies and answers the reminder of the first, without naming an invoice. */
async function setting(words: string) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const first = await aCompany(tenant, { email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG', email: 'jana@buyer.example' });
  const owe = (companyId: CompanyId) =>
    anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-10', dueOn: '2026-02-09' });
  const own = await owe(first);
  await remindOn(tenant, '2026-03-02');
  const other = await owe(await aCompany(tenant));
  const [message] = await messagesOf(tenant);
  const raw = Buffer.from(
    [
      'From: <jana@buyer.example>',
      'To: <ar@creditor.example>',
      'Subject: Re: your reminder',
      'Message-ID: <answer@buyer.example>',
      `In-Reply-To: <${present(message, 'a reminder').message_header}>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      words,
    ].join('\r\n'),
  );
  const tools = { ...toolsOf(tenant), dataDir: '' };
  await takeInbound(tools, tenant.tenantId, { to: [], raw });
  for (const job of tenant.jobs.splice(0).filter(({ queue }) => queue === INBOX_QUEUE))
    await inboxJobs(tools)[INBOX_QUEUE]?.({ tenantId: tenant.tenantId, payload: job.payload, jobId: 'x' });
  const ask = await serveTo(tenant, routes);
  const [row] = (await ask('collector', contract.listConversations, { query: { show: 'all' } })).reply.rows;
  const params = { conversationId: present(row, 'a conversation').conversationId };
  const { rows } = (await ask('collector', contract.listConversationEntries, { params })).reply;
  const proposals = rows.flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []));
  const accept = (intent: string, body = {}) =>
    ask('collector', contract.acceptProposal, {
      params: {
        proposalId: present(
          proposals.find((one) => one.intent === intent),
          intent,
        ).proposalId,
      },
      body,
    });
  const query = <T>(of: ReturnType<typeof sql<T>>) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(of));
  return { tenant, own, other, accept, query };
}

test('a promise in answer to one company is about what is owed to it, not to another', async () => {
  const { own, accept, query } = await setting('We will pay everything on 10 March.');
  const { status, code } = await accept('promise');
  assert.equal(status, 200, String(code));
  const items = await query(sql<{ item_id: string }>`select item_id from promise_part`);
  assert.deepEqual([...new Set(items.map((row) => row.item_id))], [own.itemId]);
});

test('paid already in answer to one company lets chasing of another go on', async () => {
  const { own, accept, query } = await setting('We have already paid this last week.');
  const { status, code } = await accept('paid_already');
  assert.equal(status, 200, String(code));
  const holds = await query(sql<{ scope: string; item_id: string | null }>`select scope, item_id from hold`);
  assert.deepEqual(holds, [{ scope: 'item', item_id: own.itemId }]);
});

test('a dispute in answer to one company disputes nothing of another', async () => {
  const { own, accept, query } = await setting('The goods were damaged, we do not accept this.');
  const { status, code } = await accept('dispute');
  assert.equal(status, 200, String(code));
  const items = await query(sql<{ item_id: string }>`select item_id from dispute_item`);
  assert.deepEqual(
    items.map((row) => row.item_id),
    [own.itemId],
  );
});

test('what a person chooses may be of another company: somebody looked at it', async () => {
  const { other, accept, query } = await setting('We will pay everything on 10 March.');
  const { status, code } = await accept('promise', { itemIds: [other.itemId] });
  assert.equal(status, 200, String(code));
  const items = await query(sql<{ item_id: string }>`select item_id from promise_part`);
  assert.deepEqual([...new Set(items.map((row) => row.item_id))], [other.itemId]);
});
