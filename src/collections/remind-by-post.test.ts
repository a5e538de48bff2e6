import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { changePayAccount } from '#banking/change-pay-account.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { changePreference } from '#delivery/change-delivery.ts';
import { listPostBatches } from '#delivery/contract.ts';
import { markBatchPosted } from '#delivery/post-letters.ts';
import { type DeliveryPreference, NO_PREFERENCE } from '#delivery/preference.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import { sendMessage } from '#delivery/send-message.ts';
import { stopAddress } from '#delivery/settle-problem.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, MessageId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { addContact } from '#parties/change-contacts.ts';
import { changeCustomer } from '#parties/change-customer.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { changeCustomerPrint } from '#printing/change-customer-print.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { addReceivingAccounts, giveReceivingAccount } from '#receiving/add-accounts.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { findProblems, writeTemplate } from '#wording/write-template.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment, aRate } from '../../test/support/builders.ts';
import { makePostBatch, printMade } from '../../test/support/letters.ts';
import { attemptsOf, messagesOf } from '../../test/support/mail.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { RACERS, race } from '../../test/support/race.ts';
import {
  goLive,
  leftOut,
  reminderTools,
  remindOn,
  sendReminders,
  stepsSaid,
} from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

after(closePdf);

const IBAN = 'DE89370400440532013000';
const POUNDS = 'GB29NWBK60161331926819';

/** A company, and a customer with a postal address who wants what the test says. */
async function aDebtor(wanted: Partial<DeliveryPreference> = { channels: ['post'] }) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, {
    name: 'Nordlicht Werkzeugbau GmbH',
    street: 'Hafenstr. 1',
    postalCode: '20457',
    city: 'Hamburg',
    iban: IBAN,
    bic: 'COBADEFFXXX',
  });
  const customerId = await aCustomer(tenant, { name: 'Čapek & Sons', language: 'en' });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Long Road 5',
    postalCode: '60200',
    city: 'Brno',
    country: 'CZ',
  });
  await tenant.act('owner', changePreference, { customerId, wanted: { ...NO_PREFERENCE, ...wanted } });
  const invoice = (minor: bigint, dueOn: string, currency = 'EUR') =>
    anInvoice(tenant, { companyId, customerId, minor, dueOn, currency });
  const contact = (email: string) =>
    tenant.act('owner', addContact, { customerId, name: 'Ana', role: 'reminders', email });
  return { tenant, companyId, customerId, invoice, contact };
}

/** The last letter as it would be printed. */
async function lastLetter(tenant: TestTenant) {
  const message = (await messagesOf(tenant)).at(-1);
  const attempt = (await attemptsOf(tenant, message?.id ?? '')).at(-1);
  return {
    message,
    text: attempt?.raw
      ? readPdf(attempt.raw).pages.join(' ').replaceAll('\n', ' ').replaceAll('\u00a0', ' ')
      : '',
  };
}

async function pay(
  tenant: TestTenant,
  about: Awaited<ReturnType<typeof aDebtor>>,
  of: { itemId: never },
  minor = 100_00n,
) {
  const { paymentId } = await aPayment(tenant, {
    companyId: about.companyId,
    customerId: about.customerId as CustomerId,
    minor,
    receivedOn: '2026-01-17',
  });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: of.itemId, amount: money(minor, 'EUR') }],
  });
}

test('months of reminders by post: each step once, in letters that lie ready, are printed, posted, and grow firmer', async () => {
  const about = await aDebtor();
  const { tenant, companyId, invoice } = about;
  const first = await invoice(100_00n, '2026-01-10');
  const second = await invoice(250_00n, '2026-01-12');

  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  const friendly = await lastLetter(tenant);
  assert.equal(friendly.message?.channel, 'post');
  assert.equal(friendly.message?.recipient, 'Čapek & Sons, Long Road 5, 60200 Brno, CZ');
  for (const said of [first.number, '100.00', 'DE89 3704 0044 0532 0130 00', 'COBADEFFXXX', 'Long Road 5'])
    assert.ok(friendly.text.includes(said), said);
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-01-17 ${first.number} reminder`,
    `2026-01-17 ${second.number} due`,
  ]);

  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), [], 'the same day again says nothing');

  const batch = await makePostBatch(reminderTools(tenant), tenant.as('collector'), { companyId });
  assert.equal(batch.letters, 1);
  tenant.on('2026-01-18');
  await printMade(reminderTools(tenant), tenant.as('collector'), { batchId: batch.batchId });
  await tenant.act('collector', markBatchPosted, { batchId: batch.batchId });
  assert.equal((await messagesOf(tenant)).at(-1)?.state, 'sent');
  assert.deepEqual(await sendReminders(tenant), ['sent'], 'what was written anew waits for nothing');

  tenant.on('2026-01-20');
  await pay(tenant, about, { itemId: first.itemId as never });
  await remindOn(tenant, '2026-01-26');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  const firmer = await lastLetter(tenant);
  assert.ok(!firmer.text.includes(first.number), 'what is paid is not asked for');
  assert.ok(firmer.text.includes(second.number));
  assert.notEqual(firmer.message?.subject, friendly.message?.subject);
  assert.deepEqual((await stepsSaid(tenant)).slice(2), [`2026-01-26 ${second.number} demand`]);
});

test('what is paid between the run and the letter is left out, and a letter about nothing is not made', async () => {
  const about = await aDebtor();
  const { tenant, companyId, invoice } = about;
  const only = await invoice(100_00n, '2026-01-10');
  await remindOn(tenant, '2026-01-17');
  await pay(tenant, about, { itemId: only.itemId as never });
  assert.deepEqual(await sendReminders(tenant), ['dropped']);
  assert.deepEqual(await leftOut(tenant), [`${only.number} closed`]);
  await assert.rejects(makePostBatch(reminderTools(tenant), tenant.as('collector'), { companyId }), {
    code: 'no_letters_ready',
  });
});

test('what is paid while its letter lies ready is not printed, by however many at once, and was not said; what is open is printed', async () => {
  const about = await aDebtor();
  const { tenant, companyId, invoice } = about;
  const only = await invoice(100_00n, '2026-01-10');
  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  await pay(tenant, about, { itemId: only.itemId as never });
  const print = () => makePostBatch(reminderTools(tenant), tenant.as('collector'), { companyId });
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => print),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['no_letters_ready'])]);
  const ask = await serveTo(tenant, deliveryRoutes);
  const { rows } = (await ask('viewer', listPostBatches, {})).reply;
  assert.deepEqual(
    rows.map(({ letters }) => letters),
    [0],
    'nothing is left to print',
  );
  assert.equal((await tenant.events()).filter(({ type }) => type === 'message.dropped').length, 1);
  const [message] = await messagesOf(tenant);
  assert.deepEqual([message?.state, message?.last_answer], ['dropped', 'nothing_left_to_say']);
  assert.deepEqual(await leftOut(tenant), [`${only.number} closed`]);
  assert.deepEqual(await stepsSaid(tenant), []);
  assert.deepEqual(await sendReminders(tenant), ['dropped'], 'what was dropped waits for nothing');
  await invoice(250_00n, '2026-01-12');
  await remindOn(tenant, '2026-01-19');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  assert.equal((await print()).letters, 1);
});

test('a worker that begins again, or several at once, make one letter', async () => {
  const { tenant, invoice } = await aDebtor();
  await invoice(100_00n, '2026-01-10');
  await remindOn(tenant, '2026-01-17');
  const [message] = await messagesOf(tenant);
  const send = () => sendMessage(reminderTools(tenant), tenant.tenantId, message?.id as MessageId);
  tenant.jobs.length = 0;
  const states = await Promise.all([send(), send(), send()]);
  assert.deepEqual(new Set([...states, await send()]), new Set(['ready']));
  assert.equal((await attemptsOf(tenant, message?.id ?? '')).length, 1);
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('each currency has its table, its sum and the account it goes to', async () => {
  const { tenant, companyId, invoice } = await aDebtor();
  await aRate(tenant, { base: 'GBP', quote: 'EUR', on: '2026-01-01', rate: '1.1' });
  const none = { bankName: null, bic: null, accountNumber: null, routingNumber: null };
  await tenant.act('owner', changePayAccount, { companyId, currency: 'GBP', ...none, iban: POUNDS });
  const euro = await invoice(100_00n, '2026-01-10');
  const pounds = await invoice(70_00n, '2026-01-10', 'GBP');
  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  const { text } = await lastLetter(tenant);
  const at = (part: string): number => {
    assert.ok(text.includes(part), part);
    return text.indexOf(part);
  };
  const order = [at(euro.number), at('DE89 3704 0044'), at(pounds.number), at('GB29 NWBK 6016')];
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
  assert.ok(text.includes('100.00 EUR') || text.includes('EUR 100.00'));
  assert.ok(text.includes('70.00 GBP') || text.includes('GBP 70.00'));
});

test('a reminder asks for its customer’s own number in the currency it has one of', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  await aRate(tenant, { base: 'GBP', quote: 'EUR', on: '2026-01-01', rate: '1.1' });
  const number = { account: 'DE02120300000000202051', bankName: null, bic: null, routingNumber: null };
  await tenant.act('owner', addReceivingAccounts, { companyId, currency: 'GBP', rows: [number] });
  await tenant.act('controller', giveReceivingAccount, { companyId, customerId, currency: 'GBP' });
  const euro = await invoice(100_00n, '2026-01-10');
  const pounds = await invoice(70_00n, '2026-01-10', 'GBP');
  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  const { text } = await lastLetter(tenant);
  const order = [euro.number, 'DE89 3704 0044', pounds.number, 'DE02 1203 0000'].map((part) =>
    text.indexOf(part),
  );
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
  assert.ok(order.every((place) => place >= 0));
});

test('a letter whose address does not fit the window is refused before it is looked at, printed or posted, and waits for a person', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  const long = (part: string): string =>
    Array.from({ length: 12 }, (_, n) => `${part} ${n}`).join(' of the ');
  await tenant.act('owner', changeCustomer, { customerId, wanted: { name: long('Office') } });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: long('Road'),
    postalCode: '60200',
    city: 'Brno, the town in which all of them are, behind the hill and over the river',
    region: long('Land').slice(0, 95),
    country: 'CZ',
  });
  await invoice(100_00n, '2026-01-10');
  tenant.on('2026-01-17');
  const ask = await serveTo(tenant, routes);
  const looked = await ask('collector', contract.previewReminder, {
    params: { companyId, customerId },
    query: { on: '2026-01-17' },
  });
  assert.equal(looked.code, 'address_not_in_window');
  await remindOn(tenant, '2026-01-17');
  const states = await sendReminders(tenant);
  assert.deepEqual(states, ['refused']);
  const [message] = await messagesOf(tenant);
  assert.match(message?.last_answer ?? '', /address_not_in_window/);
  await assert.rejects(makePostBatch(reminderTools(tenant), tenant.as('collector'), { companyId }), {
    code: 'no_letters_ready',
  });
});

test('by mail where there is an address for it, by post where there is none or it is stopped, and not at all against a wish', async () => {
  const mailed = await aDebtor({});
  await mailed.contact('ana@customer.example');
  await mailed.invoice(100_00n, '2026-01-10');
  await remindOn(mailed.tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(mailed.tenant), ['sent']);
  await mailed.tenant.act('owner', stopAddress, {
    address: 'ana@customer.example',
    purpose: 'reminder',
    reason: 'by_hand',
    detail: 'left',
  });
  await remindOn(mailed.tenant, '2026-01-24');
  assert.deepEqual(await sendReminders(mailed.tenant), ['ready']);
  assert.equal((await lastLetter(mailed.tenant)).message?.channel, 'post');

  const wishes = await aDebtor({ channels: ['email'] });
  await wishes.invoice(100_00n, '2026-01-10');
  await remindOn(wishes.tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(wishes.tenant), []);
});

test('a letter is written in the words of its company in each language that has them, and in ours where it has none', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  await tenant.act('owner', changeCustomerPrint, { customerId, secondLanguage: 'company' });
  await tenant.act('owner', changeCustomer, { customerId, wanted: { language: 'pl' } });
  const own = (language: 'pl' | 'fr', text: string) =>
    tenant.act('owner', writeTemplate, {
      companyId,
      kind: 'letter_first_reminder',
      language,
      words: { subject: 'Faktura {{ items[0].number }}', text, closing: 'Konto: {{ bank.iban | iban }}' },
      basedOn: 0,
    });
  await own('pl', 'Prosimy o zapłatę {{ totals[0].open | money }}.');
  await own('fr', 'Jamais écrit à celui-ci.');
  const { number } = await invoice(100_00n, '2026-01-10');
  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  const { text } = await lastLetter(tenant);
  for (const said of [
    `Faktura ${number}`,
    'Prosimy o zapłatę 100,00 EUR.',
    'Konto: DE89 3704 0044 0532 0130 00',
  ])
    assert.ok(text.includes(said), `${said} in ${text}`);
  assert.ok(text.includes('Kind regards'), 'the other language in the words that come with the program');
  assert.ok(!text.includes('Z poważaniem') && !text.includes('Jamais'));
});

test('words of a letter are looked at on paper before they are kept; a letter has what stands under its table, and no HTML', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  await invoice(100_00n, '2026-01-10');
  tenant.on('2026-01-17');
  const ask = await serveTo(tenant, routes);
  const words = { subject: 'Open', text: 'Please pay, {{ customer.name }}.', closing: 'Thank you.' };
  const { bytes } = await ask('viewer', contract.previewLetterWords, {
    params: { customerId },
    body: { companyId, template: 'first_reminder', words },
  });
  const text = readPdf(bytes).pages.join(' ');
  assert.ok(text.includes('Please pay, Čapek & Sons.') && text.includes('Thank you.'));
  assert.equal((await messagesOf(tenant)).length, 0);
  const columns = (written: WrittenTemplate) =>
    findProblems('letter_first_reminder', written, 'en').map(({ column }) => column);
  assert.deepEqual(columns(words), []);
  assert.deepEqual(columns({ text: 'x', html: '<p>' }), ['subject', 'closing', 'html']);
  assert.deepEqual(columns({ ...words, closing: '{{ nobody }}' }), ['closing']);
  assert.deepEqual(
    findProblems('first_reminder', words, 'en').map(({ column }) => column),
    ['closing'],
  );
});

test('a letter tells what late payment has cost by its day where the step says so', async () => {
  const { tenant, companyId, invoice } = await aDebtor();
  const ready =
    READY_MADE.find(({ code }) => code === 'de') ?? assert.fail('the terms come with the program');
  const terms = { ...ready.terms, fixedSums: [], reminderFees: [] };
  await tenant.act('controller', replacePolicy, { companyId, validFrom: parseDate('2026-01-01'), terms });
  const steps = [{ offsetDays: 14, phase: 'demand', showsCosts: true }];
  await goLive(tenant, { code: 'all', segment: 'everybody', steps });
  await invoice(1_000_00n, '2026-01-31');
  await remindOn(tenant, '2026-02-14');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  assert.match((await lastLetter(tenant)).text, /Interest accrued to .*2026, not yet charged: EUR 3\.94/);
});

test('a letter asks for what is not disputed of an invoice, and names the part that is', async () => {
  const { tenant, invoice } = await aDebtor();
  const { itemId } = await invoice(1_000_00n, '2026-01-31');
  const items = [{ itemId, amount: money(200_00n, 'EUR') }];
  await tenant.act('collector', openDispute, { items, reason: 'quality' });
  await remindOn(tenant, '2026-02-14');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  const { text } = await lastLetter(tenant);
  assert.match(text, /in dispute: EUR 200\.00/);
  assert.match(text, /EUR 800\.00/);
  assert.doesNotMatch(text, /1,000\.00/);
});

test('a letter says what it says in two languages, where the customer wants a second one', async () => {
  const { tenant, customerId, invoice } = await aDebtor();
  await tenant.act('owner', changeCustomerPrint, { customerId, secondLanguage: 'company' });
  await tenant.act('owner', changeCustomer, { customerId, wanted: { language: 'pl' } });
  const { number } = await invoice(100_00n, '2026-01-10');
  await remindOn(tenant, '2026-01-17');
  await sendReminders(tenant);
  const { text } = await lastLetter(tenant);
  for (const said of [`Przypomnienie: faktura ${number} / Reminder: invoice ${number}`, 'Kind regards'])
    assert.ok(text.includes(said), `${said} in ${text}`);
  assert.ok(text.includes('Z poważaniem'), 'the words of both, one after the other');
  assert.ok(text.includes('Termin') && text.includes('Due'));
});
