import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { readEInvoiceResponse } from './read-response.ts';

const NS = 'urn:un:unece:uncefact:data:standard:';

const about = (code: string, more = '', number = 'F-7') => `<ram:ReferenceReferencedDocument>
  <ram:IssuerAssignedID>${number}</ram:IssuerAssignedID><ram:TypeCode>380</ram:TypeCode>
  <ram:FormattedIssueDateTime><qdt:DateTimeString format="102">20260901</qdt:DateTimeString></ram:FormattedIssueDateTime>
  <ram:ProcessConditionCode>${code}</ram:ProcessConditionCode>${more}
</ram:ReferenceReferencedDocument>`;

/** A life-cycle status as platforms write them: who tells whom, and of which document. */
function lifeCycle(documents: string, root = 'CrossDomainAcknowledgementAndResponse') {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<rsm:${root} xmlns:rsm="${NS}${root}:100" xmlns:ram="${NS}ReusableAggregateBusinessInformationEntity:100"
  xmlns:qdt="${NS}QualifiedDataType:100" xmlns:udt="${NS}UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext>
    <ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>REGULATED</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter>
    <ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn.cpro.gouv.fr:1p0:CDV:invoice</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument>
    <ram:IssueDateTime><udt:DateTimeString format="204">20260902101500</udt:DateTimeString></ram:IssueDateTime>
    <ram:SenderTradeParty><ram:RoleCode>WK</ram:RoleCode></ram:SenderTradeParty>
    <ram:IssuerTradeParty><ram:GlobalID schemeID="0002">100000009</ram:GlobalID><ram:RoleCode>BY</ram:RoleCode></ram:IssuerTradeParty>
  </rsm:ExchangedDocument>
  <rsm:AcknowledgementDocument>
    <ram:MultipleReferencesIndicator><udt:Indicator>false</udt:Indicator></ram:MultipleReferencesIndicator>
    <ram:TypeCode>23</ram:TypeCode>${documents}
  </rsm:AcknowledgementDocument>
</rsm:${root}>`);
}

test('each code of a life-cycle status has its meaning, and the document it is about', async () => {
  const means = async (code: number) => {
    const read = await readEInvoiceResponse(lifeCycle(about(String(code))));
    assert.equal(read.documentNumber, 'F-7');
    return `${code} ${read.means}`;
  };
  const codes = [...Array.from({ length: 14 }, (_, at) => 200 + at), 501];
  assert.deepEqual(await Promise.all(codes.map(means)), [
    ...['200 in_process', '201 in_process', '202 received', '203 received', '204 in_process', '205 approved'],
    ...['206 conditional', '207 queried', '208 queried', '209 in_process', '210 rejected', '211 paid'],
    ...['212 paid', '213 rejected', '501 rejected'],
  ]);
});

test('why, what is asked for, a note and the right amount are told', async () => {
  const why = `<ram:ProcessCondition>Refusée</ram:ProcessCondition>
    <ram:SpecifiedDocumentStatus><ram:ReasonCode>TX_TVA_ERR</ram:ReasonCode><ram:Reason>Taux de TVA erroné</ram:Reason>
      <ram:SequenceNumeric>1</ram:SequenceNumeric><ram:RequestedActionCode>CNF</ram:RequestedActionCode>
      <ram:RequestedAction>Créer un avoir total</ram:RequestedAction>
      <ram:IncludedNote><ram:Content>20 % au lieu de 10 %</ram:Content></ram:IncludedNote>
      <ram:SpecifiedDocumentCharacteristic><ram:TypeCode>MEN</ram:TypeCode>
        <ram:ValueAmount currencyID="EUR">120.00</ram:ValueAmount></ram:SpecifiedDocumentCharacteristic>
    </ram:SpecifiedDocumentStatus>
    <ram:SpecifiedDocumentStatus><ram:ReasonCode>DOUBLON</ram:ReasonCode></ram:SpecifiedDocumentStatus>`;
  const { means, words } = await readEInvoiceResponse(lifeCycle(about('210', why)));
  assert.equal(means, 'rejected');
  assert.equal(
    words,
    'refused by the buyer; Taux de TVA erroné: Créer un avoir total: 20 % au lieu de 10 %: MEN 120.00 EUR; DOUBLON',
  );
});

test('a code nobody knows, several documents, none, or another root are refused rather than guessed', async () => {
  const broken = [
    lifeCycle(about('299')),
    lifeCycle(about('toString')),
    lifeCycle(about('205') + about('210', '', 'F-8')),
    lifeCycle(''),
    lifeCycle(about('205'), 'CrossIndustryInvoice'),
  ];
  for (const message of broken)
    await assert.rejects(readEInvoiceResponse(message), { code: 'einvoice_response_unknown' });
});

test('a broken message is refused, never half read', async () => {
  const whole = lifeCycle(about('205'));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const broken = Buffer.from(whole);
      broken[place] = (broken[place] ?? 0) ^ change;
      await readEInvoiceResponse(broken).catch((error: unknown) => assert.ok(error instanceof Refusal));
    }),
    { numRuns: 60 },
  );
});
