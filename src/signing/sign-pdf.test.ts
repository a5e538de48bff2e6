// Signed files, looked at by another program (openssl), by the checker of archive files, and on paper.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { present } from '#kernel/assert.ts';
import { closePdf, renderInvoicePdf, renderPage } from '#printing/render-pdf.ts';
import { statementPage } from '#printing/statement-document.ts';
import { archiveProblems } from '../../test/support/pdf-a-checker.ts';
import { differingPart, readGrey, sheetPictures } from '../../test/support/pdf-pictures.ts';
import {
  aBuyer,
  anInvoiceDocument,
  aSeller,
  aStatementPart,
  day,
  someInvoiceData,
} from '../../test/support/printed-documents.ts';
import {
  CURVE_CERTIFICATE,
  CURVE_FILE,
  ROOT_CERTIFICATE,
  RSA_FILE,
} from '../../test/support/signing-files.ts';
import { isSignedBy, NO_OPENSSL, signatureOf } from '../../test/support/verify-signature.ts';
import { openPkcs12 } from './open-pkcs12.ts';
import { signPdf } from './sign-pdf.ts';

after(closePdf);

const SIGNED = { at: Temporal.Instant.from('2027-03-02T12:00:01.5Z'), by: 'Müller & Söhne (GmbH) 株式会社' };

const statement = () =>
  renderPage(
    statementPage({
      language: 'en',
      seller: aSeller,
      customer: aBuyer,
      from: undefined,
      asOf: day('2026-11-24'),
      parts: [aStatementPart(60)],
      footnotes: [],
    }),
  );
const invoiceWithData = () => renderInvoicePdf(anInvoiceDocument(), someInvoiceData());
const rsa = () => openPkcs12(RSA_FILE, 'right', SIGNED.at);
const curve = () => openPkcs12(CURVE_FILE, 'right', SIGNED.at);

test('a signature holds for a stranger, by whom it says, and for no one else', {
  skip: NO_OPENSSL,
}, async () => {
  const [pdf, byRoot, byItself] = await Promise.all([statement(), rsa(), curve()]);
  const signed = signPdf(pdf, byRoot, SIGNED);
  assert.ok(isSignedBy(signed, ROOT_CERTIFICATE));
  assert.ok(!isSignedBy(signed, CURVE_CERTIFICATE));
  assert.ok(isSignedBy(signPdf(await invoiceWithData(), byItself, SIGNED), CURVE_CERTIFICATE));
});

test('a byte changed anywhere outside of the signature is seen', { skip: NO_OPENSSL }, async () => {
  const signed = signPdf(await statement(), await rsa(), SIGNED);
  const text = Buffer.from(signed).toString('latin1');
  const contents = text.indexOf('/Contents <');
  const places = [
    20,
    text.indexOf('stream\n') + 40,
    contents - 30,
    text.lastIndexOf('startxref') + 11,
    signed.length - 4,
  ];
  for (const place of places) {
    const changed = Uint8Array.from(signed);
    changed[place] = (changed[place] ?? 0) ^ 1;
    assert.ok(!isSignedBy(changed, ROOT_CERTIFICATE), `byte ${place}`);
  }
});

test('a signed file stays an archive file, with its data inside, and its bytes stay as they were', async () => {
  for (const pdf of [await statement(), await invoiceWithData()]) {
    const signed = signPdf(pdf, await rsa(), SIGNED);
    assert.deepEqual(archiveProblems(signed), []);
    assert.deepEqual(Buffer.from(signed.subarray(0, pdf.length)), Buffer.from(pdf));
    const { signed: covered, cms } = present(signatureOf(signed), 'it has a signature');
    // Left out is the signature alone: its digits, two for a byte, between their brackets.
    assert.equal(signed.length - covered.length, cms.length * 2 + 2);
    assert.ok(covered.length > pdf.length);
    assert.match(Buffer.from(signed).toString('latin1'), /\/M \(D:20270302120001Z\)/);
  }
});

test('nothing of a signature is seen on paper', async () => {
  const pdf = await statement();
  const signed = signPdf(pdf, await rsa(), SIGNED);
  const [before, then] = await Promise.all([sheetPictures(pdf, 60), sheetPictures(signed, 60)]);
  assert.ok(before.length > 1);
  assert.equal(then.length, before.length);
  for (const [at, sheet] of before.entries())
    assert.equal(differingPart(await readGrey(sheet), await readGrey(then[at] ?? Buffer.alloc(0))), 0);
});
