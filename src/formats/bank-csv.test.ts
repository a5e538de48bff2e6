import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { readBankCsv } from './bank-csv.ts';
import { guessBankCsvProfile } from './bank-csv-guess.ts';
import type { BankCsvProfile } from './bank-csv-profile.ts';
import { counterpartyOf, type StatementEvent, type StatementSummary } from './bank-statement-shape.ts';
import { csvLine } from './csv.ts';
import type { ByteSource } from './text-encoding.ts';

const bytesOf = (source: string | Uint8Array) => (typeof source === 'string' ? Buffer.from(source) : source);
const read = (source: string | Uint8Array, profile: BankCsvProfile) =>
  Array.fromAsync(readBankCsv(bytesOf(source), profile));
const guess = (source: string | Uint8Array, accountCurrency?: string) =>
  guessBankCsvProfile(bytesOf(source), { accountCurrency });

async function outcome(source: ByteSource, profile: BankCsvProfile) {
  const events: StatementEvent[] = [];
  try {
    for await (const event of readBankCsv(source, profile)) events.push(event);
    return { events };
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return { events, code: error.code, facts: error.facts };
  }
}

/** Entries in short: amount, day, who, what. */
function inShort(events: readonly StatementEvent[]): unknown[] {
  return events.flatMap((event) => {
    if (event.kind !== 'entry') return [];
    const { amount, bookingDate, details } = event.entry;
    const [detail] = details;
    const party = detail && counterpartyOf(event.entry, detail);
    return [
      [
        `${amount.decimal} ${amount.currency}`,
        bookingDate?.toString(),
        party?.name ?? party?.iban ?? '',
        detail?.text,
      ],
    ];
  });
}

function summaryOf(events: readonly StatementEvent[]): StatementSummary {
  const last = events.at(-1);
  assert.ok(last?.kind === 'summary');
  return last.summary;
}

/** Guesses a profile, expects no question, and reads with it. */
async function readAsGuessed(source: string | Uint8Array, accountCurrency?: string) {
  const { profile, problems } = await guess(source, accountCurrency);
  assert.deepEqual(problems, []);
  assert.ok(profile);
  return { profile, events: await read(source, profile) };
}

test('a German bank: signed amounts, decimal comma, two-digit years, windows-1252', async () => {
  const text =
    'Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Kundenreferenz (End-to-End);' +
    'Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;Betrag;Waehrung;Info\n' +
    '' +
    'DE89370400440532013000;31.01.24;31.01.24;GUTSCHRIFT;Rechnung 17;' +
    'NOTPROVIDED;M\xfcller GmbH;DE12500105170648489890;1.234,56;EUR;Umsatz gebucht\n' +
    '' +
    'DE89370400440532013000;31.01.24;01.02.24;LASTSCHRIFT;Strom;E2E-1;Stadtwerke;;-80,00;EUR;Umsatz gebucht\n';
  const { events } = await readAsGuessed(Buffer.from(text, 'latin1'));
  assert.deepEqual(inShort(events), [
    ['1234.56 EUR', '2024-01-31', 'Müller GmbH', 'Rechnung 17'],
    ['-80.00 EUR', '2024-01-31', 'Stadtwerke', 'Strom'],
  ]);
  const [, head, first, second] = events;
  assert.ok(head?.kind === 'statement' && first?.kind === 'entry' && second?.kind === 'entry');
  assert.deepEqual(head.statement.account, { iban: 'DE89370400440532013000', currency: undefined });
  assert.equal(first.entry.details[0]?.debtor?.iban, 'DE12500105170648489890');
  assert.deepEqual(
    [
      first.entry.details[0]?.endToEndId,
      second.entry.details[0]?.endToEndId,
      second.entry.valueDate?.toString(),
    ],
    [undefined, 'E2E-1', '2024-02-01'],
  );
  assert.deepEqual(
    [first.entry.mayBook, first.entry.ordinal, second.entry.ordinal, second.entry.line],
    [true, 1, 2, 3],
  );
});

test('a Dutch bank: amount and direction in two columns, running balance', async () => {
  const { events, profile } = await readAsGuessed(
    '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij",' +
      '"Bedrag (EUR)","Mutatiesoort","Mededelingen","Saldo na mutatie"\n' +
      '' +
      '"20240131","Klant BV","NL91ABNA0417164300",' +
      '"NL20INGB0001234567","GT","Bij","100,00","Online","Factuur 7","150,00"\n' +
      '' +
      '"20240130","Huur","NL91ABNA0417164300","","IC","Af","50,00","Incasso","","50,00"\n',
  );
  assert.deepEqual(profile.amount, {
    kind: 'flagged',
    column: 'Bedrag (EUR)',
    flag: 'Af Bij',
    debitWords: ['Af'],
    creditWords: ['Bij'],
  });
  assert.deepEqual(inShort(events), [
    ['100.00 EUR', '2024-01-31', 'Klant BV', 'Factuur 7'],
    ['-50.00 EUR', '2024-01-30', 'Huur', ''],
  ]);
  const summary = summaryOf(events);
  assert.deepEqual(
    [summary.opening?.amount.decimal, summary.closing?.amount.decimal, summary.check],
    ['100.00', '150.00', 'agrees'],
  );
});

test('a Swiss bank: lines above the table, an IBAN among them, debit and credit columns, several texts', async () => {
  const { events } = await readAsGuessed(
    'Kontonummer:;0234 00123456.01;\nIBAN:;CH93 0076 2011 6238 5295 7;\nVon:;2024-01-01;\n\n' +
      'Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;' +
      'Transaktions-Nr.;Beschreibung1;Beschreibung2\n' +
      '' +
      "2024-01-31;2024-01-31;CHF;;1'000.50;;1'500.50;T1;Muster AG;Rechnung 5\n" +
      '2024-01-31;2024-01-31;CHF;-12.00;;;500.00;T2;Gebühr;\n',
  );
  assert.deepEqual(inShort(events), [
    ['1000.50 CHF', '2024-01-31', '', 'Muster AG Rechnung 5'],
    ['-12.00 CHF', '2024-01-31', '', 'Gebühr'],
  ]);
  const [, head] = events;
  assert.ok(head?.kind === 'statement');
  assert.deepEqual([head.statement.account.iban, head.statement.line], ['CH9300762011623852957', 6]);
  assert.equal(summaryOf(events).opening?.amount.decimal, '512.00', 'sorted newest first');
});

test('banks in English, French, Spanish and Czech are understood', async () => {
  const english = await readAsGuessed(
    'Date,Description,Money Out,Money In,Balance\n31/01/2024,ACME,,50.00,150.00\n01/02/2024,Rent,20.00,0.00,130.00\n',
    'GBP',
  );
  assert.deepEqual(inShort(english.events), [
    ['50.00 GBP', '2024-01-31', '', 'ACME'],
    ['-20.00 GBP', '2024-02-01', '', 'Rent'],
  ]);
  assert.equal(summaryOf(english.events).check, 'agrees');
  const american = await readAsGuessed(
    '"Posting Date","Description","Amount","Type"\n"01/31/2024","ACH CREDIT","1,050.00","X"\n' +
      '"01/30/2024","CHECK","-7.25","X"\n',
    'USD',
  );
  assert.deepEqual(inShort(american.events)[0], ['1050.00 USD', '2024-01-31', '', 'ACH CREDIT']);
  const french = await readAsGuessed(
    'Date;Date de valeur;Libellé;Débit;Crédit\n31/01/2024;31/01/2024;VIR DUPONT;;1 200,00 €\n',
    undefined,
  );
  assert.deepEqual(inShort(french.events), [['1200.00 EUR', '2024-01-31', '', 'VIR DUPONT']]);
  const spanish = await readAsGuessed(
    'F. Operación;F. Valor;Concepto;Importe;Saldo\n31/01/2024;31/01/2024;Factura 9;-5,00;95,00\n',
    'EUR',
  );
  assert.deepEqual(inShort(spanish.events), [['-5.00 EUR', '2024-01-31', '', 'Factura 9']]);
  const czech = await readAsGuessed(
    '"ID operace";"Datum";"Objem";"Měna";"Protiúčet";"Název protiúčtu";"VS";"Zpráva pro příjemce"\n' +
      '"2615";"31.01.2024";"1 500,00";"CZK";"123/0100";"Novák";"2024001";"Faktura"\n' +
      '"2616";"31.01.2024";"-1,00";"CZK";"";"";"";"Poplatek"\n',
  );
  assert.deepEqual(inShort(czech.events)[0], ['1500.00 CZK', '2024-01-31', 'Novák', '2024001 Faktura']);
});

test('names that mean different things are told apart by their values', async () => {
  const ofOthers = await guess(
    'Date;IBAN;Amount;Name;Name\n2024-01-31;DE1;-1.00;x;y\n2024-01-31;DE2;1.00;x;y\n',
    'EUR',
  );
  assert.deepEqual(
    [ofOthers.profile?.account, ofOthers.profile?.counterpartyAccount, ofOthers.profile?.counterpartyName],
    [undefined, 'IBAN', 3],
    'an IBAN that changes is that of the other side; the first of two names is meant by its place',
  );
  const dutch = await guess('Datum;Bedrag;Valuta\n2024-01-31;-1,00;EUR\n');
  assert.deepEqual([dutch.profile?.currency, dutch.profile?.valueDate], [{ column: 'Valuta' }, undefined]);
  const german = await guess('Datum;Betrag;Valuta\n2024-01-31;-1,00;2024-01-31\n', 'EUR');
  assert.deepEqual([german.profile?.currency, german.profile?.valueDate], [{ fixed: 'EUR' }, 'Valuta']);
});

test('what cannot be told is asked', async () => {
  const questions = async (source: string, accountCurrency?: string) =>
    (await guess(source, accountCurrency)).problems.map((problem) => problem.code);
  assert.deepEqual(await questions('Date;Amount\n01/02/2024;-1,234\n', 'EUR'), [
    'decimal_mark_unclear',
    'date_order_unclear',
  ]);
  assert.deepEqual(await questions('Date;Amount\n2024-02-01;-1.00\n'), ['bank_csv_currency_unknown']);
  assert.deepEqual(await questions('Date;Amount\n2024-02-01;1.00\n2024-02-01;2.00\n', 'EUR'), [
    'bank_csv_sign_unknown',
  ]);
  assert.deepEqual(await questions('Date;Amount;D/C\n2024-02-01;1.00;K\n', 'EUR'), ['bank_csv_flag_unknown']);
  assert.deepEqual(
    await questions('Date;Amount;Status\n2024-02-01;-1.00;Booked\n2024-02-01;1.00;On hold\n', 'EUR'),
    ['bank_csv_status_unknown'],
  );
  const none = await guess('a;b\n1;2\n');
  assert.deepEqual([none.profile, none.problems[0]?.code], [undefined, 'bank_csv_header_not_found']);
});

const profile: BankCsvProfile = {
  delimiter: ';',
  hasHeader: true,
  dateOrder: 'year_month_day',
  decimalMark: '.',
  amount: { kind: 'signed', column: 'Amount' },
  currency: { fixed: 'EUR' },
  bookingDate: 'Date',
  text: ['Text'],
};

test('card statements write what was spent without a sign', async () => {
  const inverted: BankCsvProfile = {
    ...profile,
    amount: { kind: 'signed', column: 'Amount', isInverted: true },
  };
  assert.deepEqual(
    inShort(
      await read(
        'Date;Amount;Text\n2024-01-31;5.00;shop\n2024-01-31;-7.00;refund\n2024-01-31;0.00;nothing\n',
        inverted,
      ),
    ),
    [
      ['-5.00 EUR', '2024-01-31', '', 'shop'],
      ['7.00 EUR', '2024-01-31', '', 'refund'],
      ['0.00 EUR', '2024-01-31', '', 'nothing'],
    ],
  );
});

test('a row that cannot be read is a problem with line, column and value, and the others still come', async () => {
  const events = await read(
    'Date;Amount;Text\n2024-01-31;1,5;x\n2024-02-30;1.00;x\n;1.00;x\n2024-01-31;;x\n' +
      '2024-01-31;1.00 USD;x\n2024-01-31;2.00;good\nTotal;;\n',
    profile,
  );
  const problems = events.flatMap((event) => (event.kind === 'problem' ? [event.problem] : []));
  assert.deepEqual(
    problems.map(({ code, line, column, value }) => [code, line, column, value]),
    [
      ['amount_not_understood', 2, 'Amount', '1,5'],
      ['date_not_valid', 3, 'Date', '2024-02-30'],
      ['bank_csv_date_missing', 4, 'Date', ''],
      ['bank_csv_amount_missing', 5, 'Amount', ''],
      ['bank_csv_currency_differs', 6, 'Amount', 'USD'],
      ['bank_csv_amount_missing', 8, 'Amount', ''],
    ],
  );
  assert.ok(problems.every((problem) => problem.message.length > 10));
  assert.equal(inShort(events).length, 1);
  assert.equal(summaryOf(events).problems.length, 6);
});

test('amounts that contradict their column are problems, not guesses', async () => {
  const codes = async (source: string, amount: BankCsvProfile['amount']) =>
    (await read(source, { ...profile, amount, text: [] })).flatMap((event) =>
      event.kind === 'problem'
        ? [event.problem.code]
        : event.kind === 'entry'
          ? [event.entry.amount.decimal]
          : [],
    );
  const two = { kind: 'two_columns', debit: 'Out', credit: 'In' } as const;
  assert.deepEqual(
    await codes(
      'Date;Out;In\n2024-01-31;1;2\n2024-01-31;;-2\n2024-01-31;;\n2024-01-31;-1;0\n2024-01-31;1;\n' +
        '2024-01-31;0;0\n2024-01-31;;9999999999999999\n',
      two,
    ),
    [
      'bank_csv_two_amounts',
      'bank_csv_sign_unclear',
      'bank_csv_amount_missing',
      '-1',
      '-1',
      '0',
      'bank_csv_amount_too_large',
    ],
  );
  const flagged = {
    kind: 'flagged',
    column: 'A',
    flag: 'F',
    debitWords: ['D', 'S'],
    creditWords: ['C'],
  } as const;
  assert.deepEqual(
    await codes(
      'Date;A;F\n2024-01-31;1;d\n2024-01-31;-1;S\n2024-01-31;1;C\n2024-01-31;-1;C\n2024-01-31;1;X\n2024-01-31;1;\n',
      flagged,
    ),
    ['-1', '-1', '1', 'bank_csv_sign_unclear', 'bank_csv_flag_unknown', 'bank_csv_flag_unknown'],
  );
});

test('pending rows may not be booked and do not count', async () => {
  const events = await read('Date;Amount;Text;State\n2024-01-31;5;a;Booked\n2024-01-31;7;b;pending\n', {
    ...profile,
    status: { column: 'State', bookedWords: ['booked'] },
  });
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'entry' ? [[event.entry.status, event.entry.mayBook]] : [])),
    [
      ['BOOK', true],
      ['PDNG', false],
    ],
  );
  assert.equal(summaryOf(events).bookedNet?.decimal, '5');
});

test('balances are followed either way round, and a missing link is shown', async () => {
  const balanced: BankCsvProfile = { ...profile, balanceAfter: 'Balance', text: [] };
  const check = async (...rows: string[]) => {
    const {
      opening,
      closing,
      check: result,
      difference,
      problems,
    } = summaryOf(await read(['Date;Amount;Balance', ...rows].join('\n'), balanced));
    return [
      opening?.amount.decimal,
      closing?.amount.decimal,
      result,
      difference?.decimal,
      problems.map(({ code, line }) => `${code} ${line}`),
    ];
  };
  assert.deepEqual(await check('2024-01-30;5.00;15.00', '2024-01-31;-3;12.0'), [
    '10.00',
    '12.0',
    'agrees',
    '0.00',
    [],
  ]);
  assert.deepEqual(await check('2024-01-31;-3;12.0', '2024-01-30;5.00;15.00'), [
    '10.00',
    '12.0',
    'agrees',
    '0.00',
    [],
  ]);
  assert.deepEqual(await check('2024-01-31;5;15'), ['10', '15', 'agrees', '0', []]);
  assert.deepEqual(await check('2024-01-30;5;15', '2024-01-30;1;17', '2024-01-31;1;18'), [
    '10',
    '18',
    'differs',
    '-1',
    ['statement_balance_chain_broken 3'],
  ]);
  assert.deepEqual(await check('2024-01-31;1;18', '2024-01-31;1;17', '2024-01-30;5;15'), [
    '10',
    '18',
    'differs',
    '-1',
    ['statement_balance_chain_broken 4'],
  ]);
  assert.deepEqual(await check('2024-01-30;5;15', '2024-01-31;1;'), [
    undefined,
    undefined,
    'no_balances',
    undefined,
    [],
  ]);
  const pending: BankCsvProfile = { ...balanced, status: { column: 'State', bookedWords: ['ok'] } };
  const rows = 'Date;Amount;Balance;State\n2024-01-30;5;15;ok\n2024-01-31;9;15;waits\n2024-01-31;1;16;ok\n';
  const beside = summaryOf(await read(rows, pending));
  assert.deepEqual([beside.check, beside.problems], ['agrees', []], 'what is pending is not in the balance');
  const before: BankCsvProfile = { ...profile, balanceBefore: 'Before', text: [] };
  const summary = summaryOf(await read('Date;Amount;Before\n2024-01-30;5;10\n2024-01-31;1;15\n', before));
  assert.deepEqual(
    [summary.opening?.amount.decimal, summary.closing?.amount.decimal, summary.check],
    ['10', '16', 'agrees'],
  );
});

test('each account of a file is a statement of its own', async () => {
  const many: BankCsvProfile = { ...profile, account: { column: 'Account' } };
  const events = await read(
    'Account;Date;Amount;Text\nA;2024-01-31;1;x\nA;2024-01-31;2;x\nB;2024-01-31;4;x\n',
    many,
  );
  assert.deepEqual(
    events.map((event) => event.kind),
    ['file', 'statement', 'entry', 'entry', 'summary', 'statement', 'entry', 'summary'],
  );
  const mixed = await outcome(
    Buffer.from('Account;Date;Amount;Text\nA;2024-01-31;1;x\nB;2024-01-31;4;x\nA;2024-01-31;2;x\n'),
    many,
  );
  assert.deepEqual([mixed.code, mixed.facts?.line], ['bank_csv_accounts_mixed', 4]);
});

test('a file with other columns is refused, whatever stands above its header', async () => {
  const seen = await outcome(Buffer.from('x\nDatum;Amount;Text\n2024-01-31;1;x\n'), profile);
  assert.equal(seen.code, 'bank_csv_column_missing');
  assert.deepEqual([seen.facts?.columns, seen.facts?.found], [['Date'], ['Datum', 'Amount', 'Text']]);
});

test('files without a header are read by the place of their columns, and last rows can be left out', async () => {
  const bare: BankCsvProfile = {
    ...profile,
    hasHeader: false,
    skipLines: 1,
    skipLastRows: 1,
    amount: { kind: 'signed', column: 2 },
    bookingDate: 0,
    text: [1],
  };
  assert.deepEqual(inShort(await read('title\n2024-01-31;Text;5\n;;\n2024-02-01;More;6\nSum;;11\n', bare)), [
    ['5 EUR', '2024-01-31', '', 'Text'],
    ['6 EUR', '2024-02-01', '', 'More'],
  ]);
  const wrong = await read('title\n2024-01-31;Text;x\nlast\n', bare);
  assert.equal(summaryOf(wrong).problems[0]?.column, 'column 3');
});

test('an empty statement is one without entries', async () => {
  const events = await read('Date;Amount;Text\n', {
    ...profile,
    account: { fixed: 'DE89 3704 0044 0532 0130 00' },
  });
  assert.deepEqual(
    events.map((event) => event.kind),
    ['file', 'statement', 'summary'],
  );
  assert.ok(events[1]?.kind === 'statement');
  assert.equal(events[1].statement.account.iban, 'DE89370400440532013000');
});

test('what was written comes back, however the bytes are cut', async () => {
  const row = fc.record({
    minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    text: fc.string({ unit: 'binary', maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const digitsOf = (minor: bigint) => (minor < 0n ? -minor : minor).toString().padStart(3, '0');
      const amounts = rows.map(
        ({ minor }) => `${minor < 0n ? '-' : ''}${digitsOf(minor).replace(/(..)$/, '.$1')}`,
      );
      const lines = rows.map(({ text }, index) =>
        csvLine(['2024-01-31', amounts[index] ?? '', text.replaceAll('\0', '')], ';'),
      );
      const bytes = Buffer.from(`Date;Amount;Text\r\n${lines.join('')}`);
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const exact: BankCsvProfile = { ...profile, encoding: 'utf-8' };
      const events = await Array.fromAsync(readBankCsv(pieces, exact));
      assert.deepEqual(events, await read(bytes, exact));
      assert.deepEqual(
        inShort(events).map((one) => (one as string[])[0]),
        amounts.map((amount) => `${amount} EUR`),
      );
      const total = rows.reduce((sum, { minor }) => sum + minor, 0n);
      const net = summaryOf(events).bookedNet?.decimal.replace('.', '') ?? '0';
      assert.equal(BigInt(net), total);
    }),
    { numRuns: 100 },
  );
});

test('any bytes at all give events or a refusal, and a guess or a refusal', async () => {
  const bits = fc.constantFrom(
    'Date',
    'Amount',
    'Text',
    ';',
    '\n',
    '2024-01-31',
    '-1.00',
    '1,5',
    '"',
    'ä',
    '\0',
    'Betrag',
    'IBAN',
    'D/C',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bits, { maxLength: 30 }), async (parts) => {
      const bytes = Buffer.from(`Date;Amount;Text\n${parts.join('')}`);
      await outcome(bytes, profile);
      const found = await guessBankCsvProfile(bytes).catch((error) =>
        assert.ok(error instanceof Refusal, String(error)),
      );
      if (found?.profile) await outcome(bytes, found.profile);
    }),
    { numRuns: 200 },
  );
});
