import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { makeReference } from '#formats/payment-reference.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type BatchId, type InvoiceId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { changeCompany } from '#parties/change-company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { changeCustomerPrint } from '#printing/change-customer-print.ts';
import { changeLook } from '#printing/change-look.ts';
import { invoicePage } from '#printing/invoice-document.ts';
import { NO_EXTRAS } from '#printing/print-extras.ts';
import { usualStyle } from '#printing/print-style.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine, anInvoice, aPayment } from '../../test/support/builders.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { creditInvoice } from './credit-invoice.ts';
import { pricedByTotal } from './document.ts';
import { issueDocuments } from './issue-documents.ts';
import { printInvoice, readInvoiceDocument, readInvoiceDocuments } from './print-invoice.ts';
import { routes } from './routes.ts';
import { voidInvoice } from './void-invoice.ts';

after(closePdf);

const IBAN = 'DE89370400440532013000';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant, {
    name: 'Creditor GmbH',
    street: 'Main 1',
    postalCode: '10115',
    city: 'Berlin',
    taxId: 'DE1',
  });
  await tenant.act('owner', changeCompany, {
    companyId,
    wanted: { iban: IBAN, bic: 'COBADEFF', registrationNo: 'HRB 7' },
  });
  const customerId = await aCustomer(tenant, {
    number: 'K-1',
    name: 'Zákazník s.r.o.',
    language: 'cs',
    taxId: 'CZ1',
  });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Dlouhá 5',
    postalCode: '60200',
    city: 'Brno',
    country: 'CZ',
  });
  return { tenant, companyId, customerId };
}

const read = (tenant: TestTenant, id: InvoiceId, language?: 'en' | 'de') =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readInvoiceDocument(tx, id, { language }));

test('a document is printed in the language of the message, else of the customer, with both parties as they are reached', async () => {
  const { tenant, companyId, customerId } = await setting();
  const { invoiceId, number } = await anInvoice(tenant, {
    companyId,
    customerId,
    dueOn: '2026-02-01',
    lines: [{ ...aLine(100_00n, 21n), description: 'Work\nin January', unit: 'h' }],
    purchaseOrder: 'PO 7',
    note: 'Thank you',
  });
  const document = await read(tenant, invoiceId);
  assert.equal(document.language, 'cs');
  assert.equal((await read(tenant, invoiceId, 'de')).language, 'de');
  assert.deepEqual(document.seller.addressLines, ['Main 1', '10115 Berlin']);
  assert.deepEqual(document.seller.bank, {
    holder: 'Creditor GmbH',
    iban: IBAN,
    bic: 'COBADEFF',
    bankName: undefined,
    accountNumber: undefined,
    routingNumber: undefined,
  });
  assert.deepEqual(document.seller.registration, ['HRB 7']);
  assert.deepEqual(document.buyer, {
    name: 'Zákazník s.r.o.',
    addressLines: ['Dlouhá 5', '60200 Brno', 'Česko'],
    address: { street: 'Dlouhá', houseNumber: '5', postalCode: '60200', city: 'Brno', country: 'CZ' },
    taxId: 'CZ1',
    customerNumber: 'K-1',
  });
  assert.deepEqual(
    document.lines.map((l) => [
      l.description,
      l.detail,
      l.quantity,
      l.unit,
      l.unitPrice,
      l.taxPercent,
      l.net.minor,
    ]),
    [['Work', 'in January', '1', 'h', '100', '21', 100_00n]],
  );
  assert.deepEqual(
    document.taxes.map((t) => [t.percent, t.base.minor, t.tax.minor]),
    [['21', 100_00n, 21_00n]],
  );
  assert.deepEqual(
    [document.paymentReference, document.purchaseOrder, document.footnotes],
    [number, 'PO 7', ['Thank you']],
  );
  assert.deepEqual(document.instalments, [{ dueOn: parseDate('2026-02-01'), amount: money(121_00n, 'EUR') }]);
  invoicePage(document);
});

test('what was paid is taken off, and only what is left of instalments is asked for', async () => {
  const { tenant, companyId, customerId } = await setting();
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    instalments: [
      { dueOn: '2026-04-01', minor: 50_00n },
      { dueOn: '2026-05-01', minor: 50_00n },
    ],
  });
  const payment = await aPayment(tenant, { companyId, customerId, minor: 100_00n });
  const pay = (itemIndex: number, minor: bigint) =>
    tenant.act('owner', applyPayment, {
      paymentId: payment.paymentId,
      allocations: [{ itemId: invoice.itemIds[itemIndex] ?? invoice.itemId, amount: money(minor, 'EUR') }],
    });
  await pay(0, 50_00n);
  await pay(1, 10_00n);
  const document = await read(tenant, invoice.invoiceId);
  assert.deepEqual([document.totals.paid.minor, document.totals.open.minor], [60_00n, 40_00n]);
  assert.deepEqual(document.instalments, [{ dueOn: parseDate('2026-05-01'), amount: money(40_00n, 'EUR') }]);
  await pay(1, 40_00n);
  const settled = await read(tenant, invoice.invoiceId);
  assert.deepEqual(
    settled.instalments.map((i) => i.amount.minor),
    [50_00n, 50_00n],
  );
  invoicePage(settled);
});

test('a credit note names its invoice and why it was given; a void says that it is one; untaxed lines say why', async () => {
  const { tenant, companyId, customerId } = await setting();
  const line = { ...aLine(100_00n), taxCategory: 'AE' };
  const invoice = await anInvoice(tenant, { companyId, customerId, lines: [line] });
  const note = await tenant.act('owner', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'return',
    lines: [{ ...line, unitPrice: { digits: 1n, scale: 0 } }],
  });
  const document = await read(tenant, note.creditNoteId as InvoiceId, 'en');
  assert.deepEqual(
    [document.kind, document.correctedNumber, document.instalments],
    ['credit_note', invoice.number, []],
  );
  assert.deepEqual(document.footnotes, ['Reason: Goods returned']);
  assert.deepEqual(
    document.taxes.map(({ percent, tax, note }) => [percent, tax.minor, note]),
    [['0', 0n, 'Reverse charge: the customer is liable for the tax.']],
  );
  assert.deepEqual([document.totals.gross.minor, document.totals.open.minor], [1_00n, 0n]);
  invoicePage(document);
  const wrong = await anInvoice(tenant, { companyId, customerId });
  await tenant.act('owner', voidInvoice, { invoiceId: wrong.invoiceId, reason: 'slip' });
  const voided = await read(tenant, wrong.invoiceId, 'en');
  assert.match(voided.footnotes[0] ?? '', /^VOID: this document was voided on 1\u00a0Mar\u00a02026/);
  invoicePage(voided);
});

test('a document taken over without lines prints one line with its total, and no tax it does not know', async () => {
  const { tenant, companyId, customerId } = await setting();
  const ids = [newId<'invoice'>(), newId<'invoice'>()];
  const batchId: BatchId = newId();
  await tenant.act(
    'owner',
    {
      name: 'take-over',
      permission: 'import.run',
      async run(act) {
        const documents = ids.map((id, index) => ({
          id,
          kind: 'invoice' as const,
          companyId,
          customerId,
          issuedOn: parseDate('2025-12-01'),
          priced: pricedByTotal(money(121_00n, 'EUR'), money(21_00n, 'EUR')),
          instalments: [{ dueOn: parseDate('2025-11-01'), amount: money(121_00n, 'EUR') }],
          externalId: `x${index}`,
        }));
        const company = await takeCompany(act, companyId);
        await issueDocuments(act, company, documents, { numbers: ['OLD/1', 'OLD/2'] }, batchId);
        return {};
      },
    },
    {},
  );
  const documents = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readInvoiceDocuments(tx, [...ids].reverse(), { language: 'en' }),
  );
  assert.deepEqual(
    documents.map((d) => d.number),
    ['OLD/2', 'OLD/1'],
  );
  const document = documents[1];
  assert.deepEqual(document?.lines, [
    {
      description: 'Invoice OLD/1, amount as issued',
      quantity: '1',
      unitPrice: '121.00',
      net: money(121_00n, 'EUR'),
    },
  ]);
  assert.deepEqual(
    [document?.totals.net.minor, document?.totals.tax.minor, document?.taxes],
    [121_00n, 0n, []],
  );
  assert.match(document?.footnotes[0] ?? '', /issued by another system/);
  for (const each of documents) invoicePage(each);
  await assert.rejects(read(tenant, newId<'invoice'>()), { code: 'invoice_not_found' });
});

test('the API gives the document as a PDF to be shown in the browser', async () => {
  const { tenant, companyId, customerId } = await setting();
  const ask = await serveTo(tenant, routes);
  const { invoiceId, number } = await anInvoice(tenant, { companyId, customerId });
  const answer = await ask('viewer', contract.printInvoice, { params: { invoiceId } });
  assert.deepEqual([answer.status, answer.contentType], [200, 'application/pdf']);
  const text = readPdf(answer.bytes).pages.join('\n');
  assert.ok(text.includes(number));
  assert.ok(text.includes('Faktura'));
  const missing = await ask('viewer', contract.printInvoice, { params: { invoiceId: newId() } });
  assert.deepEqual([missing.status, missing.code], [404, 'invoice_not_found']);
});

test('invoices paid to an account for QR references carry one of their number; others carry what was agreed', async () => {
  const { tenant, companyId, customerId } = await setting();
  await tenant.act('owner', changeCompany, { companyId, wanted: { iban: 'CH4431999123000889012' } });
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const document = await read(tenant, invoice.invoiceId, 'de');
  assert.equal(document.paymentReference, makeReference('ch_qrr', invoice.number));
  await tenant.act('owner', changeCompany, { companyId, wanted: { iban: IBAN, referenceScheme: 'rf' } });
  const next = await anInvoice(tenant, { companyId, customerId });
  const quoted = (await read(tenant, next.invoiceId, 'de')).paymentReference;
  assert.equal(quoted, makeReference('rf', next.number));
  await tenant.act('owner', changeCompany, { companyId, wanted: { referenceScheme: null } });
  const plain = await anInvoice(tenant, { companyId, customerId });
  assert.equal((await read(tenant, plain.invoiceId, 'de')).paymentReference, plain.number);
});

test('the look a company has chosen is on its invoices, and another one can be tried', async () => {
  const { tenant, companyId, customerId } = await setting();
  const style = {
    paper: 'us_letter',
    window: 'us',
    accent: '#aa0000',
    font: 'noto_serif',
    marks: false,
  } as const;
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId });
  await tenant.act('owner', changeLook, { companyId, style });
  assert.deepEqual((await read(tenant, invoiceId)).seller.style, style);
  const ask = await serveTo(tenant, routes);
  const body = { style: { ...style, paper: 'a4', window: 'din_a', marks: true } } as const;
  const tried = await ask('viewer', contract.previewLook, { params: { invoiceId }, body });
  assert.equal(tried.status, 200);
  assert.match(readPdf(tried.bytes).structure, /\/MediaBox \[0 0 595/);
});

test('a second language is that of the company unless the customer wants another, and can be tried', async () => {
  const { tenant, companyId, customerId } = await setting();
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId });
  const spoken = async () => {
    const { language, secondLanguage } = await read(tenant, invoiceId);
    return [language, secondLanguage];
  };
  const style = usualStyle('DE');
  const [theirs] = await spoken();
  assert.deepEqual(await spoken(), [theirs, undefined]);
  const extras = { ...NO_EXTRAS, secondLanguage: 'english' } as const;
  await tenant.act('owner', changeLook, { companyId, style, extras });
  assert.deepEqual(await spoken(), [theirs, 'en']);
  await tenant.act('owner', changeCustomerPrint, { customerId, secondLanguage: 'none' });
  assert.deepEqual(await spoken(), [theirs, undefined]);
  const ask = await serveTo(tenant, routes);
  const body = { extras, language: 'el' } as const;
  const tried = await ask('viewer', contract.previewLook, { params: { invoiceId }, body });
  assert.match(readPdf(tried.bytes).pages.join(), /Τιμολόγιο \/\s+Invoice/);
  await tenant.act('owner', changeCustomerPrint, { customerId, secondLanguage: null });
  assert.deepEqual(await spoken(), [theirs, 'en']);
});

test('an invoice has the link of its company to be paid by, made for it', async () => {
  const { tenant, companyId, customerId } = await setting();
  const { invoiceId, number } = await anInvoice(tenant, { companyId, customerId });
  const payLink = 'https://pay.example/{number}?amount={amount}';
  const extras = { ...NO_EXTRAS, payLink };
  await tenant.act('owner', changeLook, { companyId, style: usualStyle('DE'), extras });
  const document = await read(tenant, invoiceId);
  assert.equal(document.seller.payLink, payLink);
  const { structure } = readPdf((await printInvoice({ document })).pdf);
  assert.ok(structure.includes(`(https://pay.example/${number}?amount=`));
  const ask = await serveTo(tenant, routes);
  const body = { extras: { ...extras, payLink: 'http://pay.example' } };
  const refused = await ask('viewer', contract.previewLook, { params: { invoiceId }, body });
  assert.deepEqual([refused.status, refused.code], [400, 'pay_link_not_valid']);
});
