import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carryOut } from '#command/command.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { addTask } from '#tasks/add-task.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addComment } from './add-comment.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const { customerId, itemId } = await anInvoice(tenant, { companyId });
  const anna = await aPerson(tenant, 'commenter', 'Anna');
  const ben = await aPerson(tenant, 'collector', 'Ben');
  const ask = await serveTo(tenant, routes);
  const read = async (kind: 'customer' | 'dispute' | 'task', subjectId: string, query = {}) =>
    (await ask('viewer', contract.listComments, { query: { kind, subjectId, ...query } })).reply;
  return { tenant, customerId, itemId, anna, ben, ask, read };
}

test('a customer, a dispute and a task are commented on by somebody who may do nothing else', async () => {
  const { tenant, customerId, itemId, anna, ben, read } = await setting();
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId }],
    reason: 'pricing',
  });
  const { taskId } = await tenant.act('collector', addTask, {
    title: 'Ask',
    dueOn: parseDate('2026-03-04'),
    customerId,
    userId: null,
  });
  const say = (kind: 'customer' | 'dispute' | 'task', subjectId: string, words: string) =>
    carryOut(tenant.door, anna.now(), addComment, { kind, subjectId, words, mentions: [ben.userId] });
  await say('customer', customerId, 'They merge in May');
  await say('dispute', disputeId, 'The price was agreed');
  await say('task', taskId, 'I know whom to ask');
  for (const [kind, id, words] of [
    ['customer', customerId, 'They merge in May'],
    ['dispute', disputeId, 'The price was agreed'],
    ['task', taskId, 'I know whom to ask'],
  ] as const) {
    const { rows } = await read(kind, id);
    assert.deepEqual(
      rows.map((row) => [row.words, row.by, row.mentions]),
      [[words, 'Anna', ['Ben']]],
    );
  }
  const told = (await tenant.events()).filter(({ type }) => type === 'comment.added');
  assert.deepEqual(new Set(told.map((event) => event.customerId)), new Set([customerId]));
});

test('what is not there is not commented on, strangers are not mentioned, and a viewer says nothing', async () => {
  const { tenant, customerId, read } = await setting();
  const say = (given: object, role: 'commenter' | 'viewer' = 'commenter') =>
    tenant.act(role, addComment, {
      kind: 'customer',
      subjectId: customerId,
      words: 'x',
      mentions: [],
      ...given,
    });
  await refusesWithoutTrace(tenant, 'commented_not_found', () => say({ subjectId: newId() }));
  await refusesWithoutTrace(tenant, 'commented_not_found', () => say({ kind: 'dispute' }));
  await refusesWithoutTrace(tenant, 'member_not_found', () => say({ mentions: [newId()] }));
  await refusesWithoutTrace(tenant, 'not_permitted', () => say({}, 'viewer'));
  const other = await setting();
  await refusesWithoutTrace(tenant, 'commented_not_found', () => say({ subjectId: other.customerId }));
  assert.deepEqual((await read('customer', customerId)).rows, []);
});

test('comments go on where a page ended, the latest first', async () => {
  const { tenant, customerId, read } = await setting();
  for (const words of ['one', 'two', 'three'])
    await tenant.act('collector', addComment, {
      kind: 'customer',
      subjectId: customerId,
      words,
      mentions: [],
    });
  const first = await read('customer', customerId, { limit: 2 });
  const second = await read('customer', customerId, { limit: 2, after: first.next });
  assert.deepEqual(
    [...first.rows, ...second.rows].map((row) => row.words),
    ['three', 'two', 'one'],
  );
  assert.equal(second.next, null);
});
