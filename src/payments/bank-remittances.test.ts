import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { announcementsJobs } from '#announcements/jobs.ts';
import { ANNOUNCED_QUEUE } from '#announcements/queues.ts';
import { receiveAnnouncingFile } from '#announcements/receive-announcements.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { readRemittance, readRemittancePage } from '#remittances/read-remittances.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { react } from '../reactions.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';
import { paymentsJobs } from './jobs.ts';
import { APPLY_REMITTANCE_QUEUE } from './queues.ts';

const TODAY = parseDate('2026-03-10');

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const account = { companyId, name: 'House bank', account: TEST_IBAN, currency: 'EUR' };
  await tenant.act('owner', addBankAccount, account);
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint, of = customerId) =>
    anInvoice(tenant, { companyId, customerId: of, minor, issuedOn: '2026-01-10', dueOn: '2026-02-09' });
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const load = (bytes: Uint8Array, name = 'statement.xml', more = {}) =>
    importBankFile(at, { name, bytes }, { apply: true, ...more });
  const book = (entries: readonly CamtEntry[]) => load(aCamt053([{ entries, day: '2026-03-05' }]));
  const read = <Reply>(query: (tx: Parameters<Parameters<typeof inTenant>[2]>[0]) => Promise<Reply>) =>
    inTenant(tenant.pool, tenant.tenantId, query);
  const list = async () => (await read((tx) => readRemittancePage(tx, { limit: 50 }, TODAY))).rows;
  const tools = {
    door: tenant.door,
    contextOf: async () => tenant.as('owner'),
  } as unknown as Parameters<typeof paymentsJobs>[0];
  /** Does what follows from the joins noted, as a worker would. */
  const follow = async () => {
    const joined = await read((tx) =>
      tx.run(
        sql<{
          id: string;
          data: object;
        }>`select subject_id as id, data from event where type = 'remittance.joined'`,
      ),
    );
    const jobs = joined.flatMap(({ id, data }) =>
      react({ type: 'remittance.joined', subjectId: id, data } as Parameters<typeof react>[0]),
    );
    for (const { queue, payload } of jobs) {
      assert.equal(queue, APPLY_REMITTANCE_QUEUE);
      const job = { tenantId: tenant.tenantId, payload, jobId: crypto.randomUUID() };
      await paymentsJobs(tools)[queue]?.(job);
    }
    return jobs.length;
  };
  const openOf = async (documentId: string) =>
    (await itemsOf(tenant, documentId)).reduce((sum, item) => sum + item.open.minor, 0n);
  return { tenant, companyId, at, tools, invoice, load, book, read, list, follow, openOf };
}

/** One document as a payer names it: paid, and what was taken off. */
const block = (number: string, paid: string, more = '') =>
  `<Strd>\n<RfrdDocInf><Nb>${number}</Nb></RfrdDocInf>\n<RfrdDocAmt>${more}\n<RmtdAmt Ccy="EUR">${paid}</RmtdAmt></RfrdDocAmt></Strd>`;

test('documents that a bank names with amounts become a remittance of their receipt, which is applied as it says', async () => {
  const { tenant, invoice, book, read, list, follow, openOf } = await setting();
  const [a, b, c] = [await invoice(1_000_00n), await invoice(500_00n), await invoice(450_00n)];
  const damaged =
    '<AdjstmntAmtAndRsn><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Rsn>DMGD</Rsn><AddtlInf>broken</AddtlInf></AdjstmntAmtAndRsn>';
  const entry = {
    amount: '1150.00',
    payer: 'Payer Ltd',
    endToEndId: 'E2E-77',
    bankReference: 'B1',
    blocks: block(a.number, '700.00') + block(b.number, '450.00', damaged),
  };
  const report = await book([entry]);
  assert.equal(
    report.statements[0]?.applied,
    0,
    'the file is imported first; what it claims is applied after it',
  );
  const [row, ...others] = await list();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [row?.origin, row?.joinRule, row?.fileName, row?.payerName, row?.total.amount, row?.difference.amount],
    ['bank', 'bank_line', 'statement.xml', 'Payer Ltd', '1150.00', '0.00'],
  );
  const shown = await read((tx) => readRemittance(tx, row?.remittanceId ?? '', TODAY));
  const place = shown.lines[1]?.places.deduction;
  const cell = shown.source?.rows.find((r) => r.line === place?.line)?.cells[place?.column ?? -1];
  assert.equal(cell, '-50.00 EUR');
  const file = aCamt053([{ entries: [entry], day: '2026-03-05' }])
    .toString()
    .split('\n');
  assert.match(file[(place?.line ?? 0) - 1] ?? '', /50\.00/, 'the line is the one of the file');

  assert.equal(await follow(), 1);
  assert.deepEqual(
    [await openOf(a.invoiceId), await openOf(b.invoiceId), await openOf(c.invoiceId)],
    [300_00n, 50_00n, 450_00n],
  );
  const [deduction] = await read((tx) => tx.run(sql<{ claim_code: string }>`select claim_code from dispute`));
  assert.equal(deduction?.claim_code, 'DMGD');
  await follow();
  assert.equal((await checkBooks(tenant))['unapplied-cash'], 0n);
  assert.deepEqual([row?.standing, (await list())[0]?.standing], ['joined', 'applied']);

  await book([entry]);
  assert.equal((await list()).length, 1, 'the same file twice is one remittance');
});

test('a receipt with documents told is not given to an amount that would fit', async () => {
  const { invoice, book, list, follow, openOf } = await setting();
  const fits = await invoice(150_00n);
  await book([
    { amount: '150.00', payer: 'Test Customer', blocks: block('NO-1', '100.00') + block('NO-2', '50.00') },
  ]);
  await follow();
  assert.equal(await openOf(fits.invoiceId), 150_00n);
  assert.equal((await list())[0]?.lineCount, 2, 'it waits for a person with what the payer said');
});

test('lists in words of any statement are read; what comes back, goes out or names no amounts is not', async () => {
  const { tenant, invoice, load, book, list, follow, openOf, companyId } = await setting();
  const [a, b] = [await invoice(100_00n), await invoice(60_00n)];
  await book([
    { amount: '-150.00', text: `${a.number} 100,00 ${b.number} 50,00`, bankReference: 'B1' },
    {
      amount: '150.00',
      text: `${a.number} 100,00 ${b.number} 50,00`,
      returnReason: 'AC04',
      bankReference: 'B2',
    },
    { amount: '150.00', text: `${a.number} ${b.number}`, bankReference: 'B3' },
    { amount: '149.00', text: `${a.number} 100,00 ${b.number} 50,00`, bankReference: 'B4' },
  ]);
  assert.deepEqual(await list(), []);
  const mt940 = [
    ':20:S1',
    `:25:${TEST_IBAN}`,
    ':28C:2/1',
    ':60F:C260305EUR0,00',
    ':61:2603060306C140,00NTRFNONREF//M1',
    `:86:${a.number} 90,00`,
    `${b.number} 50,00`,
    ':62F:C260306EUR140,00',
    '-',
  ].join('\r\n');
  await load(Buffer.from(mt940), 'statement.sta', { addAccountsTo: companyId });
  const [row] = await list();
  assert.deepEqual([row?.fileName, row?.lineCount, row?.total.amount], ['statement.sta', 2, '140.00']);
  await follow();
  assert.deepEqual([await openOf(a.invoiceId), await openOf(b.invoiceId)], [10_00n, 10_00n]);
  await checkBooks(tenant);
});

test('what a notification tells of a payment in a collective booking is its remittance', async () => {
  const { tenant, at, tools, invoice, book, list, follow, openOf } = await setting();
  const [a, b] = [await invoice(100_00n), await invoice(60_00n)];
  const batch: CamtEntry = { amount: '350.00', bankReference: 'ACSR1', details: [] };
  await book([batch]);
  const details = [
    { amount: '150.00', payer: 'One', blocks: block(a.number, '100.00') + block(b.number, '50.00') },
    { amount: '200.00', payer: 'Two', text: 'thanks' },
  ];
  const bytes = aCamt053([{ entries: [{ ...batch, details }], day: '2026-03-05' }], '054');
  await receiveAnnouncingFile(at, { name: 'c054.xml', bytes });
  const job = { tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() };
  const more = { ...tools, log: { info: () => undefined } } as unknown as Parameters<
    typeof announcementsJobs
  >[0];
  await announcementsJobs(more)[ANNOUNCED_QUEUE]?.(job);
  const rows = await list();
  assert.deepEqual(
    rows.map((row) => [row.fileName, row.payerName, row.total.amount, row.paidOn]),
    [['c054.xml', 'One', '150.00', parseDate('2026-03-05').toString()]],
  );
  await follow();
  assert.deepEqual([await openOf(a.invoiceId), await openOf(b.invoiceId)], [0n, 10_00n]);
});
