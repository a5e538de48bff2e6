// What the auditor says of interest, discounts, credit notes, voided documents, refunds and statements is itself proven: each is spoilt
// in a way that nothing else notices first.
// In a process of its own: all it does goes to a database without rules.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { readStatement } from '#statements/read-statement.ts';
import { changeTermsSetting } from '#terms/change-terms-setting.ts';
import { DISCOUNT_POLICY } from '#terms/discount-policy.ts';
import { aLine, anInvoice, aPaidRefund, aPayment } from '../support/builders.ts';
import type { Clone } from '../support/database.ts';
import { newTenant } from '../support/tenant.ts';
import { anInvoiceOnTerms, someTerms } from '../support/terms.ts';
import { cloneWithoutRules } from '../support/unruled.ts';
import { auditStatements, auditWithin } from './auditor.ts';
import { saidOf as saidWhenSpoilt } from './spoilt.ts';
import { act, makeWorld, type World } from './world.ts';

let clone: Clone;
let world: World;

before(async () => {
  clone = await cloneWithoutRules();
  world = await someBooks();
});

after(async () => {
  await clone.drop();
});

/** A discount with tax that was granted, and taken back in part by a credit note; a refund; a document taken back. */
async function someBooks(): Promise<World> {
  const made = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { tenant, companyId } = made;
  const [customerId, other] = made.customers as [CustomerId, CustomerId];
  await tenant.act('owner', changeTermsSetting, {
    companyId,
    paymentTermsId: await someTerms(tenant, '2/10 net 30'),
    policy: DISCOUNT_POLICY,
    countries: [],
  });
  const lines = [aLine(1000_00n, 19n)];
  const invoice = await anInvoiceOnTerms(tenant, { companyId, customerId, lines, issuedOn: '2026-01-02' });
  const paid = await aPayment(tenant, { companyId, customerId, minor: 1166_20n, receivedOn: '2026-01-05' });
  await act(made, applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(1166_20n, 'EUR') }],
    takeDiscounts: true,
  });
  await act(made, creditInvoice, {
    invoiceId: invoice.invoiceId,
    issuedOn: parseDate('2026-01-05'),
    reason: 'quantity',
    lines: [aLine(100_00n, 19n)],
  });
  await aPayment(tenant, { companyId, customerId: other, minor: 50_00n, receivedOn: '2026-01-05' });
  await aPaidRefund(tenant, { companyId, customerId: other, minor: 50_00n, paidOn: '2026-01-05' });
  const mistaken = await anInvoice(tenant, { companyId, customerId: other, minor: 30_00n });
  await act(made, voidInvoice, { invoiceId: mistaken.invoiceId, reason: 'mistaken' });
  await anInvoice(tenant, { companyId, customerId: other, minor: 400_00n });
  return made;
}

const saidOf = (query: RawBuilder<unknown>): Promise<string> =>
  saidWhenSpoilt(world, query, (tx) => auditWithin(tx, 'spoilt', { isAlone: true }));

/** Interest on an item that was never charged: of so many minor units, so many times, for three days. */
const interest = (minor: number, times: number): RawBuilder<unknown> => sql`
  insert into charge_part (tenant_id, charge_id, part_no, kind, item_id, document_id, reference, from_on, to_on, amount_minor)
  select i.tenant_id, gen_random_uuid(), n, 'interest', i.id, i.document_id, i.reference, i.due_on + 1, i.due_on + 3, ${minor}::bigint
  from open_item i cross join generate_series(1, ${times}::int) n where i.kind = 'invoice' and i.amount_minor = 40000`;

const CASES: readonly (readonly [plants: string, says: RegExp, query: RawBuilder<unknown>])[] = [
  ['a day bore interest twice', /no day of an item bears interest twice/, interest(1, 2)],
  [
    'more interest was charged than all of it for all days',
    /no day of an item bears interest twice/,
    interest(9999, 1),
  ],
  ['interest was charged below zero', /no day of an item bears interest twice/, interest(-1, 1)],
  [
    'a discount stands on another account',
    /what was given as discounts/,
    sql`update journal_line set account = 'small-differences' where account = 'discounts' and entry_id in
      (select entry_id from application)`,
  ],
  [
    'the tax in a discount is another than in the books',
    /what was given as discounts/,
    sql`update application set discount_tax_minor = discount_tax_minor - 1 where discount_minor > 0`,
  ],
  [
    'a credit note gave more than its total',
    /a credit note gives its total/,
    sql`update invoice set total_minor = total_minor - 1 where kind = 'credit_note'`,
  ],
  [
    'a credit note took back a discount that nobody granted',
    /what is taken back was granted/,
    sql`with a as (update invoice set total_minor = total_minor + 100000 where kind = 'credit_note')
      update discount_reversal set discount_minor = discount_minor + 100000 where true`,
  ],
  [
    'what a credit note took back of a discount is not booked',
    /take back of discounts stands in the books/,
    sql`update journal_line set account = 'revenue' where account = 'discounts' and entry_id in
      (select id from journal_entry where kind = 'credit_note')`,
  ],
  [
    'more was credited than was invoiced',
    /not more than the invoice they correct/,
    sql`update invoice set total_minor = 10000 where kind = 'invoice' and id in (select corrects_id from invoice)`,
  ],
  [
    'something is open of a document that was taken back',
    /of what was voided nothing is open/,
    sql`update invoice set voided_on = '2026-01-05' where kind = 'invoice' and total_minor = 40000`,
  ],
  [
    'money went back that no credit backs',
    /money that went back is backed by credit/,
    sql`with a as (delete from application where debit_item_id in (select i.id from open_item i
          join payment p on p.id = i.document_id and p.direction = 'refunded') returning *),
      d as (update open_item i set open_minor = i.open_minor + a.amount_minor,
          open_functional_minor = i.open_functional_minor + a.debit_functional_minor from a where i.id = a.debit_item_id),
      c as (update open_item i set open_minor = i.open_minor - a.amount_minor,
          open_functional_minor = i.open_functional_minor - a.credit_functional_minor from a where i.id = a.credit_item_id),
      l as (delete from journal_line where entry_id in (select entry_id from a))
      delete from journal_entry where id in (select entry_id from a)`,
  ],
];

test('of these books, too, the auditor says nothing', async () => {
  const { tenant } = world;
  await inTenant(tenant.pool, tenant.tenantId, (tx) => auditWithin(tx, 'as made', { isAlone: true }));
});

for (const [plants, says, query] of CASES)
  test(`the auditor notices that ${plants}`, async () => {
    assert.match(await saidOf(query), says);
  });

type Sections = Awaited<ReturnType<typeof readStatement>>['sections'];

/** Ways to state an account wrongly. */
const MISREADINGS: readonly (readonly [plants: string, wrong: (was: Sections) => Sections])[] = [
  [
    'is a cent off',
    (was) => was.map((one) => ({ ...one, closing: money(one.closing.minor + 1n, one.currency) })),
  ],
  ['leaves a company or currency out', (was) => was.slice(1)],
  ['is of another currency', (was) => was.map((one) => ({ ...one, currency: 'XXX' }))],
];

for (const [plants, wrong] of MISREADINGS)
  test(`the auditor notices a statement that ${plants}`, async () => {
    const { tenant } = world;
    const misread: typeof readStatement = async (tx, asked) => {
      const statement = await readStatement(tx, asked);
      return { ...statement, sections: wrong(statement.sections) };
    };
    await assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, (tx) => auditStatements(tx, 'misread', misread)),
      /says what the ledger says/,
    );
  });
