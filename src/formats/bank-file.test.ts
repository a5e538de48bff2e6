import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipOf } from './archives-for-tests.ts';
import type { BankCsvProfile } from './bank-csv-profile.ts';
import { readBankFile } from './bank-file.ts';

const camt = (id: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>` +
  `<Id>${id}</Id></Stmt></BkToCstmrStmt></Document>`;
const csvProfile: BankCsvProfile = {
  hasHeader: true,
  dateOrder: 'year_month_day',
  decimalMark: '.',
  amount: { kind: 'signed', column: 'Amount' },
  currency: { fixed: 'EUR' },
  bookingDate: 'Date',
  text: [],
};
const csv = 'Date;Amount\n2024-01-31;5\n';

async function read(content: string | Uint8Array, profile?: BankCsvProfile): Promise<string[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const events = await Array.fromAsync(readBankFile({ name: 'upload', bytes }, { csvProfile: profile }));
  return events.map((event) => {
    if (event.kind === 'file') return `file ${event.file.name} ${event.file.format}`;
    return event.kind === 'statement' ? `statement ${event.statement.id ?? ''}` : event.kind;
  });
}

test('camt and CSV are read plain, gzipped and zipped', async () => {
  const one = ['file upload camt.053', 'statement A', 'summary'];
  assert.deepEqual(await read(camt('A')), one);
  assert.deepEqual(await read(gzipSync(`\ufeff${camt('A')}`)), one);
  assert.deepEqual(await read(csv, csvProfile), ['file upload csv', 'statement ', 'entry', 'summary']);
  const zip = zipOf([
    { name: 'b.xml', content: camt('B') },
    { name: '__MACOSX/._b.xml', content: '\0\0' },
    { name: 'a/a.xml', content: camt('A'), stored: true },
    { name: 'c.csv', content: csv },
  ]);
  assert.deepEqual(await read(zip, csvProfile), [
    'file a/a.xml camt.053',
    'statement A',
    'summary',
    'file b.xml camt.053',
    'statement B',
    'summary',
    'file c.csv csv',
    'statement ',
    'entry',
    'summary',
  ]);
});

test('what a file is shows in any encoding, with a mark or without one, and within an envelope', async () => {
  const mt940 =
    ':20:A\r\n:25:DE02120300000000202051\r\n:28C:1/1\r\n:60F:C240101EUR0,\r\n:62F:C240101EUR0,\r\n-';
  const bai2 =
    '01,BANK,US,240105,0700,1,,,2/\n02,US,BANK,1,240104,2359,USD,2/\n03,123,USD/\n49,0,2/\n98,0,1,4/\n99,0,1,6/';
  const ofx =
    'OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST></BANKTRANLIST></STMTRS></OFX>';
  const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
  for (const [text, format] of [
    [mt940, 'mt940'],
    [bai2, 'bai2'],
    [ofx, 'ofx'],
  ] as const) {
    for (const bytes of [
      `\ufeff${text}`,
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      swapped(text),
      swapped(`\ufeff${text}`),
    ])
      assert.equal((await read(bytes))[0], `file upload ${format}`);
  }
  for (const envelope of [
    `<BizMsgEnvlp xmlns="urn:swift:xsd:envelope">${camt('A')}</BizMsgEnvlp>`,
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${camt('A')}</soap:Body></soap:Envelope>`,
  ])
    assert.deepEqual(await read(envelope), ['file upload camt.053', 'statement A', 'summary']);
});

test('files no statement can be read from say what to do', async () => {
  for (const [content, code] of [
    [csv, 'bank_file_needs_profile'],
    ['%PDF-1.7', 'bank_file_format_unknown'],
    [zipOf([]), 'bank_file_format_unknown'],
    [zipOf([{ name: 'inner.zip', content: zipOf([]) }]), 'bank_file_format_unknown'],
    [gzipSync(gzipSync(camt('A'))), 'bank_file_format_unknown'],
    ['<html/>', 'camt_not_recognised'],
    ['', 'bank_file_needs_profile'],
  ] as const) {
    await assert.rejects(read(content), { code });
  }
});
