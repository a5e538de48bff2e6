import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { changeCompany } from '#parties/change-company.ts';
import { changeCustomer } from '#parties/change-customer.ts';
import { invoicePage } from '#printing/invoice-document.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, aLine, aRate } from '../../test/support/builders.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { creditInvoice } from './credit-invoice.ts';
import { checkFootnotes, filledFootnote, footnotesFor } from './footnote.ts';
import { type IssueInvoice, issueInvoice } from './issue-invoice.ts';
import { readInvoiceDocument } from './print-invoice.ts';
import { replaceFootnotes } from './replace-footnotes.ts';
import { routes } from './routes.ts';

after(closePdf);

async function setting() {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant, { name: 'Seller GmbH', city: 'Berlin' });
  await tenant.act('owner', changeCompany, { companyId, wanted: { iban: 'DE89370400440532013000' } });
  const customerId = await aCustomer(tenant, { number: 'K-1', name: 'Buyer Ltd', taxId: 'DE1' });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Old street 1',
    postalCode: '1',
    city: 'Old town',
    country: 'DE',
  });
  const issue = async (given: Partial<IssueInvoice> = {}) => {
    const issued = await tenant.act('owner', issueInvoice, {
      companyId,
      customerId,
      issuedOn: parseDate('2026-03-01'),
      dueOn: parseDate('2026-03-15'),
      currency: 'EUR',
      lines: [aLine(100_00n, 21n)],
      ...given,
    });
    return issued.invoiceId as InvoiceId;
  };
  const print = (id: InvoiceId) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readInvoiceDocument(tx, id, { language: 'en' }));
  return { tenant, companyId, customerId, issue, print };
}

test('an issued invoice reads as it was issued, whatever becomes of company and customer', async () => {
  const { tenant, companyId, customerId, issue, print } = await setting();
  await tenant.act('owner', replaceFootnotes, {
    companyId,
    footnotes: [{ language: 'en', text: 'Pay {total} by {dueOn} to {iban}, quoting {reference}.' }],
  });
  const id = await issue();
  const before = await print(id);
  await tenant.act('owner', changeCustomer, { customerId, wanted: { name: 'Renamed Ltd', taxId: 'DE2' } });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'New street 2',
    postalCode: '2',
    city: 'New town',
    country: 'DE',
  });
  await tenant.act('owner', changeCompany, {
    companyId,
    wanted: { name: 'Renamed GmbH', iban: 'DE02120300000000202051' },
  });
  await tenant.act('owner', replaceFootnotes, { companyId, footnotes: [] });
  const later = await print(id);
  assert.deepEqual(later, before);
  assert.deepEqual(
    [later.buyer.name, later.buyer.addressLines, later.seller.name, later.seller.bank?.iban],
    ['Buyer Ltd', ['Old street 1', '1 Old town'], 'Seller GmbH', 'DE89370400440532013000'],
  );
  assert.match(
    later.footnotes.at(-1) ?? '',
    /^Pay EUR\s121\.00 by 15\sMar\s2026 to DE89\s3704\s0044\s0532\s0130\s00, quoting INV-2026-00001\.$/,
  );
  const next = await print(await issue());
  assert.deepEqual([next.buyer.name, next.seller.name, next.footnotes], ['Renamed Ltd', 'Renamed GmbH', []]);
});

test('an invoice can have footnotes of its own or none; its credit note has the usual ones unless it is given others', async () => {
  const { tenant, companyId, issue, print } = await setting();
  const usual = 'Thank you.';
  await tenant.act('owner', replaceFootnotes, { companyId, footnotes: [{ language: 'en', text: usual }] });
  const own = await issue({ footnotes: ['Goods stay ours until {total} is paid.', usual] });
  assert.match((await print(own)).footnotes[0] ?? '', /^Goods stay ours until EUR\s121\.00 is paid\.$/);
  assert.equal((await print(own)).footnotes.at(-1), usual);
  assert.deepEqual((await print(await issue({ footnotes: [] }))).footnotes, []);
  assert.deepEqual((await print(await issue())).footnotes, [usual]);
  await assert.rejects(issue({ footnotes: ['Pay {amount}'] }), { code: 'footnote_field_unknown' });
  const credit = async (footnotes?: readonly string[]) => {
    const { creditNoteId } = await tenant.act('owner', creditInvoice, {
      invoiceId: own,
      reason: 'quality',
      lines: [aLine(10_00n, 21n)],
      footnotes,
    });
    return (await print(creditNoteId as InvoiceId)).footnotes.at(-1);
  };
  assert.deepEqual([await credit(), await credit(['We are sorry.'])], [usual, 'We are sorry.']);
});

test('all that an invoice says is kept, printed and answered over the API, and its credit note takes it all back', async () => {
  const { tenant, companyId, customerId, print } = await setting();
  const ask = await serveTo(tenant, routes);
  const body = {
    companyId,
    customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    currency: 'EUR',
    lines: [
      {
        description: 'Screws',
        detail: 'steel, M4',
        quantity: '250',
        unit: 'pcs',
        unitCode: 'C62',
        unitPrice: '12.40',
        baseQuantity: '100',
        taxPercent: '19',
        sellerItem: 'S-4',
        buyerItem: 'B-9',
        orderLine: '3',
        periodFrom: '2026-02-01',
        periodTo: '2026-02-28',
        note: 'as agreed',
        allowances: [{ kind: 'allowance' as const, percent: '10', reason: 'Quantity' }],
      },
      { description: 'Course', quantity: '1', unitPrice: '100', taxPercent: '0', taxCategory: 'E' as const },
    ],
    allowances: [{ kind: 'charge' as const, amount: '7.50', reason: 'Freight', taxPercent: '19' }],
    exemptions: [{ category: 'E' as const, reason: 'Education, § 4 Nr. 21 UStG', code: 'VATEX-EU-132-1I' }],
    roundToMinor: 5,
    references: { buyerReference: '04011000-12345-34', contract: 'V-1', despatchAdvice: 'L-2' },
    delivery: {
      deliveredOn: '2026-02-27',
      delivery: { name: 'Yard', street: 'Dock 1', postalCode: '20457', city: 'Hamburg', country: 'DE' },
    },
  };
  const issued = await ask('controller', contract.issueInvoice, { body });
  assert.equal(issued.status, 200, JSON.stringify(issued));
  // 31.00 − 3.10 + 100 + 7.50 = 135.40; tax 19 % of 35.40 = 6.73; 142.13 rounds to 142.15.
  assert.equal(issued.reply.total, '142.15');
  const params = { invoiceId: issued.reply.invoiceId };
  const { reply } = await ask('viewer', contract.readInvoice, { params });
  assert.deepEqual(
    [reply.net.amount, reply.tax.amount, reply.rounding.amount, reply.total.amount],
    ['135.40', '6.73', '0.02', '142.15'],
  );
  const [line] = reply.lines;
  assert.deepEqual(
    [line?.detail, line?.unitCode, line?.baseQuantity, line?.sellerItem, line?.buyerItem, line?.orderLine],
    ['steel, M4', 'C62', '100', 'S-4', 'B-9', '3'],
  );
  assert.deepEqual([line?.periodFrom, line?.periodTo, line?.note], ['2026-02-01', '2026-02-28', 'as agreed']);
  assert.deepEqual(
    [
      line?.allowances[0]?.amount.amount,
      reply.allowances[0]?.amount.amount,
      reply.allowances[0]?.taxCategory,
    ],
    ['3.10', '7.50', 'S'],
  );
  assert.deepEqual(reply.taxes.find((t) => t.category === 'E')?.exemptionCode, 'VATEX-EU-132-1I');
  assert.deepEqual(
    [reply.content?.references.buyerReference, reply.content?.delivery.delivery?.city],
    ['04011000-12345-34', 'Hamburg'],
  );
  const printed = await print(issued.reply.invoiceId as InvoiceId);
  invoicePage(printed);
  assert.deepEqual(
    printed.adjustments?.map((a) => [a.label, a.amount.minor]),
    [['Freight', 7_50n]],
  );
  assert.match(
    printed.lines[0]?.detail ?? '',
    /steel, M4\nItem S-4 · Your item B-9 · Order line 3\n.*\nQuantity/,
  );
  assert.ok(printed.taxes.some(({ note }) => note === 'Education, § 4 Nr. 21 UStG'));
  assert.deepEqual(await checkBooks(tenant), {
    receivables: 142_15n,
    revenue: -135_40n,
    tax: -6_73n,
    'small-differences': -2n,
  });
  const credited = await tenant.act('owner', creditInvoice, {
    invoiceId: issued.reply.invoiceId as InvoiceId,
    reason: 'return',
  });
  assert.deepEqual([credited.total, credited.applied, credited.open], ['142.15', '142.15', '0.00']);
  const books = await checkBooks(tenant);
  assert.ok(
    Object.values(books).every((minor) => minor === 0n),
    Object.entries(books).join(' '),
  );
  const note = await print(credited.creditNoteId as InvoiceId);
  invoicePage(note);
  assert.equal(note.buyerReference, '04011000-12345-34');
});

test('a preview shows what issuing would print, and takes no number', async () => {
  const { tenant, companyId, customerId, issue } = await setting();
  const ask = await serveTo(tenant, routes);
  const body = {
    companyId,
    customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    currency: 'EUR',
    lines: [{ description: 'Consulting', quantity: '2', unitPrice: '50', taxPercent: '21' }],
  };
  const answer = await ask('controller', contract.previewInvoice, { body });
  assert.deepEqual([answer.status, answer.contentType], [200, 'application/pdf']);
  const text = readPdf(answer.bytes).pages.join(' ');
  assert.ok(text.includes('DRAFT') && text.includes('Consulting') && text.includes('121.00'), text);
  const early = await ask('controller', contract.previewInvoice, { body: { ...body, dueOn: '2026-02-01' } });
  assert.deepEqual([early.status, early.code], [409, 'due_before_issue']);
  const invoiceId = await issue();
  const { reply } = await ask('viewer', contract.readInvoice, { params: { invoiceId } });
  assert.equal(reply.number, 'INV-2026-00001');
});

test('in another currency the tax stands on the invoice in the currency of the seller too, as it is booked', async () => {
  const { tenant, issue, print } = await setting();
  await aRate(tenant, { base: 'USD', quote: 'EUR', rate: '0.9', on: '2026-03-01' });
  const document = await print(
    await issue({ currency: 'USD', lines: [{ ...aLine(100_00n, 21n), taxPercent: parseDecimal('19') }] }),
  );
  assert.ok(
    document.footnotes.some((text) => /^Tax in EUR: EUR\s17\.10\.$/.test(text)),
    document.footnotes.join(),
  );
  const books = await checkBooks(tenant);
  assert.equal(books.tax, -17_10n);
});

test('what a document says can be changed no more than its amounts', async () => {
  const { tenant, issue } = await setting();
  await issue({
    allowances: [
      {
        kind: 'allowance',
        amount: parseDecimal('1'),
        reason: 'x',
        taxCategory: 'S',
        taxPercent: parseDecimal('21'),
      },
    ],
  });
  for (const statement of [
    sql`update invoice_content set buyer_reference = 'x'`,
    sql`delete from invoice_content`,
    sql`update invoice_allowance set amount_minor = 0`,
    sql`delete from invoice_allowance`,
  ]) {
    await assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.write(statement)),
      { code: '23001' },
    );
  }
});

test('footnotes come in the language of the customer, else of the company; unknown fields are refused', () => {
  const footnotes = [
    { language: 'de', text: 'Danke' },
    { language: 'en', text: 'Thanks' },
  ];
  assert.deepEqual(footnotesFor(footnotes, ['de-AT', 'en']), ['Danke']);
  assert.deepEqual(footnotesFor(footnotes, ['cs', 'en']), ['Thanks']);
  assert.deepEqual(footnotesFor(footnotes, ['cs', 'fr']), []);
  checkFootnotes(footnotes);
  for (const [code, given] of [
    ['footnote_field_unknown', [{ language: 'en', text: 'Pay {amount}' }]],
    ['language_not_valid', [{ language: 'English', text: 'Pay' }]],
    ['too_many_footnotes', Array.from({ length: 13 }, () => ({ language: 'en', text: 'Pay' }))],
  ] as const)
    assert.throws(() => checkFootnotes(given), { code }, code);
  const fields = { number: '1', issuedOn: '', dueOn: '', total: '', iban: '', bic: '', reference: '' };
  assert.equal(filledFootnote('No {number}, {other}', fields), 'No 1, {other}');
});

test('footnotes of a company are kept by language, in order, and replaced as a whole', async () => {
  const { tenant, companyId } = await setting();
  const ask = await serveTo(tenant, routes);
  const footnotes = [
    { language: 'en', text: 'One' },
    { language: 'en', text: 'Two' },
    { language: 'de', text: 'Eins' },
  ];
  const put = await ask('owner', contract.replaceFootnotes, { params: { companyId }, body: { footnotes } });
  assert.equal(put.reply.footnotes, 3);
  const { reply } = await ask('viewer', contract.readFootnotes, { params: { companyId } });
  assert.deepEqual(reply.footnotes, [footnotes[2], footnotes[0], footnotes[1]]);
});
