import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeZip } from '#formats/zip.ts';
import { FILE_KINDS, kindOfFile, safeName } from './file-kind.ts';

const text = (words: string): Uint8Array => Buffer.from(words);
const bytes = (...head: number[]): Uint8Array => Buffer.concat([Buffer.from(head), Buffer.alloc(20, 1)]);
const endingOf = (content: Uint8Array, name = 'x'): string => kindOfFile(content, name).ending;

test('what a file is follows from its bytes, whatever it is called', () => {
  assert.equal(endingOf(text('%PDF-1.7\n…'), 'invoice.exe'), 'pdf');
  assert.equal(endingOf(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'a.jpg'), 'png');
  assert.equal(endingOf(bytes(0xff, 0xd8, 0xff)), 'jpg');
  assert.equal(endingOf(text('a;b\n1;2\n'), 'hours.csv'), 'csv');
  assert.equal(endingOf(text('Dear all,\n'), 'letter.doc'), 'txt');
  assert.equal(endingOf(Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]), 'old.csv'), 'csv');
  assert.equal(endingOf(text('<?xml version="1.0"?><order/>')), 'xml');
  const zip = (...names: string[]) => writeZip(names.map((name) => ({ name, content: Buffer.from('x') })));
  assert.equal(endingOf(zip('[Content_Types].xml', 'xl/workbook.xml')), 'xlsx');
  const ods = Buffer.concat([
    Buffer.from([0x50, 0x4b, 0x03, 0x04]),
    text('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
  ]);
  assert.equal(endingOf(ods), 'ods');
});

test('what could do harm is refused, and says why', () => {
  const refused = (content: Uint8Array, code: string, name = 'invoice.pdf') =>
    assert.throws(() => kindOfFile(content, name), { code });
  refused(bytes(0x4d, 0x5a), 'attachment_is_program');
  refused(bytes(0x7f, 0x45, 0x4c, 0x46), 'attachment_is_program');
  refused(bytes(0xcf, 0xfa, 0xed, 0xfe), 'attachment_is_program');
  refused(text('#!/bin/sh\nrm -rf /\n'), 'attachment_is_program');
  refused(
    text(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')),
    'attachment_is_malware',
  );
  refused(text('<html><script>alert(1)</script></html>'), 'attachment_kind_unknown', 'a.csv');
  refused(text('<svg onload="x"/>'), 'attachment_kind_unknown', 'a.png');
  refused(new Uint8Array(), 'attachment_empty');
  refused(bytes(0, 1, 2, 3), 'attachment_kind_unknown');
  refused(writeZip([{ name: 'a.txt', content: text('x') }]), 'attachment_kind_unknown');
  const macros = ['[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'];
  refused(writeZip(macros.map((name) => ({ name, content: text('x') }))), 'attachment_has_macros', 'a.xlsx');
});

test('a name loses what is dangerous and ends as the file is', () => {
  const [pdf, , jpeg] = FILE_KINDS;
  assert.ok(pdf && jpeg);
  assert.equal(safeName('Rechnung März.pdf', pdf), 'Rechnung März.pdf');
  assert.equal(safeName('..\\..\\etc/passwd', pdf), 'passwd.pdf');
  assert.equal(safeName('photo.JPEG', jpeg), 'photo.jpg');
  assert.equal(safeName('invoice\u202Efdp.exe', pdf), 'invoice_fdp.exe.pdf');
  assert.equal(safeName('CON', pdf), 'CON_.pdf');
  assert.equal(safeName('.hidden', pdf), 'hidden.pdf');
  assert.equal(safeName('\u0000', pdf), 'file.pdf');
});

test('whatever a file is called, its name is safe, and made safe again stays as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 150 }),
      fc.constantFrom(...FILE_KINDS),
      (given, kind) => {
        const name = safeName(given, kind);
        assert.ok(name.length <= 120 && name.endsWith(`.${kind.ending}`), name);
        assert.doesNotMatch(name, /[/\\"*:<>?|\p{Cc}\p{Cf}]|^\.|^\s|\s$/u);
        assert.equal(safeName(name, kind), name);
      },
    ),
    { numRuns: 200 },
  );
});
