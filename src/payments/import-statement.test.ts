import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left } from '#ledger/open-item.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { aCamt053, type CamtEntry, type CamtStatement, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, countRows, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { applyReceipts } from './apply-receipts.ts';
import { type ImportWish, importBankFile } from './import-bank-file.ts';
import type { StatementImported } from './import-statement.ts';
import { returnPayment } from './return-payment.ts';

async function setUp(given: { readonly currency?: string } = {}): Promise<{
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
}> {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: given.currency ?? 'EUR',
  });
  return { tenant, companyId };
}

function load(
  tenant: TestTenant,
  bytes: Uint8Array,
  wish: Partial<ImportWish> = {},
  name = 'statement.xml',
): Promise<StatementImported> {
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  return importBankFile(at, { name, bytes }, { apply: true, ...wish });
}

const camt = (entries: readonly CamtEntry[], given: Partial<CamtStatement> = {}): Buffer =>
  aCamt053([{ entries, ...given }]);

function rows<Row>(tenant: TestTenant, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(query));
}

test('each line of money in becomes a receipt; what names its invoice and pays it exactly is applied', async () => {
  const { tenant, companyId } = await setUp();
  const invoice = await anInvoice(tenant, { companyId });
  const other = await anInvoice(tenant, { companyId });
  const result = await load(
    tenant,
    camt(
      [
        { amount: '100.00', text: `your ${invoice.number}`, payer: 'Somebody', bankReference: 'B1' },
        { amount: '99.00', text: `${other.number}`, bankReference: 'B2' },
        { amount: '-12.50', text: 'account fee', bankReference: 'B3' },
        { amount: '5.00', text: 'later', status: 'PDNG', bankReference: 'B4' },
      ],
      { opening: '10.00', closing: '196.50' },
    ),
  );
  const [statement] = result.statements;
  assert.deepEqual(
    [statement?.lines, statement?.newLines, statement?.knownLines, statement?.notBooked],
    [3, 3, 0, 1],
  );
  assert.deepEqual([statement?.payments, statement?.applied, statement?.waiting], [2, 1, 1]);
  assert.deepEqual(statement?.entries, { amount: '186.50', currency: 'EUR' });
  assert.deepEqual(statement?.difference, { amount: '0.00', currency: 'EUR' });
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
  assert.equal((await itemsOf(tenant, other.invoiceId))[0]?.open.minor, 100_00n);
  const payments = await rows(
    tenant,
    sql<{ customer_id: CustomerId | null }>`select customer_id from payment order by number`,
  );
  assert.deepEqual(
    payments.map((p) => p.customer_id),
    [invoice.customerId, null],
    'who is named is whose the money is, from the first day on',
  );
  const [application] = await rows(
    tenant,
    sql<{ method: string; evidence: { rule: string } }>`select method, evidence from application`,
  );
  assert.equal(application?.method, 'reference');
  assert.equal(application?.evidence.rule, 'reference_sum_exact');
  const books = await checkBooks(tenant);
  assert.equal(books.bank, 199_00n);
});

test('the same file twice changes nothing, and overlapping statements add only what is new', async () => {
  const { tenant } = await setUp();
  const entries = [1, 2, 3, 4].map((n) => ({ amount: `${n}.00`, text: `no ${n}`, bankReference: `B${n}` }));
  const first = camt(entries.slice(0, 3), { opening: '0.00', closing: '6.00' });
  await load(tenant, first);
  const before = await countRows(tenant);

  const again = await load(tenant, first, {}, 'renamed.xml');

  assert.deepEqual(again.statements[0]?.statementId, null);
  assert.deepEqual(
    [again.statements[0]?.newLines, again.statements[0]?.knownLines, again.statements[0]?.payments],
    [0, 3, 0],
  );
  assert.deepEqual({ ...(await countRows(tenant)), command_log: 0n }, { ...before, command_log: 0n });

  const overlapping = await load(tenant, camt(entries.slice(1), { id: 'S2' }));
  assert.deepEqual([overlapping.statements[0]?.newLines, overlapping.statements[0]?.knownLines], [1, 2]);
  assert.equal((await checkBooks(tenant)).bank, 10_00n);
});

test('truly equal lines of a day all survive, and come in once', async () => {
  const { tenant } = await setUp();
  const equal = { amount: '7.00', text: 'coffee', payer: 'Ann' };
  const two = camt([equal, equal]);
  assert.equal((await load(tenant, two)).statements[0]?.newLines, 2);
  assert.equal((await load(tenant, two)).statements[0]?.newLines, 0);
  const three = await load(tenant, camt([equal, equal, equal], { id: 'longer' }));
  assert.equal(three.statements[0]?.newLines, 1);
  assert.equal((await checkBooks(tenant)).bank, 21_00n);
});

test('one bank reference on different payments of a day does not swallow any', async () => {
  const { tenant } = await setUp();
  const line = (iban: string, id: string) => ({
    amount: '7.00',
    bankReference: 'DAILY',
    iban,
    endToEndId: id,
  });
  const [one, two] = [line('DE02120300000000202051', 'E1'), line('DE02500105170137075030', 'E2')];
  await load(tenant, camt([one]));
  assert.equal((await load(tenant, camt([two], { id: 'S2' }))).statements[0]?.newLines, 1);
  const both = await load(tenant, camt([one, two], { id: 'S3' }));
  assert.equal(both.statements[0]?.newLines, 0);
  const reworded = camt([{ ...one, text: 'the bank says more in its second edition' }], { id: 'S4' });
  assert.equal((await load(tenant, reworded)).statements[0]?.newLines, 0);
});

test('a collective booking is taken apart when its parts add up, and known again however it comes', async () => {
  const { tenant, companyId } = await setUp();
  const [one, two] = [await anInvoice(tenant, { companyId }), await anInvoice(tenant, { companyId })];
  const details = [
    { amount: '100.00', text: one.number },
    { amount: '100.00', text: two.number },
  ];
  const apart = await load(tenant, camt([{ amount: '200.00', bankReference: 'B1', details }]));
  assert.deepEqual([apart.statements[0]?.newLines, apart.statements[0]?.applied], [2, 2]);
  const asOne = await load(tenant, camt([{ amount: '200.00', bankReference: 'B1', text: 'collective' }]));
  assert.equal(asOne.statements[0]?.newLines, 0);
  const odd = [{ amount: '1.00' }, { amount: '2.00' }];
  const whole = await load(tenant, camt([{ amount: '4.00', bankReference: 'B2', details: odd }]));
  assert.equal(whole.statements[0]?.newLines, 1);
});

test('references of the whole file are honoured before amounts, and one debt is paid once', async () => {
  const { tenant, companyId } = await setUp();
  const customerId = await aCustomer(tenant, { name: 'Regular Payer Ltd' });
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const result = await load(
    tenant,
    camt([
      { amount: '100.00', text: 'thank you', payer: 'REGULAR PAYER LTD', bankReference: 'B1' },
      { amount: '100.00', text: invoice.number, payer: 'Factoring Bank', bankReference: 'B2' },
      { amount: '100.00', text: invoice.number, payer: 'Factoring Bank', bankReference: 'B3' },
    ]),
  );
  assert.deepEqual([result.statements[0]?.applied, result.statements[0]?.waiting], [1, 2]);
  const payers = await rows(
    tenant,
    sql<{ payer_name: string; open: bigint }>`select p.payer_name, i.open_minor as open from payment p
      join open_item i on i.document_id = p.id order by p.number`,
  );
  assert.deepEqual(
    payers.map((p) => [p.payer_name, p.open]),
    [
      ['REGULAR PAYER LTD', -100_00n],
      ['Factoring Bank', 0n],
      ['Factoring Bank', -100_00n],
    ],
  );
});

test('money of a payer known by account or exact name is applied where only one debt fits', async () => {
  const { tenant, companyId } = await setUp();
  const byName = await anInvoice(tenant, {
    companyId,
    customerId: await aCustomer(tenant, { name: 'Müller & Söhne GmbH' }),
  });
  const byAccount = await anInvoice(tenant, { companyId });
  await tenant.act('owner', addCustomerBankAccount, {
    customerId: byAccount.customerId,
    account: 'DE02 1203 0000 0000 2020 51',
  });
  const alike = ['2026-02-01', '2026-02-09'].map((dueOn) =>
    anInvoice(tenant, { companyId, customerId: byName.customerId, minor: 43_00n, dueOn }),
  );
  await Promise.all(alike);
  const result = await load(
    tenant,
    camt([
      { amount: '100.00', payer: 'MÜLLER + SÖHNE GMBH.', bankReference: 'B1' },
      { amount: '100.00', payer: 'Holding AG', iban: 'DE02120300000000202051', bankReference: 'B2' },
      { amount: '43.00', payer: 'Müller & Söhne GmbH', bankReference: 'B3' },
    ]),
  );
  assert.deepEqual([result.statements[0]?.applied, result.statements[0]?.waiting], [2, 1]);
  for (const invoice of [byName, byAccount])
    assert.ok((await itemsOf(tenant, invoice.invoiceId)).every((item) => left(item) === 0n));
  const waiting = await rows(
    tenant,
    sql<{ customer_id: string }>`select customer_id from payment where amount_minor = 4300`,
  );
  assert.equal(waiting[0]?.customer_id, byName.customerId);
  const certificates = await rows(
    tenant,
    sql<{ rule: string; probability: string }>`select rule, probability::text from match_certificate`,
  );
  assert.deepEqual(
    certificates.map(({ rule, probability }) => [rule, Number(probability) > 0.9]),
    [
      ['only_sum', true],
      ['only_sum', true],
    ],
  );
  await checkBooks(tenant);
});

test('what waits is applied when its invoice comes, and moved to its customer first', async () => {
  const { tenant, companyId } = await setUp();
  await load(tenant, camt([{ amount: '100.00', text: 'INV-2026-00001', bankReference: 'B1' }]));
  const run = () => tenant.act('cash_applier', applyReceipts, { companyId });
  assert.deepEqual(await run(), { looked: 1, applied: 0, waiting: 1, next: null });
  const invoice = await anInvoice(tenant, { companyId });
  assert.deepEqual(await run(), { looked: 1, applied: 1, waiting: 0, next: null });
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
  const [payment] = await rows(tenant, sql<{ customer_id: string }>`select customer_id from payment`);
  assert.equal(payment?.customer_id, invoice.customerId);
  assert.deepEqual(await run(), { looked: 0, applied: 0, waiting: 0, next: null });
  await checkBooks(tenant);
});

test('a statement that does not add up is imported, and the difference told exactly', async () => {
  const { tenant } = await setUp();
  const result = await load(
    tenant,
    camt([{ amount: '8.850', bankReference: 'B1' }], { opening: '18.15', closing: '27.05' }),
  );
  assert.deepEqual(result.statements[0]?.difference, { amount: '-0.05', currency: 'EUR' });
  const [stored] = await rows(tenant, sql<{ d: bigint }>`select difference_minor as d from bank_statement`);
  assert.equal(stored?.d, -5n);
});

test('money the bank takes back is marked, and proves the return of its payment', async () => {
  const { tenant } = await setUp();
  const result = await load(
    tenant,
    camt([
      { amount: '40.00', text: 'thanks', bankReference: 'B1' },
      { amount: '-40.00', text: 'return', bankReference: 'B2', returnReason: 'AC04' },
      { amount: '-40.00', text: 'fee', bankReference: 'B3' },
      { amount: '30.00', text: 'our transfer bounced', bankReference: 'B4', returnReason: 'AC01' },
    ]),
  );
  assert.deepEqual([result.statements[0]?.returns, result.statements[0]?.payments], [2, 2]);
  const lines = await rows(
    tenant,
    sql<{ id: string; amount_minor: bigint }>`select id, amount_minor from statement_line order by line_no`,
  );
  const [payment, other] = await rows(tenant, sql<{ id: string }>`select id from payment order by number`);
  const give = (paymentId: string | undefined, statementLineId: string | undefined) =>
    tenant.act('controller', returnPayment, {
      paymentId: paymentId as never,
      reason: 'AC04',
      statementLineId: statementLineId as never,
    });
  await refusesWithoutTrace(tenant, 'statement_line_not_the_return', () => give(payment?.id, lines[0]?.id));
  await refusesWithoutTrace(tenant, 'statement_line_not_the_return', () => give(other?.id, lines[1]?.id));
  await give(payment?.id, lines[1]?.id);
  const [second] = [await load(tenant, camt([{ amount: '40.00', bankReference: 'B9' }], { id: 'S9' }))];
  assert.equal(second?.statements[0]?.payments, 1);
  const again = await rows(
    tenant,
    sql<{ id: string }>`select id from payment where returned_on is null and amount_minor = 4000`,
  );
  await refusesWithoutTrace(tenant, 'statement_line_used', () => give(again[0]?.id, lines[1]?.id));
  await checkBooks(tenant);
});

test('several statements and accounts in one file; unknown accounts are refused by name or added where asked', async () => {
  const { tenant, companyId } = await setUp();
  const file = aCamt053([
    { entries: [{ amount: '1.00', bankReference: 'B1' }] },
    { iban: 'DE02120300000000202051', entries: [{ amount: '2.00', bankReference: 'B1' }], opening: '0.00' },
    { iban: 'DE02120300000000202051', entries: [], opening: '2.00', closing: '2.00' },
  ]);
  await refusesWithoutTrace(tenant, 'bank_account_unknown', () => load(tenant, file));
  const result = await load(tenant, file, { addAccountsTo: companyId });
  assert.deepEqual(
    result.statements.map((s) => [s.account, s.accountAdded, s.newLines, s.statementId !== null]),
    [
      [TEST_IBAN, false, 1, true],
      ['DE02120300000000202051', true, 1, true],
      ['DE02120300000000202051', false, 0, true],
    ],
  );
  const again = await load(tenant, file);
  assert.deepEqual(
    again.statements.map((s) => s.statementId),
    [null, null, null],
  );
});

test('CSV is read by its header, or by what was said of its columns, for the account named', async () => {
  const { tenant } = await setUp();
  const csv = Buffer.from(
    'Booking date;Value date;Payer;Text;Amount;Currency\n2026-01-05;2026-01-05;Ann;hello;"1,50";EUR\n2026-01-06;2026-01-06;Bob;out;"-2,00";EUR\n',
  );
  await refusesWithoutTrace(tenant, 'bank_account_not_named', () => load(tenant, csv, {}, 's.csv'));
  const [account] = await rows(tenant, sql<{ id: string }>`select id from bank_account`);
  const wish = { bankAccountId: account?.id };
  const result = await load(tenant, csv, wish, 's.csv');
  assert.deepEqual(
    [result.format, result.statements[0]?.newLines, result.statements[0]?.payments],
    ['csv', 2, 1],
  );
  assert.equal((await load(tenant, csv, wish, 's.csv')).statements[0]?.newLines, 0);
  const unclear = Buffer.from('a;b\n1;2\n');
  await refusesWithoutTrace(tenant, 'bank_csv_unclear', () => load(tenant, unclear, {}, 's.csv'));
});

test('what cannot be imported is refused and leaves no trace', async () => {
  const { tenant, companyId } = await setUp();
  const good = { amount: '1.00', bankReference: 'B1' };
  const attempts: readonly [string, Buffer, Partial<ImportWish>][] = [
    ['not_a_statement', aCamt053([{ entries: [good] }], '054'), {}],
    ['not_a_statement', aCamt053([{ entries: [good] }], '052'), {}],
    ['statement_not_readable', camt([good, { amount: '1.005', bankReference: 'B2' }]), {}],
    ['bank_account_not_found', camt([good]), { bankAccountId: crypto.randomUUID() }],
    ['bank_account_unknown', camt([good], { currency: 'USD' }), {}],
    ['company_not_found', camt([good], { currency: 'USD' }), { addAccountsTo: crypto.randomUUID() as never }],
    ['exchange_rate_missing', camt([good], { currency: 'USD' }), { addAccountsTo: companyId }],
    ['xml_not_well_formed', Buffer.from(camt([good]).toString().slice(0, -20)), {}],
    ['bank_file_format_unknown', Buffer.from('%PDF-1.7\n'), {}],
    ['camt_without_statement', aCamt053([]), {}],
  ];
  for (const [code, bytes, wish] of attempts)
    await refusesWithoutTrace(tenant, code, () => load(tenant, bytes, wish));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    importBankFile(
      { door: tenant.door, context: tenant.as('viewer') },
      { name: 'x', bytes: camt([good]) },
      { apply: true },
    ),
  );
  const other = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'Second',
    account: 'DE02120300000000202051',
    currency: 'EUR',
  });
  await refusesWithoutTrace(tenant, 'bank_account_differs', () => load(tenant, camt([good]), other));
});

test('a rehearsal tells what an import would do; a broken line late in a file leaves nothing of it', async () => {
  const { tenant } = await setUp();
  const entries = Array.from({ length: 1_200 }, (_, n) => ({ amount: '1.00', bankReference: `B${n}` }));
  const before = await countRows(tenant);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const file = { name: 's.xml', bytes: camt(entries) };
  const shown = await importBankFile(at, file, { apply: true }, { rehearse: true });
  assert.equal(shown.statements[0]?.payments, 1_200);
  assert.deepEqual(await countRows(tenant), before);
  await refusesWithoutTrace(tenant, 'statement_not_readable', () =>
    load(tenant, camt([...entries, { amount: '0.001', bankReference: 'last' }])),
  );
});

test('an account in another currency than the books is received at the rate of its day', async () => {
  const { tenant } = await setUp({ currency: 'USD' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.5' });
  const result = await load(tenant, camt([{ amount: '10.00', bankReference: 'B1' }], { currency: 'USD' }));
  assert.equal(result.statements[0]?.payments, 1);
  assert.equal((await checkBooks(tenant)).bank, 5_00n);
});

test('eight imports of one statement at once bring each line in once', async () => {
  const { tenant } = await setUp();
  const file = camt(
    Array.from({ length: 40 }, (_, n) => ({ amount: '1.00', text: `no ${n}`, bankReference: `B${n}` })),
  );
  const wait = () => rows(tenant, sql`select pg_sleep(0.03)`);
  await Promise.all(Array.from({ length: 8 }, wait));
  const results = await Promise.all(Array.from({ length: 8 }, () => load(tenant, file)));
  assert.equal(
    results.reduce((total, r) => total + (r.statements[0]?.newLines ?? 0), 0),
    40,
  );
  assert.equal((await checkBooks(tenant)).bank, 40_00n);
});

test('receipts whose invoices change under the machine wait; the others are applied', async () => {
  const { tenant, companyId } = await setUp();
  const numbers = Array.from({ length: 12 }, (_, n) => `INV-2026-${String(n + 1).padStart(5, '0')}`);
  await load(tenant, camt(numbers.map((text, n) => ({ amount: '100.00', text, bankReference: `B${n}` }))));
  const invoices = [];
  for (const number of numbers) {
    const invoice = await anInvoice(tenant, { companyId });
    assert.equal(invoice.number, number);
    invoices.push(invoice);
  }
  await Promise.all(Array.from({ length: 8 }, () => rows(tenant, sql`select pg_sleep(0.03)`)));
  const writeOff = (itemId: ItemId) =>
    tenant
      .act('controller', writeOffItems, {
        kind: 'goodwill',
        reason: 'meanwhile',
        items: [{ itemId, amount: money(1_00n, 'EUR') }],
      })
      .catch((error: unknown) => assert.equal((error as { code?: string }).code, 'nothing_open'));
  const runs = await Promise.all([
    tenant.act('cash_applier', applyReceipts, {}),
    ...invoices.slice(6).map((invoice) => writeOff(invoice.itemId)),
    tenant.act('cash_applier', applyReceipts, {}),
  ]);
  const applied = [runs[0], runs.at(-1)].reduce(
    (total: number, run) => total + (run && 'applied' in run ? run.applied : 0),
    0,
  );
  assert.ok(applied >= 6 && applied <= 12, `${applied} applied`);
  await checkBooks(tenant);
});

test('bookings that share the reference of the bank come in once, in whatever order and selection a file has them', async () => {
  const { tenant } = await setUp();
  const booking = (endToEndId: string): CamtEntry => ({ amount: '100.00', bankReference: 'R', endToEndId });
  const [x, y, z] = [booking('X'), booking('Y'), booking('Z')];
  const newLines: unknown[] = [];
  for (const entries of [[x], [y, x], [x, y], [z, y, x], [y, z], [x, z, y]])
    newLines.push((await load(tenant, camt(entries))).statements[0]?.newLines);
  assert.deepEqual(newLines, [1, 1, 0, 1, 0, 0]);
  assert.equal((await checkBooks(tenant)).bank, 300_00n, 'nothing received was recorded twice');
});
