import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StatementEntry, StatementEvent, StatementSummary } from './bank-statement-shape.ts';
import { counterpartyOf } from './bank-statement-shape.ts';
import { readMt940 } from './mt940.ts';

async function read(content: string | Uint8Array): Promise<StatementEvent[]> {
  return Array.fromAsync(readMt940(typeof content === 'string' ? Buffer.from(content) : content));
}

function message(lines: readonly string[], closing = ':62F:C240105EUR100,00'): string {
  const opening = [':20:RUN1', ':25:DE02120300000000202051', ':28C:00007/001', ':60F:C240101EUR100,00'];
  return `${[...opening, ...lines, closing, '-'].join('\r\n')}\r\n`;
}

function entriesOf(events: readonly StatementEvent[]): StatementEntry[] {
  return events.flatMap((event) => (event.kind === 'entry' ? [event.entry] : []));
}

function summariesOf(events: readonly StatementEvent[]): StatementSummary[] {
  return events.flatMap((event) => (event.kind === 'summary' ? [event.summary] : []));
}

async function entryOf(lines: readonly string[]): Promise<StatementEntry> {
  const [entry] = entriesOf(await read(message(lines)));
  return entry ?? assert.fail('no entry');
}

test('a statement comes out with its account, its entries and whether they explain the balances', async () => {
  const events = await read(
    message(
      [':61:2401020102CR50,5NTRFINV-7//B1', ':86:Invoice 7', ':61:240103D,5NCHGNONREF'],
      ':62F:C240105EUR150,25',
    ),
  );
  assert.deepEqual(
    events.map((event) => event.kind),
    ['file', 'statement', 'entry', 'problem', 'summary'],
  );
  const [, head] = events;
  assert.ok(head?.kind === 'statement');
  assert.deepEqual(head.statement.account, { iban: 'DE02120300000000202051', currency: 'EUR' });
  assert.equal(head.statement.electronicSequence, '00007');
  const [summary] = summariesOf(events);
  assert.equal(summary?.check, 'differs');
  assert.equal(summary?.difference?.decimal, '0.25');
  assert.deepEqual(
    summary?.problems.map(({ code, line }) => [code, line]),
    [['mt940_entry_wrong', 7]],
  );
});

test('the reversal of a credit is money out, that of a debit money in', async () => {
  for (const [mark, decimal, isReversal] of [
    ['C', '8', false],
    ['D', '-8', false],
    ['RC', '-8', true],
    ['RD', '8', true],
    ['CR', '8', false],
    ['RCR', '-8', true],
  ] as const) {
    const entry = await entryOf([`:61:2401020102${mark}8,NTRFNONREF`]);
    assert.deepEqual([entry.amount.decimal, entry.isReversal], [decimal, isReversal], mark);
  }
});

test('an entry day has the year in which it is nearest to the value day', async () => {
  for (const [written, value, booked] of [
    ['2412310102', '2024-12-31', '2025-01-02'],
    ['2501021231', '2025-01-02', '2024-12-31'],
    ['2401020102', '2024-01-02', '2024-01-02'],
    ['240102', '2024-01-02', '2024-01-02'],
    ['2402290301', '2024-02-29', '2024-03-01'],
  ] as const) {
    const entry = await entryOf([`:61:${written}C8,00NTRFNONREF`]);
    assert.deepEqual([entry.valueDate?.toString(), entry.bookingDate?.toString()], [value, booked], written);
  }
});

test('the thirtieth of February is its last day, and that is told', async () => {
  const entry = await entryOf([':61:2302300301C8,00NTRFNONREF']);
  assert.equal(entry.valueDate?.toString(), '2023-02-28');
  assert.deepEqual(
    entry.problems.map(({ code, value }) => [code, value]),
    [['date_moved_to_month_end', '230230']],
  );
  assert.equal((await entryOf([':61:231399C8,00NTRFNONREF'])).problems[0]?.code, 'date_not_valid');
});

test('German subfields tell the payer, his reference and his words, whatever was cut in the middle', async () => {
  const entry = await entryOf([
    ':61:2401020102CR8,00NTRFNONREF',
    ':86:166?00GUTSCHRIFT?109310?20EREF+A-1?21SVWZ+Rechnung 2024-00011 un?22d 2024-0012 Kunde 77?23',
    'ABWA+Erika Beispiel?30COBADEFFXXX?31DE89370400440532013000?32Beispiel Hande',
    'l GmbH?33 und Co?34000',
  ]);
  const [detail] = entry.details;
  assert.equal(detail?.text, 'Rechnung 2024-00011 und 2024-0012 Kunde 77');
  assert.equal(detail?.endToEndId, 'A-1');
  assert.deepEqual(detail?.debtor, {
    name: 'Beispiel Handel GmbH und Co',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
  });
  assert.equal(detail && counterpartyOf(entry, detail)?.name, 'Erika Beispiel');
  assert.equal(entry.code?.proprietary, 'NTRF+166');
  assert.equal(entry.info, 'GUTSCHRIFT');
});

test('Polish subfields are told by their own sign', async () => {
  const entry = await entryOf([
    ':61:2401020102CN8,00NTRFNONREF',
    ':86:020<00PRZELEW<20FAKTURA 12/2024<32FIRMA SP. Z O.O.<38PL61109010140000071219812874',
  ]);
  assert.equal(entry.details[0]?.text, 'FAKTURA 12/2024');
  assert.equal(entry.details[0]?.debtor?.iban, 'PL61109010140000071219812874');
});

test('words between slashes are read, structured references too', async () => {
  const paid = await entryOf([
    ':61:2401020102C8,00NTRFNONREF',
    ':86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J. Vos/',
    'EREF/E-9/REMI/USTD//Factuur 12/',
  ]);
  assert.equal(paid.details[0]?.text, 'Factuur 12');
  assert.deepEqual(paid.details[0]?.debtor, { name: 'J. Vos', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A' });
  assert.equal(paid.details[0]?.endToEndId, 'E-9');
  const structured = await entryOf([':61:2401020102C8,00NTRFNONREF', ':86:/REMI/STRD/CUR/9000000000000001/']);
  assert.deepEqual(structured.details[0]?.structured, [{ reference: '9000000000000001' }]);
});

test('an account of the other side on the line below is theirs, unless the text names one', async () => {
  const below = await entryOf([
    ':61:240102C5,N541EREF',
    'NL06ABNA0999999999',
    ':86:/BENM//NAME/ACME BV/REMI/17/',
  ]);
  assert.deepEqual(below.details[0]?.debtor, { name: 'ACME BV', bic: undefined, iban: 'NL06ABNA0999999999' });
  const named = await entryOf([
    ':61:240102C5,N541EREF',
    'NL06ABNA0999999999',
    ':86:/IBAN/NL91ABNA0417164300/NAME/B/',
  ]);
  assert.equal(named.details[0]?.debtor?.iban, 'NL91ABNA0417164300');
  const other = await entryOf([':61:240102D5,N154NONREF', 'P001234567', ':86:/NAME/JOHN DOE/']);
  assert.equal(other.details[0]?.creditor?.iban, undefined);
});

test('a line of text that begins with a colon is text, and a field is a field', async () => {
  const wide = 'Paid at the counter of the branch in the old town, receipt no 12345';
  const entry = await entryOf([':61:2401020102C8,00NTRFNONREF', `:86:${wide}`, ':20:37 in the evening']);
  assert.equal(entry.details[0]?.text, `${wide}:20:37 in the evening`);
});

test('text after the closing balance is about the statement, not about its last entry', async () => {
  const events = await read(`${message([':61:2401020102C8,00NTRFNONREF', ':86:mine'])}:86:not mine\n`);
  assert.equal(entriesOf(events)[0]?.details[0]?.text, 'mine');
});

test('pages of one statement are one statement, and a page that is missing is told with the difference', async () => {
  const page = (opening: string, closing: string) =>
    `:20:A\n:25:123\n:60${opening}\n:61:240102C5,00NTRFNONREF\n:62${closing}\n`;
  const whole = await read(
    page('F:C240101EUR10,00', 'M:C240102EUR15,00') + page('M:C240102EUR15,00', 'F:C240102EUR20,00'),
  );
  assert.deepEqual(
    summariesOf(whole).map(({ check, entries, problems }) => [check, entries, problems.length]),
    [['agrees', 2, 0]],
  );
  const [torn] = summariesOf(
    await read(
      page('F:C240101EUR10,00', 'M:C240102EUR15,00') + page('M:C240102EUR18,50', 'F:C240102EUR23,50'),
    ),
  );
  assert.deepEqual(
    torn?.problems.map(({ code, value }) => [code, value]),
    [['statement_pages_do_not_meet', '3.50']],
  );
  assert.equal(torn?.difference?.decimal, '-3.50');
});

test('an interim report announces and nothing of it may be booked', async () => {
  const events = await read(
    ':20:A\n:25:123\n:34F:EURD0,00\n:13D:2401021733+0100\n:61:240102C5,00FTRFNONREF\n:90C:1EUR5,\n',
  );
  const [file] = events;
  assert.ok(file?.kind === 'file');
  assert.equal(file.file.format, 'mt942');
  assert.deepEqual(
    entriesOf(events).map(({ mayBook, status, amount }) => [mayBook, status, amount.currency]),
    [[false, 'INFO', 'EUR']],
  );
});

test('letters are right whatever encoding a bank writes in', async () => {
  const text = message([':61:2401020102C8,00NTRFNONREF', ':86:Zahlung für Müller, később Győr']);
  const utf16 = Buffer.from(text, 'utf16le');
  const cp852 = Buffer.from(
    [...text].map((letter) => ({ ü: 0x81, é: 0x82, ä: 0x84, ő: 0x8b })[letter] ?? letter.charCodeAt(0)),
  );
  for (const bytes of [Buffer.from(text), utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), cp852]) {
    assert.equal(entriesOf(await read(bytes))[0]?.details[0]?.text, 'Zahlung für Müller, később Győr');
  }
  const latin = Buffer.from(message([':61:2401020102C8,00NTRFNONREF', ':86:Zahlung für Müller']), 'latin1');
  assert.equal(entriesOf(await read(latin))[0]?.details[0]?.text, 'Zahlung für Müller');
});

test('what is no statement says what to do', async () => {
  await assert.rejects(read('no message'), { code: 'mt940_not_recognised' });
  await assert.rejects(read(':20:A\n:25:1\n:61:240102C5,00NTRFNONREF\n'), { code: 'mt940_currency_missing' });
  await assert.rejects(read(message([`:86:${'x'.repeat(70_000)}`, ':86:', `${'y'.repeat(70_000)}`])), {
    code: 'mt940_field_too_long',
  });
  await assert.rejects(read(`:20:A\n${'x'.repeat(9_000_000)}`), { code: 'bank_line_too_long' });
});

test('a return says what had been paid beside what the bank took on top, and the bank’s number of the reason', async () => {
  const german = await entryOf([
    ':61:2401020102DR103,50NRTINONREF//B1',
    ':86:109?00SEPA-DD SOLL RUECKBEL. CORE?20EREF+E2E-7?21OAMT+100,00?22SVWZ+back?32MAX?34912',
  ]);
  const [said] = german.details;
  assert.deepEqual(
    [said?.returned?.info, said?.amounts.instructed?.decimal, said?.endToEndId],
    [['SEPA-DD SOLL RUECKBEL. CORE', 'reason 912'], '-100.00', 'E2E-7'],
  );
  for (const written of ['1.234,56', '33.50', '1234,56.']) {
    const other = await entryOf([
      ':61:2401020102DR1238,06NRTINONREF//B1',
      `:86:109?00RETURN?20OAMT+${written}?21SVWZ+back`,
    ]);
    assert.deepEqual(other.details[0]?.amounts, {}, `${written} is not guessed at`);
  }
  const beside = await entryOf([
    ':61:2401020102DR103,50NRTINONREF//B1',
    '/OCMT/EUR100,/CHGS/EUR3,5/',
    ':86:returned',
  ]);
  assert.deepEqual(
    [beside.details[0]?.returned?.info, beside.details[0]?.amounts.instructed?.decimal],
    [[], '-100'],
  );
  const other = await entryOf([
    ':61:2401020102DR103,50NTRFNONREF//B1',
    '/OCMT/EUR100,/CHGS/EUR3,5/',
    ':86:paid',
  ]);
  assert.deepEqual([other.details[0]?.returned, other.details[0]?.amounts], [undefined, {}]);
});
