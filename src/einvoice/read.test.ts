import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readXmlTree } from '#formats/xml-tree.ts';
import { E_INVOICE_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { documentKindOf, readEInvoice, readEInvoiceOf } from './read.ts';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const UBL_PARTS = `xmlns:cac="${UBL}:CommonAggregateComponents-2" xmlns:cbc="${UBL}:CommonBasicComponents-2"`;
const ubl = (content: string) => `<Invoice xmlns="${UBL}:Invoice-2" ${UBL_PARTS}>${content}</Invoice>`;
const creditNote = (content: string) =>
  `<p:CreditNote xmlns:p="${UBL}:CreditNote-2" ${UBL_PARTS}>${content}</p:CreditNote>`;

const CII = 'urn:un:unece:uncefact:data:standard';
const cii = (content: string) =>
  `<rsm:CrossIndustryInvoice xmlns:rsm="${CII}:CrossIndustryInvoice:100" ` +
  `xmlns:ram="${CII}:ReusableAggregateBusinessInformationEntity:100" ` +
  `xmlns:udt="${CII}:UnqualifiedDataType:100">${content}</rsm:CrossIndustryInvoice>`;
const settlement = (content: string) =>
  cii(
    '<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>' +
      `${content}</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>`,
  );

const zugferd1 = (content: string) =>
  '<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0" ' +
  'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12">' +
  `${content}</rsm:CrossIndustryDocument>`;

const read = (text: string) => readEInvoice(Buffer.from(text));
const invoiceOf = async (text: string) => (await read(text)).invoice;

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'was not refused' });
}

test('what a document is shows in the namespace of its root, whatever prefix it uses', async () => {
  const kinds = [ubl(''), creditNote(''), cii(''), zugferd1('')].map(async (text) => (await read(text)).kind);
  assert.deepEqual(await Promise.all(kinds), ['ubl_invoice', 'ubl_credit_note', 'cii', 'zugferd_1']);
});

test('another document is refused with what it is, where, and what to bring', async () => {
  for (const text of ['<Invoice/>', '<x:Invoice xmlns:x="urn:other"/>', `<Order xmlns="${UBL}:Order-2"/>`]) {
    const refusal = await refusalOf(read(`\n${text}`));
    assert.equal(refusal.code, 'einvoice_unknown_root');
    assert.equal(refusal.facts.line, 2);
    assert.match(String(refusal.facts.advice), /UBL/);
  }
});

test('a document larger than the limit is refused without being held', async () => {
  async function* endless() {
    yield Buffer.from(`<Invoice xmlns="${UBL}:Invoice-2">`);
    for (;;) yield Buffer.alloc(1024 * 1024, ' ');
  }
  const refusal = await refusalOf(readEInvoice(endless()));
  assert.deepEqual([refusal.code, refusal.facts.bytesMax], ['einvoice_too_large', E_INVOICE_BYTES_MAX]);
});

test('a file of three megabytes attached to an invoice is read', async () => {
  const content = 'QUJD'.repeat(800_000);
  const invoice = await invoiceOf(
    ubl(
      '<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject ' +
        `mimeCode="text/csv" filename="a.csv">${content}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>` +
        '</cac:AdditionalDocumentReference>',
    ),
  );
  assert.deepEqual(invoice.documents[0]?.attachment, { content, mime: 'text/csv', fileName: 'a.csv' });
});

test('a fragment is read as far as it goes', async () => {
  const invoice = await invoiceOf(ubl('<cbc:ID>7</cbc:ID>'));
  assert.equal(invoice.number, '7');
  assert.equal(invoice.seller, undefined);
  assert.deepEqual(invoice.lines, []);
});

test('an invoice inside another document is read where it stands', async () => {
  const bounds = { elementsMax: 100, charactersMax: 1_000 };
  const root = await readXmlTree(Buffer.from(`<box><label/>${ubl('<cbc:ID>7</cbc:ID>')}</box>`), bounds);
  const inside = root.children.filter((node) => documentKindOf(node) !== undefined);
  assert.deepEqual(
    inside.map((node) => readEInvoiceOf(node).invoice.number),
    ['7'],
  );
});

test('what has no place in the model is told with its path and line', async () => {
  const { notCarriedOver } = await read(
    ubl(
      '<cbc:ID>7</cbc:ID>\n<cbc:UUID>u</cbc:UUID><cac:InvoiceLine/><cac:InvoiceLine>\n' +
        '<cac:Item><cbc:Name>n</cbc:Name><cbc:Keyword>a</cbc:Keyword><cbc:Keyword>b</cbc:Keyword></cac:Item>' +
        '</cac:InvoiceLine>',
    ),
  );
  assert.deepEqual(notCarriedOver, [
    { path: 'Invoice/UUID', line: 2, value: 'u' },
    { path: 'Invoice/InvoiceLine[2]/Item/Keyword[1]', line: 3, value: 'a' },
    { path: 'Invoice/InvoiceLine[2]/Item/Keyword[2]', line: 3, value: 'b' },
  ]);
});

test('a scheme that the model has no place for is told, one that names an official list is not', async () => {
  const { notCarriedOver } = await read(
    ubl('<cbc:ID schemeID="own">7</cbc:ID><cbc:BuyerReference schemeID="UN/ECE 1">x</cbc:BuyerReference>'),
  );
  assert.deepEqual(notCarriedOver, [{ path: 'Invoice/ID/@schemeID', line: 1, value: 'own' }]);
});

test('the identifier of who collects stands apart from the other identifiers of the seller', async () => {
  const id = (scheme: string, value: string) =>
    `<cac:PartyIdentification><cbc:ID${scheme}>${value}</cbc:ID></cac:PartyIdentification>`;
  const invoice = await invoiceOf(
    ubl(
      '<cac:AccountingSupplierParty><cac:Party>' +
        `${id(' schemeID="SEPA"', 'DE98ZZZ1')}${id(' schemeID="0088"', '4')}${id('', 'own')}` +
        '</cac:Party></cac:AccountingSupplierParty>',
    ),
  );
  assert.equal(invoice.creditorId, 'DE98ZZZ1');
  assert.deepEqual(invoice.seller?.identifiers, [{ value: '4', scheme: '0088' }, { value: 'own' }]);
});

test('tax told in a second currency is found by its currency, in whatever order the two stand', async () => {
  const total = (currency: string, amount: string) =>
    `<cac:TaxTotal><cbc:TaxAmount currencyID="${currency}">${amount}</cbc:TaxAmount></cac:TaxTotal>`;
  const head =
    '<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>';
  const inCii = (currency: string, amount: string) =>
    `<ram:TaxTotalAmount currencyID="${currency}">${amount}</ram:TaxTotalAmount>`;
  const ciiHead =
    '<ram:TaxCurrencyCode>SEK</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>';
  const summation = (content: string) =>
    `${ciiHead}<ram:SpecifiedTradeSettlementHeaderMonetarySummation>${content}` +
    '</ram:SpecifiedTradeSettlementHeaderMonetarySummation>';
  for (const text of [
    ubl(head + total('EUR', '2') + total('SEK', '22')),
    ubl(head + total('SEK', '22') + total('EUR', '2')),
    settlement(summation(inCii('EUR', '2') + inCii('SEK', '22'))),
    settlement(summation(inCii('SEK', '22') + inCii('EUR', '2'))),
  ]) {
    const { totals } = await invoiceOf(text);
    assert.deepEqual(totals?.vat, { value: '2', currency: 'EUR' });
    assert.deepEqual(totals?.vatInTaxCurrency, { value: '22', currency: 'SEK' });
  }
});

test('a registration for another tax is not one for VAT', async () => {
  const scheme = (id: string, tax: string) =>
    `<cac:PartyTaxScheme><cbc:CompanyID>${id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>${tax}</cbc:ID>` +
    '</cac:TaxScheme></cac:PartyTaxScheme>';
  const { seller } = await invoiceOf(
    ubl(
      `<cac:AccountingSupplierParty><cac:Party>${scheme('12/3', 'FC')}${scheme('DE1', 'vat')}` +
        '</cac:Party></cac:AccountingSupplierParty>',
    ),
  );
  assert.deepEqual([seller?.vatId, seller?.taxRegistration], ['DE1', '12/3']);
});

test('the day a credit note is due stands with its means of payment', async () => {
  const means = '<cac:PaymentMeans><cbc:PaymentDueDate>2026-03-01</cbc:PaymentDueDate></cac:PaymentMeans>';
  const { invoice, notCarriedOver } = await read(creditNote(means));
  assert.equal(invoice.dueOn, '2026-03-01');
  assert.deepEqual(notCarriedOver, []);
});

test('an order number that only stands in for a missing one is none', async () => {
  const order = (id: string) => `<cac:OrderReference><cbc:ID>NA</cbc:ID>${id}</cac:OrderReference>`;
  const both = await invoiceOf(ubl(order('<cbc:SalesOrderID>s</cbc:SalesOrderID>')));
  assert.deepEqual([both.purchaseOrder, both.salesOrder], [undefined, 's']);
  assert.equal((await invoiceOf(ubl(order('')))).purchaseOrder, 'NA');
});

test('the subject of a note is taken off its text', async () => {
  const { notes } = await invoiceOf(
    ubl('<cbc:Note>#AAI# Read this</cbc:Note><cbc:Note>#no# subject</cbc:Note>'),
  );
  assert.deepEqual(notes, [{ subject: 'AAI', text: 'Read this' }, { text: '#no# subject' }]);
});

test('days of CII are written as days; what is no day stays as it stands', async () => {
  const due = async (format: string, text: string) =>
    (
      await invoiceOf(
        settlement(
          '<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString' +
            `${format}>${text}</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>`,
        ),
      )
    ).dueOn;
  assert.equal(await due(' format="102"', '20260228'), '2026-02-28');
  assert.equal(await due('', '20240229'), '2024-02-29');
  assert.equal(await due(' format="102"', '20260229'), '20260229');
  assert.equal(await due(' format="102"', '2026-02-28'), '2026-02-28');
  assert.equal(await due(' format="610"', '202602'), '202602');
});

test('the codes for when tax is due are one list, whatever the syntax', async () => {
  const tax = (code: string) =>
    `<ram:ApplicableTradeTax><ram:DueDateTypeCode>${code}</ram:DueDateTypeCode></ram:ApplicableTradeTax>`;
  const codes = ['5', '29', '72', '99'].map(
    async (code) => (await invoiceOf(settlement(tax(code)))).taxPointCode,
  );
  assert.deepEqual(await Promise.all(codes), ['3', '35', '432', '99']);
  const differing = await read(settlement(tax('5') + tax('72')));
  assert.equal(differing.invoice.taxPointCode, '3');
  assert.equal(differing.notCarriedOver.length, 1);
});

test('a mandate of CII belongs to the direct debit among the means of payment', async () => {
  const means = (code: string) =>
    `<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>${code}</ram:TypeCode>` +
    '</ram:SpecifiedTradeSettlementPaymentMeans>';
  const terms =
    '<ram:SpecifiedTradePaymentTerms><ram:DirectDebitMandateID>M1</ram:DirectDebitMandateID>' +
    '</ram:SpecifiedTradePaymentTerms>';
  const mandates = async (text: string) =>
    (await invoiceOf(settlement(text))).paymentMeans.map((one) => [one.code, one.directDebit?.mandate]);
  assert.deepEqual(await mandates(means('58') + means('59') + terms), [
    ['58', undefined],
    ['59', 'M1'],
  ]);
  assert.deepEqual(await mandates(terms), [[undefined, 'M1']]);
});

test('ZUGFeRD 1.0 is read with the names of its time', async () => {
  const { invoice, notCarriedOver } = await read(
    zugferd1(
      '<rsm:HeaderExchangedDocument><ram:ID>471102</ram:ID><ram:TypeCode>380</ram:TypeCode>' +
        '</rsm:HeaderExchangedDocument><rsm:SpecifiedSupplyChainTradeTransaction>' +
        '<ram:ApplicableSupplyChainTradeAgreement><ram:BuyerOrderReferencedDocument><ram:ID>B1</ram:ID>' +
        '</ram:BuyerOrderReferencedDocument></ram:ApplicableSupplyChainTradeAgreement>' +
        '<ram:ApplicableSupplyChainTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>' +
        '<ram:ApplicableTradeTax><ram:ApplicablePercent>7</ram:ApplicablePercent></ram:ApplicableTradeTax>' +
        '<ram:SpecifiedTradeSettlementMonetarySummation><ram:GrandTotalAmount currencyID="EUR">5' +
        '</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation>' +
        '</ram:ApplicableSupplyChainTradeSettlement><ram:IncludedSupplyChainTradeLineItem>' +
        '<ram:SpecifiedSupplyChainTradeSettlement><ram:SpecifiedTradeSettlementMonetarySummation>' +
        '<ram:LineTotalAmount>4</ram:LineTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation>' +
        '</ram:SpecifiedSupplyChainTradeSettlement></ram:IncludedSupplyChainTradeLineItem>' +
        '</rsm:SpecifiedSupplyChainTradeTransaction>',
    ),
  );
  assert.deepEqual(
    [invoice.syntax, invoice.number, invoice.typeCode, invoice.purchaseOrder, invoice.vat[0]?.rate],
    ['cii', '471102', '380', 'B1', '7'],
  );
  assert.deepEqual([invoice.totals?.withVat?.value, invoice.lines[0]?.net?.value], ['5', '4']);
  assert.deepEqual(notCarriedOver, []);
});

test('a bomb, a foreign grammar and damage are refused with their place', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "ha">]>${ubl('&a;')}`;
  assert.equal((await refusalOf(read(bomb))).code, 'xml_dtd_refused');
  assert.equal((await refusalOf(read(ubl('\n<cbc:ID>')))).code, 'xml_not_well_formed');
  assert.equal((await refusalOf(read(ubl('<a>'.repeat(200))))).code, 'xml_too_deep');
  assert.equal((await refusalOf(read(''))).code, 'xml_not_well_formed');
});
