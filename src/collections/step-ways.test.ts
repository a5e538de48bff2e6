import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { parseDate } from '#kernel/calendar.ts';
import { ACCOUNT_LINES_MAX } from '#kernel/limits.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { addContact } from '#parties/change-contacts.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { takePromise } from '#promises/take-promise.ts';
import { assignAccounts } from '#worklist/assign-accounts.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { attemptsOf, messagesOf } from '../../test/support/mail.ts';
import { aPerson } from '../../test/support/people.ts';
import { aReader, goLive, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';

after(closePdf);

/** A customer with a contact for reminders and one in management; owes what the test says. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, {
    name: 'Nordlicht',
    email: 'ar@creditor.example',
    street: 'Hafenstr. 1',
    postalCode: '20457',
    city: 'Hamburg',
  });
  const customerId = await aReader(tenant, { name: 'Buyer AG', email: 'books@buyer.example' });
  await tenant.act('owner', addContact, {
    customerId,
    name: 'Zoe Chief',
    role: 'management',
    email: 'chief@buyer.example',
  });
  const owe = (dueOn: string, minor = 100_00n) => anInvoice(tenant, { companyId, customerId, minor, dueOn });
  return { tenant, companyId, customerId, owe };
}

const everybody = (steps: unknown, more: object = {}) => ({
  code: 'everybody',
  segment: 'everybody',
  steps,
  ...more,
});

test('a step goes to the role and in the name it says; answers go to whoever speaks', async () => {
  const { tenant, companyId, owe } = await setting();
  await goLive(
    tenant,
    everybody([
      { offsetDays: 7, phase: 'reminder' },
      {
        offsetDays: 14,
        phase: 'demand',
        recipient: 'management',
        sender: { name: 'Head of Receivables', address: 'head@creditor.example' },
      },
    ]),
  );
  await owe('2026-02-23');
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  await remindOn(tenant, '2026-03-09', { companyId });
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  const messages = await messagesOf(tenant);
  assert.deepEqual(
    messages.map(({ recipient }) => recipient),
    ['books@buyer.example', 'chief@buyer.example'],
  );
  const [, demand] = messages;
  const [attempt] = await attemptsOf(tenant, demand?.id ?? '');
  const raw = String(Buffer.from(attempt?.raw ?? []));
  assert.match(raw, /^From: Head of Receivables <ar@creditor.example>/m);
  assert.match(raw, /^Reply-To: Head of Receivables <head@creditor.example>/m);
});

test('a step by post goes by post alone, and is left out where there is no address to write to', async () => {
  const { tenant, companyId, customerId, owe } = await setting();
  await goLive(tenant, everybody([{ offsetDays: 7, phase: 'final_notice', channel: 'post' }]));
  await owe('2026-02-23');
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.deepEqual(await stepsSaid(tenant), []);
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Long Road 5',
    postalCode: '60200',
    city: 'Brno',
    country: 'CZ',
  });
  await remindOn(tenant, '2026-03-03', { companyId });
  assert.deepEqual(
    (await messagesOf(tenant)).map(({ channel }) => channel),
    ['post'],
  );
});

test('where the policy says so, a promise or dispute about anything leaves the whole account alone, also one made before sending', async () => {
  const { tenant, companyId, owe } = await setting();
  const steps = [{ offsetDays: 7, phase: 'reminder' }];
  await goLive(tenant, everybody(steps, { promisePauses: 'everything', disputePauses: 'everything' }));
  await owe('2026-02-23');
  const ahead = await owe('2026-06-30');
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.equal((await stepsSaid(tenant)).length, 1);
  // Promised between planning and sending, of an invoice that is not due for months.
  await tenant.act('collector', takePromise, {
    items: [{ itemId: ahead.itemId, on: parseDate('2026-03-05') }],
    way: 'phone',
  });
  await sendReminders(tenant);
  assert.deepEqual(await stepsSaid(tenant), []);
  await remindOn(tenant, '2026-03-09', { companyId });
  assert.equal((await stepsSaid(tenant)).length, 1, 'the promise was broken');
  await tenant.act('owner', openDispute, { items: [{ itemId: ahead.itemId }], reason: 'quality' });
  await sendReminders(tenant);
  assert.deepEqual(await stepsSaid(tenant), []);
});

test('what may be asked for goes by the policy’s own days, when planning as in the moment of sending', async () => {
  const { tenant, companyId, owe } = await setting();
  const minimumAmount = { currency: 'EUR', amount: '120.00' };
  const soon = [
    { offsetDays: -10, phase: 'upcoming' },
    { offsetDays: 7, phase: 'reminder' },
  ];
  // Another policy looks further ahead; nobody has it.
  const abroad = {
    code: 'abroad',
    segment: { attribute: 'country', is: 'one_of', value: ['XK'] },
    steps: [
      { offsetDays: -60, phase: 'upcoming' },
      { offsetDays: 7, phase: 'reminder' },
    ],
  };
  await goLive(tenant, abroad, everybody(soon, { minimumAmount }));
  const late = await owe('2026-02-23', 40_00n);
  await owe('2026-04-15', 500_00n);
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.deepEqual(await stepsSaid(tenant), [], 'what is due in six weeks is not asked for yet');
  const ahead = await owe('2026-03-13', 80_00n);
  await remindOn(tenant, '2026-03-03', { companyId });
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-03-03 ${late.number} reminder`,
    `2026-03-03 ${ahead.number} upcoming`,
  ]);
  // The one that is due in eight days was announced; it still counts when another reaches its step.
  const other = await owe('2026-02-26', 40_00n);
  await remindOn(tenant, '2026-03-05', { companyId });
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  assert.equal((await stepsSaid(tenant)).at(-1), `2026-03-05 ${other.number} reminder`);
});

test('a step tells what late payment brings by the terms, carries a statement and no invoice, and speaks in the name of the owner, where it says so', async () => {
  const { tenant, companyId, customerId, owe } = await setting();
  const ready = READY_MADE.find(({ code }) => code === 'eu');
  assert.ok(ready);
  const fee = { amount: '5.00', currency: 'EUR' };
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2026-01-01'),
    terms: {
      ...ready.terms,
      rate: { mode: 'fixed', percent: '12' },
      reminderFees: [{ phase: 'demand', fee }],
    },
  });
  const step = { phase: 'due', showsPenalties: true, attaches: ['statement'], sender: 'owner' };
  await goLive(
    tenant,
    everybody([
      { offsetDays: 0, ...step },
      { offsetDays: 7, phase: 'reminder' },
    ]),
  );
  const { number } = await owe('2026-03-02');
  const say = async (day: string) => {
    await remindOn(tenant, day, { companyId });
    assert.deepEqual(await sendReminders(tenant), ['sent']);
    const message = (await messagesOf(tenant)).at(-1);
    const [attempt] = await attemptsOf(tenant, message?.id ?? '');
    const mail = await PostalMime.parse(attempt?.raw ?? new Uint8Array());
    const text = (mail.text ?? '').replaceAll('\u00a0', ' ');
    return { mail, text, files: mail.attachments.map(({ filename }) => filename) };
  };
  const ann = await aPerson(tenant, 'collector', 'Ann');
  const accounts = [{ companyId, customerId }];
  await tenant.act('controller', assignAccounts, { accounts, userId: ann.userId, isProtected: false });
  const due = await say('2026-03-02');
  assert.match(due.text, /our terms provide for:\n- Interest a year, from .*3.*2026.*: 12(\.0+)? ?%/);
  assert.match(due.text, /- Fixed sum for recovery costs: EUR 40\.00\n- Fee for a reminder: EUR 5\.00/);
  assert.match(due.mail.html ?? '', /Fixed sum for recovery costs/);
  assert.equal(due.files.length, 1);
  assert.match(due.files[0] ?? '', /statement/i);
  assert.deepEqual(
    [due.mail.from?.name, due.mail.from?.address, due.mail.replyTo?.[0]?.address],
    ['Ann', 'ar@creditor.example', `${ann.userId}@people.example`],
  );
  const usual = await say('2026-03-09');
  assert.doesNotMatch(`${usual.text} ${usual.mail.html}`, /our terms provide|Fixed sum/);
  assert.deepEqual(usual.files, [`${number}.pdf`]);
  assert.equal(usual.mail.from?.name, 'Nordlicht');

  const other = await setting();
  await goLive(other.tenant, everybody([{ offsetDays: 7, phase: 'reminder', sender: 'owner' }]));
  await other.owe('2026-02-23');
  await remindOn(other.tenant, '2026-03-02', { companyId: other.companyId });
  assert.deepEqual(await sendReminders(other.tenant), ['sent']);
  const [attempt] = await attemptsOf(other.tenant, (await messagesOf(other.tenant))[0]?.id ?? '');
  const mail = await PostalMime.parse(attempt?.raw ?? new Uint8Array());
  assert.equal(mail.from?.name, 'Nordlicht', 'an account that is nobody’s is spoken to by the company');
});

test('a reminder whose statement has too many lines is tried once and is work for a person', async () => {
  const { tenant, companyId, owe } = await setting();
  await goLive(tenant, everybody([{ offsetDays: 7, phase: 'reminder', attaches: ['statement'] }]));
  await owe('2026-02-23');
  const { itemId } = await owe('2026-12-31');
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    tx.write(sql`insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, instalment, reference, account,
        currency, amount_minor, open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
      select tenant_id, gen_random_uuid(), company_id, customer_id, kind, gen_random_uuid(), 1, reference, account,
        currency, amount_minor, open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at
      from open_item cross join generate_series(1, ${ACCOUNT_LINES_MAX}::int) where id = ${itemId}`);
    // Planned for the few items that were there before, reading so many would take minutes.
    tx.grew('open_item', ACCOUNT_LINES_MAX);
  });
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.deepEqual(await sendReminders(tenant), ['refused']);
  assert.match((await messagesOf(tenant))[0]?.last_answer ?? '', /statement_too_long/);
  const problems = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ kind: string }>`select kind from delivery_problem where tenant_id = ${tx.tenantId}`),
  );
  assert.equal(problems.length, 1);
});
