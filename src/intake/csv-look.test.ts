import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { Refusal } from '#kernel/refusal.ts';
import { addBankAccount, setCsvProfile } from '#payments/add-bank-account.ts';
import type { csvProfile } from '#payments/contract-bank.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { TEST_IBAN } from '../../test/support/bank-files.ts';
import { countRows } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { lookAtBankCsv } from './contract.ts';
import { lookAtCsv } from './read-csv-look.ts';

type Profile = z.output<typeof csvProfile>;

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const account = { companyId, name: 'House bank', account: TEST_IBAN, currency: 'EUR' };
  const { bankAccountId } = await tenant.act('owner', addBankAccount, account);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const fileOf = (text: string | Uint8Array) => ({
    name: 'bank.csv',
    bytes: typeof text === 'string' ? Buffer.from(text) : text,
  });
  const look = async (
    text: string | Uint8Array,
    wish: { profile?: Profile; bankAccountId?: string } = { bankAccountId },
  ) => lookAtBankCsv.reply.parse(await lookAtCsv(at, fileOf(text), wish));
  const book = (text: string | Uint8Array) =>
    importBankFile(at, fileOf(text), { apply: true, bankAccountId });
  const keep = (profile: Profile) => tenant.act('cash_applier', setCsvProfile, { bankAccountId, profile });
  return { tenant, bankAccountId, look, book, keep };
}

/** Shortly what is seen: amounts, days, texts. */
const inShort = ({ entries }: Awaited<ReturnType<Awaited<ReturnType<typeof setting>>['look']>>) =>
  entries.map((e) => [e.amount.amount, e.amount.currency, e.bookedOn, e.payerName, e.text].join(' | '));

const BASE = {
  hasHeader: true,
  dateOrder: 'day_month_year',
  decimalMark: ',',
  currency: { fixed: 'EUR' },
  bookingDate: 'Tag',
  text: ['Zweck'],
} as const satisfies Partial<Profile>;

test('each way in which banks write a CSV is read as its profile says, and booked as it is seen', async () => {
  const shapes: readonly (readonly [
    name: string,
    file: string | Uint8Array,
    profile: Profile,
    seen: readonly string[],
  ])[] = [
    [
      'semicolon, decimal comma, one signed amount, day first',
      'Tag;Zweck;Wert in EUR\n05.03.2026;RE 1;1.234,50\n06.03.2026;Gebühr;-3,00\n',
      { ...BASE, amount: { kind: 'signed', column: 'Wert in EUR' } },
      ['1234.50 | EUR | 2026-03-05 |  | RE 1', '-3.00 | EUR | 2026-03-06 |  | Gebühr'],
    ],
    [
      'windows-1252, lines above the table, last row a total',
      Buffer.from('M\u00fcller Bank\n\nTag;Zweck;Wert\n05.03.2026;Gr\u00fcn;10,00\nSumme;;10,00\n', 'latin1'),
      {
        ...BASE,
        encoding: 'windows-1252',
        skipLines: 2,
        skipLastRows: 1,
        amount: { kind: 'signed', column: 'Wert' },
      },
      ['10.00 | EUR | 2026-03-05 |  | Grün'],
    ],
    [
      'comma, decimal point, year first, amount with a word that says which way',
      'Tag,Zweck,Wert,Art\n2026-03-05,one,10.00,in\n2026-03-06,two,4.00,out\n',
      {
        ...BASE,
        dateOrder: 'year_month_day',
        decimalMark: '.',
        amount: { kind: 'flagged', column: 'Wert', flag: 'Art', debitWords: ['out'], creditWords: ['in'] },
      },
      ['10.00 | EUR | 2026-03-05 |  | one', '-4.00 | EUR | 2026-03-06 |  | two'],
    ],
    [
      'tab, month first, columns for out and in, payer beside',
      'Tag\tZweck\tRaus\tRein\tWer\n03/05/2026\tone\t\t10.00\tPayer Ltd\n03/06/2026\ttwo\t4.00\t\tBank\n',
      {
        ...BASE,
        dateOrder: 'month_day_year',
        decimalMark: '.',
        counterpartyName: 'Wer',
        amount: { kind: 'two_columns', debit: 'Raus', credit: 'Rein' },
      },
      ['10.00 | EUR | 2026-03-05 | Payer Ltd | one', '-4.00 | EUR | 2026-03-06 | Bank | two'],
    ],
    [
      'card: what was spent stands without a sign',
      'Tag;Zweck;Wert\n05.03.2026;Shop;9,99\n06.03.2026;Refund;-5,00\n',
      { ...BASE, amount: { kind: 'signed', column: 'Wert', isInverted: true } },
      ['-9.99 | EUR | 2026-03-05 |  | Shop', '5.00 | EUR | 2026-03-06 |  | Refund'],
    ],
    [
      'a column of the currency',
      'Tag;Zweck;Wert;Cur\n05.03.2026;one;10,00;EUR\n',
      { ...BASE, currency: { column: 'Cur' }, amount: { kind: 'signed', column: 'Wert' } },
      ['10.00 | EUR | 2026-03-05 |  | one'],
    ],
    [
      'without a header, by the place of the columns; a pipe between',
      '05.03.2026|one|10,00\n06.03.2026|two|-1,00\n',
      { ...BASE, hasHeader: false, bookingDate: 0, text: [1], amount: { kind: 'signed', column: 2 } },
      ['10.00 | EUR | 2026-03-05 |  | one', '-1.00 | EUR | 2026-03-06 |  | two'],
    ],
  ];
  for (const [name, file, profile, seen] of shapes) {
    const { look, book, keep } = await setting();
    const looked = await look(file, { profile });
    assert.deepEqual(inShort(looked), seen, name);
    assert.deepEqual([looked.problemCount, looked.refusal], [0, null], name);
    await keep(profile);
    const [statement] = (await book(file)).statements;
    assert.equal(statement?.newLines, seen.length, name);
    assert.equal(statement?.payments, seen.filter((line) => !line.startsWith('-')).length, name);
  }
});

test('what was paid before it was exchanged stands beside what is booked', async () => {
  const { look, keep, book } = await setting();
  const file = 'Tag;Zweck;Wert;Original;Waehrung\n05.03.2026;one;92,00;100,00;USD\n06.03.2026;two;-5,00;;\n';
  const profile: Profile = {
    ...BASE,
    amount: { kind: 'signed', column: 'Wert' },
    original: { column: 'Original', currency: { column: 'Waehrung' } },
  };
  const { entries } = await look(file, { profile });
  assert.deepEqual(
    entries.map((entry) => entry.original),
    [{ amount: '100.00', currency: 'USD' }, null],
  );
  await keep(profile);
  assert.equal((await book(file)).statements[0]?.entries.amount, '87.00', 'only the amount is booked');
  const broken = await look(file.replace('USD', '$'), { profile });
  assert.deepEqual(
    broken.problems.map((p) => [p.line, p.column, p.code]),
    [[2, 'Original', 'bank_csv_original_currency_missing']],
  );
});

test('a look changes nothing; what is kept with the account is used the next time, by itself', async () => {
  const { tenant, look, book, keep } = await setting();
  const file = 'Tag;Zweck;Wert\n05.03.2026;one;10,00\n06.03.2026;two;20,00\n';
  await assert.rejects(book(file), { code: 'bank_csv_unclear' });
  const before = await countRows(tenant);
  const open = await look(file);
  assert.deepEqual([open.profileFrom, open.profile], [null, null]);
  assert.ok(open.questions.length > 0);
  assert.deepEqual(await countRows(tenant), before);

  const profile: Profile = { ...BASE, amount: { kind: 'signed', column: 'Wert' } };
  assert.equal((await look(file, { profile })).profileFrom, 'given');
  await keep(profile);
  assert.equal((await look(file)).profileFrom, 'kept');
  assert.equal((await book(file)).statements[0]?.newLines, 2);

  const other = await look('Day;What;Much\n05.03.2026;one;10,00\n');
  assert.equal(other.refusal?.code, 'bank_csv_column_missing');
  assert.deepEqual(other.refusal?.columns, ['Wert', 'Tag', 'Zweck']);
  await assert.rejects(book('Day;What;Much\n05.03.2026;one;10,00\n'), { code: 'bank_csv_column_missing' });
});

test('a file whose rows name the account is read by what was said of one before', async () => {
  const { tenant, book, keep, bankAccountId } = await setting();
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const rows = (n: number) => `Konto X;Tag;Zweck;Wert\n${TEST_IBAN};0${n}.03.2026;one;1${n},00\n`;
  const load = (text: string) =>
    importBankFile(at, { name: 'b.csv', bytes: Buffer.from(text) }, { apply: true });
  await assert.rejects(load(rows(1)), { code: 'bank_csv_unclear' });
  await keep({ ...BASE, account: { column: 'Konto X' }, amount: { kind: 'signed', column: 'Wert' } });
  const [statement] = (await load(rows(2))).statements;
  assert.deepEqual([statement?.bankAccountId, statement?.newLines], [bankAccountId, 1]);
  await book(rows(3));
});

test('signs are proved by the balances, and a wrong one is told', async () => {
  const { look } = await setting();
  const file = (sign: '' | '-') =>
    `Tag;Zweck;Wert;Stand\n05.03.2026;one;${sign}10,00;90,00\n06.03.2026;two;${sign}20,00;70,00\n07.03.2026;x;${sign === '' ? '-' : ''}5,00;75,00\n`;
  const profile: Profile = { ...BASE, balanceAfter: 'Stand', amount: { kind: 'signed', column: 'Wert' } };
  const right = await look(file('-'), { profile });
  assert.deepEqual([right.statements[0]?.proof, right.isSignTurned], ['agrees', false]);
  assert.deepEqual(
    [right.statements[0]?.opening?.amount, right.statements[0]?.closing?.amount],
    ['100.00', '75.00'],
  );
  const wrong = await look(file(''), { profile });
  assert.deepEqual([wrong.statements[0]?.proof, wrong.isSignTurned], ['broken', true]);
  const turned: Profile = { ...profile, amount: { kind: 'signed', column: 'Wert', isInverted: true } };
  const mended = await look(file(''), { profile: turned });
  assert.deepEqual([mended.statements[0]?.proof, mended.isSignTurned], ['agrees', false]);
});

test('a row that cannot be read is named with line, column and value, in the look and when it is booked', async () => {
  const { look, book, keep } = await setting();
  const profile: Profile = { ...BASE, amount: { kind: 'signed', column: 'Wert' } };
  const file = 'Tag;Zweck;Wert\n05.03.2026;one;10,00\n31.02.2026;two;20,00\n06.03.2026;three;abc\n';
  const looked = await look(file, { profile });
  assert.deepEqual(
    looked.problems.map((p) => [p.line, p.column, p.value]),
    [
      [3, 'Tag', '31.02.2026'],
      [4, 'Wert', 'abc'],
    ],
  );
  await keep(profile);
  await assert.rejects(book(file), (error: unknown) => {
    assert.ok(error instanceof Refusal && error.code === 'statement_not_readable');
    const [first = '', second = ''] = error.facts.problems as string[];
    assert.match(first, /^line 3, Tag: .*31\.02\.2026/);
    assert.match(second, /^line 4, Wert: .*abc/);
    return true;
  });
});

test('whatever is in a file, it is looked at or refused, and what is shown is what the contract says', async () => {
  const { look } = await setting();
  const cell = fc.oneof(
    fc.constantFrom(
      '"Value\ndate"',
      'Datum',
      'Betrag',
      'Soll',
      'Haben',
      'Saldo',
      'Status',
      'S/H',
      '05.03.2026',
      '1.234,50',
      '-3,00',
      '',
      '"',
      'H',
      'gebucht',
    ),
    fc.string({ maxLength: 12 }),
    fc.constant('x'.repeat(120)),
  );
  const table = fc
    .array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 })
    .map((rows) => Buffer.from(rows.map((cells) => cells.join(';')).join('\n')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(table, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      try {
        await look(bytes);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});
