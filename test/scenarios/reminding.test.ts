// Three months of one customer: announced, reminded, paid in part, put on hold, chased on, forgotten for a week, paid, and
// then left in peace. Reminders run every day but for the week in which nobody was there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeSmtp, openSmtp, sendMail } from '#carriers/send-mail.ts';
import { listMessages } from '#delivery/contract.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import type { Transport } from '#delivery/send-message.ts';
import { placeHold } from '#holds/place-hold.ts';
import { releaseHold } from '#holds/release-hold.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../support/ask.ts';
import { aCompany, anInvoice, aPayment, type BuiltInvoice } from '../support/builders.ts';
import { startMailServer } from '../support/mail-server.ts';
import { aReader, remindOn, sendReminders, stepsSaid } from '../support/reminders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

/** Runs and sends every day from one day to another, both included. */
async function everyDay(tenant: TestTenant, from: string, to: string, transport: Transport): Promise<void> {
  for (let day = parseDate(from); day.until(parseDate(to)).sign >= 0; day = addDays(day, 1)) {
    await remindOn(tenant, day.toString());
    await sendReminders(tenant, transport);
  }
}

test('a customer is told each thing once, in time, in rising tone, and never after having paid', async () => {
  const server = await startMailServer();
  const smtp = openSmtp(server.url);
  try {
    const transport: Transport = { kind: 'smtp', send: (envelope, raw) => sendMail(smtp, envelope, raw) };
    const tenant = await newTenant({ on: '2026-01-02' });
    const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
    const customerId = await aReader(tenant);
    const first = await anInvoice(tenant, { companyId, customerId, minor: 1000_00n, dueOn: '2026-02-01' });
    const second = await anInvoice(tenant, { companyId, customerId, minor: 500_00n, dueOn: '2026-02-10' });
    let seen = 0;
    const arrived = () => {
      const fresh = server.received.slice(seen);
      seen = server.received.length;
      return fresh.map(({ parsed }) => parsed);
    };
    const names = (text: string | undefined, invoice: BuiltInvoice) => (text ?? '').includes(invoice.number);

    await everyDay(tenant, '2026-01-10', '2026-02-01', transport);
    const announced = arrived();
    assert.deepEqual(
      announced.map((mail) => [names(mail.text, first), names(mail.text, second)]),
      [
        [true, false],
        [false, true],
        [true, false],
      ],
      'the first announced on 17 January, the second on 26 January, the first due on 1 February',
    );

    // A part is paid: the reminder a week later asks for the rest.
    tenant.on('2026-02-05');
    const part = await aPayment(tenant, { companyId, customerId, minor: 400_00n, receivedOn: '2026-02-05' });
    await tenant.act('cash_applier', applyPayment, {
      paymentId: part.paymentId,
      allocations: [{ itemId: first.itemId, amount: money(400_00n, 'EUR') }],
    });
    await everyDay(tenant, '2026-02-02', '2026-02-10', transport);
    const reminded = arrived();
    assert.equal(reminded.length, 2);
    assert.ok(reminded[0]?.text?.includes('600.00') && !reminded[0].text.includes('1,000.00'));

    // The first is questioned and put on hold; the second goes on alone.
    const { holdId } = await tenant.act('collector', placeHold, {
      customerId,
      itemId: first.itemId,
      reason: 'other',
      note: 'says two were damaged',
      until: parseDate('2026-04-30'),
    });
    await everyDay(tenant, '2026-02-11', '2026-02-20', transport);
    assert.deepEqual(
      arrived().map((mail) => [names(mail.text, first), names(mail.text, second)]),
      [[false, true]],
    );

    // Settled with them; then a week nobody is there. Two steps of the second were due in it: the later one is said.
    await tenant.act('collector', releaseHold, { holdId });
    await remindOn(tenant, '2026-02-28');
    await sendReminders(tenant, transport);
    const after = arrived();
    assert.equal(after.length, 1);
    assert.ok(names(after[0]?.text, first) && names(after[0]?.text, second));

    // All is paid on 1 March, the day before the last step of the first: silence.
    tenant.on('2026-03-01');
    const rest = await aPayment(tenant, { companyId, customerId, minor: 1100_00n, receivedOn: '2026-03-01' });
    await tenant.act('cash_applier', applyPayment, {
      paymentId: rest.paymentId,
      allocations: [
        { itemId: first.itemId, amount: money(600_00n, 'EUR') },
        { itemId: second.itemId, amount: money(500_00n, 'EUR') },
      ],
    });
    await everyDay(tenant, '2026-03-01', '2026-03-16', transport);
    assert.deepEqual(arrived(), []);

    assert.deepEqual(
      [...(await stepsSaid(tenant))].sort(),
      [
        `2026-01-17 ${first.number} upcoming`,
        `2026-01-26 ${second.number} upcoming`,
        `2026-02-01 ${first.number} due`,
        `2026-02-08 ${first.number} reminder`,
        `2026-02-10 ${second.number} due`,
        `2026-02-17 ${second.number} reminder`,
        `2026-02-28 ${first.number} demand`,
        `2026-02-28 ${second.number} demand`,
      ].sort(),
    );
    const ask = await serveTo(tenant, deliveryRoutes);
    const outbox = await ask('viewer', listMessages, { query: {} });
    assert.deepEqual([...new Set(outbox.reply.rows.map((m) => m.state))], ['sent']);
    assert.equal(outbox.reply.rows.length, 7);
  } finally {
    closeSmtp(smtp);
    await server.close();
  }
});
