import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { recordRemedy } from '#disputes/change-dispute.ts';
import { closeDispute } from '#disputes/close-dispute.ts';
import * as disputes from '#disputes/contract.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { routes as disputeRoutes } from '#disputes/routes.ts';
import { applyCredit } from '#invoicing/apply-credit.ts';
import { issueCreditNote } from '#invoicing/issue-credit-note.ts';
import type { Json } from '#kernel/canonical.ts';
import type { ApplicationId, InvoiceId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { anOffice, ask as askFor, decide } from '../../test/support/approvals.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, aLine, anInvoice, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { creditDispute } from './credit-dispute.ts';
import { readCreditPlan } from './read-credit-plan.ts';
import { routes } from './routes.ts';
import { unapplyCredit } from './unapply-credit.ts';
import { writeOffDispute } from './write-off-dispute.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

/** An invoice over 1,190.00 with 19 % of it tax, of which 238.00 is disputed. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, lines: [aLine(1_000_00n, 19n)] });
  const dispute = async (itemId: ItemId, minor: bigint) =>
    (
      await tenant.act('collector', openDispute, {
        items: [{ itemId, amount: eur(minor) }],
        reason: 'quality',
      })
    ).disputeId;
  const disputeId = await dispute(invoice.itemId, 238_00n);
  const ask = await serveTo(tenant, [...routes, ...disputeRoutes]);
  const shown = async (id = disputeId) =>
    (await ask('viewer', disputes.readDispute, { params: { disputeId: id } })).reply;
  const open = async () => (await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor;
  return { tenant, companyId, customerId, invoice, dispute, disputeId, ask, shown, open };
}

test('a dispute is credited and decided in one act: the credit note takes exactly the disputed part', async () => {
  const { tenant, invoice, disputeId, ask, shown, open } = await setting();
  const plan = await ask('viewer', contract.readDisputeCreditPlan, { params: { disputeId } });
  const tax = plan.reply.invoices[0]?.taxes[0];
  assert.deepEqual(tax, { category: 'S', percent: '19', net: { amount: '200.00', currency: 'EUR' } });
  const { reply } = await ask('controller', contract.creditDispute, {
    params: { disputeId },
    body: {
      invoiceId: invoice.invoiceId,
      reason: 'quality',
      lines: [
        { description: 'Broken', quantity: '1', unitPrice: '200.00', taxCategory: 'S', taxPercent: '19' },
      ],
      decision: { rootCause: 'delivery', note: 'The carrier dropped it' },
    },
  });
  assert.deepEqual(
    [reply.total, reply.applied, reply.stillDisputed.amount, reply.isDecided],
    ['238.00', '238.00', '0.00', true],
  );
  const now = await shown();
  assert.deepEqual(
    [now.state, now.outcome, now.rootCause, now.amounts.credited.amount, now.amounts.released.amount],
    ['closed', 'valid', 'delivery', '238.00', '0.00'],
  );
  assert.deepEqual(
    now.remedies.map(({ documentId }) => documentId),
    [reply.creditNoteId],
  );
  assert.equal(await open(), 952_00n);
  await checkBooks(tenant);
});

test('what a smaller credit note leaves is still disputed, and nothing is decided', async () => {
  const { tenant, invoice, disputeId, shown } = await setting();
  const credited = await tenant.act('controller', creditDispute, {
    disputeId,
    invoiceId: invoice.invoiceId,
    reason: 'quality',
    lines: [aLine(100_00n, 19n)],
    decision: {},
  });
  assert.deepEqual([credited.stillDisputed.amount, credited.isDecided], ['119.00', false]);
  const now = await shown();
  assert.deepEqual(
    [now.state, now.amounts.open.amount, now.amounts.credited.amount],
    ['open', '119.00', '119.00'],
  );
});

test('a credit note of another invoice is no remedy, and is not issued', async () => {
  const { tenant, companyId, customerId, disputeId } = await setting();
  const other = await anInvoice(tenant, { companyId, customerId });
  await refusesWithoutTrace(tenant, 'remedy_of_other_items', () =>
    tenant.act('controller', creditDispute, {
      disputeId,
      invoiceId: other.invoiceId,
      reason: 'quality',
      decision: {},
    }),
  );
});

test('goodwill writes off exactly what is disputed; the write-off taken back, it is owed and disputed again', async () => {
  const { tenant, invoice, disputeId, shown, open } = await setting();
  const done = await tenant.act('controller', writeOffDispute, {
    disputeId,
    kind: 'goodwill',
    reason: 'A good customer',
    decision: {},
  });
  assert.deepEqual([done.amount.amount, done.isDecided], ['238.00', true]);
  const now = await shown();
  assert.deepEqual([now.outcome, now.amounts.writtenOff.amount], ['goodwill', '238.00']);
  assert.equal(await open(), 952_00n);
  await refusesWithoutTrace(tenant, 'nothing_disputed', () =>
    tenant.act('controller', writeOffDispute, { disputeId, kind: 'goodwill', reason: 'again' }),
  );
  const undone = await tenant.act('controller', undoWriteOff, {
    writeOffId: done.writeOffId,
    reason: 'a mistake',
  });
  assert.equal(undone.reopened?.disputeId, disputeId);
  assert.equal(await open(), 1_190_00n);
  const again = await shown();
  assert.deepEqual(
    [again.state, again.outcome, again.amounts.open.amount, again.amounts.released.amount],
    ['open', null, '238.00', '0.00'],
  );
  const disputed = await inTenant(tenant.pool, tenant.tenantId, (tx) => readDisputed(tx, [invoice.itemId]));
  assert.equal(disputed.get(invoice.itemId)?.minor, 238_00n);
  await checkBooks(tenant);
});

test('a credit note taken off again: what it had ended is disputed again, not chased, and ends again when the note is applied anew', async () => {
  const { tenant, invoice, disputeId, ask, shown, open } = await setting();
  const { creditNoteId } = await tenant.act('controller', creditDispute, {
    disputeId,
    invoiceId: invoice.invoiceId,
    reason: 'quality',
    lines: [aLine(200_00n, 19n)],
    decision: {},
  });
  const applied = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStandingApplications(tx, { itemIds: [invoice.itemId] }),
  );
  const { reply } = await ask('cash_applier', contract.unapplyCredit, {
    params: { creditNoteId, applicationId: applied[0]?.id ?? '' },
  });
  assert.deepEqual([reply.open, reply.reopened?.disputeId], ['238.00', disputeId]);
  const disputed = await inTenant(tenant.pool, tenant.tenantId, (tx) => readDisputed(tx, [invoice.itemId]));
  assert.equal(disputed.get(invoice.itemId)?.minor, 238_00n);
  const now = await shown();
  assert.deepEqual([now.state, now.outcome, now.amounts.open.amount], ['open', null, '238.00']);

  await tenant.act('cash_applier', applyCredit, {
    creditNoteId: creditNoteId as InvoiceId,
    allocations: [{ itemId: invoice.itemId, amount: eur(238_00n) }],
  });
  assert.equal(await open(), 952_00n);
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'valid' });
  assert.deepEqual([(await shown()).state, (await shown()).amounts.credited.amount], ['closed', '238.00']);
  await checkBooks(tenant);
});

test('a credit note taken off another invoice than the disputed one leaves the decision as it is', async () => {
  const { tenant, companyId, customerId, invoice, disputeId, shown } = await setting();
  const other = await anInvoice(tenant, { companyId, customerId });
  const { creditNoteId } = await tenant.act('controller', issueCreditNote, {
    companyId,
    customerId,
    currency: 'EUR',
    reason: 'quality',
    lines: [aLine(300_00n)],
  });
  const noteId = creditNoteId as InvoiceId;
  const { applications } = await tenant.act('cash_applier', applyCredit, {
    creditNoteId: noteId,
    allocations: [
      { itemId: invoice.itemId, amount: eur(238_00n) },
      { itemId: other.itemId, amount: eur(62_00n) },
    ],
  });
  await tenant.act('controller', recordRemedy, { disputeId, documentId: creditNoteId });
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'valid' });
  const elsewhere = applications.find((one) => one.itemId === other.itemId)?.id as ApplicationId;
  const { reopened } = await tenant.act('cash_applier', unapplyCredit, {
    creditNoteId: noteId,
    applicationId: elsewhere,
  });
  assert.deepEqual([reopened, (await shown()).state], [null, 'closed']);
});

test('a decision that did not rest on the write-off stays when the write-off is taken back', async () => {
  const { tenant, disputeId, shown } = await setting();
  const { writeOffId } = await tenant.act('controller', writeOffDispute, {
    disputeId,
    kind: 'goodwill',
    reason: 'A good customer',
  });
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'withdrawn' });
  const { reopened } = await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'a mistake' });
  assert.equal(reopened, null);
  assert.deepEqual([(await shown()).state, (await shown()).outcome], ['closed', 'withdrawn']);
});

test('only who may credit or write off, and record and decide disputes, ends a dispute so', async () => {
  const { tenant, invoice, disputeId } = await setting();
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('cash_applier', creditDispute, {
      disputeId,
      invoiceId: invoice.invoiceId,
      reason: 'quality',
    }),
  );
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('collector', writeOffDispute, { disputeId, kind: 'goodwill', reason: 'so' }),
  );
  const controller = tenant.as('controller');
  for (const missing of ['dispute.record', 'dispute.decide']) {
    const permissions = new Set([...controller.permissions].filter((one) => one !== missing));
    const carry = <I, R extends Json>(command: Command<I, R>, input: I) =>
      refusesWithoutTrace(tenant, 'not_permitted', () =>
        carryOut(tenant.door, { ...controller, permissions }, command, input),
      );
    await carry(writeOffDispute, { disputeId, kind: 'goodwill', reason: 'so', decision: {} });
    const { invoiceId } = invoice;
    await carry(creditDispute, { disputeId, invoiceId, reason: 'quality', decision: {} });
  }
});

test('where the rules want others, they are asked for the whole act, by people who could not do it themselves', async () => {
  const { tenant, olga, colin } = await anOffice();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId, lines: [aLine(1_000_00n, 19n)] });
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId: invoice.itemId }],
    reason: 'quality',
  });
  const body = { invoiceId: invoice.invoiceId, reason: 'quality', decision: { note: 'All of it' } };
  await refusesWithoutTrace(tenant, 'approval_required', () =>
    tenant.act('controller', creditDispute, { disputeId, ...body }),
  );
  const asked = await askFor(tenant, colin.now(), {
    operation: 'credit-dispute',
    params: { disputeId },
    body,
  });
  const decided = await decide(tenant, olga.now(), asked);
  assert.equal(decided.state, 'carried_out');
  const ask = await serveTo(tenant, disputeRoutes);
  const { reply } = await ask('viewer', disputes.readDispute, { params: { disputeId } });
  assert.deepEqual([reply.outcome, reply.amounts.credited.amount], ['valid', '1190.00']);
});

test('the plan of a dispute that is not there is refused', async () => {
  const { tenant } = await setting();
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, (tx) => readCreditPlan(tx, crypto.randomUUID())),
    /dispute_not_found/,
  );
});
