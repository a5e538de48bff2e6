import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { inTenant } from '#db/transaction.ts';
import type { Message } from '#delivery/message.ts';
import { findMessagesOf } from '#delivery/store.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { placeHold } from '#holds/place-hold.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import type { CustomerId, MessageId } from '#kernel/id.ts';
import { takePromise } from '#promises/take-promise.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { messagesOf } from '../../test/support/mail.ts';
import { aReader, goLive, remindOn } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { reminderSource } from './write-reminder.ts';

/** The same numbers for the same seed. */
function chances(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** Companies that chase many customers of many kinds on three days, and what happened since. */
async function aPastOf(seed: number) {
  const draw = chances(seed);
  const tenant = await newTenant({ on: '2026-01-10' });
  const companies = [await aCompany(tenant), await aCompany(tenant, { country: 'FR' })];
  const [terms] = READY_MADE.filter(({ code }) => code === 'de');
  assert.ok(terms);
  for (const companyId of companies.slice(0, 1)) {
    const fee = { amount: '5.00', currency: 'EUR' };
    const reminderFees = [{ phase: 'demand', fee }];
    await tenant.act('controller', replacePolicy, {
      companyId,
      validFrom: parseDate('2026-01-01'),
      terms: { ...terms.terms, fixedSums: [], reminderFees },
    });
  }
  const step = (offsetDays: number, phase: string, more = {}) => ({ offsetDays, phase, ...more });
  await goLive(
    tenant,
    {
      code: 'french',
      segment: { attribute: 'language', is: 'one_of', value: ['fr'] },
      steps: [step(3, 'reminder'), step(14, 'demand', { showsCosts: true })],
      minimumGapDays: 0,
      grouping: 'customer',
    },
    {
      code: 'others',
      segment: 'everybody',
      steps: [step(1, 'reminder'), step(10, 'demand'), step(20, 'final_notice')],
      minimumGapDays: draw(2) * 3,
    },
  );
  if (draw(2) === 0)
    await tenant.act('owner', setSendGate, {
      ...USUAL_SETTING,
      cap: { contactsMax: 1 + draw(2), days: 3 },
      quietHolidays: 'customer',
    });
  const readers: CustomerId[] = [];
  for (let n = 0; n < 9; n += 1)
    readers.push(
      await aReader(tenant, {
        country: ['DE', 'FR', 'JP', undefined][draw(4)],
        language: ['de', 'fr', 'en'][draw(3)],
      }),
    );
  const items = [];
  for (const customerId of readers)
    for (let n = draw(4); n >= 0; n -= 1) {
      const companyId = companies[draw(2)] ?? companies[0];
      assert.ok(companyId);
      const dueOn = addDays(parseDate('2026-01-18'), draw(20)).toString();
      const minor = BigInt(50_00 + draw(90_00));
      const { itemId } = await anInvoice(tenant, { companyId, customerId, minor, dueOn });
      items.push({ companyId, customerId, itemId });
    }
  for (const day of ['2026-01-26', '2026-02-03', '2026-02-09']) await remindOn(tenant, day);
  for (const { companyId, customerId, itemId } of items) {
    const some = [{ itemId }];
    const on = parseDate('2026-03-01');
    const asked = draw(10);
    if (asked === 0) await tenant.act('collector', takePromise, { items: [{ itemId, on }], way: 'phone' });
    if (asked === 1) await tenant.act('owner', openDispute, { items: some, reason: 'quality' });
    if (asked === 2)
      await aPayment(tenant, { companyId, customerId, minor: 60_00n, receivedOn: '2026-02-09' });
    if (asked === 3)
      await tenant.act('collector', placeHold, {
        customerId,
        itemId,
        reason: 'other',
        note: 'asked for a copy',
        until: on,
      });
  }
  return tenant;
}

/** Messages of which each is to another customer, in as many groups as that takes. */
function apart(messages: readonly Message[]): readonly (readonly Message[])[] {
  const groups: Message[][] = [];
  for (const message of messages) {
    const group = groups.find((one) => one.every(({ customerId }) => customerId !== message.customerId));
    if (group) group.push(message);
    else groups.push([message]);
  }
  return groups;
}

test('what is read of several reminders together is what is read of each alone', async () => {
  let compared = 0;
  const verdicts = new Set<string>();
  for (let seed = 1; seed <= 3; seed += 1) {
    const tenant = await aPastOf(seed);
    const now = tenant.clock();
    const ids = (await messagesOf(tenant)).map(({ id }) => id as MessageId);
    const read = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(tenant.pool, tenant.tenantId, work);
    const messages = [...(await read((tx) => findMessagesOf(tx, ids))).values()];
    for (const group of apart(messages)) {
      const together = await read((tx) => reminderSource.readTogether?.(tx, group, now) ?? Promise.reject());
      for (const message of group) {
        const alone = await read((tx) => reminderSource.read(tx, message, now));
        assert.equal(canonicalJson(together.get(message.id)), canonicalJson(alone), `seed ${seed}`);
        verdicts.add(
          alone.silent ?? (alone.waits ? 'waits' : alone.content.review.leftOut.length > 0 ? 'part' : 'all'),
        );
        compared += group.length > 1 ? 1 : 0;
      }
    }
  }
  assert.ok(compared > 30, `so many were read together: ${compared}`);
  assert.ok(verdicts.size >= 3, [...verdicts].join());
});
