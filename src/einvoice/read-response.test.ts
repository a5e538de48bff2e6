import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { readEInvoiceResponse } from './read-response.ts';

const NS = 'urn:oasis:names:specification:ubl:schema:xsd:';

function response(
  code: string,
  statuses = '',
  customization = 'urn:fdc:peppol.eu:poacc:trns:invoice_response:3',
) {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<ApplicationResponse xmlns="${NS}ApplicationResponse-2"
  xmlns:cac="${NS}CommonAggregateComponents-2"
  xmlns:cbc="${NS}CommonBasicComponents-2">
  <cbc:CustomizationID>${customization}</cbc:CustomizationID>
  <cbc:ID>IR-1</cbc:ID>
  <cac:DocumentResponse>
    <cac:Response><cbc:ResponseCode listID="UNCL4343OpSubset">${code}</cbc:ResponseCode>${statuses}</cac:Response>
    <cac:DocumentReference><cbc:ID>INV-7</cbc:ID><cbc:DocumentTypeCode>380</cbc:DocumentTypeCode></cac:DocumentReference>
  </cac:DocumentResponse>
</ApplicationResponse>`);
}

const status = (list: string, code: string, more = '') =>
  `<cac:Status><cbc:StatusReasonCode listID="${list}">${code}</cbc:StatusReasonCode>${more}</cac:Status>`;

test('each code of an Invoice Response has its meaning, and the document it is about', async () => {
  const means = async (code: string) => {
    const read = await readEInvoiceResponse(response(code));
    assert.equal(read.documentNumber, 'INV-7');
    return read.means;
  };
  const all = ['AB', 'IP', 'UQ', 'CA', 'RE', 'AP', 'PD'];
  assert.deepEqual(await Promise.all(all.map(means)), [
    ...['received', 'in_process', 'queried', 'conditional', 'rejected', 'approved', 'paid'],
  ]);
});

test('reasons, what is asked for, the words of the buyer and the right value are told', async () => {
  const why = status(
    'OPStatusReason',
    'REF',
    `<cbc:StatusReason>No such order</cbc:StatusReason>
      <cac:Condition><cbc:AttributeID>BT-13</cbc:AttributeID><cbc:Description>PO-9</cbc:Description></cac:Condition>`,
  );
  const { means, words } = await readEInvoiceResponse(
    response('RE', why + status('OPStatusAction', 'NIN') + status('OPStatusReason', 'XYZ')),
  );
  assert.equal(means, 'rejected');
  assert.equal(
    words,
    'rejected; a reference is wrong or missing: No such order: BT-13 = PO-9; please send a new invoice; XYZ',
  );
});

test('that the network finds the file sound is no approval of the invoice; that it does not is a rejection', async () => {
  const mlr = 'urn:fdc:peppol.eu:poacc:trns:mlr:3';
  assert.equal((await readEInvoiceResponse(response('AP', '', mlr))).means, 'received');
  assert.equal((await readEInvoiceResponse(response('RE', '', mlr))).means, 'rejected');
});

test('what is no answer is refused', async () => {
  for (const bytes of [response('ZZ'), response(''), Buffer.from('<Invoice/>'), response('constructor')])
    await assert.rejects(readEInvoiceResponse(bytes), { code: 'einvoice_response_unknown' });
});

test('whatever the bytes are, reading ends with an answer or a refusal', async () => {
  const whole = response('RE', status('OPStatusReason', 'REF', '<cbc:StatusReason>x</cbc:StatusReason>'));
  const damage = fc.record({
    from: fc.nat(whole.length),
    length: fc.nat(60),
    put: fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('<', '&', ']]>', '<!DOCTYPE a>', '\0')),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ from, length, put }) => {
      const bytes = Buffer.concat([whole.subarray(0, from), Buffer.from(put), whole.subarray(from + length)]);
      try {
        const { words } = await readEInvoiceResponse(bytes);
        assert.ok(words.length <= 500);
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error));
      }
    }),
    { numRuns: 300 },
  );
});
