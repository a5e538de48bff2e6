import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InvoiceId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { archiveCustomer } from '#parties/change-customer.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import * as remedies from '#remedies/contract.ts';
import { routes as remedyRoutes } from '#remedies/routes.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { someTerms } from '../../test/support/terms.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant, { code: 'MAIN' });
  const customerId = await aCustomer(tenant, { number: 'K-1', name: 'Müller' });
  const ask = await serveTo(tenant, [...routes, ...remedyRoutes]);
  const pay = async (
    itemId: Parameters<typeof applyPayment.run>[1]['allocations'][number]['itemId'],
    minor: bigint,
  ) => {
    const payment = await aPayment(tenant, { companyId, customerId, minor });
    await tenant.act('owner', applyPayment, {
      paymentId: payment.paymentId,
      allocations: [{ itemId, amount: money(minor, 'EUR') }],
    });
    return payment;
  };
  return { tenant, companyId, customerId, ask, pay };
}

const line = { description: 'Goods', quantity: '2', unitPrice: '50', taxPercent: '21' };

test('an invoice goes through its life over the API', async () => {
  const { ask, companyId, customerId } = await setting();
  const body = {
    companyId,
    customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    currency: 'EUR',
    lines: [line, { ...line, taxPercent: '0', unit: 'h', description: 'First line\nsecond line' }],
    purchaseOrder: 'PO 7',
    note: 'Thank you',
  };
  const rehearsed = await ask('controller', contract.issueInvoice, { body, rehearse: true });
  const issued = await ask('controller', contract.issueInvoice, { body });
  assert.deepEqual([rehearsed.reply.number, issued.reply.number], ['INV-2026-00001', 'INV-2026-00001']);
  const params = { invoiceId: issued.reply.invoiceId };

  const credited = await ask('controller', contract.creditInvoice, {
    params,
    body: { reason: 'quality', reasonNote: 'one piece broken', lines: [{ ...line, quantity: '1' }] },
  });
  assert.deepEqual(
    [credited.reply.total, credited.reply.applied, credited.reply.open],
    ['60.50', '60.50', '0.00'],
  );

  const { reply } = await ask('viewer', contract.readInvoice, { params });
  assert.deepEqual(reply.total, { amount: '221.00', currency: 'EUR' });
  assert.deepEqual(
    [reply.open.amount, reply.creditable.amount, reply.state],
    ['160.50', '160.50', 'partly_paid'],
  );
  assert.deepEqual(
    reply.lines.map((l) => [
      l.lineNo,
      l.quantity,
      l.unit,
      l.unitPrice,
      l.taxCategory,
      l.taxPercent,
      l.net.amount,
    ]),
    [
      [1, '2', null, '50', 'S', '21', '100.00'],
      [2, '2', 'h', '50', 'Z', '0', '100.00'],
    ],
  );
  assert.deepEqual(
    reply.taxes.map((t) => [t.category, t.percent, t.net.amount, t.tax.amount]),
    [
      ['S', '21', '100.00', '21.00'],
      ['Z', '0', '100.00', '0.00'],
    ],
  );
  assert.deepEqual(
    reply.creditNotes.map((c) => [c.id, c.total.amount, c.voidedOn]),
    [[credited.reply.creditNoteId, '60.50', null]],
  );
  assert.deepEqual(
    reply.applications.map((a) => [a.amount.amount, a.method, a.reversed, a.other.kind, a.other.reference]),
    [['60.50', 'credit', false, 'credit_note', 'CN-2026-00001']],
  );
  assert.deepEqual(
    reply.entries.map((e) => e.kind),
    ['application', 'invoice'],
  );
  assert.deepEqual(
    reply.entries[1]?.lines.map((l) => [l.account, l.code, l.amount.amount, l.reference]),
    [
      ['receivables', '1200', '221.00', 'INV-2026-00001'],
      ['revenue', '4000', '-200.00', null],
      ['tax', '1700', '-21.00', null],
    ],
  );
  assert.deepEqual(
    reply.events.map((e) => e.type),
    ['invoice.issued'],
  );
  assert.deepEqual(reply.may, {
    credit: 'not_permitted',
    void: 'not_permitted',
    applyCredit: 'not_permitted',
  });
  const byOwner = await ask('owner', contract.readInvoice, { params });
  assert.deepEqual(byOwner.reply.may, {
    credit: true,
    void: 'invoice_has_applications',
    applyCredit: 'credit_note_not_found',
  });
  const note = await ask('owner', contract.readInvoice, {
    params: { invoiceId: credited.reply.creditNoteId },
  });
  assert.deepEqual(
    [
      note.reply.corrects,
      note.reply.state,
      note.reply.reason,
      note.reply.may.credit,
      note.reply.may.applyCredit,
    ],
    [
      { id: issued.reply.invoiceId, number: 'INV-2026-00001' },
      'applied',
      'one piece broken',
      'not_an_invoice',
      'exceeds_unapplied',
    ],
  );
  const nothing = await ask('viewer', contract.readInvoice, { params: { invoiceId: newId() } });
  assert.deepEqual([nothing.status, nothing.code], [404, 'invoice_not_found']);
});

test('credits are applied and taken back, and documents voided, over the API', async () => {
  const { tenant, ask, companyId, customerId } = await setting();
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const issued = await ask('controller', contract.issueCreditNote, {
    body: {
      companyId,
      customerId,
      currency: 'EUR',
      reason: 'goodwill',
      lines: [{ ...line, taxPercent: '0' }],
    },
  });
  const params = { creditNoteId: issued.reply.creditNoteId };
  const applied = await ask('cash_applier', contract.applyCredit, {
    params,
    body: { allocations: [{ itemId: invoice.itemId, amount: { amount: '30.00', currency: 'EUR' } }] },
  });
  assert.deepEqual([applied.reply.open, applied.reply.items[0]?.open], ['70.00', '70.00']);
  const applicationId = applied.reply.applications[0]?.id ?? '';
  const back = await ask('cash_applier', remedies.unapplyCredit, { params: { ...params, applicationId } });
  assert.equal(back.reply.open, '100.00');
  const again = await ask('cash_applier', remedies.unapplyCredit, { params: { ...params, applicationId } });
  assert.deepEqual([again.status, again.code], [404, 'application_not_found']);
  const read = await ask('viewer', contract.readInvoice, { params: { invoiceId: invoice.invoiceId } });
  assert.deepEqual(
    read.reply.applications.map((a) => [a.amount.amount, a.reversed, a.reversesId]),
    [
      ['-30.00', false, applicationId],
      ['30.00', true, null],
    ],
  );
  assert.equal(read.reply.state, 'issued');

  const voided = await ask('controller', contract.voidInvoice, {
    params: { invoiceId: invoice.invoiceId },
    body: { reason: 'slip' },
  });
  assert.equal(voided.reply.voidedOn, '2026-03-01');
  const after = await ask('owner', contract.readInvoice, { params: { invoiceId: invoice.invoiceId } });
  assert.deepEqual(
    [after.reply.state, after.reply.open.amount, after.reply.creditable.amount],
    ['voided', '0.00', '0.00'],
  );
  assert.deepEqual(after.reply.may, {
    credit: 'invoice_voided',
    void: 'invoice_voided',
    applyCredit: 'credit_note_not_found',
  });
  assert.deepEqual(after.reply.items.length, 1);
  assert.deepEqual(
    after.reply.events.map((e) => [e.type, e.actor.length > 0]),
    [
      ['invoice.voided', true],
      ['invoice.issued', true],
    ],
  );
});

test('the list shows each document by how it stands', async () => {
  const { tenant, ask, companyId, customerId, pay } = await setting();
  const late = await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: '2026-01-01',
    dueOn: '2026-01-31',
  });
  const partly = await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: '2026-01-02',
    instalments: [
      { dueOn: '2026-02-01', minor: 50_00n },
      { dueOn: '2026-05-01', minor: 50_00n },
    ],
  });
  await pay(partly.itemId, 50_00n);
  const paid = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-03' });
  await pay(paid.itemId, 100_00n);
  const lost = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-04' });
  await tenant.act('owner', writeOffItems, {
    items: [{ itemId: lost.itemId }],
    kind: 'bad_debt',
    reason: 'insolvent',
  });
  const wrong = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-05' });
  await ask('owner', contract.voidInvoice, {
    params: { invoiceId: wrong.invoiceId },
    body: { reason: 'slip' },
  });
  const whole = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-06' });
  const { reply: credit } = await ask('owner', contract.creditInvoice, {
    params: { invoiceId: whole.invoiceId },
    body: { reason: 'return' },
  });
  const bonus = await ask('owner', contract.issueCreditNote, {
    body: {
      companyId,
      customerId,
      currency: 'EUR',
      reason: 'goodwill',
      lines: [line],
      issuedOn: '2026-02-01',
    },
  });

  const list = async (query: Parameters<typeof ask<typeof contract.listInvoices>>[2]['query']) =>
    (await ask('viewer', contract.listInvoices, { query })).reply.rows;
  assert.deepEqual(
    (await list({})).map((row) => [row.number, row.state, row.open.amount, row.dueOn, row.daysLate]),
    [
      [credit.number, 'applied', '0.00', '2026-03-01', 0],
      [bonus.reply.number, 'issued', '121.00', '2026-02-01', 0],
      [whole.number, 'credited', '0.00', '2026-02-01', 0],
      [wrong.number, 'voided', '0.00', '2026-02-01', 0],
      [lost.number, 'written_off', '0.00', '2026-02-01', 0],
      [paid.number, 'paid', '0.00', '2026-02-01', 0],
      [partly.number, 'partly_paid', '50.00', '2026-05-01', 0],
      [late.number, 'issued', '100.00', '2026-01-31', 29],
    ],
  );
  const numbers = async (query: Parameters<typeof list>[0]) => (await list(query)).map((row) => row.number);
  assert.deepEqual(await numbers({ state: 'open' }), [late.number, bonus.reply.number, partly.number]);
  assert.deepEqual(await numbers({ state: 'open', kind: 'credit_note' }), [bonus.reply.number]);
  assert.deepEqual(await numbers({ state: 'overdue' }), [late.number]);
  assert.deepEqual(await numbers({ state: 'overdue', kind: 'credit_note' }), []);
  assert.deepEqual(await numbers({ state: 'paid' }), [credit.number, whole.number, lost.number, paid.number]);
  assert.deepEqual(await numbers({ state: 'voided' }), [wrong.number]);
  assert.deepEqual(await numbers({ issuedFrom: '2026-01-03', issuedTo: '2026-01-04' }), [
    lost.number,
    paid.number,
  ]);
  assert.deepEqual(await numbers({ state: 'paid', issuedTo: '2026-01-04', issuedFrom: '2026-01-04' }), [
    lost.number,
  ]);
  assert.deepEqual(await numbers({ state: 'open', issuedFrom: '2026-01-02', issuedTo: '2026-01-31' }), [
    partly.number,
  ]);
});

test('documents are found by the beginning of the number and by the customer, of a company or customer', async () => {
  const { tenant, ask, companyId, customerId } = await setting();
  const other = await aCustomer(tenant, { number: 'Z-9', name: 'Nordwind' });
  const mine = await anInvoice(tenant, { companyId, customerId });
  const theirs = await anInvoice(tenant, { companyId: await aCompany(tenant), customerId: other });
  const numbers = async (query: Parameters<typeof ask<typeof contract.listInvoices>>[2]['query']) =>
    (await ask('viewer', contract.listInvoices, { query })).reply.rows.map((row) => row.customer.number);
  assert.equal(mine.number, theirs.number);
  for (const state of ['all', 'open'] as const) {
    assert.deepEqual(await numbers({ state, q: 'inv-2026' }).then((found) => found.sort()), ['K-1', 'Z-9']);
    assert.deepEqual(await numbers({ state, q: 'INV-2026-00002' }), []);
    assert.deepEqual(await numbers({ state, q: 'muller' }), ['K-1']);
    assert.deepEqual(await numbers({ state, q: 'z-9' }), ['Z-9']);
    assert.deepEqual(await numbers({ state, q: 'nobody at all' }), []);
    assert.deepEqual(await numbers({ state, customerId: other }), ['Z-9']);
    assert.deepEqual(await numbers({ state, companyId }), ['K-1']);
    assert.deepEqual(await numbers({ state, companyId, customerId: other }), []);
    assert.deepEqual(await numbers({ state, kind: 'credit_note' }), []);
  }
});

test('each list goes on page by page without losing or repeating a document', async () => {
  const { tenant, ask, companyId, customerId, pay } = await setting();
  for (let i = 0; i < 7; i += 1) {
    const issuedOn = `2026-01-0${1 + (i % 3)}`;
    await anInvoice(tenant, { companyId, customerId, issuedOn, dueOn: `2026-02-0${1 + (i % 2)}` });
    const paid = await anInvoice(tenant, { companyId, customerId, issuedOn });
    await pay(paid.itemId, 100_00n);
  }
  for (const state of ['all', 'open', 'overdue', 'paid'] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { reply } = await ask('viewer', contract.listInvoices, { query: { state, limit: 3, after } });
      seen.push(...reply.rows.map((row) => row.id));
      after = reply.next ?? undefined;
    } while (after !== undefined);
    assert.equal(seen.length, state === 'all' ? 14 : 7, state);
    assert.equal(new Set(seen).size, seen.length, state);
  }
  const wrong = await ask('viewer', contract.listInvoices, { query: { after: 'x,y' } });
  assert.deepEqual([wrong.status, wrong.code], [400, 'bad_input']);
});

test('lines are priced without being stored, and say what would be refused', async () => {
  const { tenant, ask, customerId } = await setting();
  const paymentTermsId = await someTerms(tenant, '2/5 net 10');
  const onTerms = await aCustomer(tenant, { paymentTermsId });
  const calculate = async (more: object) =>
    (await ask('viewer', contract.calculateInvoice, { body: { currency: 'EUR', lines: [line], ...more } }))
      .reply;
  const priced = await calculate({
    customerId: onTerms,
    issuedOn: '2026-03-01',
    instalmentPercents: ['33.3', '33.3', '33.4'],
  });
  assert.deepEqual(
    [priced.net.amount, priced.tax.amount, priced.total.amount],
    ['100.00', '21.00', '121.00'],
  );
  assert.deepEqual([priced.dueOn, priced.problem], ['2026-03-11', null]);
  assert.deepEqual(
    priced.schedule.map((part) => [
      part.dueOn,
      part.amount.amount,
      part.discounts.map((d) => [d.untilOn, d.pay.amount]),
    ]),
    [['2026-03-11', '121.00', [['2026-03-06', '118.58']]]],
  );
  assert.deepEqual(
    priced.instalments.map((i) => i.amount),
    ['40.29', '40.29', '40.42'],
  );
  assert.equal((await calculate({ customerId, issuedOn: '2026-03-01' })).dueOn, null);
  const empty = await calculate({ customerId: onTerms, issuedOn: '2026-03-01', lines: [] });
  assert.deepEqual([empty.problem, empty.dueOn, empty.schedule], ['no_lines', '2026-03-11', []]);
  const negative = await calculate({ lines: [{ ...line, quantity: '-1' }], instalmentPercents: ['1'] });
  assert.deepEqual(
    [negative.total.amount, negative.problem, negative.instalments],
    ['-60.50', 'total_not_positive', []],
  );
  await tenant.act('owner', archiveCustomer, { customerId });
  assert.equal((await calculate({ customerId })).problem, 'customer_archived');
  const refused = async (more: object) =>
    (await ask('viewer', contract.calculateInvoice, { body: { currency: 'EUR', lines: [line], ...more } }))
      .code;
  assert.equal(await refused({ instalmentPercents: ['0'] }), 'instalment_not_positive');
  assert.equal(await refused({ lines: [{ ...line, taxPercent: '101' }] }), 'tax_percent_too_high');
  assert.equal(await refused({ lines: [{ ...line, taxPercent: 'x' }] }), 'bad_input');
  assert.equal(await refused({ customerId: newId() }), 'customer_not_found');
});

test('what does not read as a request is named field by field', async () => {
  const { ask, companyId, customerId } = await setting();
  const body = {
    companyId,
    customerId,
    issuedOn: '2026-02-30',
    currency: 'EURO',
    lines: [{ ...line, quantity: '1,5', description: '' }],
  };
  const answer = await ask('controller', contract.issueInvoice, { body });
  assert.deepEqual([answer.status, answer.code], [400, 'bad_input']);
  const { errors } = JSON.parse(answer.bytes.toString()) as { errors: { pointer: string }[] };
  assert.deepEqual(errors.map((e) => e.pointer).sort(), [
    '/body/currency',
    '/body/issuedOn',
    '/body/lines/0/description',
    '/body/lines/0/quantity',
  ]);
});

test('an application taken back counts for nothing in the state', async () => {
  const { tenant, ask, companyId, customerId, pay } = await setting();
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const payment = await pay(invoice.itemId, 100_00n);
  await tenant.act('owner', unapplyPayment, { paymentId: payment.paymentId });
  await ask('owner', contract.creditInvoice, {
    params: { invoiceId: invoice.invoiceId },
    body: { reason: 'price' },
  });
  const read = await ask('viewer', contract.readInvoice, {
    params: { invoiceId: invoice.invoiceId as InvoiceId },
  });
  assert.equal(read.reply.state, 'credited');
  assert.equal(read.reply.applications.length, 3);
});
