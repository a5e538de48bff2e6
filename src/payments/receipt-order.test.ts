// Receipts that are not rivals come to the same whatever order the bank writes them in, in one statement or several.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { aCamt053 } from '../../test/support/bank-files.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';

/** Invoices of two customers, and receipts that each pay some of them that no other pays: named, or as a sum of their own. */
type Story = {
  readonly amounts: readonly bigint[];
  /** For each invoice which receipt pays it; none where it is the last. */
  readonly paidBy: readonly number[];
  readonly named: readonly boolean[];
  readonly order: readonly number[];
  readonly cut: number;
};

const RECEIPTS = 4;
const INVOICES = 8;
const IBANS = ['DE02120300000000202051', 'DE02500105170137075030'] as const;

const stories: fc.Arbitrary<Story> = fc.record({
  amounts: fc.uniqueArray(fc.bigInt(1_00n, 900_000_00n), { minLength: INVOICES, maxLength: INVOICES }),
  paidBy: fc.array(fc.nat(RECEIPTS), { minLength: INVOICES, maxLength: INVOICES }),
  named: fc.array(fc.boolean(), { minLength: RECEIPTS, maxLength: RECEIPTS }),
  order: fc.shuffledSubarray([...Array(RECEIPTS).keys()], { minLength: RECEIPTS, maxLength: RECEIPTS }),
  cut: fc.nat(RECEIPTS),
});

/** What a bank tells of the receipts in that order, and what came of each: which documents it paid, and what was left. */
async function comesTo(story: Story, order: readonly number[], cut: number): Promise<unknown> {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, { code: 'C' });
  await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'Main',
    account: 'DE89370400440532013000',
    currency: 'EUR',
  });
  const customers = [await aCustomer(tenant, { number: 'A' }), await aCustomer(tenant, { number: 'B' })];
  const numbers: string[] = [];
  for (const [n, minor] of story.amounts.entries()) {
    const customerId = customers[(story.paidBy[n] ?? 0) % 2];
    if (customerId) numbers.push((await anInvoice(tenant, { companyId, customerId, minor })).number);
  }
  const entries = order.flatMap((receipt) => {
    const paid = story.amounts.flatMap((minor, n) =>
      story.paidBy[n] === receipt ? [{ minor, number: numbers[n] ?? '' }] : [],
    );
    const minor = paid.reduce((sum, one) => sum + one.minor, 0n);
    if (minor === 0n) return [];
    const text = story.named[receipt] ? paid.map(({ number }) => number).join(' ') : `thanks ${receipt}`;
    const amount = toDecimal(money(minor, 'EUR'));
    return [{ amount, text, bankReference: `R${receipt}`, iban: IBANS[receipt % 2] ?? IBANS[0] }];
  });
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  for (const [n, some] of [entries.slice(0, cut), entries.slice(cut)].entries()) {
    const bytes = aCamt053([{ id: `S${n}`, day: '2026-03-09', entries: some }]);
    await importBankFile(at, { name: `${n}.xml`, bytes }, { apply: true });
  }
  await checkBooks(tenant);
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ ref: string; received: bigint; applied: bigint; left: bigint; paid: string }>`
      select l.bank_reference as ref, p.amount_minor as received,
        coalesce((select -sum(o.open_minor) from open_item o where o.document_id = p.id and o.account = 'unapplied-cash'), 0)::bigint as left,
        coalesce(sum(a.amount_minor), 0)::bigint as applied,
        coalesce(string_agg(d.reference || ' ' || a.amount_minor, ', ' order by d.reference), '') as paid
      from payment p join statement_line l on l.id = p.statement_line_id
      left join open_item c on c.document_id = p.id and c.account = 'unapplied-cash'
      left join application a on a.credit_item_id = c.id and a.method in ('reference', 'amount')
      left join open_item d on d.id = a.debit_item_id
      group by p.id, p.amount_minor, l.bank_reference order by l.bank_reference`),
  );
  for (const row of rows) assert.equal(row.received, row.applied + row.left, 'no cent comes or goes');
  return rows;
}

test('the order in which receipts come makes no difference where each is for documents of its own', async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const asWritten = await comesTo(story, [...Array(RECEIPTS).keys()], RECEIPTS);
      const otherwise = await comesTo(story, story.order, story.cut);
      assert.deepEqual(otherwise, asWritten);
      applied += (asWritten as { applied: bigint }[]).filter((row) => row.applied > 0n).length;
    }),
    { numRuns: 8 },
  );
  assert.ok(applied > 0, 'something was applied');
});
