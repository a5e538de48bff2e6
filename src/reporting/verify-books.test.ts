// The proof is itself proven: in a database of one's own, whose triggers and keys are taken away, the books are spoilt in one
// way after the other, and the rule that should see it must see it.
// In a process of its own: all it does goes to a database without rules.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { changePolicy } from '#approvals/change-policy.ts';
import { postCharges } from '#charges/post-charges.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { undoWaiver } from '#charges/undo-waiver.ts';
import { waiveCharge } from '#charges/waive-charge.ts';
import { applyCredit } from '#consents/apply-credit.ts';
import { putConsent } from '#consents/put-consent.ts';
import { inTenant } from '#db/transaction.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { recoverWriteOff } from '#recoveries/recover-write-off.ts';
import { putRefundSetting } from '#refunds/change-refund.ts';
import { exportRefunds } from '#refunds/export-refunds.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aBusyLedger, creditAgainst } from '../../test/support/busy-ledger.ts';
import type { Clone } from '../../test/support/database.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { anInvoiceOnTerms, someTerms } from '../../test/support/terms.ts';
import { cloneWithoutRules, LEDGER_DAYS } from '../../test/support/unruled.ts';
import { APPROVABLES } from '../approvables.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { DIFFERENCE_RULES } from './store-proof-differences.ts';
import { DISCOUNT_RULES } from './store-proof-discounts.ts';
import { DOCUMENT_RULES } from './store-proof-documents.ts';
import { LEDGER_RULES } from './store-proof-ledger.ts';
import { WRITE_OFF_RULES } from './store-proof-write-offs.ts';
import { type Verification, verifyBooks } from './verify-books.ts';

const TODAY = parseDate('2026-03-31');
let clone: Clone;

before(async () => {
  // What that trigger makes is among what is proven.
  clone = await cloneWithoutRules(LEDGER_DAYS);
});

after(async () => {
  await clone.drop();
});

const verify = (tenant: TestTenant): Promise<Verification> =>
  verifyBooks(tenant.pool, tenant.tenantId, { now: tenant.clock(), today: TODAY });

/** Books in which each kind of thing happened at least once. */
async function someBooks(): Promise<TestTenant> {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
  const invoice = (minor: bigint) => anInvoice(tenant, { companyId, customerId, minor });
  const payment = (minor: bigint) => aPayment(tenant, { companyId, customerId, minor });
  const apply = async (paid: Awaited<ReturnType<typeof payment>>, itemId: string, minor: bigint) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: paid.paymentId,
      allocations: [{ itemId: itemId as typeof paid.itemId, amount: eur(minor) }],
    });
  const [one, two, three, four] = [
    await invoice(100_00n),
    await invoice(50_00n),
    await invoice(30_00n),
    await invoice(9_00n),
  ];
  const [paid, returned] = [await payment(70_00n), await payment(50_00n)];
  await apply(paid, one.itemId, 70_00n);
  tenant.on('2026-02-10');
  await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId });
  tenant.on('2026-02-12');
  await apply(paid, one.itemId, 60_00n);
  await apply(returned, two.itemId, 50_00n);
  tenant.on('2026-02-20');
  await tenant.act('controller', returnPayment, { paymentId: returned.paymentId, reason: 'No funds' });
  const items = [{ itemId: three.itemId }];
  await tenant.act('controller', writeOffItems, { kind: 'bad_debt', reason: 'Insolvent', items });
  const taxed = await anInvoice(tenant, {
    companyId,
    customerId,
    lines: [aLine(100_00n, 19n)],
    issuedOn: '2026-02-20',
    dueOn: '2026-03-20',
  });
  const lost = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'Insolvent',
    items: [{ itemId: taxed.itemId }],
    facts: { insolvency: true },
  });
  const late = await aPayment(tenant, { companyId, customerId, minor: 40_00n, receivedOn: '2026-02-20' });
  await tenant.act('cash_applier', recoverWriteOff, {
    paymentId: late.paymentId,
    items: [{ writeOffId: lost.writeOffs[0]?.writeOffId ?? '', itemId: taxed.itemId, amount: eur(40_00n) }],
  });
  await tenant.act('owner', creditAgainst, {
    companyId,
    customerId,
    minor: 8_00n,
    currency: 'EUR',
    on: parseDate('2026-02-20'),
    settles: four.itemId,
  });
  await someDiscounts(tenant, companyId);
  await someDifferences(tenant, companyId);
  tenant.on('2026-03-20');
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2026-01-01'),
    terms: present(READY_MADE.find((r) => r.code === 'de')?.terms, 'there are German terms'),
  });
  const customerIds = [customerId];
  const { charges } = await tenant.act('controller', postCharges, {
    companyId,
    customerIds,
    through: parseDate('2026-03-19'),
  });
  const chargeId = charges[0]?.chargeId ?? '';
  const waiver = await tenant.act('controller', waiveCharge, {
    chargeId,
    reason: 'Goodwill',
    fees: eur(5_00n),
  });
  await tenant.act('controller', undoWaiver, { chargeId: waiver.chargeId, reason: 'After all' });
  return tenant;
}

/** A difference dropped by hand, and a refund that was ordered at the bank. */
async function someDifferences(tenant: TestTenant, companyId: CompanyId): Promise<void> {
  const customerId = await aCustomer(tenant);
  const day = '2026-02-20';
  const { itemId } = await anInvoice(tenant, { companyId, customerId, issuedOn: day, dueOn: '2026-03-20' });
  const paid = { companyId, customerId, minor: 120_00n, receivedOn: day };
  const { paymentId } = await aPayment(tenant, paid);
  const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId, amount: eur(99_00n), difference: eur(1_00n) }],
  });
  await tenant.act('collector', putConsent, { customerId, isGiven: true, saidBy: 'Ms Novak' });
  const next = await anInvoice(tenant, { companyId, customerId, minor: 1_00n, issuedOn: day, dueOn: day });
  await tenant.act('cash_applier', applyCredit, { invoiceId: next.invoiceId });
  const account = 'DE02120300000000202051';
  const added = await tenant.act('controller', addCustomerBankAccount, { customerId, account });
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      currency: null,
      order: 'serial',
      expiryDays: 14,
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays: 0 });
  const ours = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'Main',
    account: 'DE89370400440532013000',
    currency: 'EUR',
  });
  const { refundId } = await tenant.act('owner', grantRefund, {
    companyId,
    customerId,
    amount: eur(20_00n),
    bankAccountId: added.bankAccountId,
    reason: 'Paid too much',
  });
  const order = { companyId, bankAccountId: ours.bankAccountId, refundIds: [refundId] };
  await tenant.act('owner', exportRefunds, order);
}

/** A discount in time, which lowers the tax, and one taken late. */
async function someDiscounts(tenant: TestTenant, companyId: CompanyId): Promise<void> {
  const customerId = await aCustomer(tenant, { paymentTermsId: await someTerms(tenant, '2/5 net 30') });
  const take = async (receivedOn: string) => {
    const lines = [aLine(100_00n, 19n)];
    const { invoiceId, itemId } = await anInvoiceOnTerms(tenant, {
      companyId,
      customerId,
      lines,
      issuedOn: '2026-02-20',
    });
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 116_62n, receivedOn });
    const allocations = [{ itemId, amount: { minor: 116_62n, currency: 'EUR' } }];
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations, takeDiscounts: true });
    return invoiceId;
  };
  tenant.on('2026-03-02');
  const invoiceId = await take('2026-02-25');
  // Of what was paid with the discount half is given back, and half of the discount taken back.
  await tenant.act('owner', creditInvoice, { invoiceId, reason: 'return', lines: [aLine(50_00n, 19n)] });
  await take('2026-02-26');
}

type Spoiling = (tenantId: string) => readonly RawBuilder<unknown>[];

/** One row of a table that fits a condition. */
const oneOf = (table: string, tenantId: string, condition: RawBuilder<unknown>) =>
  sql`ctid = (select ctid from ${sql.table(table)} where tenant_id = ${tenantId} and ${condition} order by ctid limit 1)`;

const RANDOM = sql`gen_random_uuid()`;

/** A way to spoil the books for each rule that should notice it. */
const SPOILINGS: Readonly<Record<string, readonly Spoiling[]>> = {
  entry_balances: [
    // In each currency by itself: one line in another currency, though all amounts sum to nothing.
    (t) => [
      sql`update journal_line set currency = 'USD' where ${oneOf('journal_line', t, sql`account = 'revenue'`)}`,
    ],
    (t) => [
      sql`update journal_line set amount_minor = amount_minor + 1 where ${oneOf('journal_line', t, sql`account = 'revenue'`)}`,
    ],
    (t) => [
      sql`update journal_line set functional_minor = functional_minor + 1 where ${oneOf('journal_line', t, sql`account = 'revenue'`)}`,
    ],
  ],
  entry_has_lines: [
    (t) => [
      sql`delete from journal_line where tenant_id = ${t} and entry_id = (select id from journal_entry where tenant_id = ${t} limit 1)`,
    ],
  ],
  line_agrees_with_entry: [
    (t) => [
      sql`update journal_entry set posted_on = posted_on - 1 where ${oneOf('journal_entry', t, sql`kind = 'invoice'`)}`,
    ],
    (t) => [sql`delete from journal_entry where ${oneOf('journal_entry', t, sql`kind = 'application'`)}`],
  ],
  control_line_names_item: [
    (t) => [
      sql`update journal_line set item_id = null, due_on = null where ${oneOf('journal_line', t, sql`account = 'receivables'`)}`,
    ],
    (t) => [
      sql`update journal_line set account = 'unheard-of' where ${oneOf('journal_line', t, sql`account = 'bank'`)}`,
    ],
  ],
  line_agrees_with_item: [
    (t) => [
      sql`update journal_line set due_on = due_on + 1 where ${oneOf('journal_line', t, sql`item_id is not null`)}`,
    ],
    (t) => [
      sql`update journal_line set customer_id = null where ${oneOf('journal_line', t, sql`customer_id is not null`)}`,
    ],
    (t) => [
      sql`update journal_line set item_id = ${RANDOM} where ${oneOf('journal_line', t, sql`item_id is not null`)}`,
    ],
  ],
  entry_reversal: [
    (t) => [
      sql`update journal_entry set reverses_id = (select id from journal_entry where tenant_id = ${t} and kind = 'payment' limit 1)
        where ${oneOf('journal_entry', t, sql`kind = 'unapplication'`)}`,
    ],
  ],
  item_is_amount_less_applications: [
    (t) => [
      sql`update open_item set open_minor = open_minor - 1 where ${oneOf('open_item', t, sql`open_minor > 1`)}`,
    ],
    (t) => [
      sql`update open_item set open_functional_minor = open_functional_minor - 1 where ${oneOf('open_item', t, sql`open_minor > 1`)}`,
    ],
  ],
  item_is_what_the_journal_says: [
    (t) => [
      sql`update journal_line set amount_minor = amount_minor + 5, functional_minor = functional_minor + 5
        where ${oneOf('journal_line', t, sql`account = 'receivables'`)}`,
    ],
    (t) => [
      sql`delete from journal_line where tenant_id = ${t} and item_id = (select id from open_item where tenant_id = ${t}
        and open_minor > 0 limit 1)`,
    ],
  ],
  items_and_journal_move_together: [
    (t) => [
      sql`update journal_line set posted_on = posted_on + 1 where tenant_id = ${t} and entry_id in
        (select id from journal_entry where tenant_id = ${t} and kind = 'application')`,
      sql`update journal_entry set posted_on = posted_on + 1 where tenant_id = ${t} and kind = 'application'`,
    ],
    (t) => [
      sql`update open_item set recorded_at = recorded_at + interval '1 second' where ${oneOf('open_item', t, sql`true`)}`,
    ],
  ],
  days_are_what_the_journal_says: [
    (t) => [
      sql`update ledger_day set amount_minor = amount_minor + 1 where ${oneOf('ledger_day', t, sql`true`)}`,
    ],
    (t) => [sql`update ledger_day set due_on = due_on + 1 where ${oneOf('ledger_day', t, sql`true`)}`],
    (t) => [sql`delete from ledger_day where ${oneOf('ledger_day', t, sql`is_credit`)}`],
  ],
  application_joins_two_sides: [
    (t) => [
      sql`update application set credit_item_id = debit_item_id where ${oneOf('application', t, sql`true`)}`,
    ],
    (t) => [
      sql`update application set applied_on = '2020-01-01' where ${oneOf('application', t, sql`true`)}`,
    ],
    (t) => [sql`update application set currency = 'USD' where ${oneOf('application', t, sql`true`)}`],
    (t) => [
      sql`update application set debit_item_id = ${RANDOM} where ${oneOf('application', t, sql`true`)}`,
    ],
  ],
  application_within_items_on_any_day: [
    (t) => [
      sql`update application set applied_on = '2026-03-30' where tenant_id = ${t} and reverses_id is not null`,
    ],
    (t) => [
      sql`update application set applied_on = '2026-01-01' where tenant_id = ${t} and reverses_id is not null`,
    ],
  ],
  application_within_items_at_any_moment: [
    (t) => [
      sql`update application set recorded_at = recorded_at + interval '60 days' where tenant_id = ${t} and reverses_id is not null`,
    ],
  ],
  application_has_its_entry: [
    (t) => [sql`update application set entry_id = ${RANDOM} where ${oneOf('application', t, sql`true`)}`],
  ],
  application_reversal: [
    (t) => [
      sql`update application set discount_minor = discount_minor - 1 where ${oneOf('application', t, sql`reverses_id is not null`)}`,
    ],
    (t) => [
      sql`update application set reverses_id = ${RANDOM} where ${oneOf('application', t, sql`reverses_id is not null`)}`,
    ],
  ],
  numbers_without_gaps: [
    (t) => [
      sql`update number_series set next_number = next_number + 1 where tenant_id = ${t} and document_kind = 'invoice'`,
    ],
    (t) => [sql`delete from invoice where tenant_id = ${t} and series_number = 2`],
    (t) => [
      sql`update payment set number = 'PAY-2026-00007' where tenant_id = ${t} and number = 'PAY-2026-00002'`,
    ],
    (t) => [sql`delete from write_off where tenant_id = ${t}`],
  ],
  recovery_is_booked: [
    (t) => [
      sql`update recovery set amount_minor = amount_minor + 1 where ${oneOf('recovery', t, sql`true`)}`,
    ],
    (t) => [
      sql`update journal_line set account = 'bad-debt' where ${oneOf('journal_line', t, sql`account = 'bad-debt-recovered'`)}`,
    ],
    (t) => [sql`update open_item set open_minor = 1 where ${oneOf('open_item', t, sql`kind = 'recovery'`)}`],
    (t) => [
      sql`insert into recovery_undo select tenant_id, gen_random_uuid(), id, 1, 1, recovered_on, recorded_at
        from recovery where ${oneOf('recovery', t, sql`true`)}`,
    ],
  ],
  recovered_was_written_off: [
    (t) => [sql`update recovery set amount_minor = 11901 where ${oneOf('recovery', t, sql`true`)}`],
    (t) => [sql`update recovery set item_id = recovery_item_id where ${oneOf('recovery', t, sql`true`)}`],
  ],
  tax_relief_is_booked: [
    (t) => [sql`update tax_relief set tax_minor = tax_minor + 1 where ${oneOf('tax_relief', t, sql`true`)}`],
    (t) => [
      sql`update tax_relief set functional_minor = functional_minor - 1 where ${oneOf('tax_relief', t, sql`true`)}`,
    ],
    (t) => [
      sql`update journal_line set account = 'tax' where ${oneOf('journal_line', t, sql`account = 'tax-relief'`)}`,
    ],
    (t) => [
      sql`insert into write_off_undo (tenant_id, write_off_id, undone_on, reason, recorded_at)
        select tenant_id, write_off_id, posted_on, 'x', recorded_at from tax_relief where ${oneOf('tax_relief', t, sql`true`)}`,
    ],
  ],
  invoice_has_its_items: [
    (t) => [
      sql`update invoice set total_minor = total_minor + 1 where ${oneOf('invoice', t, sql`kind = 'invoice'`)}`,
    ],
    (t) => [
      sql`update open_item set due_on = due_on + 1 where ${oneOf('open_item', t, sql`kind = 'invoice'`)}`,
    ],
    (t) => [sql`delete from open_item where ${oneOf('open_item', t, sql`kind = 'credit_note'`)}`],
  ],
  invoice_has_one_entry: [
    (t) => [
      sql`update journal_entry set kind = 'void' where ${oneOf('journal_entry', t, sql`kind = 'invoice'`)}`,
    ],
    (t) => [
      sql`insert into journal_entry select tenant_id, gen_random_uuid(), company_id, posted_on, recorded_at, kind, document_id, null, command_id
        from journal_entry where ${oneOf('journal_entry', t, sql`kind = 'invoice'`)}`,
      sql`insert into journal_line select l.tenant_id, e.id, l.line_no, l.company_id, l.account, l.customer_id, l.item_id, l.due_on,
          l.currency, l.amount_minor, l.functional_minor, l.posted_on, l.recorded_at
        from journal_entry e join journal_entry o on o.tenant_id = e.tenant_id and o.document_id = e.document_id and o.id <> e.id
        join journal_line l on l.tenant_id = o.tenant_id and l.entry_id = o.id
        where e.tenant_id = ${t} and e.kind = 'invoice'
          and not exists (select from journal_line x where x.tenant_id = e.tenant_id and x.entry_id = e.id)`,
    ],
  ],
  invoice_adds_up: [
    (t) => [
      sql`update invoice_line set net_minor = net_minor + 1 where ${oneOf('invoice_line', t, sql`true`)}`,
    ],
    (t) => [
      sql`update invoice_tax set tax_minor = tax_minor + 1 where ${oneOf('invoice_tax', t, sql`true`)}`,
    ],
  ],
  void_has_its_items: [
    (t) => [sql`update invoice set voided_on = '2026-03-01' where ${oneOf('invoice', t, sql`true`)}`],
    (t) => [
      sql`update open_item set kind = 'void', document_id = (select id from invoice where tenant_id = ${t} limit 1)
        where ${oneOf('open_item', t, sql`kind = 'credit_note'`)}`,
    ],
  ],
  payment_has_its_item: [
    (t) => [sql`update payment set amount_minor = amount_minor + 1 where ${oneOf('payment', t, sql`true`)}`],
    (t) => [
      sql`update journal_line set account = 'tax' where ${oneOf('journal_line', t, sql`account = 'bank'`)}`,
    ],
  ],
  return_fee_is_booked: [
    (t) => [sql`update payment_return set fee_minor = fee_minor + 1 where tenant_id = ${t}`],
    (t) => [
      sql`update payment_return set fee_minor = 0 where tenant_id = ${t}`,
      sql`update journal_line set account = 'bank-charges' where tenant_id = ${t} and account = 'bank' and entry_id in
        (select id from journal_entry where tenant_id = ${t} and kind = 'return')`,
    ],
  ],
  answered_notice_has_its_return: [
    (t) => [
      sql`insert into return_notice (tenant_id, id, company_id, origin, kind, identity, currency, amount_minor, fee_minor,
          returned_on, original_references, said, recorded_by, recorded_at)
        select ${t}, ${RANDOM}, company_id, 'ach', 'return', sha256('one'), currency, amount_minor, 0, received_on, '[]', '',
          'test', recorded_at from payment where ${oneOf('payment', t, sql`returned_on is null`)}`,
      sql`insert into return_outcome (tenant_id, notice_id, kind, payment_id, rule, evidence, decided_by, recorded_at)
        select ${t}, (select id from return_notice where tenant_id = ${t}), 'booked', id, 'person', '{}', 'test', recorded_at
        from payment
        where ${oneOf('payment', t, sql`returned_on is null`)}`,
    ],
  ],
  return_has_its_items: [
    (t) => [sql`update payment_return set returned_on = returned_on + 1 where tenant_id = ${t}`],
    (t) => [sql`update payment set returned_on = null where tenant_id = ${t} and returned_on is not null`],
    (t) => [sql`delete from open_item where tenant_id = ${t} and kind = 'return'`],
  ],
  refund_fits_its_payment: [
    (t) => [sql`update refund set amount_minor = amount_minor + 1 where tenant_id = ${t}`],
    (t) => [sql`update payment set direction = 'received' where tenant_id = ${t} and direction = 'refunded'`],
    (t) => [sql`update refund_file set currency = 'USD' where tenant_id = ${t}`],
  ],
  refund_file_adds_up: [
    (t) => [sql`update refund_file set total_minor = total_minor + 1 where tenant_id = ${t}`],
    (t) => [sql`update refund_end set file_id = null where tenant_id = ${t}`],
  ],
  difference_fits_its_application: [
    (t) => [
      sql`update dropped_difference set difference_minor = difference_minor - 1 where tenant_id = ${t}`,
    ],
    (t) => [sql`update application set difference_minor = 0 where tenant_id = ${t} and difference_minor > 0`],
    (t) => [sql`update dropped_difference set kind = 'bank_charge' where tenant_id = ${t}`],
  ],
  consented_is_allowed: [
    (t) => [sql`update credit_consent set is_given = false where tenant_id = ${t}`],
    (t) => [sql`update credit_consent set customer_id = gen_random_uuid() where tenant_id = ${t}`],
  ],
  difference_is_posted: [
    (t) => [
      sql`update application set difference_kind = 'bank_charge' where tenant_id = ${t} and difference_minor > 0`,
    ],
    (t) => [
      sql`update journal_line set account = 'bank-charges' where tenant_id = ${t} and account = 'small-differences'`,
    ],
    (t) => [
      sql`update application set difference_kind = 'agency_fee' where tenant_id = ${t} and difference_minor > 0`,
    ],
    (t) => [
      sql`update application set difference_tax_minor = difference_minor where tenant_id = ${t} and difference_minor > 0`,
    ],
  ],
  write_off_has_its_items: [
    (t) => [sql`update write_off set amount_minor = amount_minor + 1 where tenant_id = ${t}`],
    (t) => [
      sql`insert into write_off_undo select tenant_id, id, '2026-03-01', 'test', recorded_at from write_off where tenant_id = ${t}`,
    ],
  ],
  charge_has_its_item: [
    (t) => [sql`update charge set total_minor = total_minor + 1 where tenant_id = ${t}`],
    (t) => [sql`update open_item set due_on = due_on + 1 where tenant_id = ${t} and kind = 'charge'`],
    (t) => [
      sql`update journal_line set account = 'late-fees' where tenant_id = ${t} and account = 'interest-income'`,
    ],
    (t) => [sql`delete from charge_undo where tenant_id = ${t}`],
  ],
  charge_adds_up: [
    (t) => [
      sql`update charge_part set amount_minor = amount_minor + 1 where tenant_id = ${t} and kind = 'interest'`,
    ],
    (t) => [sql`delete from charge_part where tenant_id = ${t} and kind = 'fixed_sum'`],
    (t) => [
      sql`insert into charge_part select tenant_id, charge_id, part_no + 50, kind, item_id, document_id, fee_id, reference, to_on, to_on, 1, policy_id
        from charge_part where tenant_id = ${t} and kind = 'interest'`,
    ],
  ],
  discount_right_fits_item: [
    (t) => [
      sql`update item_discount set pay_minor = pay_minor + 1 where ${oneOf('item_discount', t, sql`true`)}`,
    ],
    (t) => [sql`update item_discount set item_id = ${RANDOM} where ${oneOf('item_discount', t, sql`true`)}`],
  ],
  discount_taxes_add_up: [
    (t) => [
      sql`update application set discount_taxes = null where ${oneOf('application', t, sql`discount_tax_minor > 0`)}`,
    ],
  ],
  discount_is_posted: [
    (t) => [
      sql`update application set discount_tax_minor = 0, discount_taxes = null
        where ${oneOf('application', t, sql`discount_tax_minor > 0`)}`,
    ],
    (t) => [
      sql`update journal_line set account = 'small-differences' where ${oneOf('journal_line', t, sql`account = 'discounts'`)}`,
    ],
  ],
  discount_reversal_fits: [
    (t) => [sql`update discount_reversal set tax_minor = tax_minor + 1 where tenant_id = ${t}`],
    (t) => [sql`update discount_reversal set discount_minor = discount_minor - 1 where tenant_id = ${t}`],
    (t) => [sql`update discount_reversal set credit_note_id = ${RANDOM} where tenant_id = ${t}`],
  ],
  discount_reversed_was_granted: [
    (t) => [
      sql`update application set discount_minor = 0, discount_tax_minor = 0, discount_taxes = null where tenant_id = ${t}`,
    ],
  ],
  late_discount_fits: [
    (t) => [
      sql`update late_discount set payment_id = ${RANDOM} where ${oneOf('late_discount', t, sql`true`)}`,
    ],
  ],
  item_has_its_document: [
    (t) => [
      sql`update open_item set document_id = ${RANDOM} where ${oneOf('open_item', t, sql`kind = 'return'`)}`,
    ],
    (t) => [
      sql`update open_item set kind = 'credit_note' where ${oneOf('open_item', t, sql`kind = 'invoice'`)}`,
    ],
  ],
  entry_has_its_document: [
    (t) => [
      sql`update journal_entry set document_id = ${RANDOM} where ${oneOf('journal_entry', t, sql`kind = 'application'`)}`,
    ],
  ],
  controls_equal_items: [
    (t) => [
      sql`update journal_line set customer_id = ${RANDOM} where ${oneOf('journal_line', t, sql`customer_id is not null`)}`,
    ],
    (t) => [
      sql`update journal_line set posted_on = posted_on + 40 where ${oneOf('journal_line', t, sql`account = 'unapplied-cash'`)}`,
    ],
  ],
  aging_equals_controls: [
    (t) => [
      sql`update ledger_day set amount_minor = amount_minor + 1 where ${oneOf('ledger_day', t, sql`true`)}`,
    ],
    (t) => [sql`update application set discount_minor = discount_minor + 1 where tenant_id = ${t}`],
  ],
};

test('books kept by the program hold, whatever happened in them', async () => {
  for (const seed of [11, 12]) {
    const tenant = await newTenant();
    const { to } = await aBusyLedger(tenant, seed);
    const proof = await verifyBooks(tenant.pool, tenant.tenantId, { now: tenant.clock(), today: to });
    assert.deepEqual(
      proof.checks.filter((check) => !check.holds),
      [],
    );
    assert.ok(proof.holds);
    assert.equal(proof.totals.at(-1)?.asOf.toString(), to.toString());
    assert.ok(proof.totals.length > 8, 'month ends of the ledger were proven');
    assert.ok((proof.counts.application ?? 0) > 5);
  }
});

for (const [rule, spoilings] of Object.entries(SPOILINGS)) {
  for (const [index, spoil] of spoilings.entries()) {
    test(`spoilt books are noticed by ${rule} (${index + 1})`, async () => {
      const tenant = await someBooks();
      const sound = await verify(tenant);
      assert.deepEqual(
        sound.checks.filter((check) => !check.holds),
        [],
      );
      const touched = await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
        const rows: number[] = [];
        for (const query of spoil(tenant.tenantId))
          rows.push((await tx.run(sql`with done as (${query} returning 1) select 1 from done`)).length);
        return rows;
      });
      assert.ok(
        touched.every((rows) => rows > 0),
        'the books were spoilt',
      );
      const spoilt = await verify(tenant);
      const check = spoilt.checks.find((c) => c.rule === rule);
      assert.equal(
        check?.holds,
        false,
        `${rule} sees it; ${spoilt.checks.filter((c) => !c.holds).map((c) => c.rule)} do`,
      );
      assert.ok(check && check.offenders > 0 && check.examples.length > 0);
      assert.equal(spoilt.holds, false);
    });
  }
}

test('every rule has a way of spoiling the books that it notices', async () => {
  const rules = [
    ...LEDGER_RULES,
    ...DISCOUNT_RULES,
    ...DOCUMENT_RULES,
    ...DIFFERENCE_RULES,
    ...WRITE_OFF_RULES,
  ].map((rule) => rule.rule);
  const tried = Object.keys(SPOILINGS);
  assert.deepEqual(tried.sort(), [...rules, 'controls_equal_items', 'aging_equals_controls'].sort());
});

test('the fingerprint is of the facts, not of where they lie', async () => {
  const tenant = await someBooks();
  const { sha256 } = await verify(tenant);
  const change = (query: RawBuilder<unknown>) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.write(query));
  await change(sql`update open_item set reference = reference where tenant_id = ${tenant.tenantId}`);
  await change(sql`update journal_line set account = account where tenant_id = ${tenant.tenantId}`);
  assert.equal((await verify(tenant)).sha256, sha256);
  await change(
    sql`update journal_entry set recorded_at = recorded_at + interval '1 microsecond' where ${oneOf('journal_entry', tenant.tenantId, sql`true`)}`,
  );
  assert.notEqual((await verify(tenant)).sha256, sha256);
});

test('the proof is asked over the API, of chosen days too', async () => {
  const tenant = await someBooks();
  const ask = await serveTo(tenant, routes);
  const { status, reply } = await ask('viewer', contract.verifyBooks, {
    query: { dates: '2026-02-11,2026-01-25' },
  });
  assert.equal(status, 200);
  assert.equal(reply.holds, true);
  assert.deepEqual(
    [...new Set(reply.totals.map((total) => total.asOf))],
    ['2026-01-25', '2026-02-11', reply.today],
  );
  assert.match(reply.sha256, /^[0-9a-f]{64}$/);
  // 189 invoiced less 70 applied, and then all of that given back.
  assert.equal(reply.totals[0]?.openItems.amount, '69.00');
  assert.equal(reply.totals[1]?.openItems.amount, '69.00');
  const wrong = await ask('viewer', contract.verifyBooks, { query: { dates: '2026-02-31' } });
  assert.equal(wrong.code, 'date_not_valid');
  const many = Array.from({ length: 61 }, (_, n) => parseDate('2026-01-01').add({ days: n }).toString()).join(
    ',',
  );
  assert.equal(
    (await ask('viewer', contract.verifyBooks, { query: { dates: many } })).code,
    'too_many_dates',
  );
});

test('nothing is proven of empty books, and that holds', async () => {
  const tenant = await newTenant();
  const proof = await verify(tenant);
  assert.equal(proof.holds, true);
  assert.deepEqual(proof.totals, []);
});
