import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { inTenant } from '#db/transaction.ts';
import { resendMessage } from '#delivery/decide-message.ts';
import { endSending } from '#delivery/end-sending.ts';
import type { Transport } from '#delivery/send-message.ts';
import { stopAddress } from '#delivery/settle-problem.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, MessageId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addContact } from '#parties/change-contacts.ts';
import { readContacts } from '#parties/take-party.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { attemptsOf, messagesOf } from '../../test/support/mail.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { aReader, leftOut, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { planReminders } from './contract.ts';
import { routes } from './routes.ts';

after(closePdf);

const eur = (minor: bigint) => money(minor, 'EUR');

async function aDebtor(given: { readonly contactLanguage?: string } = {}) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, {
    name: 'Nordlicht Werkzeugbau GmbH',
    email: 'rechnung@nordlicht.example',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    city: 'Hamburg',
  });
  const customerId = await aReader(tenant, { name: 'Čapek & Sons', ...given });
  const invoice = (minor: bigint, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, dueOn });
  return { tenant, companyId, customerId, invoice };
}

/** The last message of a tenant as a mail program shows it. */
async function lastMail(tenant: TestTenant) {
  const message = (await messagesOf(tenant)).at(-1);
  const attempt = (await attemptsOf(tenant, message?.id ?? '')).at(-1);
  return attempt?.raw ? PostalMime.parse(attempt.raw) : undefined;
}

async function pay(
  tenant: TestTenant,
  companyId: Awaited<ReturnType<typeof aCompany>>,
  given: {
    customerId: CustomerId;
    itemId: Parameters<typeof applyPayment.run>[1]['allocations'][number]['itemId'];
    minor: bigint;
  },
) {
  const { paymentId } = await aPayment(tenant, { companyId, ...given, receivedOn: '2026-01-02' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: given.itemId, amount: eur(given.minor) }],
  });
  return paymentId;
}

test('a reminder names each item with what is open, the totals, and where to pay', async () => {
  const { tenant, invoice } = await aDebtor();
  const late = await invoice(1234_56n, '2026-02-01');
  const due = await invoice(100_00n, '2026-02-08');
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await sendReminders(tenant), ['sent']);

  const mail = await lastMail(tenant);
  const text = mail?.text ?? '';
  for (const part of [
    late.number,
    due.number,
    '1,234.56',
    '1,334.56',
    'DE89 3704 0044 0532 0130 00',
    '7 days',
  ])
    assert.ok(text.replaceAll('\u00a0', ' ').includes(part), `${part} in\n${text}`);
  assert.ok(mail?.html?.includes(late.number));
  assert.deepEqual(mail?.from, { name: 'Nordlicht Werkzeugbau GmbH', address: 'rechnung@nordlicht.example' });
  assert.equal(mail?.subject, 'Reminder: 2 open invoices from Nordlicht Werkzeugbau GmbH');
});

test('the invoices go with it, each once, drawn in the language of the letter, with what is left of them', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor({ contactLanguage: 'de' });
  const one = await invoice(1234_56n, '2026-02-01');
  const two = await anInvoice(tenant, {
    companyId,
    customerId,
    instalments: [
      { dueOn: '2026-02-01', minor: 50_00n },
      { dueOn: '2026-02-08', minor: 50_00n },
    ],
  });
  await pay(tenant, companyId, { customerId, itemId: one.itemId, minor: 234_56n });
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);

  const mail = await lastMail(tenant);
  assert.deepEqual(
    mail?.attachments.map((file) => [file.filename, file.mimeType]),
    [one, two].map(({ number }) => [`${number}.pdf`, 'application/pdf']),
  );
  const [first] = mail?.attachments ?? [];
  const text = readPdf(new Uint8Array(first?.content as ArrayBuffer)).pages.join('\n');
  assert.ok(text.includes(one.number) && text.includes('1.000,00'), text);
  assert.match(mail?.text ?? '', /Die Rechnungen liegen dieser Nachricht bei/);
});

test('it is written in the language of the contact', async () => {
  const { tenant, invoice } = await aDebtor({ contactLanguage: 'de' });
  await invoice(100_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  const mail = await lastMail(tenant);
  assert.match(mail?.subject ?? '', /^Zahlungserinnerung/);
  assert.equal(mail?.headers.find((h) => h.key === 'content-language')?.value, 'de');
});

test('paid or put on hold between run and sending, an item drops out; paid in part, what is left is said', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  const paid = await invoice(100_00n, '2026-02-01');
  const held = await invoice(200_00n, '2026-02-01');
  const part = await invoice(300_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  await pay(tenant, companyId, { customerId, itemId: paid.itemId, minor: 100_00n });
  await pay(tenant, companyId, { customerId, itemId: part.itemId, minor: 120_00n });
  await tenant.act('collector', placeHold, {
    customerId,
    itemId: held.itemId,
    reason: 'other',
    note: 'damaged',
    until: parseDate('2026-02-28'),
  });

  assert.deepEqual(await sendReminders(tenant), ['sent']);

  const text = (await lastMail(tenant))?.text ?? '';
  assert.ok(text.includes(part.number) && text.includes('180.00'));
  assert.ok(!text.includes(paid.number) && !text.includes(held.number));
  assert.deepEqual(
    [...(await leftOut(tenant))].sort(),
    [`${held.number} on_hold`, `${paid.number} closed`].sort(),
  );
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-08 ${part.number} reminder`]);
});

test('what dropped out was not said: it is said later if it is open again, and only once', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  const one = await invoice(100_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  const paymentId = await pay(tenant, companyId, { customerId, itemId: one.itemId, minor: 100_00n });
  assert.deepEqual(await sendReminders(tenant), ['dropped']);
  assert.equal((await messagesOf(tenant))[0]?.last_answer, 'nothing_left_to_say');
  assert.deepEqual(await stepsSaid(tenant), []);

  await tenant.act('cash_applier', returnPayment, {
    paymentId: paymentId as PaymentId,
    on: parseDate('2026-02-08'),
    reason: 'no cover',
  });
  await remindOn(tenant, '2026-02-09');
  await remindOn(tenant, '2026-02-10');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-09 ${one.number} reminder`]);
});

test('money that came in and is not applied yet stops the sending too', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  const one = await invoice(100_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn: '2026-02-08' });
  assert.deepEqual(await sendReminders(tenant), ['dropped']);
  assert.deepEqual(await leftOut(tenant), [`${one.number} covered_by_credit`]);
});

test('what is disputed while the message waits is not asked for', async () => {
  const { tenant, invoice } = await aDebtor();
  const one = await invoice(100_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  await tenant.act('collector', openDispute, {
    items: [{ itemId: one.itemId }],
    reason: 'quality',
  });
  assert.deepEqual(await sendReminders(tenant), ['dropped']);
  assert.deepEqual(await leftOut(tenant), [`${one.number} in_dispute`]);
});

test('of an invoice of which a part is disputed the rest is asked for, and the part is named', async () => {
  const { tenant, invoice } = await aDebtor({ contactLanguage: 'en' });
  const one = await invoice(1000_00n, '2026-02-01');
  await tenant.act('collector', openDispute, {
    items: [{ itemId: one.itemId, amount: eur(200_00n) }],
    reason: 'quality',
  });
  const ask = await serveTo(tenant, routes);
  tenant.on('2026-02-08');
  const { reply } = await ask('collector', planReminders, { query: { on: '2026-02-08' } });
  assert.deepEqual(
    reply.rows.flatMap(({ items }) => items.map(({ open, disputed }) => [open.amount, disputed?.amount])),
    [['800.00', '200.00']],
  );
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  const mail = await lastMail(tenant);
  assert.match(mail?.text ?? '', /EUR\s800\.00 \(in dispute: EUR\s200\.00\)/);
  assert.match(mail?.text ?? '', /Total open: EUR\s800\.00/);
  assert.match(mail?.html ?? '', /EUR&#160;800\.00<br>\(in dispute: EUR&#160;200\.00\)/);
});

test('a message that waited until a firmer step was said is not sent after it', async () => {
  const { tenant, invoice } = await aDebtor();
  const one = await invoice(100_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  const [first] = tenant.jobs.splice(0).filter((job) => job.queue === 'delivery.send-message');
  await remindOn(tenant, '2026-02-15');
  assert.ok(first);
  tenant.jobs.unshift(first);
  assert.deepEqual(await sendReminders(tenant), ['dropped', 'sent']);
  assert.deepEqual(await leftOut(tenant), [`${one.number} said_later_step`]);
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-15 ${one.number} demand`]);
});

test('a message that waited says what is so on the day it leaves', async () => {
  const { tenant, invoice } = await aDebtor();
  await invoice(100_00n, '2026-02-06');
  await remindOn(tenant, '2026-02-06');
  tenant.on('2026-02-09');
  await sendReminders(tenant);
  const mail = await lastMail(tenant);
  assert.match(mail?.subject ?? '', /^Reminder: invoice/);
  assert.match((mail?.text ?? '').replaceAll('\u00a0', ' '), /3 days/);
});

test('it goes to the address the customer has in the moment of sending; with none left it is dropped, and said later', async () => {
  const { tenant, customerId, invoice } = await aDebtor();
  await invoice(100_00n, '2026-02-01');
  const address = (email: string | null) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      tx.write(
        sql`update contact set email = ${email} where tenant_id = ${tenant.tenantId} and customer_id = ${customerId}`,
      ),
    );
  await remindOn(tenant, '2026-02-08');
  await address(null);
  assert.deepEqual(await sendReminders(tenant), ['dropped']);
  await address('new@capek.example');
  await remindOn(tenant, '2026-02-09');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  assert.deepEqual((await lastMail(tenant))?.to?.[0]?.address, 'new@capek.example');
});

test('sent again after doubt, what dropped out counts as said, since the first copy may have arrived', async () => {
  const { tenant, companyId, customerId, invoice } = await aDebtor();
  const one = await invoice(100_00n, '2026-02-01');
  const two = await invoice(100_00n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  const doubtful: Transport = { kind: 'smtp', send: async () => ({ kind: 'unknown', text: 'silence' }) };
  assert.deepEqual(await sendReminders(tenant, doubtful), ['unknown']);
  await pay(tenant, companyId, { customerId, itemId: one.itemId, minor: 100_00n });
  const messageId = (await messagesOf(tenant))[0]?.id as MessageId;
  await tenant.act('collector', resendMessage, { messageId });
  assert.deepEqual(await sendReminders(tenant), ['sent']);

  assert.deepEqual(await leftOut(tenant), [`${one.number} closed`]);
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-08 ${one.number} reminder`,
    `2026-02-08 ${two.number} reminder`,
  ]);
  const late = { messageId, attemptNo: 1, outcome: 'sent', answer: '250' } as const;
  assert.equal((await tenant.act('owner', endSending, late)).state, 'sent');
});

test('what is open when a message leaves is kept with the step', async () => {
  const { tenant, invoice } = await aDebtor();
  const one = await invoice(123_45n, '2026-02-01');
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        open_minor: bigint;
      }>`select open_minor from reminder_item where tenant_id = ${tx.tenantId} and item_id = ${one.itemId}`,
    ),
  );
  assert.deepEqual(rows, [{ open_minor: 123_45n }]);
});

test('a reader whose address is stopped gets none; the next contact does, and nobody where there is none', async () => {
  const { tenant, customerId, invoice } = await aDebtor();
  await tenant.act('collector', addContact, {
    customerId,
    name: 'Boss',
    role: 'management',
    email: 'boss@capek.example',
  });
  await invoice(100_00n, '2026-02-08');
  await remindOn(tenant, '2026-02-08');
  const [message] = await messagesOf(tenant);
  const stop = (address: string) =>
    tenant.act('collector', stopAddress, {
      address,
      purpose: null,
      reason: 'by_hand' as const,
      detail: 'left the company',
    });
  await stop(String(message?.recipient).toUpperCase());
  assert.deepEqual(await sendReminders(tenant), ['sent'], 'read again in the moment of sending');
  assert.equal((await messagesOf(tenant))[0]?.recipient, 'boss@capek.example');
  await stop('boss@capek.example');
  await invoice(100_00n, '2026-02-09');
  await remindOn(tenant, '2026-02-09');
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('a contact on hold gets none; the next contact does until the hold ends, and nobody where all are on hold', async () => {
  const { tenant, customerId, invoice } = await aDebtor();
  const { contactId } = await tenant.act('collector', addContact, {
    customerId,
    name: 'Boss',
    role: 'management',
    email: 'boss@capek.example',
  });
  await invoice(100_00n, '2026-02-08');
  await remindOn(tenant, '2026-02-08');
  const [message] = await messagesOf(tenant);
  const [reader] = await inTenant(tenant.pool, tenant.tenantId, (tx) => readContacts(tx, [customerId]));
  const hold = async (id: string | undefined) =>
    tenant.act('collector', placeHold, {
      customerId,
      contactId: id,
      reason: 'away',
      until: parseDate('2026-02-20'),
    });
  assert.notEqual(message?.recipient, 'boss@capek.example');
  await hold(reader?.id);
  assert.deepEqual(await sendReminders(tenant), ['sent'], 'read again in the moment of sending');
  assert.equal((await messagesOf(tenant))[0]?.recipient, 'boss@capek.example');
  await hold(contactId);
  await invoice(100_00n, '2026-02-09');
  await remindOn(tenant, '2026-02-09');
  assert.equal((await messagesOf(tenant)).length, 1);
});
