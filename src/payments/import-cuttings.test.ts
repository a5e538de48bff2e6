// However the lines of a day are cut into files that overlap, and in whatever order the files come, the books are the same: a
// line comes in once, and two that are truly equal both do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';

const RUNS = 12;

async function booksOf(files: readonly (readonly CamtEntry[])[]): Promise<readonly unknown[]> {
  const tenant = await newTenant({ on: '2026-01-06' });
  const companyId = await aCompany(tenant);
  await tenant.act('owner', addBankAccount, { companyId, name: 'Bank', account: TEST_IBAN, currency: 'EUR' });
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  for (const [index, entries] of files.entries()) {
    const bytes = aCamt053([{ id: `S${index}`, entries }]);
    await importBankFile(at, { name: `${index}.xml`, bytes }, { apply: true });
  }
  await checkBooks(tenant);
  return linesOf(tenant);
}

function linesOf(tenant: TestTenant): Promise<readonly unknown[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`select l.amount_minor::text as line, l.bank_reference, l.remittance, p.amount_minor::text as received
      from statement_line l left join payment p on p.statement_line_id = l.id
      order by l.amount_minor, l.bank_reference, l.remittance`),
  );
}

/** Few amounts and words, so that truly equal lines are common; a sign now and then. */
const said = fc.record({
  amount: fc.constantFrom('10.00', '10.01', '-3.00'),
  text: fc.constantFrom('rent', 'no 17', ''),
});
/** Two payers under one reference of the bank, as collective bookings come, now and then. */
const referred = fc
  .array(fc.record({ said, endToEndId: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) =>
    all.map(
      (one, n): CamtEntry => ({
        ...one.said,
        ...(one.endToEndId ? { endToEndId: one.endToEndId } : {}),
        bankReference: `R${n}`,
      }),
    ),
  );
const bare = fc.array(said, { minLength: 1, maxLength: 8 });

test('lines with references of the bank come in once, however windows of the day overlap, in any order', async () => {
  const cuttings = referred.chain((entries) =>
    fc
      .array(fc.tuple(fc.nat(entries.length - 1), fc.nat(entries.length)), { maxLength: 4 })
      .map((windows) => ({
        entries,
        // What no window shows comes in a last file, so that the day is whole.
        files: [...windows.map(([from, count]) => entries.slice(from, from + count)), entries],
      }))
      .chain(({ entries: all, files }) =>
        fc.shuffledSubarray(files, { minLength: files.length }).map((shuffled) => ({ all, files: shuffled })),
      ),
  );
  await fc.assert(
    fc.asyncProperty(cuttings, async ({ all, files }) => {
      assert.deepEqual(await booksOf(files), await booksOf([all]));
    }),
    { numRuns: RUNS },
  );
});

test('lines without a reference, truly equal ones too, come in once from files that go on where the day had come to', async () => {
  const days = bare.chain((entries) =>
    fc
      .array(fc.nat(entries.length), { maxLength: 4 })
      .map((ends) => ({ entries, files: [...ends.map((end) => entries.slice(0, end)), entries] }))
      .chain(({ entries: all, files }) =>
        fc.shuffledSubarray(files, { minLength: files.length }).map((shuffled) => ({ all, files: shuffled })),
      ),
  );
  await fc.assert(
    fc.asyncProperty(days, async ({ all, files }) => {
      const books = await booksOf(files);
      assert.equal(books.length, all.length, 'equal lines are all there');
      assert.deepEqual(books, await booksOf([all]));
    }),
    { numRuns: RUNS },
  );
});
