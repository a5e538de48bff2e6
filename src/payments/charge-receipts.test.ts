import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postCharges } from '#charges/post-charges.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { parseDate } from '#kernel/calendar.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, anInvoice, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';

test('a receipt that names a charge and pays it exactly is applied to it', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  const account = { companyId, name: 'House bank', account: TEST_IBAN, currency: 'EUR' };
  await tenant.act('owner', addBankAccount, account);
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2025-01-01'),
    terms: READY_MADE.find((ready) => ready.code === 'de')?.terms ?? null,
  });
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const { charges } = await tenant.act('controller', postCharges, {
    companyId,
    customerIds: [customerId],
    through: parseDate('2026-01-31'),
  });
  const [charge] = charges;
  assert.ok(charge);
  const bytes = aCamt053([
    {
      day: '2026-02-01',
      entries: [{ amount: charge.total, text: `pays ${charge.number}`, payer: 'Somebody' }],
    },
  ]);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };

  const { statements } = await importBankFile(at, { name: 'statement.xml', bytes }, { apply: true });

  assert.deepEqual([statements[0]?.payments, statements[0]?.applied], [1, 1]);
  assert.equal((await itemsOf(tenant, charge.chargeId))[0]?.open.minor, 0n);
  await checkBooks(tenant);
});
