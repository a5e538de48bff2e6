import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StatementEntry, StatementEvent, StatementSummary } from './bank-statement-shape.ts';
import { readOfx } from './ofx.ts';

async function read(content: string): Promise<StatementEvent[]> {
  return Array.fromAsync(readOfx(Buffer.from(content)));
}

const entriesOf = (events: readonly StatementEvent[]): StatementEntry[] =>
  events.flatMap((event) => (event.kind === 'entry' ? [event.entry] : []));
const summariesOf = (events: readonly StatementEvent[]): StatementSummary[] =>
  events.flatMap((event) => (event.kind === 'summary' ? [event.summary] : []));

const HEADER = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n';

/** A statement with its tags left open, as version 1 has them. */
function open(entries: string, currency = 'USD'): string {
  return `${HEADER}<OFX><BANKMSGSRSV1><STMTTRNRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>${currency}
<BANKACCTFROM><BANKID>9<ACCTID>123</BANKACCTFROM><BANKTRANLIST><DTSTART>20240101<DTEND>20240131
${entries}</BANKTRANLIST><LEDGERBAL><BALAMT>12.30<DTASOF>20240131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
}

const ENTRY =
  '<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20240105120000[-5:EST]<TRNAMT>5.00<FITID>F1<NAME>ACME &amp; CO<MEMO>INV 7</STMTTRN>';

test('open tags and closed tags say the same', async () => {
  const closed = open(ENTRY).replace(/<([A-Z]+)>([^<\n]+)/g, '<$1>$2</$1>');
  for (const text of [open(ENTRY), closed, open(ENTRY).replace('INV 7', '<![CDATA[INV 7]]>')]) {
    const [entry] = entriesOf(await read(text));
    assert.deepEqual(
      [entry?.amount, entry?.bookingDate?.toString(), entry?.bankReference, entry?.code?.proprietary],
      [{ decimal: '5.00', currency: 'USD' }, '2024-01-05', 'F1', 'CREDIT'],
    );
    assert.deepEqual([entry?.details[0]?.debtor?.name, entry?.details[0]?.text], ['ACME & CO', 'INV 7']);
    assert.equal(entry?.mayBook, true);
    assert.equal(summariesOf(await read(text))[0]?.closing?.amount.decimal, '12.30');
  }
});

test('amounts are exact with point or comma, with or without thousands', async () => {
  for (const [written, decimal] of [
    ['-12,34', '-12.34'],
    ['+0001.5', '1.5'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['-1.234.567', '-1234567'],
    ['.50', '0.50'],
    ['-0.00', '0.00'],
    ['100', '100'],
  ] as const) {
    assert.equal(
      entriesOf(await read(open(ENTRY.replace('5.00', written))))[0]?.amount.decimal,
      decimal,
      written,
    );
  }
});

test('an entry without a day or a readable amount is told, and the others stay', async () => {
  const events = await read(
    open(
      ENTRY.replace('20240105120000[-5:EST]', '').replace('<DTPOSTED>', '') +
        ENTRY.replace('5.00', 'five') +
        ENTRY,
    ),
  );
  const entries = entriesOf(events);
  assert.equal(entries.length, 2);
  assert.equal(entries[0]?.problems[0]?.code, 'date_not_valid');
  assert.deepEqual(
    summariesOf(events)[0]?.problems.map(({ code, value }) => [code, value]),
    [['ofx_amount_wrong', 'five']],
  );
});

test('an entry in another currency keeps its own and has no amount of the account', async () => {
  const [entry] = entriesOf(
    await read(open(ENTRY.replace('<FITID>', '<CURRENCY><CURRATE>1.1<CURSYM>CAD</CURRENCY><FITID>'))),
  );
  assert.deepEqual([entry?.amount.currency, entry?.accountAmount], ['CAD', undefined]);
  assert.equal(entry?.problems[0]?.code, 'entry_account_amount_missing');
});

test('lines of the file are told', async () => {
  assert.equal(entriesOf(await read(open(`\n\n${ENTRY}`)))[0]?.line, 11);
});

test('an error of the bank, no currency, and what is no OFX say what to do', async () => {
  await assert.rejects(
    read('<OFX><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Down</STATUS></OFX>'),
    (error: Error) => {
      assert.match(error.message, /ofx_without_statement.*2000 Down/);
      return true;
    },
  );
  await assert.rejects(read(open(ENTRY, '')), { code: 'ofx_currency_missing' });
  await assert.rejects(read('hello'), { code: 'ofx_not_recognised' });
  await assert.rejects(read(`<OFX><NAME>${'x'.repeat(200_000)}`), { code: 'ofx_field_too_long' });
});
