import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { changePreference, changeSetting } from '#delivery/change-delivery.ts';
import { openCarriers } from '#delivery/open-carriers.ts';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { recordSmsStop } from '#delivery/record-sms-stop.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { writeTemplate } from '#wording/write-template.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { doSendingJobs, messagesOf } from '../../test/support/mail.ts';
import { aReader, goLive, reminderTools, remindOn, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';

let service: Server;
const taken: { readonly to: string; readonly text: string }[] = [];

before(async () => {
  service = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const form = new URLSearchParams(body);
    taken.push({ to: form.get('To') ?? '', text: form.get('Body') ?? '' });
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ sid: `SM${taken.length}` }));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
});
after(() => {
  service.closeAllConnections();
  service.close();
});
beforeEach(() => {
  taken.length = 0;
});

const NUMBER = '+420601234567';

/** A customer who is reminded by text message a week after the due date, and whose number is known, unless the test says otherwise. */
async function setting(given: { readonly number?: string | null; readonly language?: string } = {}) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG', language: given.language ?? 'en' });
  const smsNumber = given.number === undefined ? NUMBER : given.number;
  await tenant.act('owner', changePreference, { customerId, wanted: { ...NO_PREFERENCE, smsNumber } });
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    steps: [{ offsetDays: 7, phase: 'reminder', channel: 'sms' }],
  });
  const owe = (minor: bigint) => anInvoice(tenant, { companyId, customerId, minor, dueOn: '2026-02-23' });
  const environment = {
    QUITTANCE_SMS_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    QUITTANCE_SMS_ACCOUNT: 'AC1',
    QUITTANCE_SMS_TOKEN: 'secret',
    QUITTANCE_SMS_FROM: '+4940123',
  };
  const send = () => doSendingJobs(tenant, { ...reminderTools(tenant), carriers: openCarriers(environment) });
  return { tenant, companyId, customerId, owe, send };
}

test('a step by text message says all that is open in one short text, and names the word that stops it where that is offered', async () => {
  const { tenant, companyId, owe, send } = await setting();
  const [first] = [await owe(100_00n), await owe(50_00n)];
  await remindOn(tenant, '2026-03-02', { companyId });
  await tenant.act('owner', changeSetting, { companyId, wanted: { ...DEFAULT_SETTING, offersStop: true } });
  assert.deepEqual(await send(), ['sent']);
  assert.deepEqual(taken, [
    { to: NUMBER, text: `Nordlicht: reminder. Invoice ${first.number} +1: EUR 150.00. Reply STOP to stop.` },
  ]);
  assert.equal((await stepsSaid(tenant)).length, 2);
  const [message] = await messagesOf(tenant);
  assert.equal(message?.subject?.startsWith('Nordlicht: reminder.'), true);
});

test('a customer without a number, or who stopped text messages, is left out and stays to be told another way', async () => {
  const nobody = await setting({ number: null });
  await nobody.owe(100_00n);
  await remindOn(nobody.tenant, '2026-03-02', { companyId: nobody.companyId });
  assert.deepEqual(await stepsSaid(nobody.tenant), []);

  const { tenant, companyId, owe, send } = await setting();
  await owe(100_00n);
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.equal((await stepsSaid(tenant)).length, 1);
  // Stopped between planning and sending.
  await tenant.act('owner', recordSmsStop, { number: NUMBER });
  assert.deepEqual(await send(), ['dropped']);
  assert.deepEqual([taken, await stepsSaid(tenant)], [[], []]);
});

test('words of one’s own are used; a text that real facts make too long is not sent and shown to a person', async () => {
  const { tenant, companyId, owe, send } = await setting();
  await owe(100_00n);
  const put = (text: string, basedOn: number) =>
    tenant.act('owner', writeTemplate, {
      companyId,
      kind: 'sms_first_reminder',
      language: 'en',
      words: { text },
      basedOn,
    });
  await put('Dear {{ customer.name }}, {{ totals[0].open | money }} please.', 0);
  await remindOn(tenant, '2026-03-02', { companyId });
  assert.deepEqual(await send(), ['sent']);
  assert.deepEqual(
    taken.map(({ text }) => text),
    ['Dear Buyer AG, EUR 100.00 please.'],
  );
  await put(`${'{{ items[0].number }} '.repeat(24)}`, 1);
  await owe(70_00n);
  await remindOn(tenant, '2026-03-03', { companyId });
  assert.deepEqual(await send(), ['refused']);
  assert.equal(taken.length, 1);
  const refused = (await messagesOf(tenant)).find(({ state }) => state === 'refused');
  assert.match(refused?.last_answer ?? '', /sms_too_long/);
  assert.equal((await stepsSaid(tenant)).length, 2, 'what was refused keeps its step until a person decides');
});
