import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type ContactId, newId } from '#kernel/id.ts';
import { addContact, changeContact } from '#parties/change-contacts.ts';
import { readStandings } from '#promises/read-standings.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aRate } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { correctCall, setSoftPhone } from './change-call.ts';
import * as contract from './contract.ts';
import { readCallCounts, readWrongNumbers } from './read-calls.ts';
import { type RecordCall, recordCall } from './record-call.ts';
import { routes } from './routes.ts';

const day = parseDate;
const NUMBER = '+49 89 1234';

/** A customer that owes 1000.00 with a contact that has a number; today is 2 March. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const { contactId } = await tenant.act('collector', addContact, {
    customerId,
    name: 'Ann',
    role: 'billing',
    phone: NUMBER,
  });
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 1_000_00n });
  const call = (given: Partial<RecordCall> = {}) =>
    tenant.act('collector', recordCall, {
      customerId,
      direction: 'out',
      way: 'phone',
      contactId,
      outcome: 'reached',
      ...given,
    });
  const wrong = async () =>
    (await inTenant(tenant.pool, tenant.tenantId, (tx) => readWrongNumbers(tx, customerId))).rows;
  const counts = (since: string) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readCallCounts(tx, [customerId], day(since)));
  return { tenant, companyId, customerId, contactId: contactId as ContactId, invoice, call, wrong, counts };
}

test('a promise is taken in the same act as the call in which it was given, or neither is noted', async () => {
  const { tenant, companyId, customerId, call } = await setting();
  const { promise } = await call({
    outcome: 'promised',
    companyId,
    promise: { on: day('2026-03-10') },
  });
  assert.equal(promise?.amount.amount, '1000.00');
  const [standing] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStandings(tx, { customerIds: [customerId], limit: 5 }, day('2026-03-02')),
  );
  assert.equal(standing?.row.id, promise?.promiseId);
  assert.equal(standing?.row.way, 'phone');
  const promising = { outcome: 'promised' as const, companyId };
  await refusesWithoutTrace(tenant, 'promised_day_past', () =>
    call({ ...promising, promise: { on: day('2026-03-01') } }),
  );
  await refusesWithoutTrace(tenant, 'nothing_promised', () => call({ ...promising, promise: {} }));
  await refusesWithoutTrace(tenant, 'company_missing', () =>
    call({ outcome: 'promised', promise: { on: day('2026-03-10') } }),
  );
  const other = await anInvoice(tenant, { companyId });
  await refusesWithoutTrace(tenant, 'taken_of_other_customer', () =>
    call({ ...promising, promise: { items: [{ itemId: other.itemId, on: day('2026-03-10') }] } }),
  );
  const types = (await tenant.events()).map((event) => event.type);
  assert.ok(types.includes('call.recorded') && types.includes('promise.taken'));
});

test('what is overdue can be promised alone, in one currency, less what is disputed, however much is open', async () => {
  const { tenant, companyId, customerId, call } = await setting();
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9' });
  const owing = (minor: bigint, dueOn: string, currency = 'EUR') =>
    anInvoice(tenant, { companyId, customerId, minor, currency, issuedOn: '2026-01-01', dueOn });
  await owing(70_00n, '2026-03-01');
  await owing(900_00n, '2026-03-02');
  await owing(5_00n, '2026-02-01', 'USD');
  const disputed = await owing(30_00n, '2026-02-01');
  await tenant.act('collector', openDispute, { items: [{ itemId: disputed.itemId }], reason: 'pricing' });
  const promised = async (of: { readonly onlyOverdue?: boolean; readonly currency?: string }) => {
    const promise = { on: day('2026-03-10'), ...of };
    return (await call({ outcome: 'promised', companyId, promise })).promise?.amount.amount;
  };
  assert.equal(await promised({ onlyOverdue: true, currency: 'EUR' }), '1070.00');
  assert.equal(await promised({ currency: 'EUR' }), '1970.00');
  await refusesWithoutTrace(tenant, 'promise_of_several', () => promised({}));
});

test('a dispute is opened with the call in which it was said; a call about what is not the customer’s is not noted', async () => {
  const { tenant, invoice, call, customerId } = await setting();
  const dispute = { reason: 'pricing', note: 'Said 900', items: [{ itemId: invoice.itemId }] };
  const { dispute: opened } = await call({ outcome: 'disputed', dispute });
  assert.equal(opened?.amount.amount, '1000.00');
  const limited = { ...tenant.as('collector'), permissions: new Set(['call.record']) };
  const input = { customerId, direction: 'in', way: 'phone', outcome: 'disputed', dispute } as const;
  await refusesWithoutTrace(tenant, 'not_permitted', () => carryOut(tenant.door, limited, recordCall, input));
  await refusesWithoutTrace(tenant, 'contact_not_found', () => call({ contactId: newId() }));
  await refusesWithoutTrace(tenant, 'item_not_found', () => call({ itemIds: [newId()] }));
});

test('a wrong number is marked until it is changed, or somebody is reached by it after all', async () => {
  const { tenant, contactId, call, wrong } = await setting();
  const { callId } = await call({ outcome: 'wrong_number' });
  assert.deepEqual(
    (await wrong()).map((one) => [one.contactName, one.number]),
    [['Ann', NUMBER]],
  );
  await tenant.act('collector', changeContact, { contactId, wanted: { phone: '+49 89 9999' } });
  assert.deepEqual(await wrong(), []);
  await tenant.act('collector', changeContact, { contactId, wanted: { phone: NUMBER } });
  assert.equal((await wrong()).length, 1);
  tenant.on('2026-03-03');
  const reached = await call();
  assert.deepEqual(await wrong(), []);
  await tenant.act('collector', correctCall, { callId: reached.callId, note: 'Another customer' });
  assert.equal((await wrong()).length, 1, 'a call that was none reached nobody');
  await tenant.act('collector', correctCall, { callId, note: 'Misdialled' });
  assert.deepEqual(await wrong(), []);
});

test('attempts and conversations are counted, those that were corrected are not', async () => {
  const { tenant, customerId, call, counts } = await setting();
  await call({ outcome: 'no_answer' });
  tenant.on('2026-03-05');
  const spoken = await call();
  await call({ outcome: 'voicemail' });
  await call({ direction: 'in', outcome: 'refused' });
  const since = async (on: string) => (await counts(on)).get(customerId);
  assert.equal((await since('2026-03-01'))?.attempts, 3);
  assert.equal((await since('2026-03-03'))?.attempts, 2);
  await tenant.act('collector', correctCall, {
    callId: spoken.callId,
    note: 'It was the voicemail',
    instead: { direction: 'out', way: 'phone', outcome: 'voicemail' },
  });
  assert.equal((await since('2026-03-01'))?.attempts, 3);
  assert.equal((await since('2026-03-01'))?.lastSpokenOn?.toString(), '2026-03-05');
});

test('a call is corrected once, whoever corrects it at the same time', async () => {
  const { tenant, call } = await setting();
  const { callId } = await call();
  const correct = () => tenant.act('collector', correctCall, { callId, note: 'No' });
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => correct),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['call_corrected']));
});

test('the outcome of a call that took a promise stays; its note can be mended', async () => {
  const { tenant, companyId, call } = await setting();
  const { callId } = await call({ outcome: 'promised', companyId, promise: { on: day('2026-03-10') } });
  await refusesWithoutTrace(tenant, 'call_took_more', () =>
    tenant.act('collector', correctCall, { callId, note: 'No' }),
  );
  const instead = { direction: 'in', way: 'phone', outcome: 'promised', note: 'She called us' } as const;
  const mended = await tenant.act('collector', correctCall, { callId, note: 'Other way round', instead });
  assert.ok(mended.callId);
});

test('calls are noted, listed and corrected over HTTP; what dials is stated by those who manage companies', async () => {
  const { tenant, customerId, invoice } = await setting();
  const ask = await serveTo(tenant, routes);
  const itemIds: string[] = [invoice.itemId];
  const body = { customerId, outcome: 'no_answer' as const, itemIds, note: 'Rang long' };
  assert.equal((await ask('viewer', contract.recordCall, { body })).status, 403);
  const first = await ask('collector', contract.recordCall, { body });
  assert.equal(first.status, 200, JSON.stringify(first.reply));
  await ask('collector', contract.recordCall, { body: { ...body, outcome: 'reached' } });
  const page = (after?: string) =>
    ask('viewer', contract.listCalls, { query: { customerId, limit: 1, ...(after ? { after } : {}) } });
  const { reply } = await page();
  assert.deepEqual(
    reply.rows.map((row) => [row.outcome, row.items[0]?.reference]),
    [['reached', invoice.number]],
  );
  assert.equal((await page(reply.next ?? '')).reply.rows[0]?.outcome, 'no_answer');
  const corrected = await ask('collector', contract.correctCall, {
    params: { callId: first.reply.callId },
    body: { note: 'It was yesterday' },
  });
  assert.equal(corrected.status, 200);
  const all = await ask('viewer', contract.listCalls, { query: { withCorrected: 'true' } });
  assert.deepEqual(
    all.reply.rows.map((row) => row.correctedNote),
    [null, 'It was yesterday'],
  );
  assert.equal((await ask('viewer', contract.listWrongNumbers, {})).reply.rows.length, 0);
  assert.equal((await ask('viewer', contract.readSoftPhone, {})).reply.template, 'tel:{number}');
  const template = 'sip:{number}@pbx.example';
  assert.equal((await ask('collector', contract.setSoftPhone, { body: { template } })).status, 403);
  assert.equal((await ask('owner', contract.setSoftPhone, { body: { template } })).status, 200);
  assert.equal((await ask('viewer', contract.readSoftPhone, {})).reply.template, template);
  await refusesWithoutTrace(tenant, 'dial_template_not_valid', () =>
    tenant.act('owner', setSoftPhone, { template: 'javascript:{number}' }),
  );
});
