import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { READY_MADE } from './ready-made.ts';
import { replacePolicy } from './replace-policy.ts';
import { routes } from './routes.ts';

const day = parseDate;
const terms = (code: string) => {
  const found = READY_MADE.find((r) => r.code === code);
  assert.ok(found);
  return structuredClone(found.terms) as never;
};

async function setUp() {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant, { iban: 'DE89370400440532013000' });
  const customerId = await aCustomer(tenant, { name: 'Slow Payers GmbH' });
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: day('2020-01-01'),
    terms: terms('de'),
  });
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const ask = await serveTo(tenant, routes);
  return { tenant, companyId, customerId, invoice, ask };
}

test('planned, looked at in detail, posted, read, printed and waived over the API', async () => {
  const { companyId, customerId, ask } = await setUp();
  const query = { companyId, through: '2026-01-31' };
  const plan = await ask('viewer', contract.planCharges, { query });
  assert.deepEqual(
    plan.reply.rows.map((row) => [row.customer.name, row.interest.amount, row.fees.amount, row.items]),
    [['Slow Payers GmbH', '8.72', '40.00', 1]],
  );
  assert.equal(plan.reply.next, null);
  const detail = await ask('viewer', contract.planCustomerCharges, { params: { customerId }, query });
  assert.deepEqual(detail.reply.parts[0]?.spans[0], {
    from: '2026-01-01',
    to: '2026-01-31',
    days: 31,
    yearDays: 365,
    base: { amount: '1000.00', currency: 'EUR' },
    percent: '10.27',
    source: 'de-base 1.27 % on 2026-01-01 + 9 (Deutsche Bundesbank, base rate under section 247 BGB)',
    amount: '8.722465',
  });
  const body = { companyId, customerIds: [customerId], through: '2026-01-31' };
  const posted = await ask('controller', contract.postCharges, { body });
  assert.equal(posted.reply.charges[0]?.total, '48.72');
  const chargeId = posted.reply.charges[0]?.chargeId ?? '';
  assert.deepEqual((await ask('viewer', contract.planCharges, { query })).reply.rows, []);

  const params = { chargeId };
  const read = await ask('controller', contract.readCharge, { params });
  assert.deepEqual(read.reply.may, { waive: true, reinstate: 'not_a_waiver' });
  assert.equal((await ask('viewer', contract.readCharge, { params })).reply.may.waive, 'not_permitted');
  assert.equal(read.reply.parts[0]?.spans[0]?.amount, '8.722465');
  const waived = await ask('controller', contract.waiveCharge, {
    params,
    body: { reason: 'goodwill', fees: { amount: '40.00', currency: 'EUR' } },
  });
  assert.equal(waived.reply.total, '-40.00');
  const after = await ask('controller', contract.readCharge, { params });
  assert.deepEqual([after.reply.open.amount, after.reply.waivers.length], ['8.72', 1]);
  const list = await ask('viewer', contract.listCharges, { query: { openOnly: 'true', customerId } });
  assert.deepEqual(
    list.reply.rows.map((row) => row.number),
    ['LC-2026-00001'],
  );
  const undone = await ask('controller', contract.undoWaiver, {
    params: { chargeId: waived.reply.chargeId },
    body: { reason: 'after all' },
  });
  assert.equal(undone.status, 200);
  assert.equal((await ask('viewer', contract.readCharge, { params: { chargeId: newId() } })).status, 404);
});

test('the interest of an invoice is shown with its sheet and growth; a missing rate is said, not guessed', async () => {
  const { tenant, companyId, invoice, ask } = await setUp();
  const params = { invoiceId: invoice.invoiceId };
  const { reply } = await ask('viewer', contract.readInvoiceInterest, {
    params,
    query: { on: '2026-01-31' },
  });
  assert.deepEqual(
    [reply.accrued.amount, reply.charged.amount, reply.daily.amount, reply.items[0]?.spans.length],
    ['8.72', '0.00', '0.28', 1],
  );
  assert.deepEqual(
    [reply.growth[0], reply.growth.at(-1)],
    [
      { on: '2025-12-31', accrued: '0.00' },
      { on: '2026-01-31', accrued: '8.72' },
    ],
  );
  tenant.on('2026-08-01');
  const later = (await ask('viewer', contract.readInvoiceInterest, { params })).reply;
  assert.deepEqual(
    [later.problem, later.facts],
    ['reference_rate_missing', { code: 'de-base', on: '2026-07-01' }],
  );
  const settings = await ask('controller', contract.readChargeSettings, { query: { companyId } });
  assert.deepEqual(
    settings.reply.missingRates.map((m) => [m.code, m.on]),
    [['de-base', '2026-07-01']],
  );
  const body = {
    rates: [{ code: 'de-base', validFrom: '2026-07-01', percent: '1.27', source: 'Bundesbank' }],
  };
  assert.equal((await ask('controller', contract.recordReferenceRates, { body })).reply.recorded, 1);
  assert.equal((await ask('viewer', contract.readInvoiceInterest, { params })).reply.problem, null);
  const { histories } = (await ask('viewer', contract.readReferenceRates, {})).reply;
  const base = histories.find((h) => h.code === 'de-base');
  assert.deepEqual([base?.knownThrough, base?.rates[0]?.percent], ['2026-07-01', '1.27']);
});

test('an example is reckoned while terms are typed', async () => {
  const { ask } = await setUp();
  const body = {
    terms: terms('gb'),
    amount: { amount: '1000.00', currency: 'GBP' },
    dueOn: '2025-12-31',
    through: '2026-02-19',
    payments: [{ on: '2026-02-01', amount: { amount: '400', currency: 'GBP' } }],
  };
  const { reply } = await ask('viewer', contract.calculateInterest, { body });
  assert.deepEqual(
    [reply.interest.amount, reply.fixedSum?.amount, reply.daily.amount, reply.spans.length],
    ['13.65', '70.00', '0.19', 2],
  );
  const wrong = await ask('viewer', contract.calculateInterest, {
    body: {
      ...body,
      terms: { ...(terms('us') as object), rate: { mode: 'monthly', percent: '9' } } as never,
    },
  });
  assert.equal(wrong.status, 400);
});

test('a customer’s kind and own terms are kept and shown, and exclusions placed and released', async () => {
  const { companyId, customerId, invoice, ask } = await setUp();
  const params = { customerId };
  await ask('controller', contract.changeDebtorKind, { params, body: { kind: 'authority' } });
  await ask('controller', contract.replaceChargePolicy, {
    body: { companyId, customerId, validFrom: '2026-01-01', terms: null, exempt: true },
  });
  const { reply } = await ask('controller', contract.readCustomerCharging, { params });
  assert.deepEqual(
    [reply.debtorKind, reply.policies.length, reply.policies[0]?.exempt],
    ['authority', 1, true],
  );
  const placed = await ask('controller', contract.placeExclusion, {
    body: { itemId: invoice.itemId, from: '2026-01-01', reason: 'disputed' },
  });
  const { exclusionId } = placed.reply;
  const released = await ask('controller', contract.releaseExclusion, {
    params: { exclusionId },
    body: { to: '2026-01-10' },
  });
  assert.equal(released.status, 200);
  const shown = await ask('viewer', contract.readInvoiceInterest, {
    params: { invoiceId: invoice.invoiceId },
  });
  assert.equal(shown.reply.exclusions[0]?.to, '2026-01-10');
  assert.equal(shown.reply.items[0]?.spans[0]?.from, '2026-01-11');
});

test('a charge is printed with its sheet, and the sheet saved as a table', async () => {
  const { companyId, customerId, ask } = await setUp();
  const body = { companyId, customerIds: [customerId], through: '2026-01-31' };
  const posted = await ask('controller', contract.postCharges, { body });
  const params = { chargeId: posted.reply.charges[0]?.chargeId ?? '' };
  const text = readPdf((await ask('viewer', contract.printCharge, { params })).bytes).pages.join('\n');
  for (const words of ['LC-2026-00001', 'Slow Payers GmbH', '48.72', '10.27', 'Section 288', '1,000.00'])
    assert.ok(text.includes(words), `${words} in ${text}`);
  const sheet = (await ask('viewer', contract.exportSheet, { params })).bytes.toString();
  assert.equal(
    sheet,
    [
      '\ufeffkind,document,from,to,days,year_days,base,percent,rate_source,interest_unrounded,amount,currency',
      'days,INV-2025-00001,2026-01-01,2026-01-31,31,365,1000.00,10.27,"de-base 1.27 % on 2026-01-01 + 9 (Deutsche Bundesbank, base rate under section 247 BGB)",8.722465,,EUR',
      'interest,INV-2025-00001,2026-01-01,2026-01-31,,,,,,,8.72,EUR',
      'fixed_sum,INV-2025-00001,,,,,,,,,40.00,EUR',
      '',
    ].join('\r\n'),
  );
});
