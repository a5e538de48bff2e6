import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { postCharges } from '#charges/post-charges.ts';
import { readAccrued } from '#charges/read-accrued.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { attemptsOf, messagesOf } from '../../test/support/mail.ts';
import { aReader, goLive, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';

after(closePdf);

test('a demand that was sent costs what the terms say for its phase, once; one that waits costs nothing', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const ready = READY_MADE.find((r) => r.code === 'de');
  assert.ok(ready);
  const fee = { amount: '5.00', currency: 'EUR' };
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2026-01-01'),
    terms: { ...ready.terms, fixedSums: [], reminderFees: [{ phase: 'demand', fee }] },
  });
  await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    issuedOn: '2026-01-02',
    dueOn: '2026-01-31',
  });
  const charge = () =>
    tenant.act(
      'controller',
      postCharges,
      { companyId, customerIds: [customerId], through: parseDate('2026-02-14') },
      { rehearse: true },
    );
  tenant.on('2026-02-14');
  await remindOn(tenant, '2026-02-14');
  assert.deepEqual(
    (await charge()).charges.map((c) => c.fees),
    ['0.00'],
    'not sent yet',
  );
  await sendReminders(tenant);
  assert.deepEqual(
    (await charge()).charges.map((c) => [c.interest, c.fees]),
    [['3.94', '5.00']],
  );
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: bigint }>`select count(*) as n from charge_fee where tenant_id = ${tx.tenantId}`),
  );
  assert.equal(rows[0]?.n, 1n);
  await tenant.act('controller', postCharges, {
    companyId,
    customerIds: [customerId],
    through: parseDate('2026-02-14'),
  });
  assert.deepEqual((await charge()).charges, []);
});

/** A customer with an overdue invoice, and terms that ask interest and a fee for each demand. */
async function aLateDebtor(showsCosts: boolean) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const ready = READY_MADE.find((r) => r.code === 'de');
  assert.ok(ready);
  const fee = { amount: '5.00', currency: 'EUR' };
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2026-01-01'),
    terms: { ...ready.terms, fixedSums: [], reminderFees: [{ phase: 'demand', fee }] },
  });
  const steps = [
    { offsetDays: 14, phase: 'demand', showsCosts },
    { offsetDays: 30, phase: 'demand', showsCosts },
  ];
  await goLive(tenant, { code: 'all', segment: 'everybody', steps });
  const dates = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { itemId, invoiceId } = await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    ...dates,
  });
  const say = async (day: string) => {
    await remindOn(tenant, day);
    assert.deepEqual(await sendReminders(tenant), ['sent']);
    const raw = (await attemptsOf(tenant, (await messagesOf(tenant)).at(-1)?.id ?? '')).at(-1)?.raw;
    const mail = await PostalMime.parse(raw ?? new Uint8Array());
    return { text: (mail.text ?? '').replaceAll('\u00a0', ' '), html: mail.html ?? '' };
  };
  const accrued = (on: string) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readAccrued(tx, {
        companyId,
        customerId,
        items: [{ id: itemId, documentId: invoiceId }],
        through: parseDate(on),
        today: parseDate(on),
      }),
    );
  return { tenant, companyId, customerId, say, accrued };
}

test('a reminder tells interest and fees to its day where its step says so, its own fee too, and books nothing by that', async () => {
  const { tenant, companyId, customerId, say, accrued } = await aLateDebtor(true);
  const first = await say('2026-02-14');
  assert.match(first.text, /Interest accrued to .*2026, not yet charged: EUR 3\.94/);
  assert.match(first.text, /Fees, not yet charged: EUR 5\.00/);
  assert.match(first.html, /not yet charged/);
  assert.match(first.text, /EUR 1,000\.00/, 'what is owed is what it was');
  assert.equal((await tenant.events()).filter(({ type }) => type === 'charge.posted').length, 0);
  const second = await say('2026-03-02');
  assert.match(
    second.text,
    /Fees, not yet charged: EUR 10\.00/,
    'the fee of the one that was sent, and its own',
  );
  await tenant.act('controller', postCharges, {
    companyId,
    customerIds: [customerId],
    through: parseDate('2026-03-02'),
  });
  assert.deepEqual([...(await accrued('2026-03-02'))], [], 'what was charged is not told again');
  const { interest, fees } = (await accrued('2026-03-03')).get('EUR') ?? assert.fail('a day more costs more');
  assert.ok(interest.minor > 0n && interest.minor < 100n && fees.minor === 0n);
});

test('a step that does not tell costs says nothing of them', async () => {
  const { say } = await aLateDebtor(false);
  const { text, html } = await say('2026-02-14');
  assert.doesNotMatch(`${text} ${html}`, /not yet charged/);
});
