import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePayAccount, removePayAccount } from '#banking/change-pay-account.ts';
import { inTenant } from '#db/transaction.ts';
import { isReference } from '#formats/payment-reference.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, InvoiceId } from '#kernel/id.ts';
import { changeLook } from '#printing/change-look.ts';
import { invoicePage } from '#printing/invoice-document.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine, anInvoice, aRate } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { readInvoiceDocument } from './print-invoice.ts';
import { readEInvoice } from './read-e-invoice.ts';
import { routes } from './routes.ts';
import { readToPreview } from './write-invoice.ts';

const NONE = { bankName: null, iban: null, bic: null, accountNumber: null, routingNumber: null };
const EURO = 'DE89370400440532013000';
const POUNDS = 'GB29NWBK60161331926819';
const DOLLARS = {
  ...NONE,
  accountNumber: '000123456789',
  routingNumber: '021000021',
  bankName: 'First Bank',
};

/** A company with accounts for pounds and dollars beside its usual one. */
async function aWorld(usual: { readonly iban?: string } = { iban: EURO }) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, {
    name: 'Nordlicht',
    country: 'DE',
    taxId: 'DE123456789',
    ...usual,
  });
  const customerId = await aCustomer(tenant, { language: 'en' });
  for (const base of ['GBP', 'USD', 'CHF'])
    await aRate(tenant, { base, quote: 'EUR', on: '2026-01-01', rate: '1.1' });
  const set = (currency: string, account: Partial<typeof NONE> | object) =>
    tenant.act('owner', changePayAccount, { companyId, currency, ...NONE, ...account });
  await set('GBP', { iban: POUNDS, bic: 'NWBKGB2L' });
  await set('USD', DOLLARS);
  const issue = (currency: string) => anInvoice(tenant, { companyId, customerId, currency });
  const document = (id: InvoiceId) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readInvoiceDocument(tx, id));
  const paysTo = async (id: InvoiceId) => {
    const page = invoicePage(await document(id));
    const block = page.blocks.find((each) => each.type === 'payment');
    const facts = block?.type === 'payment' ? block.facts : [];
    const fact = (label: string) =>
      facts.find((each) => each.label === label)?.value.replaceAll('\u00a0', '');
    return {
      iban: fact('IBAN'),
      account: fact('Account'),
      codes: block?.type === 'payment' ? block.codes.length : 0,
    };
  };
  const asData = async (id: InvoiceId) => {
    const read = inTenant(tenant.pool, tenant.tenantId, (tx) => readEInvoice(tx, id, { syntax: 'ubl' }));
    const [means] = (await read).paymentMeans ?? [];
    return { code: means?.code, ...means?.transfers[0] };
  };
  return { tenant, companyId: companyId as CompanyId, customerId, set, issue, document, paysTo, asData };
}

test('paper, code and e-invoice carry the account of the currency, and the usual one where it has none', async () => {
  const { issue, paysTo, asData } = await aWorld();
  const [euro, pounds, dollars, francs] = [
    await issue('EUR'),
    await issue('GBP'),
    await issue('USD'),
    await issue('CHF'),
  ];
  assert.deepEqual(await paysTo(euro.invoiceId), { iban: EURO, account: undefined, codes: 1 });
  assert.deepEqual(await paysTo(pounds.invoiceId), { iban: POUNDS, account: undefined, codes: 0 });
  assert.deepEqual(await paysTo(dollars.invoiceId), { iban: undefined, account: '000123456789', codes: 0 });
  assert.equal((await paysTo(francs.invoiceId)).iban, EURO);

  assert.deepEqual(await asData(euro.invoiceId), {
    code: '58',
    account: EURO,
    accountName: 'Nordlicht',
    bankId: undefined,
  });
  assert.deepEqual(await asData(pounds.invoiceId), {
    code: '30',
    account: POUNDS,
    accountName: 'Nordlicht',
    bankId: 'NWBKGB2L',
  });
  assert.deepEqual(await asData(dollars.invoiceId), {
    code: '30',
    account: '000123456789',
    accountName: 'Nordlicht',
    bankId: '021000021',
  });
});

test('what was issued keeps its account, on paper, as data and in its mail, whatever becomes of the account', async () => {
  const { tenant, companyId, set, issue, paysTo, asData } = await aWorld();
  const before = await issue('GBP');
  await set('GBP', { iban: 'GB94BARC10201530093459' });
  const after = await issue('GBP');
  await tenant.act('owner', removePayAccount, { companyId, currency: 'GBP' });
  assert.equal((await paysTo(before.invoiceId)).iban, POUNDS);
  assert.equal((await asData(before.invoiceId)).account, POUNDS);
  assert.equal((await paysTo(after.invoiceId)).iban, 'GB94BARC10201530093459');
  const mail = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readToPreview(tx, before.invoiceId, { channel: 'email', now: tenant.clock() }),
  );
  assert.equal(mail.content.bank?.iban, POUNDS);
});

test('a reference of the Swiss QR-bill is made where the account of the currency wants one, and nowhere else', async () => {
  const { tenant, companyId, set, issue, document } = await aWorld({ iban: 'CH9300762011623852957' });
  await set('CHF', { iban: 'CH4431999123000889012' });
  const francs = await document((await issue('CHF')).invoiceId);
  assert.ok(isReference('ch_qrr', francs.paymentReference ?? ''));
  const euro = await issue('EUR');
  assert.equal((await document(euro.invoiceId)).paymentReference, euro.number);
  await tenant.act('owner', removePayAccount, { companyId, currency: 'CHF' });
  const later = await issue('CHF');
  assert.equal((await document(later.invoiceId)).paymentReference, later.number);
});

test('a check before issue looks at the account that would be printed', async () => {
  const { tenant, companyId, customerId, set } = await aWorld({});
  const ask = await serveTo(tenant, routes);
  const found = async (currency: string) => {
    const { reply, status } = await ask('owner', contract.checkInvoice, {
      body: {
        companyId,
        customerId,
        issuedOn: '2026-01-02',
        dueOn: '2026-02-02',
        currency,
        lines: [{ description: 'Goods', quantity: '1', unitPrice: '100', taxCategory: 'Z', taxPercent: '0' }],
      },
    });
    assert.equal(status, 200, currency);
    return reply.findings.map(({ check }) => check).filter((check) => check.includes('bank_account'));
  };
  assert.deepEqual(await found('USD'), []);
  assert.deepEqual(await found('EUR'), ['no_bank_account']);
  await set('EUR', { iban: EURO });
  assert.deepEqual(await found('EUR'), []);
  await set('USD', { iban: 'CH4431999123000889012' });
  assert.deepEqual(await found('USD'), ['bank_account']);
});

test('a credit note shows the account of its currency too', async () => {
  const { tenant, companyId, customerId, document } = await aWorld();
  const { creditNoteId } = await tenant.act('owner', issueCreditNote, {
    companyId,
    customerId,
    currency: 'GBP',
    reason: 'goodwill',
    lines: [aLine(10_00n, 0n, 'GBP')],
  });
  assert.equal(
    (await document(present(creditNoteId, 'issued at once') as InvoiceId)).seller.bank?.iban,
    POUNDS,
  );
});

test('what was issued keeps the letterhead of its day, and says its own facts over and under the lines', async () => {
  const { tenant, companyId, issue, document } = await aWorld();
  const says = (head: string, before: string | null) =>
    tenant.act('owner', changeLook, {
      companyId,
      style: null,
      letterheads: [
        {
          language: 'en',
          head: [head],
          columns: [],
          before,
          after: null,
          creditBefore: 'Credit',
          creditAfter: null,
        },
      ],
    });
  const none = await issue('EUR');
  await says('First', 'Dear all,\n\nthis is {number}, due {dueOn}.');
  const first = await issue('EUR');
  await says('Second', null);
  const second = await issue('EUR');
  const page = async (of: { readonly invoiceId: InvoiceId }) => invoicePage(await document(of.invoiceId));
  assert.deepEqual((await page(none)).letterhead.contact, []);
  assert.deepEqual((await page(first)).letterhead.contact, ['First']);
  assert.deepEqual((await page(second)).letterhead.contact, ['Second']);
  assert.deepEqual((await document(first.invoiceId)).before, [
    'Dear all,',
    `this is ${first.number}, due 1\u00a0Feb\u00a02026.`,
  ]);
  assert.equal((await document(second.invoiceId)).before, undefined);
  const tried = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readInvoiceDocument(tx, first.invoiceId, { letterheads: [] }),
  );
  assert.deepEqual(invoicePage(tried).letterhead.contact, []);
});
