import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePdf, renderInvoicePdf } from '#printing/render-pdf.ts';
import { ARCHIVE_RULES, archiveProblems } from './pdf-a-checker.ts';

import { anInvoiceDocument, someInvoiceData } from './printed-documents.ts';

let whole: Uint8Array;
before(async () => {
  whole = await renderInvoicePdf(anInvoiceDocument({ language: 'de' }), someInvoiceData());
});
after(closePdf);

/** The file with something put in the place of something as long, so that all that points into it still fits. */
function broken(found: string | RegExp, wrong: string, where: 'first' | 'last' = 'first'): Uint8Array {
  const text = Buffer.from(whole).toString('latin1');
  const matches = [
    ...text.matchAll(typeof found === 'string' ? new RegExp(RegExp.escape(found), 'g') : found),
  ];
  const match = where === 'first' ? matches[0] : matches.at(-1);
  assert.ok(match, `found in the file: ${found}`);
  const as = wrong.padEnd(match[0].length, ' ');
  assert.equal(as.length, match[0].length, `as long: ${found}`);
  return Buffer.from(text.slice(0, match.index) + as + text.slice(match.index + as.length), 'latin1');
}

const rulesBroken = (pdf: Uint8Array): Set<string> => new Set(archiveProblems(pdf).map(({ rule }) => rule));

test('an invoice with its data inside keeps every rule', () => {
  assert.deepEqual(archiveProblems(whole), []);
});

/** For each rule files that break it. */
const BROKEN: Readonly<Record<string, readonly (() => Uint8Array)[]>> = {
  'the file says that it is a PDF 1.4 to 1.7 and is not text': [
    () => broken('%PDF-1.7', '%PDF-2.0'),
    () => broken(/(?<=^%PDF-1.7\n%)..../g, 'abcd'),
  ],
  'nothing follows the end': [() => Buffer.concat([whole, Buffer.from('and more')])],
  'the file is not encrypted': [() => broken(/\/Info \d+ 0 R/g, '/Encrypt 1', 'last')],
  'the file has an identity': [() => broken(/\/ID \[\(/g, '/IX [(', 'last')],
  'each entry of the index points at its object': [() => broken(/\n4 0 obj/g, '\n5 0 obj')],
  'each stream is as long as it says': [
    () => broken(/\/Length \d+(?=\n {2}\/Type \/EmbeddedFile)/g, '/Length 11'),
  ],
  'nothing is active and nothing lies outside': [
    () => broken('/Lang (de)', '/AA 1 0 R '),
    () => broken('/S /GTS_PDFA1', '/S /Launch'),
    () => broken('/S /GTS_PDFA1', '/JavaScript'),
  ],
  'no stream lies in another file': [() => broken(/\/Params <<\n/g, '/F (abc) \n')],
  'nothing is packed by LZW': [() => broken('/FlateDecode', '/LZWDecode')],
  'colours have a profile inside of the file': [
    () => broken('/GTS_PDFA1', '/GTS_PDFX'),
    () => broken('/DestOutputProfile', '/DestOutputProfilX'),
  ],
  'each transparent group names its colours': [() => broken('/OutputCondition (sRGB)', '/S /Transparency')],
  'each font is inside of the file': [
    () => broken(/\/FontFile[23]? /g, '/FontFilX '),
    () => broken(/\/FontDescriptor \d/g, '/FontDescriptoX 1'),
  ],
  'the letters of each font can be read': [() => broken('/ToUnicode', '/ToUnicodX')],
  'the document is tagged and says its language': [
    () => broken('/Marked true', '/Marked nope'),
    () => broken(/\/StructTreeRoot \d/g, '/StructTreeRooX 1'),
    () => broken('/Lang (de)', '/Lanx (de)'),
  ],
  'metadata say PDF/A-3': [
    () => broken('<pdfaid:part>3', '<pdfaid:part>1', 'last'),
    () => broken('<pdfaid:conformance>A', '<pdfaid:conformance>X', 'last'),
  ],
  'metadata are one whole and say nothing twice': [
    () => broken('</rdf:RDF>', '<rdf:RDF/>', 'last'),
    () => broken('</rdf:Description>', '</rdf:Descriptiox>', 'last'),
    () =>
      broken(
        'fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>',
        'fx:DocumentType/><fx:DocumentType>',
        'last',
      ),
  ],
  'an invoice inside is announced in the metadata': [
    () => broken('<fx:DocumentType>INVOICE', '<fx:DocumentType>ORDER'),
    () => broken('<fx:DocumentFileName>factur-x.xml', '<fx:DocumentFileName>faktur-x.xml'),
    () => broken('<fx:Version>1.0', '<fx:Version>one'),
    () => broken('<fx:ConformanceLevel>EN 16931', '<fx:ConformanceLevel>COMFORT'),
    () => broken('/UF (factur-x.xml)', '/UF (faktur-x.xml)'),
  ],
  'properties that PDF/A does not know are declared': [
    () => broken('<pdfaProperty:name>ConformanceLevel<', '<pdfaProperty:name>ConformanceLewel<'),
    () => broken(/<pdfaSchema:namespaceURI>urn:factur/g, '<pdfaSchema:namespaceURI>urn:faktur'),
  ],
  'files inside belong to the document': [
    () => broken('/AF [', '/AX ['),
    () => broken('/EmbeddedFiles', '/EmbeddedFilex'),
  ],
  'each file inside says what it is to the document': [
    () => broken('/AFRelationship /Alternative', '/AFRelationship /Whatever'),
    () => broken('/Desc (', '/Desx ('),
    () => broken('/F (factur-x.xml)', '/X (factur-x.xml)'),
  ],
  'each file inside is whole, with its type and its day': [
    () => broken(/\/Type \/EmbeddedFile(?!s)/g, '/Type /EmbeddedFilx'),
    () => broken('/Subtype /application#2Fxml', '/Subtypx /application#2Fxml'),
    () => broken(/(?<=\/Size \d+\n {4})\/ModDate/g, '/ModDatx'),
    () => broken(/\/Size \d+(?=\n {4}\/ModDate)/g, '/Size 1'),
  ],
  'an invoice inside is XML and says the same as the pages': [
    () => broken('/application#2Fxml', '/application#2Fpdf'),
    () => broken('/AFRelationship /Alternative', '/AFRelationship /Supplement'),
    () => broken('<?xml version', '[?xml version', 'last'),
  ],
};

test('every rule of the list has files that break it', () => {
  assert.deepEqual(ARCHIVE_RULES.map(({ name }) => name).sort(), Object.keys(BROKEN).sort());
});

test('the level of XRechnung goes with its own file name only', async () => {
  const data = someInvoiceData();
  const named = {
    ...data,
    fileName: 'xrechnung.xml',
    xmp: data.xmp.replace('factur-x.xml', 'xrechnung.xml'),
  };
  const problems = archiveProblems(await renderInvoicePdf(anInvoiceDocument(), named));
  assert.deepEqual(
    problems.map(({ seen }) => seen),
    ['level and name'],
  );
  const levelled = { ...named, xmp: named.xmp.replace('EN 16931', 'XRECHNUNG') };
  assert.deepEqual(archiveProblems(await renderInvoicePdf(anInvoiceDocument(), levelled)), []);
});

for (const [rule, files] of Object.entries(BROKEN)) {
  test(`it is seen when this does not hold: ${rule}`, () => {
    for (const [at, file] of files.entries()) assert.ok(rulesBroken(file()).has(rule), `file ${at + 1}`);
  });
}
