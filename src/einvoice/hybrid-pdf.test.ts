import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { pdfWith } from '#formats/pdf-for-tests.ts';
import { attributeAt, nodeAt, nodesOf, textAt } from '#formats/xml-part.ts';
import { readXmlTree } from '#formats/xml-tree.ts';
import { Refusal } from '#kernel/refusal.ts';
import { EVERY_TERM } from './examples-for-tests.ts';
import { hybridInvoice } from './factur-x.ts';
import { extractXml } from './hybrid-pdf.ts';
import { readEInvoiceFile } from './read.ts';
import { sameMeaning } from './same-meaning.ts';
import { writeEInvoice } from './write.ts';
import { withProfile } from './written-profile.ts';

const xml = writeEInvoice({ ...EVERY_TERM, syntax: 'cii' });

test('the invoice is the file with the name its format prescribes, whatever else is inside', () => {
  const files = [
    { name: 'terms.xml', content: '<terms/>' },
    { name: 'ZUGFeRD-invoice.xml', content: 'old' },
    { name: 'photo.png', content: 'png' },
    { name: 'Factur-X.xml', content: 'new' },
  ];
  const { name, xml: found, others } = extractXml(pdfWith(files));
  assert.deepEqual([name, found.toString()], ['Factur-X.xml', 'new']);
  assert.deepEqual(others, ['terms.xml', 'ZUGFeRD-invoice.xml', 'photo.png']);
});

test('of two with the name, the associated one is the invoice', () => {
  const name = 'factur-x.xml';
  const pdf = pdfWith([
    { name, content: 'draft' },
    { name, content: 'final', isAssociated: true },
  ]);
  assert.equal(extractXml(pdf).xml.toString(), 'final');
});

test('an XML of another name is the invoice if it is the only one', () => {
  const one = [
    { name: 'rechnung.XML', content: 'x' },
    { name: 'a.txt', content: 't' },
  ];
  assert.equal(extractXml(pdfWith(one)).name, 'rechnung.XML');
});

test('a PDF without an invoice is refused with what is inside', () => {
  const two = [
    { name: 'a.xml', content: 'x' },
    { name: 'b.xml', content: 'y' },
  ];
  for (const files of [[], two]) {
    assert.throws(
      () => extractXml(pdfWith(files)),
      (error) =>
        error instanceof Refusal &&
        error.code === 'pdf_without_invoice' &&
        String(error.facts.files) === files.map(({ name }) => name).join(','),
    );
  }
});

test('a file is XML or a PDF by its bytes, and the invoice in it the same', async () => {
  const alone = await readEInvoiceFile(Buffer.from(xml));
  const inside = await readEInvoiceFile(
    pdfWith([{ name: 'factur-x.xml', content: xml }], { isPacked: true }),
  );
  assert.equal(alone.embedded, undefined);
  assert.deepEqual(inside.embedded, { name: 'factur-x.xml', others: [] });
  assert.deepEqual(sameMeaning(alone.invoice, inside.invoice), []);
  assert.equal(Buffer.from(inside.xml).toString(), xml);
});

test('an encoding that is named wrongly does not keep an invoice from being read', async () => {
  for (const [label, mark] of [
    ['UTF-8-W/O-BOM', ''],
    ['ISO-8859-1', ''],
    ['utf-8', '\ufeff'],
    ['windows-1252', '\ufeff'],
  ] as const) {
    const bytes = Buffer.from(mark + xml.replace('"UTF-8"', `"${label}"`));
    const { invoice } = await readEInvoiceFile(bytes);
    assert.deepEqual(sameMeaning(EVERY_TERM, invoice), [], label);
  }
  const latin = Buffer.from(xml.replace('"UTF-8"', '"ISO-8859-1"').replace('\u{fffd}', ''), 'latin1');
  assert.deepEqual(sameMeaning(EVERY_TERM, (await readEInvoiceFile(latin)).invoice), []);
});

test('what is put into a PDF reads as the invoice, under the name of its profile', async () => {
  for (const [profile, fileName, level, version] of [
    ['factur_x', 'factur-x.xml', 'EN 16931', '1.0'],
    ['xrechnung_cii', 'xrechnung.xml', 'XRECHNUNG', '3.0'],
  ] as const) {
    const hybrid = hybridInvoice(EVERY_TERM, profile);
    assert.equal(hybrid.fileName, fileName);
    const read = await readEInvoiceFile(pdfWith([{ name: hybrid.fileName, content: hybrid.xml }]));
    assert.deepEqual(sameMeaning(withProfile(EVERY_TERM, profile), read.invoice), []);
    const rdf = await readXmlTree(
      Buffer.from(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${hybrid.xmp}</rdf:RDF>`),
      { elementsMax: 1_000, charactersMax: 10_000 },
    );
    const [values, schemas] = rdf.children;
    assert.deepEqual(
      values?.children.map((node) => [node.name, node.text]),
      [
        ['DocumentType', 'INVOICE'],
        ['DocumentFileName', fileName],
        ['Version', version],
        ['ConformanceLevel', level],
      ],
    );
    const schema = nodeAt(schemas, 'schemas', 'Bag', 'li');
    assert.equal(textAt(schema, 'namespaceURI'), values?.children[0]?.element.uri);
    const declared = nodesOf(nodeAt(schema, 'property', 'Seq'), 'li');
    assert.deepEqual(
      declared.map((node) => textAt(node, 'name')),
      values?.children.map((node) => node.name),
    );
    assert.ok(declared.every((node) => attributeAt(node, 'parseType') === 'Resource'));
  }
});

test('the invoice inside a PDF/A-3 that a real program made is found and whole', async () => {
  const hybrid = hybridInvoice(EVERY_TERM);
  const workspace = await mkdtemp(join(tmpdir(), 'quittance-hybrid-'));
  try {
    const main = join(workspace, 'main.typ');
    await writeFile(join(workspace, hybrid.fileName), hybrid.xml);
    const said = `relationship: "alternative", mime-type: "${hybrid.mime}", description: "${hybrid.description}"`;
    await writeFile(main, `#pdf.attach("${hybrid.fileName}", ${said})`);
    const compiler = NodeCompiler.create({ workspace });
    const pdf = compiler.pdf({ mainFilePath: main }, { pdfStandard: 'a-3b', creationTimestamp: 0 });
    const { embedded, xml: found } = await readEInvoiceFile(pdf);
    assert.deepEqual(embedded, { name: 'factur-x.xml', others: [] });
    assert.deepEqual(Buffer.from(found), hybrid.xml);
  } finally {
    await rm(workspace, { recursive: true });
  }
});
