// Whatever comes in, reading ends: with an invoice or with a refusal that says why.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pdfWith } from '#formats/pdf-for-tests.ts';
import { Refusal } from '#kernel/refusal.ts';
import { EVERY_TERM } from './examples-for-tests.ts';
import { readEInvoiceFile } from './read.ts';
import { termsOf } from './terms.ts';
import { writeEInvoice } from './write.ts';

const SYNTAXES = ['ubl_invoice', 'ubl_credit_note', 'cii'] as const;
const XML = SYNTAXES.map((syntax) => writeEInvoice({ ...EVERY_TERM, syntax }));
const PDF = pdfWith([{ name: 'factur-x.xml', content: XML[2] ?? '' }]);

/** What reading comes to; anything but an invoice or a refusal fails the test. */
async function outcome(bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const { invoice } = await readEInvoiceFile(bytes);
    termsOf(invoice);
    return 'read';
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return 'refused';
  }
}

test('documents cut anywhere end with a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...XML),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (xml, part) => {
        assert.equal(
          await outcome(Buffer.from(xml.slice(0, Math.floor(xml.trimEnd().length * part)))),
          'refused',
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('documents with bytes changed, taken out or put in end with an invoice or a refusal', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      '<!--',
      ']]>',
      '<![CDATA[',
      '<a>',
      '</a>',
      '&#0;',
      '\0',
      '<!DOCTYPE a>',
      'xmlns="x"',
    ),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...XML.map((xml) => Buffer.from(xml)), PDF),
      fc.array(fc.tuple(fc.nat(20_000), fc.nat(30), piece), { minLength: 1, maxLength: 4 }),
      async (source, changes) => {
        let text = source.toString('latin1');
        for (const [at, length, put] of changes) {
          const place = at % text.length;
          text = text.slice(0, place) + put + text.slice(place + length);
        }
        await outcome(Buffer.from(text, 'latin1'));
      },
    ),
    { numRuns: 300 },
  );
});

test('elements moved anywhere else are read without harm', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...XML), fc.nat(), fc.nat(), async (xml, from, to) => {
      const lines = xml.trimEnd().split('\n');
      const leaves = lines.flatMap((line, index) =>
        /^ +<([^ >]+)[^>]*>[^<]*<\/\1>$/.test(line) ? [index] : [],
      );
      const [moved = ''] = lines.splice(leaves[from % leaves.length] ?? 2, 1);
      lines.splice(2 + (to % (lines.length - 3)), 0, moved);
      assert.equal(await outcome(Buffer.from(lines.join('\n'))), 'read');
    }),
    { numRuns: 150 },
  );
});

test('nesting, repetition and length beyond all use are refused or read in time', async () => {
  const root = (content: string) => (XML[0] ?? '').replace(/<cbc:ID>/, `${content}<cbc:ID>`);
  const deep = '<cac:Party>'.repeat(99_999) + '</cac:Party>'.repeat(99_999);
  const begun = performance.now();
  assert.equal(await outcome(Buffer.from(root(deep))), 'refused');
  assert.equal(await outcome(Buffer.from(root('<cac:InvoiceLine/>'.repeat(100_000)))), 'read');
  assert.equal(await outcome(Buffer.from(root('<cbc:Note/>'.repeat(300_000)))), 'refused');
  assert.equal(await outcome(Buffer.from(root(`<cbc:Note a="${'x'.repeat(5_000_000)}"/>`))), 'read');
  assert.ok(performance.now() - begun < 60_000);
});

test('bytes of any kind end with a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      assert.equal(await outcome(bytes), 'refused');
    }),
    { numRuns: 200 },
  );
});
