import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEInvoice } from './read.ts';

// What a document half says must reach the rules: a group that holds nothing, a scheme without its value, a total twice.

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const ubl = (content: string) =>
  `<Invoice xmlns="${UBL}:Invoice-2" xmlns:cac="${UBL}:CommonAggregateComponents-2" ` +
  `xmlns:cbc="${UBL}:CommonBasicComponents-2">${content}</Invoice>`;
const CII = 'urn:un:unece:uncefact:data:standard';
const cii = (content: string) =>
  `<rsm:CrossIndustryInvoice xmlns:rsm="${CII}:CrossIndustryInvoice:100" ` +
  `xmlns:ram="${CII}:ReusableAggregateBusinessInformationEntity:100"><rsm:SupplyChainTradeTransaction>` +
  `<ram:ApplicableHeaderTradeSettlement>${content}</ram:ApplicableHeaderTradeSettlement>` +
  '</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>';

const read = (text: string) => readEInvoice(Buffer.from(text));
const invoiceOf = async (text: string) => (await read(text)).invoice;
const ofLine = async (content: string) =>
  (await invoiceOf(ubl(`<cac:InvoiceLine>${content}</cac:InvoiceLine>`))).lines[0];

test('a scheme or a unit without its value is kept', async () => {
  const { seller } = await invoiceOf(
    ubl(
      '<cac:AccountingSupplierParty><cac:Party><cbc:EndpointID schemeID="EM"/></cac:Party></cac:AccountingSupplierParty>',
    ),
  );
  assert.deepEqual(seller?.endpoint, { value: '', scheme: 'EM' });
  const line = await ofLine(
    '<cbc:InvoicedQuantity unitCode="2D"/><cac:Item><cac:CommodityClassification>' +
      '<cbc:ItemClassificationCode listID="XX"/></cac:CommodityClassification></cac:Item>',
  );
  assert.deepEqual(line?.quantity, { value: '', unit: '2D' });
  assert.deepEqual(line?.item.classes, [{ value: '', scheme: 'XX', version: undefined }]);
});

test('an element without value and scheme is none', async () => {
  const line = await ofLine(
    '<cbc:InvoicedQuantity/><cac:DocumentReference><cbc:ID schemeID="A"/></cac:DocumentReference>',
  );
  assert.equal(line?.quantity, undefined);
  assert.equal(line?.object, undefined);
});

test('a period that holds nothing is there, one that holds the tax point only is not', async () => {
  const empty = await invoiceOf(ubl('<cac:InvoicePeriod/>'));
  assert.deepEqual(empty.period, { start: undefined, end: undefined });
  const code = '<cac:InvoicePeriod><cbc:DescriptionCode>35</cbc:DescriptionCode></cac:InvoicePeriod>';
  assert.equal((await invoiceOf(ubl(code))).period, undefined);
  assert.equal((await invoiceOf(ubl(''))).period, undefined);
});

test('a reference to no earlier invoice is there', async () => {
  assert.deepEqual((await invoiceOf(ubl('<cac:BillingReference/>'))).preceding, [{}]);
});

const total = (amount: string, category: string) =>
  `<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">${amount}</cbc:TaxAmount><cac:TaxSubtotal><cac:TaxCategory>` +
  `<cbc:ID>${category}</cbc:ID></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>`;

test('a total of VAT that is there twice is seen, and told as not carried over', async () => {
  const { invoice, notCarriedOver } = await read(
    ubl(`<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>${total('7.00', 'S')}${total('8.00', 'E')}`),
  );
  assert.deepEqual(invoice.totals?.vat, { value: '7.00', currency: 'EUR' });
  assert.deepEqual(invoice.vatAgain, [{ value: '8.00', currency: 'EUR' }]);
  assert.deepEqual(
    invoice.vat.map(({ category }) => category),
    ['S', 'E'],
  );
  assert.deepEqual(
    notCarriedOver.map(({ value }) => value),
    ['8.00'],
  );
});

test('so it is in CII', async () => {
  const amount = (value: string) => `<ram:TaxTotalAmount currencyID="EUR">${value}</ram:TaxTotalAmount>`;
  const { invoice, notCarriedOver } = await read(
    cii(
      '<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementHeaderMonetarySummation>' +
        `${amount('7.00')}${amount('8.00')}</ram:SpecifiedTradeSettlementHeaderMonetarySummation>`,
    ),
  );
  assert.deepEqual(invoice.totals?.vat, { value: '7.00', currency: 'EUR' });
  assert.deepEqual(invoice.vatAgain, [{ value: '8.00', currency: 'EUR' }]);
  assert.deepEqual(
    notCarriedOver.map(({ value }) => value),
    ['8.00'],
  );
});
