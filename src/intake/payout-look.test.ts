import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant, type Tx } from '#db/transaction.ts';
import { endPayoutColumns, keepPayoutColumns } from '#gateways/change-payout-columns.ts';
import { listPayoutColumns } from '#gateways/contract.ts';
import { readKeptColumns, readPayoutColumns } from '#gateways/read-payout-columns.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { readPayoutPage } from '#payouts/read-payouts.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { lookAtPayoutReport } from './contract.ts';
import { lookAtPayouts } from './read-payout-look.ts';

const HEADINGS = [
  'Settlement',
  'Settled on',
  'Reference',
  'Date',
  'Category',
  'Brutto',
  'Gebühr',
  'Netto',
  'Buyer',
  'Invoice',
];
const ROWS = [
  'S-1;05.03.2026;t1;02.03.2026;Sale;1.100,00;-3,00;1.097,00;Acme;INV-1',
  'S-1;05.03.2026;t2;03.03.2026;Refund;-50,00;0,00;-50,00;Beta;INV-2',
  ';;t3;06.03.2026;Sale;10,00;-0,59;9,41;Acme;INV-3',
];
const fileOf = (rows: readonly string[], headings: readonly string[] = HEADINGS) => ({
  name: 'report.csv',
  bytes: Buffer.from([headings.join(';'), ...rows].join('\n')),
});

const COLUMNS = {
  payout: 'Settlement',
  payoutOn: 'Settled on',
  id: 'Reference',
  on: 'Date',
  type: 'Category',
  gross: 'Brutto',
  fee: 'Gebühr',
  net: 'Netto',
  payer: 'Buyer',
  texts: ['Invoice'],
  currency: { fixed: 'EUR' },
  account: { fixed: 'PAYWELL' },
  dateOrder: 'day_month_year',
  decimalMark: ',',
  isFeeNegative: true,
  words: [
    { word: 'Sale', kind: 'charge' },
    { word: 'Refund', kind: 'refund' },
  ],
} as const;

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const account = { companyId, name: 'Paywell', account: 'PAYWELL', currency: 'EUR' };
  await tenant.act('owner', addBankAccount, account);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const look = async (file: ReturnType<typeof fileOf>, wish: Parameters<typeof lookAtPayouts>[2] = {}) =>
    lookAtPayoutReport.reply.parse(await lookAtPayouts(at, file, wish));
  const keep = (gateway: string, columns: Parameters<typeof lookAtPayouts>[2]['columns'] = COLUMNS) =>
    tenant.act('cash_applier', keepPayoutColumns, {
      gateway,
      headings: HEADINGS,
      columns: columns ?? COLUMNS,
    });
  const book = (file: ReturnType<typeof fileOf>) => importBankFile(at, file, { apply: true });
  const read = <Value>(query: (tx: Tx) => Promise<Value>) => inTenant(tenant.pool, tenant.tenantId, query);
  return { tenant, look, keep, book, read };
}

test('a report nobody knows says what it can by itself, shows what it would come to, and is read so from then on until it is forgotten', async () => {
  const { tenant, look, keep, book, read } = await setting();
  const unsaid = await look(fileOf(ROWS));
  assert.equal(unsaid.columns, null);
  assert.deepEqual(unsaid.proposal, {
    ...{
      payout: 'Settlement',
      id: 'Reference',
      on: 'Date',
      type: 'Category',
      gross: 'Brutto',
      fee: 'Gebühr',
      net: 'Netto',
    },
    ...{ payer: 'Buyer', payoutOn: 'Settled on', dateOrder: 'day_month_year', decimalMark: ',' },
  });
  assert.deepEqual(unsaid.words, [
    { word: 'Sale', rows: 2 },
    { word: 'Refund', rows: 1 },
  ]);

  const turned = await look(fileOf(ROWS), { columns: { ...COLUMNS, isFeeNegative: false } });
  assert.deepEqual(
    [turned.refusal?.code, turned.refusal?.line, turned.isFeeTurned],
    ['payout_row_differs', 2, true],
  );
  const seen = await look(fileOf(ROWS), { columns: COLUMNS });
  assert.equal(seen.refusal, null);
  assert.deepEqual(
    seen.payouts.map((one) => [
      one.payout,
      one.paidOn,
      one.account,
      one.charges,
      ...[one.charged, one.takenBack, one.fees, one.sent].map((sum) => sum.amount),
    ]),
    [
      ['S-1', '2026-03-05', 'PAYWELL', 1, '1100.00', '-50.00', '-3.00', '1047.00'],
      [null, null, 'PAYWELL', 1, '10.00', '0', '0', '0'],
    ],
  );

  assert.equal((await keep('Paywell')).version, 1);
  assert.equal((await keep('Paywell')).version, 1, 'the same again is no other version');
  // Columns that were moved are the same columns.
  const moved = [...HEADINGS.slice(1), 'Settlement'];
  const movedRow = 'x;t9;02.03.2026;Sale;1.100,00;-3,00;1.097,00;Acme;INV-1;S-9'.replace('x', '05.03.2026');
  assert.equal((await look(fileOf([movedRow], moved))).payouts[0]?.payout, 'S-9');
  const booked = await book(fileOf(ROWS));
  assert.equal(booked.format, 'payout');
  const [payout] = (await read((tx) => readPayoutPage(tx, { limit: 10 }))).rows;
  assert.deepEqual([payout?.payout, payout?.amount.amount, payout?.fees.amount], ['S-1', '1047.00', '-3.00']);

  const [row] = listPayoutColumns.reply.parse(await read(readPayoutColumns)).rows;
  assert.equal(row?.gateway, 'Paywell');
  const columnsId = row?.columnsId ?? '';
  await tenant.act('cash_applier', endPayoutColumns, { columnsId });
  await assert.rejects(tenant.act('cash_applier', endPayoutColumns, { columnsId }), {
    code: 'payout_columns_ended',
  });
  assert.deepEqual(await read(readKeptColumns), []);
  const next = fileOf(ROWS.map((line) => line.replaceAll('S-1', 'S-2')));
  await assert.rejects(book(next), { code: /bank_csv_unclear|bank_file_needs_profile/ });
});

test('refunds that stand with a plus are refused until it is said that they stand without a minus', async () => {
  const { look, keep, book } = await setting();
  const plus = fileOf(ROWS.map((line) => line.replaceAll('-50,00', '50,00')));
  const seen = await look(plus, { columns: COLUMNS });
  assert.deepEqual(
    [seen.refusal?.code, seen.refusal?.line, seen.isFeeTurned, seen.isTakenTurned],
    ['payout_sign_differs', 3, false, true],
  );
  await keep('Paywell');
  await assert.rejects(book(plus), { code: 'payout_sign_differs' });
  await keep('Paywell', { ...COLUMNS, isTakenPositive: true });
  const [first] = (await look(plus)).payouts;
  assert.deepEqual([first?.takenBack.amount, first?.sent.amount], ['-50.00', '1047.00']);
  assert.equal((await book(plus)).format, 'payout');
});

test('columns said of many gateways are all read by, and all listed', async () => {
  const { tenant, book, read } = await setting();
  const many = 205;
  for (let index = 0; index < many; index += 1)
    await tenant.act('cash_applier', keepPayoutColumns, {
      gateway: `Gateway ${index}`,
      headings: [...HEADINGS, `Note ${index}`],
      columns: COLUMNS,
    });
  assert.equal((await read(readPayoutColumns)).rows.length, many);
  // By their names the last of them is the one after "Gateway 98".
  const last = fileOf(
    ROWS.map((line) => `${line};`),
    [...HEADINGS, 'Note 99'],
  );
  assert.equal((await book(last)).format, 'payout');
});

test('a word that nobody named, and a row that does not add up, are refused as a whole', async () => {
  const { look, keep, book } = await setting();
  await keep('Paywell');
  const odd = fileOf([...ROWS, 'S-1;05.03.2026;t4;04.03.2026;Bonus;1,00;0,00;1,00;;']);
  assert.deepEqual((await look(odd)).refusal, {
    ...{ code: 'payout_row_unreadable', line: 5, column: 'Category', value: 'Bonus' },
    ...{ payout: null, difference: null },
  });
  await assert.rejects(book(odd), { code: 'payout_row_unreadable' });
  const wrong = fileOf(ROWS.map((line) => line.replace('1.097,00', '1.096,99')));
  await assert.rejects(book(wrong), { code: 'payout_row_differs' });
  // Said anew with the word, it is another version, and the file is read.
  const words = [...COLUMNS.words, { word: 'Bonus', kind: 'other' as const }];
  assert.equal((await keep('Paywell', { ...COLUMNS, words })).version, 2);
  assert.equal((await book(odd)).format, 'payout');
});

test('two people who say the same columns at once leave one that counts', async () => {
  const { keep, read } = await setting();
  await Promise.all(['Paywell', 'Pay well', 'PW'].map((gateway) => keep(gateway)));
  const { rows } = await read(readPayoutColumns);
  assert.deepEqual(
    rows.map((row) => row.version),
    [3],
  );
});

test('columns that cannot be are refused by name', async () => {
  const { tenant } = await setting();
  const keep = (
    headings: readonly string[],
    columns: Parameters<typeof lookAtPayouts>[2]['columns'] = COLUMNS,
  ) =>
    tenant.act('cash_applier', keepPayoutColumns, {
      gateway: 'Paywell',
      headings,
      columns: columns ?? COLUMNS,
    });
  await assert.rejects(keep(HEADINGS.slice(1)), {
    code: 'payout_columns_not_there',
    facts: { columns: ['Settlement'] },
  });
  await assert.rejects(keep([...HEADINGS, 'netto ']), {
    code: 'payout_column_doubled',
    facts: { columns: ['Netto'] },
  });
  const words = [...COLUMNS.words, { word: ' SALE', kind: 'refund' as const }];
  await assert.rejects(keep(HEADINGS, { ...COLUMNS, words }), {
    code: 'payout_word_twice',
    facts: { word: 'sale' },
  });
  const own = ['payout', 'payout_date', 'id', 'date', 'type', 'gross', 'fee', 'net', 'currency'];
  await assert.rejects(keep(own), { code: 'payout_report_known' });
});
