import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { StatedRules } from '#checks/check-rules.ts';
import * as checks from '#checks/contract.ts';
import { replaceCompanyRules, replaceCustomerRules } from '#checks/replace-rules.ts';
import { routes as checkRoutes } from '#checks/routes.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { type IssueInvoice, issueInvoice } from './issue-invoice.ts';
import { routes } from './routes.ts';
import { voidInvoice } from './void-invoice.ts';

/** A company and a customer that no check has anything against. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, { iban: 'DE89370400440532013000', taxId: 'DE136695976' });
  const customerId = await aCustomer(tenant, { name: 'Buyer' });
  await tenant.act('owner', replaceCompanyRules, { companyId, rules: { recipient: { mode: 'off' } } });
  const wanted = (given: Partial<IssueInvoice> = {}): IssueInvoice => ({
    companyId,
    customerId,
    issuedOn: parseDate('2026-03-10'),
    dueOn: parseDate('2026-04-10'),
    currency: 'EUR',
    lines: [aLine(100_00n)],
    ...given,
  });
  const issue = (given: Partial<IssueInvoice> = {}) => tenant.act('owner', issueInvoice, wanted(given));
  return { tenant, companyId, customerId, wanted, issue };
}

async function kept(tenant: TestTenant) {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{ check_code: string; accepted_by: string | null }>`
        select check_code, accepted_by from issue_finding where tenant_id = ${tx.tenantId} order by recorded_at`,
    ),
  );
}

const rulesOf = (tenant: TestTenant, companyId: CompanyId, rules: StatedRules) =>
  tenant.act('owner', replaceCompanyRules, { companyId, rules });

test('the same total under the same order is asked once; voided, for another period or much later it is asked again', async () => {
  const { tenant, issue } = await setting();
  const first = await issue({ purchaseOrder: 'PO-1' });
  await assert.rejects(issue({ purchaseOrder: 'PO-1' }), { code: 'checks_refused' });
  await issue({ purchaseOrder: 'PO-2' });
  await issue({ purchaseOrder: 'PO-1', lines: [aLine(101_00n)] });
  await issue({
    purchaseOrder: 'PO-1',
    delivery: { periodFrom: parseDate('2026-02-01'), periodTo: parseDate('2026-02-28') },
  });
  await issue({ purchaseOrder: 'PO-1', issuedOn: addDays(parseDate('2026-03-10'), 21) });
  await tenant.act('owner', voidInvoice, { invoiceId: first.invoiceId as never, reason: 'by mistake' });
  await issue({ purchaseOrder: 'PO-1' });
});

test('of eight who issue the same invoice at once, one does', async () => {
  const { tenant, issue, customerId } = await setting();
  const warm = () => inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`select pg_sleep(0.05)`));
  await Promise.all(Array.from({ length: 8 }, warm));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => issue({ purchaseOrder: 'PO-9' })),
  );
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'checks_refused');
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`select from invoice where tenant_id = ${tx.tenantId} and customer_id = ${customerId}`),
  );
  assert.equal(rows.length, 1);
});

test('a warning stops whoever asks to be asked, and what was accepted is kept with who did', async () => {
  const { tenant, wanted } = await setting();
  const ask = await serveTo(tenant, [...routes, ...checkRoutes]);
  const body = {
    companyId: wanted().companyId,
    customerId: wanted().customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-05',
    currency: 'EUR',
    lines: [{ description: 'Goods', quantity: '1', unitPrice: '100', taxPercent: '19' }],
  };
  const seen = await ask('controller', contract.checkInvoice, { body });
  assert.deepEqual(
    seen.reply.findings.map((f) => [f.check, f.mode, f.field]),
    [['due_date', 'warn', 'dueOn']],
  );
  const stopped = await ask('controller', contract.issueInvoice, { body: { ...body, accept: [] } });
  assert.deepEqual([stopped.status, stopped.code], [409, 'checks_not_accepted']);
  const wrong = await ask('controller', contract.issueInvoice, {
    body: { ...body, accept: ['due_date:0000000000000000'] },
  });
  assert.equal(wrong.code, 'checks_not_accepted');
  const accept = seen.reply.findings.map((finding) => finding.id);
  const issued = await ask('controller', contract.issueInvoice, { body: { ...body, accept } });
  assert.equal(issued.status, 200);
  const [row] = await kept(tenant);
  assert.equal(row?.check_code, 'due_date');
  assert.match(row?.accepted_by ?? '', /^user:/);
  const read = await ask('viewer', contract.readInvoice, { params: { invoiceId: issued.reply.invoiceId } });
  assert.deepEqual(
    read.reply.findings.map((f) => f.check),
    ['due_date'],
  );
});

test('where nobody is asked a warning is kept as such, and nothing is refused', async () => {
  const { tenant, issue } = await setting();
  await issue({ issuedOn: parseDate('2026-03-01'), dueOn: parseDate('2026-03-05') });
  assert.deepEqual(await kept(tenant), [{ check_code: 'due_date', accepted_by: null }]);
});

test('a refusal tells all findings at once and leaves nothing behind', async () => {
  const { tenant, companyId, customerId, issue } = await setting();
  await rulesOf(tenant, companyId, { buyer_reference: { mode: 'refuse' }, recipient: { mode: 'warn' } });
  await tenant.act('owner', replaceCustomerRules, {
    customerId,
    rules: { purchase_order: { mode: 'refuse', pattern: 'PO-####' } },
  });
  await assert.rejects(
    issue({ purchaseOrder: 'PO-12' }),
    (error: { code: string; facts: { findings: { check: string; hint: string }[] } }) => {
      assert.equal(error.code, 'checks_refused');
      assert.deepEqual(
        error.facts.findings.map((f) => f.check),
        ['purchase_order', 'buyer_reference', 'recipient'],
      );
      assert.ok(error.facts.findings.every((f) => f.hint.length > 10));
      return true;
    },
  );
  assert.deepEqual(await kept(tenant), []);
  await issue({ purchaseOrder: 'PO-1234', references: { buyerReference: 'R' } });
});

test('the same lines within a week and an odd amount are told', async () => {
  const { tenant, issue } = await setting();
  for (const day of ['2026-01-10', '2026-02-10', '2026-03-08'])
    await issue({ issuedOn: parseDate(day), lines: [aLine(50_00n)] });
  await issue({ lines: [aLine(50_00n)] });
  await issue({ lines: [aLine(500_01n)] });
  await issue({ lines: [{ ...aLine(50_00n), description: 'Other goods' }] });
  const found = await kept(tenant);
  assert.deepEqual(found.map((row) => row.check_code).sort(), ['alike', 'amount']);
});

test('rules are stated by who may, in versions, and read back as stated', async () => {
  const { tenant, companyId, customerId } = await setting();
  const ask = await serveTo(tenant, checkRoutes);
  const params = { companyId };
  const body = { rules: { duplicate: { mode: 'warn' as const, days: 40 } } };
  assert.equal((await ask('viewer', checks.replaceCompanyRules, { params, body })).status, 403);
  assert.equal((await ask('controller', checks.replaceCompanyRules, { params, body })).status, 200);
  const read = await ask('viewer', checks.readCompanyRules, { params });
  assert.deepEqual(read.reply.stated, body.rules);
  assert.deepEqual(read.reply.rules.duplicate, { mode: 'warn', days: 40 });
  assert.deepEqual(read.reply.rules.bank_account, { mode: 'refuse' });
  const odd = await ask('controller', checks.replaceCompanyRules, {
    params,
    body: { rules: { recipient: { mode: 'warn', days: 1 } } },
  });
  assert.deepEqual([odd.status, odd.code], [400, 'check_measure_not_known']);
  const of = { customerId };
  assert.equal((await ask('collector', checks.replaceCustomerRules, { params: of, body })).status, 200);
  assert.deepEqual((await ask('viewer', checks.readCustomerRules, { params: of })).reply.stated, body.rules);
});

test('a QR-IBAN takes no invoice without a QR reference', async () => {
  const { tenant } = await setting();
  const companyId = await aCompany(tenant, { currency: 'CHF', country: 'CH', iban: 'CH4431999123000889012' });
  const customerId: CustomerId = await aCustomer(tenant);
  const wanted: IssueInvoice = {
    companyId,
    customerId,
    issuedOn: parseDate('2026-03-10'),
    dueOn: parseDate('2026-04-10'),
    currency: 'CHF',
    lines: [aLine(1_00n, 0n, 'CHF')],
    paymentReference: 'INV 1',
  };
  await assert.rejects(tenant.act('owner', issueInvoice, wanted), { code: 'checks_refused' });
  await tenant.act('owner', issueInvoice, { ...wanted, paymentReference: undefined });
});
