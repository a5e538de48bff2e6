import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { aCustomer } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { aStaffPost } from '../../test/support/staff-post.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { giveHold } from './change-hold.ts';
import { placeHold } from './place-hold.ts';
import { sendEnds } from './send-ends.ts';

test('an owner gets one mail about a hold that is about to end; what surely did not leave is told the next time', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const customerId = await aCustomer(tenant);
  const { userId } = await aPerson(tenant, 'collector', 'Cole');
  const { holdId } = await tenant.act('collector', placeHold, {
    ...{ customerId, reason: 'asked_for_time', until: parseDate('2026-02-20') },
  });
  await tenant.act('collector', giveHold, { holdId, ownerId: userId });
  const send = async (outcome: 'accepted' | 'trouble' | 'refused') => {
    const { tools, mails } = aStaffPost(tenant, outcome);
    return { left: await sendEnds(tools, tenant.tenantId), mails };
  };
  assert.deepEqual(await send('accepted'), { left: 0, mails: [] }, 'it is long until then');
  tenant.on('2026-02-19');
  const first = await send('trouble');
  assert.deepEqual([first.left, first.mails.length], [0, 1]);
  const again = await send('accepted');
  assert.deepEqual([again.left, again.mails.map((mail) => mail.to)], [1, [`${userId}@people.example`]]);
  assert.match(again.mails[0]?.text ?? '', /2026-02-20/);
  assert.match(again.mails[0]?.text ?? '', /https:\/\/receivables\.example\/[^/]+\/holds/);
  assert.deepEqual((await send('accepted')).mails, []);
});
