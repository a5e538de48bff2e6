// Statements of a busy ledger: their ages are those of the aging report, their closing balances those of the ledger, and wherever
// a period is split, one part ends with the balance the next begins with.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { inTenant } from '#db/transaction.ts';
import { addDays, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { readAging } from '#reporting/read-aging.ts';
import { readStatement, type StatementWish } from '#statements/read-statement.ts';
import { aBusyLedger, type BusyLedger } from '../support/busy-ledger.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

let tenant: TestTenant;
let ledger: BusyLedger;

before(async () => {
  tenant = await newTenant();
  ledger = await aBusyLedger(tenant, 32);
});
after(closePdf);

const read = (customerId: CustomerId, wish: Partial<StatementWish> & { readonly asOf: PlainDate }) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStatement(tx, { customerId, kind: 'open_item', ...wish }),
  );

test('what a statement says is what the aging report says, on any day, to the cent', async () => {
  let sections = 0;
  for (const asOf of [ledger.to, addDays(ledger.to, -40), addDays(ledger.to, -90)]) {
    for (const customerId of ledger.customers) {
      const statement = await read(customerId, { asOf });
      const aging = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        readAging(tx, { asOf, customerId, edges: [30, 60, 90], sort: 'name', limit: 10 }),
      );
      const shown = statement.sections.map(({ company, currency, aging: figures }) => [
        company.id,
        currency,
        figures,
      ]);
      const reported = aging.totals.map(({ company, currency, figures }) => [company.id, currency, figures]);
      const inOrder = (rows: readonly unknown[][]) =>
        [...rows].sort((a, b) => (`${a[0]}${a[1]}` < `${b[0]}${b[1]}` ? -1 : 1));
      assert.deepEqual(inOrder(shown), inOrder(reported), `${customerId} on ${asOf}`);
      sections += statement.sections.length;
    }
  }
  assert.ok(sections > 10, 'there was something to state');
});

test('wherever a period is split, its parts follow each other without a cent lost', async () => {
  const days = daysBetween(ledger.from, ledger.to) + 10;
  const day = (offset: number): PlainDate => addDays(ledger.from, offset - 5);
  const cut = fc.integer({ min: 0, max: days });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ledger.customers), fc.tuple(cut, cut, cut), async (id, cuts) => {
      const [start = 0, middle = 0, end = 0] = [...cuts].sort((a, b) => a - b);
      const forward = (from: number, to: number) =>
        read(id, { kind: 'balance_forward', from: day(from), asOf: day(to) });
      const [first, second, whole] = await Promise.all([
        forward(start, middle),
        forward(middle + 1, end + 1),
        forward(start, end + 1),
      ]);
      type Read = Awaited<ReturnType<typeof read>>;
      const balance = (statement: Read, which: 'opening' | 'closing', key: string): bigint =>
        statement.sections.find((s) => s.company.id + s.currency === key)?.[which].minor ?? 0n;
      const moved = (statement: Read, key: string): bigint =>
        statement.sections
          .filter((s) => s.company.id + s.currency === key)
          .flatMap((s) => s.accounts.flatMap((account) => account.lines))
          .reduce((total, line) => total + line.amount.minor, 0n);
      for (const { company, currency } of whole.sections) {
        const key = company.id + currency;
        assert.equal(balance(first, 'closing', key), balance(second, 'opening', key));
        assert.equal(balance(first, 'opening', key), balance(whole, 'opening', key));
        assert.equal(balance(second, 'closing', key), balance(whole, 'closing', key));
        assert.equal(moved(first, key) + moved(second, key), moved(whole, key));
      }
      // The closing balance is what the open-item statement of that day says, which is read another way.
      const open = await read(id, { asOf: day(end + 1) });
      for (const { company, currency, closing } of open.sections)
        assert.equal(balance(whole, 'closing', company.id + currency), closing.minor);
    }),
    { numRuns: 60 },
  );
});
