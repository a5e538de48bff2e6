// The auditor is itself proven: in a database of one's own, without its triggers and keys, facts are spoilt in one way after the
// other, and the auditor must say which.
// In a process of its own: all it does goes to a database without rules.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { readAmounts } from '#disputes/read-amounts.ts';
import { type Amounts, NOTHING } from '#disputes/standing.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, InvoiceId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { applyRemittance, joinRemittances } from '#payments/join-remittance.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { recoverWriteOff } from '#recoveries/recover-write-off.ts';
import { exportRefunds } from '#refunds/export-refunds.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { creditDispute } from '#remedies/credit-dispute.ts';
import { unapplyCredit } from '#remedies/unapply-credit.ts';
import { receiveTypedRemittance } from '#remittances/receive-remittance.ts';
import { runWriteOffs } from '#writeoffruns/run-write-offs.ts';
import { startWriteOffRun } from '#writeoffruns/start-write-off-run.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { aLine, anInvoice, aPayment } from '../support/builders.ts';
import type { Clone } from '../support/database.ts';
import { newTenant } from '../support/tenant.ts';
import { cloneWithoutRules } from '../support/unruled.ts';
import { auditDisputes, countSums } from './audit-cash.ts';
import { auditWithin } from './auditor.ts';
import { bookStatement } from './bank-steps.ts';
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

const eur = (minor: bigint) => money(minor, 'EUR');

/** Books in which each thing the auditor looks at happened once. */
async function someBooks(): Promise<World> {
  const made = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { tenant, companyId } = made;
  const [customerId, other] = made.customers as [CustomerId, CustomerId];
  const iban = present(made.accounts.get(customerId), 'the customer has an account').iban;
  const debt = (minor: bigint, dueOn = '2026-02-01') =>
    anInvoice(tenant, { companyId, customerId, minor, dueOn });
  const [named, short] = [await debt(111_11n), await debt(222_22n)];
  await bookStatement(made, [{ minor: 111_11n, text: named.number, iban }], true);
  await bookStatement(made, [{ minor: 220_00n, text: short.number, iban }], true);
  await debt(77_77n);
  await bookStatement(made, [{ minor: 77_77n, text: 'thanks', iban }], true);

  const kept = await debt(300_00n);
  const paid = await aPayment(tenant, { companyId, customerId, minor: 200_00n, receivedOn: '2026-01-05' });
  await act(made, applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: kept.itemId, amount: eur(200_00n) }],
    deductions: [{ itemId: kept.itemId, amount: eur(100_00n), reason: 'quality', note: 'broken' }],
  });
  await act(made, unapplyPayment, { paymentId: paid.paymentId });

  const lost = await anInvoice(tenant, { companyId, customerId, lines: [aLine(100_00n, 19n)] });
  const { writeOffs } = await act(made, writeOffItems, {
    kind: 'bad_debt',
    reason: 'insolvent',
    items: [{ itemId: lost.itemId }],
    facts: { insolvency: true },
  });
  const came = await aPayment(tenant, { companyId, customerId, minor: 40_00n, receivedOn: '2026-01-05' });
  await act(made, recoverWriteOff, {
    paymentId: came.paymentId,
    items: [{ writeOffId: writeOffs[0]?.writeOffId ?? '', itemId: lost.itemId, amount: eur(40_00n) }],
  });

  const small = await anInvoice(tenant, { companyId, customerId: other, minor: 3_00n });
  const { runId } = await act(made, startWriteOffRun, {
    companyId,
    kind: 'small_balance',
    reason: 'not worth a letter',
    items: [{ itemId: small.itemId, amount: eur(3_00n) }],
  });
  await runWriteOffs(
    { door: tenant.door, contextOf: async () => tenant.as('owner') },
    { tenantId: tenant.tenantId, runId },
  );
  const part = await anInvoice(tenant, { companyId, customerId: other, minor: 50_00n });
  const short50 = await aPayment(tenant, {
    companyId,
    customerId: other,
    minor: 40_00n,
    receivedOn: '2026-01-05',
  });
  const letGo = {
    paymentId: short50.paymentId,
    allocations: [{ itemId: part.itemId, amount: eur(40_00n) }],
    writeOff: {
      kind: 'goodwill' as const,
      reason: 'let go',
      items: [{ itemId: part.itemId, amount: eur(10_00n) }],
    },
  };
  await act(made, applyPayment, letGo);
  await act(made, unapplyPayment, { paymentId: short50.paymentId });
  await act(made, applyPayment, letGo);

  const disputed = await debt(70_00n);
  await act(made, openDispute, {
    items: [{ itemId: disputed.itemId, amount: eur(20_00n) }],
    reason: 'quality',
  });

  const credited = await anInvoice(tenant, { companyId, customerId, lines: [aLine(100_00n, 19n)] });
  const { disputeId } = await act(made, openDispute, {
    items: [{ itemId: credited.itemId, amount: eur(23_80n) }],
    reason: 'quality',
  });
  const { creditNoteId } = await act(made, creditDispute, {
    disputeId,
    invoiceId: credited.invoiceId,
    reason: 'quality',
    lines: [aLine(20_00n, 19n)],
    decision: {},
  });
  const given = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStandingApplications(tx, { itemIds: [credited.itemId] }),
  );
  await act(made, unapplyCredit, {
    creditNoteId: creditNoteId as InvoiceId,
    applicationId: present(given[0], 'the credit note was applied').id,
  });

  const claimed = await debt(400_00n);
  await bookStatement(made, [{ minor: 400_00n, text: 'PAYONE', iban }], false);
  const zero = eur(0n);
  await act(made, receiveTypedRemittance, {
    companyId,
    customerId,
    currency: 'EUR',
    total: eur(400_00n),
    paymentReference: 'PAYONE',
    lines: [{ document: claimed.number, amount: eur(400_00n), discount: zero, deduction: zero }],
  });
  const { joined } = await act(made, joinRemittances, {});
  await act(made, applyRemittance, { remittanceId: present(joined[0], 'it is joined').remittanceId });

  await aPayment(tenant, { companyId, customerId: other, minor: 500_00n, receivedOn: '2026-01-05' });
  made.day = made.day.add({ days: 8 });
  const refund = () =>
    act(made, grantRefund, {
      companyId,
      customerId: other,
      amount: eur(200_00n),
      bankAccountId: present(made.accounts.get(other), 'the other has an account').bankAccountId,
      reason: 'too much',
    });
  const { refundId } = await refund();
  const { refunds } = await act(made, exportRefunds, {
    companyId,
    bankAccountId: made.bank.accountId,
    refundIds: [refundId],
  });
  await refund();
  await bookStatement(made, [{ minor: -200_00n, text: 'refund' }], false);
  await act(made, explainLine, {
    lineId: (await one<{ id: string }>(made, sql`select id from statement_line where amount_minor = -20000`))
      .id,
    kind: 'refund',
    paymentIds: [present(refunds[0], 'one was ordered').paymentId],
  });
  return made;
}

async function one<Found>({ tenant }: World, query: RawBuilder<unknown>): Promise<Found> {
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(query as RawBuilder<Found>));
  return present(row, 'there is one') as Found;
}

/** What the auditor says when facts were spoilt. */
const saidOf = (query: RawBuilder<unknown>): Promise<string> =>
  saidWhenSpoilt(world, query, (tx) => auditWithin(tx, 'spoilt', { isAlone: true }));

/** Lines of a statement of the gateway: `(bank reference, minor units)`. */
const gatewayLines = (lines: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  insert into statement_line (tenant_id, id, statement_id, bank_account_id, line_no, identity, booked_on, value_on, currency,
    amount_minor, bank_reference, recorded_at)
  select b.tenant_id, gen_random_uuid(), b.id, b.id, 1, n.reference::bytea, '2026-01-06', '2026-01-06', 'EUR', n.minor, n.reference, now()
  from bank_account b, (values ${lines}) as n(reference, minor) where b.account = 'PAYWELL1'`;

const CASES: readonly (readonly [plants: string, says: RegExp, query: RawBuilder<unknown>])[] = [
  [
    'a receipt is a member’s and a team’s',
    /a member’s or a team’s/,
    sql`insert into receipt_owner (tenant_id, id, payment_id, user_id, team_id, assigned_by, recorded_at)
      select tenant_id, gen_random_uuid(), id, 'somebody', gen_random_uuid(), 'test', now() from payment limit 1`,
  ],
  [
    'a receipt is handed out twice',
    /handed out again/,
    sql`insert into posting_step (tenant_id, id, payment_id, part, state, export_id, recorded_by, recorded_at)
      select p.tenant_id, gen_random_uuid(), p.id, 'receipt', 'sent', gen_random_uuid(), 'test', now()
      from (select * from payment where direction = 'received' limit 1) p, generate_series(1, 2)`,
  ],
  [
    'what never came back is handed out as a return',
    /only of what came back/,
    sql`insert into posting_step (tenant_id, id, payment_id, part, state, export_id, recorded_by, recorded_at)
      select tenant_id, gen_random_uuid(), id, 'return', 'sent', gen_random_uuid(), 'test', now()
      from payment where direction = 'received' and returned_on is null limit 1`,
  ],
  ['a payout is a cent off', /comes to nothing/, gatewayLines(sql`('ch-1', 1)`)],
  ['a gateway gives where it takes back', /never a receipt/, gatewayLines(sql`('re-1', 1), ('ch-1', -1)`)],
  [
    'a certificate is lost',
    /has its certificate/,
    sql`delete from match_certificate where rule = 'reference_sum_exact'`,
  ],
  [
    'the machine was not sure',
    /was as sure as the company asked/,
    sql`update match_certificate set probability = 0.6 where rule = 'only_sum'`,
  ],
  [
    'a certificate says another threshold than the company had',
    /was as sure as the company asked/,
    sql`update match_certificate set certificate = jsonb_set(certificate, '{applyFrom}', '50') where rule = 'only_sum'`,
  ],
  [
    'the customer was one to apply by hand',
    /applied by hand was touched/,
    sql`insert into customer_matching (tenant_id, id, customer_id, method, with_disputed, recorded_by, recorded_at)
      select tenant_id, gen_random_uuid(), id, 'manual', false, 'user', '2026-01-01' from customer`,
  ],
  [
    'the payer named something else',
    /names all that was paid/,
    sql`update statement_line set remittance = 'no word' where true`,
  ],
  [
    'a tolerance was lower than what was dropped',
    /has its right/,
    sql`update tolerance_rule set amount_max_minor = 221 where true`,
  ],
  ['a tolerance was blocked', /has its right/, sql`update tolerance_rule set stance = 'blocked' where true`],
  [
    'another tolerance was in force',
    /by the rule of that day/,
    sql`insert into tolerance_rule (tenant_id, id, company_id, customer_id, currency, stance, valid_from, recorded_by, recorded_at)
      select tenant_id, gen_random_uuid(), company_id, (select customer_id from dropped_difference f where f.tenant_id = tolerance_rule.tenant_id), currency, 'blocked', valid_from, 'user', recorded_at from tolerance_rule`,
  ],
  [
    'a rule dropped what did not close the item',
    /a rule dropped closed the item/,
    sql`update dropped_difference set recorded_at = recorded_at - interval '0.5 milliseconds' where basis = 'tolerance'`,
  ],
  [
    'a machine left some of a receipt over',
    /used the receipt up/,
    sql`update payment set amount_minor = amount_minor + 1 where id in (select payment_id from match_certificate)`,
  ],
  ['what was dropped has no right', /has its right/, sql`delete from dropped_difference where true`],
  [
    'a remittance said otherwise',
    /what its lines say/,
    sql`update remittance_line set amount_minor = amount_minor + 1 where true`,
  ],
  [
    'more was paid back than granted',
    /no refund is more than the credit/,
    sql`update refund set amount_minor = amount_minor - 1 where true`,
  ],
  [
    'a refund went out too early',
    /no refund is more than the credit/,
    sql`update refund set payable_from = '2026-12-31' where true`,
  ],
  [
    'more was granted than there was credit',
    /was covered by credit/,
    sql`update refund set amount_minor = 30001 where not exists (select from refund_end e where e.refund_id = refund.id)`,
  ],
  [
    'a bank line shows another sum than its payments',
    /shows their sum/,
    sql`update line_explanation set amount_minor = amount_minor - 1 where true`,
  ],
  [
    'a deduction outlived its payment',
    /does not outlive/,
    sql`delete from dispute_closing where outcome = 'undone'`,
  ],
  [
    'more was disputed than was open',
    /disputed than was open then/,
    sql`update dispute_item set amount_minor = 90_00 where amount_minor = 20_00`,
  ],
  [
    'a dispute stayed decided though its credit note was taken off again',
    /was not taken off again/,
    sql`update dispute_closing set reopened_at = null, reopened_on = null where outcome = 'valid'`,
  ],
  [
    'a bank line is another amount than it was booked with',
    /of the bank does not tie/,
    sql`update statement_line set amount_minor = amount_minor + 1 where amount_minor = 11111`,
  ],
  [
    'an item is a cent off',
    /is its amount less its applications/,
    sql`update open_item set open_minor = open_minor + 1 where open_minor > 0`,
  ],
  [
    'an entry does not balance',
    /every entry balances/,
    sql`update journal_line set amount_minor = amount_minor + 1 where account = 'revenue'`,
  ],
  [
    'the journal moved something else',
    /what the journal moved on it/,
    sql`update journal_line set due_on = due_on + 1 where item_id is not null`,
  ],
  [
    'a line that is no item’s stands on a control account',
    /nothing that is no item/,
    sql`update journal_line set item_id = (select i.id from open_item i where i.tenant_id = journal_line.tenant_id limit 1)
      where account = 'revenue'`,
  ],
  [
    'an item was settled before it was there',
    /over-settled/,
    sql`update journal_line set recorded_at = recorded_at - interval '1 year' where item_id is not null and entry_id in
      (select id from journal_entry where kind = 'application')`,
  ],
  [
    'a number was left out',
    /numbers have no gap/,
    sql`update number_series set next_number = next_number + 1 where document_kind = 'invoice'`,
  ],
  [
    'a reversal is earlier than what it reverses',
    /exact opposite/,
    sql`update application set applied_on = applied_on - 400 where reverses_id is not null`,
  ],
  [
    'more was recovered than was written off',
    /no more than was written off/,
    sql`update recovery set amount_minor = amount_minor + 1 where true`,
  ],
  [
    'a write-off was taken back of which something is recovered',
    /of a write-off that was taken back nothing/,
    sql`insert into write_off_undo (tenant_id, write_off_id, undone_on, reason, recorded_at)
      select tenant_id, id, written_off_on, 'x', recorded_at from write_off
      where id in (select write_off_id from recovery)`,
  ],
  [
    'a run wrote off another amount than was looked at',
    /exactly what was looked at/,
    sql`update write_off_run_item set amount_minor = amount_minor + 1 where outcome = 'written_off'`,
  ],
  [
    'an item still waits in a run that has ended',
    /none waits in one that has ended/,
    sql`update write_off_run_item set outcome = 'waiting', write_off_id = null where outcome = 'written_off'`,
  ],
  [
    'a run was taken back and its write-off stands without a reason',
    /stands only with the reason/,
    sql`update write_off_run set state = 'undone', undos = 1, undo_reason = 'x', undone_by = 'x', undone_at = started_at`,
  ],
  [
    'what was let go with a payment stays when that is taken back',
    /what was let go with a payment goes/,
    sql`delete from write_off_undo where write_off_id in (select write_off_id from applied_write_off)`,
  ],
  [
    'tax relief did not go back with what came',
    /as the part still lost/,
    sql`delete from tax_relief where why = 'recovered'`,
  ],
];

test('of books that hold the auditor says nothing', async () => {
  const { tenant } = world;
  await inTenant(tenant.pool, tenant.tenantId, (tx) => auditWithin(tx, 'as made', { isAlone: true }));
});

for (const [plants, says, query] of CASES)
  test(`the auditor notices that ${plants}`, async () => {
    assert.match(await saidOf(query), says);
  });

test('the auditor notices a machine that applied on a tie', async () => {
  const { tenant, companyId } = world;
  const customerId = present(world.customers[2], 'there is a third customer');
  const debt = (dueOn: string) => anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn });
  const [first] = [await debt('2026-02-01'), await debt('2026-03-01')];
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 100_00n });
  await act(world, applyPayment, {
    paymentId,
    allocations: [{ itemId: first.itemId, amount: eur(100_00n) }],
    method: 'amount',
    evidence: { rule: 'only_sum' },
  });
  const said = await saidOf(
    sql`insert into match_certificate (tenant_id, payment_id, rule, probability, certificate, recorded_at)
      select a.tenant_id, ${paymentId}, 'only_sum', 1, '{"proof": "all_sums_known", "sums": 1, "payers": 1, "payerIsSaid": true, "applyFrom": 90}',
        a.recorded_at from application a where a.debit_item_id = ${first.itemId}`,
  );
  assert.match(said, /so many choices come to the amount/);
});

/** Ways to reckon disputed money wrongly: what each says of a part, and what the auditor says then. */
const MISREADINGS: readonly (readonly [plants: string, says: RegExp, wrong: (was: Amounts) => Amounts])[] = [
  ['a cent is lost', /adds up/, (was) => ({ ...was, open: was.open - 1n })],
  ['something is below zero', /below zero/, (was) => ({ ...was, open: was.open + was.paid + 1n, paid: -1n })],
  [
    'more is disputed than is open',
    /no more of .* is disputed than open/,
    () => ({ ...NOTHING, original: 999_00n, open: 999_00n }),
  ],
  [
    'what is disputed is owed',
    /so much of .* is disputed/,
    (was) => ({ ...was, open: 0n, released: was.released + was.open }),
  ],
];

for (const [plants, says, wrong] of MISREADINGS)
  test(`the auditor notices a reading of disputes by which ${plants}`, async () => {
    const { tenant } = world;
    const misread: typeof readAmounts = async (tx, ids, past) =>
      new Map(
        [...(await readAmounts(tx, ids, past))].map(([id, items]) => [
          id,
          items.map(({ itemId, amounts }) => ({ itemId, amounts: wrong(amounts) })),
        ]),
      );
    await assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, (tx) => auditDisputes(tx, 'misread', misread)),
      says,
    );
  });

test('choices are counted with alike documents as one', () => {
  const doc = (minor: bigint, due: string) => ({ minor, due });
  assert.equal(countSums([doc(100n, 'a'), doc(100n, 'a'), doc(50n, 'a')], 100n), 1);
  assert.equal(countSums([doc(100n, 'a'), doc(100n, 'b'), doc(50n, 'a')], 150n), 2);
  assert.equal(countSums([doc(100n, 'a'), doc(50n, 'a'), doc(50n, 'a')], 100n), 2);
  assert.equal(countSums([doc(100n, 'a')], 99n), 0);
});
