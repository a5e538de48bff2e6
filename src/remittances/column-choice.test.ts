import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { toDecimal } from '#kernel/money.ts';
import { addContact } from '#parties/change-contacts.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { changeColumns, endColumns } from './change-columns.ts';
import { checkChoice, headingsKey } from './column-choice.ts';
import { lookAtRows, readColumnChoices } from './read-columns.ts';
import { readRemittance } from './read-remittances.ts';
import { receiveMailBytes } from './receive-mail.ts';
import { type FileWish, receiveUpload } from './receive-remittance.ts';
import { takeRemittance } from './take-remittance.ts';

/** A list whose headings say nothing to the program. */
const listOf = (rows: string) => `Payment run 17\n\nOur no.;Ref A;Ref B;Sum Q;Cut\n${rows}`;
const ROLES = { document: 1, amount: 3, discount: 4 };

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const load = (text: string, wish: Partial<FileWish> = {}) =>
    receiveUpload(
      at,
      { fileName: 'list.csv', stream: Readable.from([Buffer.from(text)]) },
      { companyId, ...wish },
    );
  const read = <Reply>(query: (tx: Parameters<Parameters<typeof inTenant>[2]>[0]) => Promise<Reply>) =>
    inTenant(tenant.pool, tenant.tenantId, query);
  const linesOf = async (remittanceId: string | null | undefined) =>
    (await read((tx) => takeRemittance(tx, remittanceId ?? ''))).lines.map(
      (l) => `${l.document} ${toDecimal(l.amount)} ${toDecimal(l.discount)}`,
    );
  const choices = async () => (await read((tx) => readColumnChoices(tx, { limit: 50 }))).rows;
  return { tenant, companyId, at, load, read, linesOf, choices };
}

test('what a person says of columns once is used for the lists to come, and each list says by which version it was read', async () => {
  const { tenant, load, read, linesOf, choices } = await setting();
  const first = listOf('1;INV-1;x;98,00;2,00\n2;INV-2;y;50,00;\n');
  await refusesWithoutTrace(tenant, 'remittance_headings_missing', () => load(first));
  const columns = { line: 3, roles: ROLES };
  const taken = await load(first, { columns, decimal: ',' });
  assert.deepEqual(await linesOf(taken.remittanceId), ['INV-1 98.00 2.00', 'INV-2 50.00 0.00']);
  const shown = await read((tx) => readRemittance(tx, taken.remittanceId, parseDate('2026-03-10')));
  const [choice] = await choices();
  assert.deepEqual(shown.source?.columns, { columnsId: choice?.columnsId, version: 1 });

  // `1.234` alone could be a thousand or one and a bit: what was said of the decimals counts too.
  const next = await load(listOf('9;INV-9;z;1.234;\n').replace('Sum Q', ' SUM  q '));
  assert.deepEqual(await linesOf(next.remittanceId), ['INV-9 1234.00 0.00']);

  await load(listOf('1;INV-3;x;1,00;\n'), { columns, decimal: ',' });
  assert.equal((await choices()).length, 1, 'the same said again is no other version');
  await tenant.act('cash_applier', changeColumns, {
    columnsId: choice?.columnsId ?? '',
    roles: { ...ROLES, document: 2 },
    decimal: ',',
  });
  const [changed] = await choices();
  assert.deepEqual([changed?.version, changed?.roles.document], [2, 2]);
  const later = await load(listOf('1;INV-4;K-4;5,00;\n'));
  assert.deepEqual(await linesOf(later.remittanceId), ['K-4 5.00 0.00']);
  assert.deepEqual(await linesOf(taken.remittanceId), ['INV-1 98.00 2.00', 'INV-2 50.00 0.00']);

  await tenant.act('cash_applier', endColumns, { columnsId: changed?.columnsId ?? '' });
  await refusesWithoutTrace(tenant, 'columns_ended', () =>
    tenant.act('cash_applier', endColumns, { columnsId: changed?.columnsId ?? '' }),
  );
  await refusesWithoutTrace(tenant, 'remittance_headings_missing', () => load(listOf('1;INV-5;K-5;5,00;\n')));
});

test('what is said of one customer counts for that one only, also where the sender of a mail is known as a contact', async () => {
  const { tenant, companyId, at, load, linesOf } = await setting();
  const [own, other] = [await aCustomer(tenant), await aCustomer(tenant)];
  const wish = { columns: { line: 3, roles: ROLES }, decimal: ',' } as const;
  await load(listOf('1;INV-1;x;98,00;2,00\n'), { ...wish, customerId: own });
  await load(listOf('1;INV-2;K-2;98,00;2,00\n'), {
    ...wish,
    customerId: other,
    columns: { line: 3, roles: { ...ROLES, document: 2 } },
  });
  const again = listOf('1;INV-3;K-3;7,00;\n');
  await assert.rejects(load(again), { code: 'remittance_headings_missing' });
  assert.deepEqual(await linesOf((await load(again, { customerId: own })).remittanceId), ['INV-3 7.00 0.00']);
  await tenant.act('owner', addContact, {
    customerId: other,
    name: 'Pay',
    role: 'billing',
    email: 'pay@miller.example',
  });
  const sent = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: 'pay@miller.example',
    to: 'r@seller.example',
    subject: 'list',
    attachments: [{ filename: 'l.csv', content: listOf('1;INV-4;K-4;8,00;\n') }],
  });
  const { parts } = await receiveMailBytes(at, sent.message as Buffer, companyId);
  assert.deepEqual(await linesOf(parts[0]?.remittanceId), ['K-4 8.00 0.00']);
});

test('columns that cannot be are refused, and nothing is kept of them', async () => {
  const { tenant, load } = await setting();
  const text = listOf('1;INV-1;x;98,00;2,00\n');
  const cases = [
    [{ line: 2, roles: ROLES }, 'columns_without_headings'],
    [{ line: 3, roles: { document: 1 } }, 'columns_not_complete'],
    [{ line: 3, roles: { amount: 3 } }, 'columns_not_complete'],
    [{ line: 3, roles: { document: 1, amount: 5 } }, 'columns_not_there'],
    [{ line: 3, roles: { document: 1, amount: 1 } }, 'column_chosen_twice'],
    // The column said to be the amount holds words: the list is not read, so what was said is not kept.
    [{ line: 3, roles: { document: 1, amount: 2 } }, 'remittance_without_lines'],
  ] as const;
  for (const [columns, code] of cases)
    await refusesWithoutTrace(tenant, code, () => load(text, { columns, decimal: ',' }));
});

test('two who say the same at once make one version', async () => {
  const { tenant, load, choices } = await setting();
  const wish = { columns: { line: 3, roles: ROLES }, decimal: ',' } as const;
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, (_, n) => () => load(listOf(`1;INV-${n};x;98,00;2,00\n`), wish)),
  );
  assert.equal(won, RACERS);
  assert.deepEqual(
    (await choices()).map((one) => one.version),
    [1],
  );
});

test('what was said of columns is read page by page to its end, also where much was said at one moment', async () => {
  const { load, read } = await setting();
  const wish = { columns: { line: 3, roles: ROLES }, decimal: ',' } as const;
  for (let n = 0; n < 5; n += 1)
    await load(listOf(`1;INV-${n};x;98,00;2,00\n`).replace('Cut', `Cut ${n}`), wish);
  const seen: string[] = [];
  let pages = 0;
  for (let after: string | null | undefined; after !== null; pages += 1) {
    const page = await read((tx) => readColumnChoices(tx, { limit: 2, after: after ?? undefined }));
    seen.push(...page.rows.map((row) => row.headings.at(-1) ?? ''));
    after = page.next;
  }
  assert.equal(pages, 3);
  assert.deepEqual(seen.toSorted(), ['Cut 0', 'Cut 1', 'Cut 2', 'Cut 3', 'Cut 4']);
});

test('headings are the same whatever their case, accents and signs, and blank ones are none', () => {
  assert.equal(headingsKey(['Rechnung-Nr.', 'BETRAG (EUR)', '']), headingsKey(['rechnung nr', 'Betrag EUR']));
  assert.notEqual(headingsKey(['a', 'b']), headingsKey(['b', 'a']));
  assert.equal(headingsKey(['', ' ', '--']), '');
  assert.throws(() => checkChoice(['', ''], { document: 0, amount: 1 }), {
    code: 'columns_without_headings',
  });
});

test('a look shows the rows as they stand and what their names say', async () => {
  const text = 'Run 1\n\nInvoice;What;Amount\nINV-1;x;1,00\n';
  const { rows } = await lookAtRows({ stream: Readable.from([Buffer.from(text)]) });
  assert.deepEqual(
    rows.map((row) => [row.line, row.cells.join('|'), row.roles]),
    [
      [1, 'Run 1', {}],
      [3, 'Invoice|What|Amount', { document: 0, amount: 2 }],
      [4, 'INV-1|x|1,00', {}],
    ],
  );
});
