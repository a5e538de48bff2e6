import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { changePreference, changeSetting } from '#delivery/change-delivery.ts';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { readMessage } from '#delivery/read-message.ts';
import { sendMessage } from '#delivery/send-message.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { addContact } from '#parties/change-contacts.ts';
import { addReceivingAccounts, giveReceivingAccount } from '#receiving/add-accounts.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { mailToolsOf, messagesOf, toolsOf } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { deliverCharges } from './deliver-charges.ts';
import { chargesJobs } from './jobs.ts';
import { postCharges } from './post-charges.ts';
import { readPrintedCharge } from './print-charge.ts';
import { READY_MADE } from './ready-made.ts';
import { replacePolicy } from './replace-policy.ts';
import { waiveCharge } from './waive-charge.ts';
import { chargeSource } from './write-charge.ts';

const day = parseDate;
const OWN_NUMBER = 'DE02120300000000202051';
const JOB_IDS = [crypto.randomUUID(), crypto.randomUUID()];

/** A company, a late customer with a mail address, and what charging them makes. */
async function aLateCustomer(given: { readonly delivers?: boolean; readonly reachable?: boolean } = {}) {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'rechnung@nordlicht.example' });
  const customerId = await aCustomer(tenant, { name: 'Čapek s.r.o.', language: 'de' });
  if (given.reachable !== false)
    await tenant.act('owner', addContact, {
      customerId,
      name: 'Jana',
      role: 'billing',
      email: 'jana@capek.example',
    });
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: day('2020-01-01'),
    terms: READY_MADE.find((r) => r.code === 'de')?.terms ?? null,
  });
  if (given.delivers)
    await tenant.act('owner', changeSetting, {
      companyId,
      wanted: { ...DEFAULT_SETTING, deliversOnIssue: true },
    });
  await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const charge = async () => {
    const wanted = { companyId, customerIds: [customerId], through: day('2026-01-31') };
    const { charges } = await tenant.act('controller', postCharges, wanted);
    return charges[0]?.chargeId ?? '';
  };
  const tools = mailToolsOf(tenant, [chargeSource]);
  return { tenant, companyId, customerId, charge, tools };
}

test('a charge goes by mail with its document and its sheet, in the language of the customer', async () => {
  const { tenant, charge, tools } = await aLateCustomer();
  const chargeId = await charge();
  const { results } = await tenant.act('collector', deliverCharges, { chargeIds: [chargeId] });
  assert.deepEqual(
    results.map((r) => [r.number, r.channel, r.recipient, r.reason]),
    [['LC-2026-00001', 'email', 'jana@capek.example', null]],
  );
  const again = await tenant.act('collector', deliverCharges, { chargeIds: [chargeId] });
  assert.deepEqual([again.queued, again.results[0]?.reason], [0, 'already_on_its_way']);
  const messageId = results[0]?.messageId as MessageId;

  assert.equal(await sendMessage(tools, tenant.tenantId, messageId), 'sent');

  const [message] = await messagesOf(tenant);
  assert.deepEqual([message?.state, message?.purpose], ['sent', 'charge']);
  const shown = await inTenant(tenant.pool, tenant.tenantId, (tx) => readMessage(tx, messageId));
  const text = JSON.stringify(shown);
  assert.match(text, /Verzugszinsen und Gebühren LC-2026-00001/);
  assert.match(text, /48,72/);
  assert.match(text, /LC-2026-00001\.pdf/);
  assert.match(text, /LC-2026-00001-sheet\.csv/);
});

test('a charge asks for its customer’s own number, on paper and in its mail', async () => {
  const { tenant, companyId, customerId, charge, tools } = await aLateCustomer();
  const chargeId = await charge();
  const number = { account: OWN_NUMBER, bankName: null, bic: null, routingNumber: null };
  await tenant.act('owner', addReceivingAccounts, { companyId, currency: 'EUR', rows: [number] });
  await tenant.act('controller', giveReceivingAccount, { companyId, customerId, currency: 'EUR' });
  const printed = await inTenant(tenant.pool, tenant.tenantId, (tx) => readPrintedCharge(tx, chargeId));
  assert.equal(printed.seller.bank?.iban, OWN_NUMBER);
  const { results } = await tenant.act('collector', deliverCharges, { chargeIds: [chargeId] });
  const messageId = results[0]?.messageId as MessageId;
  assert.equal(await sendMessage(tools, tenant.tenantId, messageId), 'sent');
  const shown = await inTenant(tenant.pool, tenant.tenantId, (tx) => readMessage(tx, messageId));
  assert.match(JSON.stringify(shown), /DE02 1203 0000 0000 2020 51/);
});

test('where a company sends what it issues, a charge goes out by itself once, and so does what gives it back', async () => {
  const { tenant, charge, tools } = await aLateCustomer({ delivers: true });
  const chargeId = await charge();
  await tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' });
  const jobs = tenant.jobs.filter((job) => job.queue === 'charges.deliver');
  assert.equal(jobs.length, 2);
  const handlers = chargesJobs({ ...toolsOf(tenant), dataDir: '' });
  for (const [index, job] of [...jobs, ...jobs].entries())
    await handlers['charges.deliver']?.({
      tenantId: tenant.tenantId,
      payload: job.payload,
      jobId: JOB_IDS[index % jobs.length] ?? '',
    });
  const messages = await messagesOf(tenant);
  assert.equal(messages.length, 2, 'a job that runs twice sends once');
  for (const { id } of messages) await sendMessage(tools, tenant.tenantId, id as MessageId);
  assert.deepEqual(
    (await messagesOf(tenant)).map((message) => [message.state, message.last_answer]).sort(),
    [
      ['dropped', 'waived'],
      ['sent', 'kept in the built-in outbox'],
    ],
    'the charge that was waived meanwhile is not asked any more',
  );
});

test('who wants letters gets one; who cannot be reached becomes work for a person', async () => {
  const { tenant, customerId, charge } = await aLateCustomer();
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Hlavní 1',
    postalCode: '110 00',
    city: 'Praha',
    country: 'CZ',
  });
  await tenant.act('owner', changePreference, {
    customerId,
    wanted: { ...NO_PREFERENCE, channels: ['network', 'post'], networkAddress: '0088:7300010000001' },
  });
  const chargeId = await charge();
  const { results } = await tenant.act('collector', deliverCharges, { chargeIds: [chargeId] });
  assert.deepEqual(
    [results[0]?.channel, results[0]?.reason],
    ['post', null],
    'never by a network of invoices',
  );

  const other = await aLateCustomer({ reachable: false });
  const lost = await other.tenant.act('collector', deliverCharges, { chargeIds: [await other.charge()] });
  assert.deepEqual([lost.queued, lost.results[0]?.reason], [0, 'no_way']);
});
