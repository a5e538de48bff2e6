// Banks send one day in several forms: MT940 and camt.053, or a second edition with other texts. What the balances of a
// statement show to be there already is not received again, and what they do not show is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipOf } from '#formats/archives-for-tests.ts';
import { aCamt053, type CamtStatement, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';
import type { ImportedStatement, StatementImported } from './import-statement.ts';

async function setUp(): Promise<TestTenant> {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  return tenant;
}

function load(tenant: TestTenant, bytes: Uint8Array): Promise<StatementImported> {
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  return importBankFile(at, { name: 'statement', bytes }, { apply: true });
}

/** One MT940 statement: balances in cents, lines as day (MMDD) and cents. */
function mt940(
  opening: number,
  lines: readonly (readonly [day: string, cents: number])[],
  number = 1,
): string {
  const amount = (cents: number) =>
    `${Math.floor(Math.abs(cents) / 100)},${String(Math.abs(cents) % 100).padStart(2, '0')}`;
  const balance = (cents: number) => `${cents < 0 ? 'D' : 'C'}2601${'05'}EUR${amount(cents)}`;
  const closing = opening + lines.reduce((sum, [, cents]) => sum + cents, 0);
  const day = lines.at(-1)?.[0] ?? '0105';
  return [
    ':20:STARTUMS',
    `:25:${TEST_IBAN}`,
    `:28C:${number}/1`,
    `:60F:${balance(opening)}`,
    ...lines.flatMap(([on, cents], at) => [
      `:61:26${on}${on}${cents < 0 ? 'D' : 'C'}${amount(cents)}NTRFNONREF`,
      `:86:166?00GUTSCHRIFT?20SVWZ+Zahlung ${number}.${at}?32PAYER ${at}`,
    ]),
    `:62F:${balance(closing).slice(0, 3)}${day}EUR${amount(closing)}`,
    '-',
    '',
  ].join('\r\n');
}

const camt = (...statements: readonly CamtStatement[]): Buffer => aCamt053(statements);
const counts = ({ statements }: StatementImported): readonly (readonly number[])[] =>
  statements.map(({ newLines, knownLines }: ImportedStatement) => [newLines, knownLines]);

test('a day that came as MT940 and comes again as camt.053 is received once, and that is said', async () => {
  const tenant = await setUp();
  await load(
    tenant,
    Buffer.from(
      mt940(10_00, [
        ['0105', 100_00],
        ['0105', -5_00],
        ['0105', 20_00],
      ]),
    ),
  );

  const again = await load(
    tenant,
    camt({
      opening: '10.00',
      closing: '125.00',
      // What was booked as one sum there is two here, and the bank's references are said here alone.
      entries: [
        { amount: '60.00', text: 'a', bankReference: 'R1' },
        { amount: '40.00', text: 'b', bankReference: 'R2' },
        { amount: '-5.00', text: 'fee', bankReference: 'R3' },
        { amount: '20.00', text: 'c', bankReference: 'R4' },
      ],
    }),
  );

  assert.deepEqual(counts(again), [[0, 4]]);
  assert.equal((await checkBooks(tenant)).bank, 120_00n);
  assert.deepEqual(
    again.problems.map(({ code }) => code),
    ['statement_told_before'],
  );
});

test('a second edition with other texts, a longer file and both forms in one archive add only what is new', async () => {
  const tenant = await setUp();
  const day = (
    on: string,
    opening: string,
    closing: string,
    entries: CamtStatement['entries'],
  ): CamtStatement => ({
    id: `${on}`,
    day: on,
    opening,
    closing,
    entries,
  });
  await load(tenant, camt(day('2026-01-05', '0.00', '7.00', [{ amount: '7.00', text: 'first edition' }])));
  await load(tenant, camt(day('2026-01-06', '7.00', '16.00', [{ amount: '9.00', text: 'Tuesday' }])));

  const second = await load(
    tenant,
    camt(day('2026-01-05', '0.00', '7.00', [{ amount: '7.00', text: '2nd edition' }])),
  );
  assert.deepEqual(counts(second), [[0, 1]]);

  const week = await load(
    tenant,
    Buffer.from(
      mt940(0, [
        ['0105', 7_00],
        ['0106', 9_00],
        ['0107', 9_00],
      ]),
    ),
  );
  assert.deepEqual(counts(week), [[1, 2]], 'the last day is new, though as much came in on the day before');

  const next = { day: '2026-01-08', opening: '25.00', closing: '30.00' };
  const both = zipOf([
    {
      name: 'a.xml',
      content: camt(day(next.day, next.opening, next.closing, [{ amount: '5.00', text: 'x' }])),
    },
    { name: 'b.sta', content: Buffer.from(mt940(25_00, [['0108', 5_00]], 2)) },
  ]);
  assert.deepEqual(counts(await load(tenant, both)), [
    [1, 0],
    [0, 1],
  ]);
  assert.equal((await checkBooks(tenant)).bank, 30_00n);
});

test('what the balances do not show to be there is received', async () => {
  const tenant = await setUp();
  const part = async (opening: number, lines: readonly (readonly [string, number])[], number: number) =>
    counts(await load(tenant, Buffer.from(mt940(opening, lines, number))));
  // Parts of one day, the amounts of which repeat: the account had gone on in between.
  assert.deepEqual(await part(2_00, [['0105', 4_00]], 1), [[1, 0]]);
  assert.deepEqual(await part(6_00, [['0105', 4_00]], 2), [[1, 0]]);
  assert.deepEqual(await part(10_00, [['0105', -4_00]], 3), [[1, 0]]);
  assert.deepEqual(
    await part(6_00, [['0105', 4_00]], 4),
    [[1, 0]],
    'at the same sum as before the second part',
  );
  // A day of which more is said than is there, and one that opens elsewhere.
  assert.deepEqual(await part(10_00, [['0106', 1_00]], 5), [[1, 0]]);
  assert.deepEqual(
    await part(
      10_00,
      [
        ['0106', 1_00],
        ['0106', 1_00],
      ],
      6,
    ),
    [[2, 0]],
  );
  assert.deepEqual(await part(99_00, [['0107', 1_00]], 7), [[1, 0]]);
  assert.deepEqual(await part(98_00, [['0107', 1_00]], 8), [[1, 0]]);
  // What came in and went out again since leaves the closing balance as it was.
  assert.deepEqual(await part(70_00, [['0108', 9_00]], 11), [[1, 0]]);
  const later = [
    ['0108', 9_00],
    ['0108', -3_00],
    ['0108', 3_00],
  ] as const;
  assert.deepEqual(await part(70_00, later, 12), [[3, 0]]);
  // As much in as out is the same only where as much came in.
  assert.deepEqual(
    await part(
      50_00,
      [
        ['0109', 5_00],
        ['0109', -5_00],
      ],
      9,
    ),
    [[2, 0]],
  );
  assert.deepEqual(
    await part(
      50_00,
      [
        ['0109', 7_00],
        ['0109', -7_00],
      ],
      10,
    ),
    [[2, 0]],
  );
});
