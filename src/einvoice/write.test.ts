import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { XmlNode } from '#formats/xml-part.ts';
import { readXmlTree } from '#formats/xml-tree.ts';
import { anyEInvoice, EVERY_TERM } from './examples-for-tests.ts';
import { facturXErrors } from './factur-x-schema-for-tests.ts';
import type { EInvoice } from './model.ts';
import { readEInvoice } from './read.ts';
import { sameMeaning } from './same-meaning.ts';
import { termsOf } from './terms.ts';
import { UBL_ORDER } from './ubl-order-for-tests.ts';
import { termsLost, writeEInvoice } from './write.ts';
import { type WrittenProfile, withProfile } from './written-profile.ts';

const SYNTAXES = ['ubl_invoice', 'ubl_credit_note', 'cii'] as const;

const treeOf = (xml: string) =>
  readXmlTree(Buffer.from(xml), { elementsMax: 10_000, charactersMax: 1_000_000 });

/** What of an XML element stands against the order of UBL. */
function disorderOf(node: XmlNode): string[] {
  const order = UBL_ORDER[node.name]?.split(' ') ?? [];
  const places = node.children.map((child) => order.indexOf(child.name));
  const wrong = node.children
    .filter((_, index) => places[index] === -1 || (places[index] ?? 0) < (places[index - 1] ?? 0))
    .map((child) => `${node.name}/${child.name}`);
  return [...wrong, ...node.children.flatMap(disorderOf)];
}

test('every term comes back as it was written, in each syntax', async () => {
  for (const syntax of SYNTAXES) {
    const read = await readEInvoice(Buffer.from(writeEInvoice({ ...EVERY_TERM, syntax })));
    assert.equal(read.kind, syntax);
    assert.deepEqual(sameMeaning(EVERY_TERM, read.invoice), []);
    assert.deepEqual(read.notCarriedOver, []);
  }
});

test('the example that states every term does', () => {
  const stated = new Set(termsOf(EVERY_TERM).map(({ id }) => id));
  const missing = Array.from({ length: 165 }, (_, index) => `BT-${index + 1}`).filter(
    (id) => !stated.has(id),
  );
  // The standard has no BT-4.
  assert.deepEqual(missing, ['BT-4']);
});

test('whatever an invoice says comes back from each syntax in the same meaning', async () => {
  await fc.assert(
    fc.asyncProperty(anyEInvoice, fc.constantFrom(...SYNTAXES), async (invoice, syntax) => {
      const xml = writeEInvoice({ ...invoice, syntax });
      const read = await readEInvoice(Buffer.from(xml));
      assert.deepEqual(sameMeaning(invoice, read.invoice), []);
      assert.deepEqual(read.notCarriedOver, []);
      assert.equal(writeEInvoice({ ...invoice, syntax }), xml);
      assert.equal(writeEInvoice(read.invoice), xml, 'written again it is the same text');
    }),
    { numRuns: 200 },
  );
});

test('UBL stands in the order of its schema, and has no element that is not in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyEInvoice,
      fc.constantFrom('ubl_invoice', 'ubl_credit_note'),
      async (invoice, syntax) => {
        assert.deepEqual(disorderOf(await treeOf(writeEInvoice({ ...invoice, syntax }))), []);
      },
    ),
    { numRuns: 100 },
  );
  for (const syntax of ['ubl_invoice', 'ubl_credit_note'] as const) {
    assert.deepEqual(disorderOf(await treeOf(writeEInvoice({ ...EVERY_TERM, syntax }))), []);
  }
});

test('the check of the order sees what is out of order and what does not belong', async () => {
  assert.deepEqual(disorderOf(await treeOf('<Country><IdentificationCode/><Name/></Country>')), [
    'Country/Name',
  ]);
  assert.deepEqual(disorderOf(await treeOf('<Contact><Telephone/><Name/></Contact>')), ['Contact/Name']);
});

test('CII keeps to the published schema of Factur-X', () => {
  const complete: EInvoice = { ...EVERY_TERM, lines: EVERY_TERM.lines.slice(0, 1) };
  assert.deepEqual(facturXErrors(writeEInvoice(withProfile(complete, 'factur_x'))), []);
  const broken = writeEInvoice(withProfile(complete, 'factur_x')).replaceAll('ram:LineOne', 'ram:LineZero');
  assert.equal(facturXErrors(broken).length, 1);
});

test('a unit price keeps all its decimals, and every amount the way it is written', () => {
  for (const syntax of SYNTAXES) {
    const xml = writeEInvoice({ ...EVERY_TERM, syntax });
    for (const value of ['33.333333', '34.000000', '0.666667', '-0.03', '10.00']) {
      assert.match(xml, new RegExp(`>${value}<`), `${value} in ${syntax}`);
    }
  }
});

test('an amount in another currency than the document keeps its currency in each syntax', async () => {
  const odd: EInvoice = { ...EVERY_TERM, totals: { due: { value: '5', currency: 'USD' } } };
  for (const syntax of SYNTAXES) assert.deepEqual(await termsLost({ ...odd, syntax }), []);
});

test('a profile is a syntax, a specification and a process; all other terms stay', () => {
  const creditNote: EInvoice = { ...EVERY_TERM, typeCode: '381' };
  const claims = (['peppol', 'xrechnung_ubl', 'xrechnung_cii', 'factur_x'] as const).map(
    (profile: WrittenProfile) => {
      const { syntax, specification, process } = withProfile(creditNote, profile);
      return [syntax, specification?.replace('urn:cen.eu:en16931:2017', ''), process?.slice(0, 12)];
    },
  );
  assert.deepEqual(claims, [
    ['ubl_credit_note', '#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0', 'urn:fdc:pepp'],
    ['ubl_credit_note', '#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0', 'urn:fdc:pepp'],
    ['cii', '#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0', 'urn:fdc:pepp'],
    ['cii', '', undefined],
  ]);
  assert.equal(withProfile(EVERY_TERM, 'peppol').syntax, 'ubl_invoice');
  const changed = sameMeaning(creditNote, withProfile(creditNote, 'peppol')).map(({ id }) => id);
  assert.deepEqual(changed, ['BT-24']);
});

test('what a syntax has no room for is told before it is sent', async () => {
  const due: EInvoice = { ...EVERY_TERM, syntax: 'ubl_credit_note', paymentMeans: [] };
  assert.deepEqual(await termsLost(due), [{ id: 'BT-9', place: '', first: '2026-03-02', second: undefined }]);
  const debit = (mandate: string) => ({ code: '59', transfers: [], directDebit: { mandate } });
  const two: EInvoice = { ...EVERY_TERM, syntax: 'cii', paymentMeans: [debit('M1'), debit('M2')] };
  assert.deepEqual(await termsLost(two), [{ id: 'BT-89', place: '', first: 'M1, M2', second: 'M1' }]);
});

test('lines of terms that grant a discount end with a line break, as XRechnung asks', () => {
  const terms = (paymentTerms: string) => writeEInvoice({ ...EVERY_TERM, syntax: 'cii', paymentTerms });
  assert.match(terms('#SKONTO#TAGE=14#PROZENT=2.00#'), /PROZENT=2\.00#\n<\/ram:Description>/);
  assert.match(terms('30 days #1'), /30 days #1<\/ram:Description>/);
});

test('a character that XML cannot say leaves a sign that it stood there', async () => {
  for (const syntax of SYNTAXES) {
    const xml = writeEInvoice({ ...EVERY_TERM, syntax, contract: 'a\u0000b\ud800c\r\nd' });
    const { invoice } = await readEInvoice(Buffer.from(xml));
    assert.equal(invoice.contract, 'a\ufffdb\ufffdc\nd');
  }
});
