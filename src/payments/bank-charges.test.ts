import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { putTolerance } from '#differences/change-difference-rules.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import { importBankFile } from './import-bank-file.ts';
import { statedCharge } from './stated-charge.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const allow = (minor: bigint) =>
    tenant.act('controller', putTolerance, {
      companyId,
      kind: 'bank_charge',
      currency: 'EUR',
      stance: 'limit',
      amountMax: eur(minor),
      validFrom: parseDate('2026-01-01'),
    });
  const invoice = () => anInvoice(tenant, { companyId, customerId });
  const open = async (invoiceId: string) => (await itemsOf(tenant, invoiceId))[0]?.open.minor;
  return { tenant, companyId, customerId, allow, invoice, open };
}

test('a receipt less what banks kept settles its invoice, books the charge, and is taken back whole', async () => {
  const { tenant, companyId, customerId, allow, invoice, open } = await setting();
  await allow(3_00n);
  const { invoiceId, itemId } = await invoice();
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 98_00n });
  const allocations = [{ itemId, amount: eur(98_00n) }];
  const applied = await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations,
    takeTolerance: true,
  });
  assert.deepEqual(
    applied.differences.map((one) => [one.kind, one.state, one.difference.amount]),
    [['bank_charge', 'tolerance', '2.00']],
  );
  assert.equal(await open(invoiceId), 0n);
  const books = await checkBooks(tenant);
  assert.deepEqual([books['bank-charges'], books['small-differences'] ?? 0n], [2_00n, 0n]);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.equal(await open(invoiceId), 100_00n);
  assert.equal((await checkBooks(tenant))['bank-charges'] ?? 0n, 0n);
});

test('by hand a bank charge is dropped within the limit of who acts, beyond it others approve', async () => {
  const { tenant, companyId, customerId, invoice } = await setting();
  const give = async (difference: bigint) => {
    const { itemId } = await invoice();
    const minor = 100_00n - difference;
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor });
    return () =>
      tenant.act('cash_applier', applyPayment, {
        paymentId,
        allocations: [
          { itemId, amount: eur(minor), difference: eur(difference), differenceKind: 'bank_charge' },
        ],
      });
  };
  assert.equal((await (await give(5_00n))()).differences[0]?.state, 'limit');
  assert.equal((await checkBooks(tenant))['bank-charges'], 5_00n);
  await refusesWithoutTrace(tenant, 'approval_required', await give(5_01n));
});

test('the machine takes what the rule on bank charges allows, before a tolerance', async () => {
  const { tenant, companyId, allow, invoice, open } = await setting();
  await tenant.act('controller', putTolerance, {
    companyId,
    currency: 'EUR',
    stance: 'limit',
    amountMax: eur(5_00n),
    validFrom: parseDate('2026-01-01'),
  });
  await allow(3_00n);
  const receive = async (minor: bigint) => {
    const { number, invoiceId } = await invoice();
    await aPayment(tenant, { companyId, minor, reference: number });
    await tenant.act('cash_applier', applyReceipts, { companyId });
    return open(invoiceId);
  };
  assert.equal(await receive(97_00n), 0n);
  assert.equal((await checkBooks(tenant))['bank-charges'], 3_00n);
  assert.equal(await receive(96_99n), 0n);
  assert.equal((await checkBooks(tenant))['small-differences'], 3_01n);
  assert.equal(await receive(94_99n), 100_00n);
});

test('what the statement says the bank kept is a bank charge without any rule', async () => {
  const { tenant, companyId, invoice, open } = await setting();
  await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  const { number, invoiceId } = await invoice();
  const other = await invoice();
  const receive = async (amount: string, of: string, charge: string) => {
    const file = aCamt053([
      { id: `S${amount}`, day: '2026-01-12', entries: [{ amount, text: of, bankReference: `R${amount}` }] },
    ]).toString();
    const said = `<Chrgs><Rcrd><Amt Ccy="EUR">${charge}</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>`;
    const bytes = Buffer.from(file.replace('<NtryDtls>', `${said}<NtryDtls>`));
    const at = { door: tenant.door, context: tenant.as('cash_applier') };
    await importBankFile(at, { name: 's.xml', bytes }, { apply: true });
  };
  await receive('98.00', number, '2.00');
  assert.equal(await open(invoiceId), 0n);
  assert.equal((await checkBooks(tenant))['bank-charges'], 2_00n);
  const [kept] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ kind: string; basis: string; payment_id: PaymentId }>`
      select kind, basis, payment_id from dropped_difference where tenant_id = ${tenant.tenantId}`),
  );
  assert.deepEqual([kept?.kind, kept?.basis], ['bank_charge', 'stated']);
  // A charge of another amount says nothing of what is missing.
  await receive('97.00', other.number, '2.00');
  assert.equal(await open(other.invoiceId), 100_00n);
});

test('what banks kept of a payment counts once, also where a part of it is applied anew', async () => {
  const { tenant, companyId, customerId, allow } = await setting();
  await allow(3_00n);
  const invoice = async (minor: bigint) => (await anInvoice(tenant, { companyId, customerId, minor })).itemId;
  const [one, other, third] = [await invoice(60_00n), await invoice(40_00n), await invoice(62_00n)];
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 98_00n });
  const apply = (...parts: readonly (readonly [typeof one, bigint])[]) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: parts.map(([itemId, minor]) => ({ itemId, amount: eur(minor) })),
      takeTolerance: true,
    });
  const { applications } = await apply([one, 60_00n], [other, 38_00n]);
  const applied = applications.find(({ itemId }) => itemId === one);
  const applicationIds = [applied?.applicationId as never];
  await tenant.act('cash_applier', unapplyPayment, { paymentId, applicationIds });
  assert.deepEqual((await apply([third, 60_00n])).differences, []);
  assert.equal((await checkBooks(tenant))['bank-charges'], 2_00n);
});

test('charges that are booked by themselves, or of several payments together, are of no payment', () => {
  const charge = (isIncluded?: boolean) => ({ amount: { decimal: '-2.00', currency: 'EUR' }, isIncluded });
  const said = (details: unknown) => statedCharge(details as never, 'EUR');
  assert.equal(said({ entry: { charges: [charge(), charge(true)] }, details: [{}], detailCount: 1 }), 4_00n);
  assert.equal(said({ entry: { charges: [charge(false)] }, details: [{}], detailCount: 1 }), 0n);
  assert.equal(said({ entry: { charges: [charge()] }, details: [{}, {}], detailCount: 2 }), 0n);
  const own = { charges: [charge()] };
  assert.equal(said({ entry: { charges: [charge(), charge()] }, details: [own], detailCount: 1 }), 2_00n);
  assert.equal(statedCharge({ entry: { charges: [charge()] }, detailCount: 1 } as never, 'USD'), 0n);
  assert.equal(said(null), 0n);
});
