// Payment references are printed in groups and with marks, and banks carry them without, or filled up with noughts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { aCompany, anInvoice, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';

/** A reference as it was given with the invoice, and as a bank writes it. */
const WRITTEN: readonly (readonly [
  given: string,
  structured: string | undefined,
  text: string | undefined,
])[] = [
  ['RF18 5390 0754 7034', 'RF18539007547034', undefined],
  ['RF18539007547034', 'rf18 5390 0754 7034', undefined],
  ['21 00000 00003 13947 14300 09017', '210000000003139471430009017', undefined],
  ['+++010/8068/17183+++', '010806817183', undefined],
  ['+++010/8068/17183+++', undefined, '***010/8068/17183***'],
  ['010806817183', undefined, '+++010/8068/17183+++'],
  ['1234561', '00000000000001234561', undefined],
  ['12 34561', '1234561', undefined],
  ['2345676', '2345676', undefined],
  ['5010 0021 6701 0010', '5010002167010010', undefined],
];

for (const [given, structured, text] of WRITTEN)
  test(`${given} is found as ${structured ?? text}`, async () => {
    const tenant = await newTenant();
    const companyId = await aCompany(tenant);
    const account = { companyId, name: 'House bank', account: TEST_IBAN, currency: 'EUR' };
    await tenant.act('owner', addBankAccount, account);
    const invoice = await anInvoice(tenant, { companyId, paymentReference: given });
    await anInvoice(tenant, { companyId });
    const said = { ...(structured ? { structured } : {}), ...(text ? { text } : {}) };
    const entry = { amount: '100.00', bankReference: 'B1', ...said };
    const bytes = aCamt053([{ entries: [entry] }]);
    const at = { door: tenant.door, context: tenant.as('cash_applier') };
    await importBankFile(at, { name: 'statement.xml', bytes }, { apply: true });
    assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
  });
