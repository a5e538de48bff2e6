import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId, UserId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import type { ReadyNotice } from '#returns/notice.ts';
import { keepNotices } from '#returns/record-notices.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment, letReceive } from '../../test/support/builders.ts';
import { attemptsOf, doSendingJobs, mailToolsOf, messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aPerson } from '../../test/support/people.ts';
import { raceHeld, runWhileHeld } from '../../test/support/race.ts';
import { aReader, goLive } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { previewThanks, testThanks } from './contract.ts';
import { routes } from './routes.ts';
import { thankCustomer, thankCustomers } from './thank-customers.ts';
import { type PaymentSeen, reasonAgainst } from './thanks.ts';
import { thanksSource } from './write-thanks.ts';

const seen: PaymentSeen = {
  thanks: 'always',
  isReturned: false,
  mayHaveComeBack: false,
  method: 'transfer',
  items: [{ reference: 'A', paid: money(1n, 'EUR'), isSettled: true }],
  hasOverdue: false,
  isOnHold: false,
  canBeReached: true,
};

test('nobody is thanked for money in doubt, taken back or that settles nothing, on hold, or against the policy', () => {
  assert.equal(reasonAgainst(seen), undefined);
  const cases: readonly (readonly [Partial<PaymentSeen>, string | undefined])[] = [
    [{ thanks: 'never' }, 'not_wanted'],
    [{ isReturned: true }, 'taken_back'],
    [{ method: 'direct_debit' }, 'in_doubt'],
    [{ method: 'cheque' }, 'in_doubt'],
    [{ mayHaveComeBack: true }, 'in_doubt'],
    [{ items: [] }, 'nothing_settled'],
    [{ items: [{ reference: 'A', paid: money(1n, 'EUR'), isSettled: false }] }, 'nothing_settled'],
    [{ hasOverdue: true }, undefined],
    [{ thanks: 'nothing_overdue', hasOverdue: true }, 'others_overdue'],
    [{ thanks: 'nothing_overdue' }, undefined],
    [{ isOnHold: true }, 'on_hold'],
    [{ canBeReached: false }, 'no_email'],
  ];
  for (const [given, reason] of cases) assert.equal(reasonAgainst({ ...seen, ...given }), reason);
});

/** A customer with two invoices and money that came for both; the policy thanks unless the test says otherwise. */
async function setting(thanks?: string) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG', email: 'books@buyer.example' });
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    steps: [{ offsetDays: 7, phase: 'reminder' }],
    ...(thanks === undefined ? {} : { thanks }),
  });
  const owe = (minor: bigint) => anInvoice(tenant, { companyId, customerId, minor, dueOn: '2026-02-23' });
  const paid = await aPayment(tenant, { companyId, customerId, minor: 150_00n, receivedOn: '2026-03-02' });
  const paymentId = paid.paymentId as PaymentId;
  const pay = (item: Awaited<ReturnType<typeof owe>>, minor: bigint) =>
    tenant.act('owner', applyPayment, {
      paymentId,
      allocations: [{ itemId: item.itemId, amount: money(minor, 'EUR') }],
    });
  const later = (hours: number) => () => tenant.clock().add({ hours });
  const look = (hours = 1) => thankCustomers(toolsOf(tenant, later(hours)), tenant.tenantId);
  const send = async () => {
    // Jobs of transactions that were rolled back are none.
    const ids = new Set((await messagesOf(tenant)).map(({ id }) => id));
    const jobs = tenant.jobs.splice(0).filter(({ payload }) => ids.has(String(payload.messageId)));
    tenant.jobs.push(...jobs);
    return doSendingJobs(tenant, mailToolsOf(tenant, [thanksSource]));
  };
  const decided = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(q.selectFrom('thanks').select('left_out').where('tenant_id', '=', tenant.tenantId)),
    );
  return { tenant, companyId, customerId, paymentId, owe, pay, look, send, decided };
}

test('one payment of two invoices brings one thank-you that names both, once it has come to rest, and never a second', async () => {
  const { tenant, owe, pay, look, send } = await setting('always');
  const [first, second] = [await owe(100_00n), await owe(50_00n)];
  await pay(first, 100_00n);
  await pay(second, 50_00n);
  await look(0);
  assert.equal((await messagesOf(tenant)).length, 0, 'somebody may still be applying');
  await Promise.all([look(), look(), look()]);
  await look();
  assert.deepEqual(await send(), ['sent']);
  const [message, ...others] = await messagesOf(tenant);
  assert.deepEqual(
    [message?.purpose, message?.recipient, others.length],
    ['thanks', 'books@buyer.example', 0],
  );
  const [attempt] = await attemptsOf(tenant, message?.id ?? '');
  const raw = Buffer.from(attempt?.raw ?? []).toString();
  assert.match(raw, /Subject: Thank you for your payment/);
  for (const { number } of [first, second]) assert.ok(raw.includes(number), number);
});

test('without a policy that thanks nobody is looked for; what was applied days ago is not thanked for', async () => {
  const off = await setting();
  await off.pay(await off.owe(100_00n), 100_00n);
  await off.look();
  assert.deepEqual(await off.decided(), []);
  const old = await setting('always');
  await old.pay(await old.owe(100_00n), 100_00n);
  await old.look(72);
  assert.deepEqual(await old.decided(), []);
});

test('money that is returned before the mail leaves, or other overdue items, keep it from leaving', async () => {
  const { tenant, owe, pay, look, send, paymentId } = await setting('nothing_overdue');
  await pay(await owe(100_00n), 100_00n);
  await look();
  await tenant.act('owner', returnPayment, { paymentId, reason: 'bank' });
  assert.deepEqual(await send(), ['dropped']);
  const other = await setting('nothing_overdue');
  await other.pay(await other.owe(100_00n), 100_00n);
  await other.owe(10_00n);
  await other.look();
  assert.deepEqual(await other.decided(), [{ left_out: 'others_overdue' }]);
});

test('a company thanks for its own invoices: what its receipt paid of another, where more is overdue, is none of them', async () => {
  const { tenant, companyId, customerId, paymentId, look, decided } = await setting('nothing_overdue');
  const sister = await aCompany(tenant);
  const owed = { companyId: sister, customerId, dueOn: '2026-02-23' };
  const theirs = await anInvoice(tenant, { ...owed, minor: 50_00n });
  await anInvoice(tenant, { ...owed, minor: 900_00n });
  await letReceive(tenant, companyId, sister);
  const allocations = [{ itemId: theirs.itemId, amount: money(50_00n, 'EUR') }];
  await tenant.act('owner', handOverPayment, { paymentId, companyId: sister, allocations });
  await look();
  assert.deepEqual(await decided(), [{ left_out: 'nothing_settled' }]);
});

test('a fee or interest that is overdue is something overdue too', async () => {
  const { tenant, owe, pay, look, decided } = await setting('nothing_overdue');
  const item = await owe(100_00n);
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, instalment, reference, account,
        currency, amount_minor, open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
      select tenant_id, gen_random_uuid(), company_id, customer_id, 'charge', gen_random_uuid(), 1, 'FEE-1', account,
        currency, 500, 500, 500, 500, posted_on, due_on, recorded_at from open_item where id = ${item.itemId}`),
  );
  await pay(item, 100_00n);
  await look();
  assert.deepEqual(await decided(), [{ left_out: 'others_overdue' }]);
});

test('a notice that waits and may tell of the money keeps it from being thanked for; one of less does not', async () => {
  for (const [minor, state] of [
    [150_00n, 'dropped'],
    [149_99n, 'sent'],
  ] as const) {
    const { tenant, companyId, owe, pay, look, send } = await setting('always');
    await pay(await owe(100_00n), 100_00n);
    await look();
    const notice: ReadyNotice = {
      companyId,
      origin: 'ach',
      kind: 'return',
      whose: 'payer',
      identity: 'a notice',
      statementLineId: null,
      amount: money(minor, 'EUR'),
      fee: money(0n, 'EUR'),
      returnedOn: parseDate('2026-03-02'),
      code: 'DISPUTED',
      endToEndId: null,
      references: [],
      payerName: null,
      payerAccount: null,
      said: 'Chargeback',
      fileName: null,
    };
    const keep = {
      name: 'keep-for-test',
      permission: 'payment.return' as const,
      run: (act: Act) => keepNotices(act, [notice]),
    };
    assert.equal(await tenant.act('owner', keep, {}), 1);
    assert.deepEqual(await send(), [state]);
  }
});

test('an invoice that is just being opened again is waited for: neither where it is decided nor where the mail leaves is it settled', async () => {
  const opening = (item: { readonly itemId: string }) => (tx: Tx) =>
    tx.run(sql`update open_item set open_minor = 1, open_functional_minor = 1
      where tenant_id = ${tx.tenantId} and id = ${item.itemId}`);
  const { tenant, owe, pay, look, decided } = await setting('always');
  const item = await owe(100_00n);
  await pay(item, 100_00n);
  await runWhileHeld(tenant, opening(item), look, async () => {});
  assert.deepEqual([await decided(), await messagesOf(tenant)], [[{ left_out: 'nothing_settled' }], []]);

  const other = await setting('always');
  const otherItem = await other.owe(100_00n);
  await other.pay(otherItem, 100_00n);
  await other.look();
  assert.deepEqual(await runWhileHeld(other.tenant, opening(otherItem), other.send, async () => {}), [
    'dropped',
  ]);
});

test('a payment that is just being returned is waited for, and nobody is thanked: neither where it is decided nor where the mail leaves', async () => {
  const { tenant, owe, pay, look, decided, paymentId } = await setting('always');
  await pay(await owe(100_00n), 100_00n);
  const taking = (tx: Tx) =>
    tx.run(
      sql`update payment set returned_on = '2026-03-02' where tenant_id = ${tx.tenantId} and id = ${paymentId}`,
    );
  await runWhileHeld(tenant, taking, look, async () => {});
  assert.deepEqual([await decided(), await messagesOf(tenant)], [[{ left_out: 'taken_back' }], []]);

  const other = await setting('always');
  await other.pay(await other.owe(100_00n), 100_00n);
  await other.look();
  const takingOther = (tx: Tx) =>
    tx.run(
      sql`update payment set returned_on = '2026-03-02' where tenant_id = ${tx.tenantId} and id = ${other.paymentId}`,
    );
  assert.deepEqual(await runWhileHeld(other.tenant, takingOther, other.send, async () => {}), ['dropped']);
});

test('workers that decide upon a payment at once queue one thank-you', async () => {
  const { tenant, owe, pay, paymentId } = await setting('always');
  await pay(await owe(100_00n), 100_00n);
  const decide = () => tenant.act('owner', thankCustomer, { paymentId });
  const outcome = await raceHeld(tenant, [decide, decide, decide]);
  assert.deepEqual(outcome, { won: 1, codes: ['thanked_already', 'thanked_already'] });
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('the words are looked at with the latest payment that settled something, whatever the policy says, and a test goes to who asks', async () => {
  const { tenant, companyId, customerId, paymentId, owe, pay } = await setting();
  const ask = await serveTo(tenant, routes);
  const asked = {
    params: { customerId },
    body: {
      companyId,
      words: { subject: 'Thanks', text: 'Your {{ payment.amount | money }}: {{ items[0].number }}' },
    },
  };
  const early = await ask('collector', previewThanks, asked);
  assert.deepEqual([early.status, early.code], [409, 'nothing_paid']);
  const settled = await owe(100_00n);
  await pay(settled, 100_00n);
  const { reply } = await ask('collector', previewThanks, asked);
  assert.deepEqual([reply.recipient, reply.subject, reply.html], ['books@buyer.example', 'Thanks', null]);
  assert.match(reply.text, new RegExp(`150.00.*${settled.number}`));
  const builtIn = await ask('collector', previewThanks, { ...asked, body: { companyId } });
  assert.match(builtIn.reply.text, /Nordlicht/);
  await aPerson(tenant, 'owner', 'Olga', tenant.as('owner').actor.id as UserId);
  const sent = await ask('owner', testThanks, asked);
  assert.deepEqual([sent.status, await messagesOf(tenant)], [200, []]);
  await tenant.act('owner', returnPayment, { paymentId, reason: 'bank' });
  const after = await ask('collector', previewThanks, asked);
  assert.deepEqual([after.status, after.code], [409, 'nothing_paid']);
});
