import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { recordRemedy } from '#disputes/change-dispute.ts';
import { closeDispute, releaseDispute } from '#disputes/close-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { takeCompany } from '#parties/take-party.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { FIRST_CADENCE } from '#policies/cadence.ts';
import { choosePolicy, onePolicy, type Policy } from '#policies/policy.ts';
import { readAccounts } from '#policies/read-accounts.ts';
import { unapplyCredit } from '#remedies/unapply-credit.ts';
import { aCompany, aCustomer, aLine, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { changeRiskClass } from './change-risk-class.ts';
import { readRiskClass } from './read-risk-classes.ts';

test('the last word on a customer counts until it is taken back, and every word is kept', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()];
  const customerId = await aCustomer(tenant);
  const say = (riskClass: 'low' | 'high' | null, note: string) =>
    tenant.act('controller', changeRiskClass, { customerId, riskClass, note });
  const read = (tx: Parameters<typeof readRiskClass>[0]) =>
    readRiskClass(tx, customerId, new Set(['customer.edit']));
  await say('high', 'The insurer left');
  await say('low', 'A bank vouches');
  assert.equal((await inTenant(tenant.pool, tenant.tenantId, read)).stated, 'low');
  await say(null, 'The guarantee ended');
  const { stated, history } = await inTenant(tenant.pool, tenant.tenantId, read);
  assert.equal(stated, null);
  assert.deepEqual(
    history.map(({ riskClass, note }) => [riskClass, note]),
    [
      [null, 'The guarantee ended'],
      ['low', 'A bank vouches'],
      ['high', 'The insurer left'],
    ],
  );
  const stranger = { customerId, riskClass: 'high', note: 'from elsewhere' } as const;
  await assert.rejects(other.act('controller', changeRiskClass, stranger), { code: 'customer_not_found' });
  await assert.rejects(tenant.act('viewer', changeRiskClass, stranger), { code: 'not_permitted' });
});

const POLICIES: readonly Policy[] = [
  {
    ...onePolicy('Risky', FIRST_CADENCE.steps),
    code: 'risky',
    segment: { attribute: 'risk_class', is: 'one_of', value: ['high'] },
  },
  onePolicy('Rest', FIRST_CADENCE.steps),
];

/** How late each customer paid, and which policy it has on a day. */
function seenOn(tenant: TestTenant, companyId: CompanyId, customerIds: readonly CustomerId[], on: string) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const company = await takeCompany(tx, companyId);
    const whose = { customerIds, on: parseDate(on) };
    const { accounts, rates } = await readAccounts(tx, company, POLICIES, whose);
    return customerIds.map((id) => {
      const account = accounts.get(id);
      assert.ok(account);
      return [account.paidDaysLate, choosePolicy(POLICIES, account, rates).code];
    });
  });
}

test('a policy is for a class that was stated', async () => {
  const tenant = await newTenant({ on: '2026-02-02' });
  const companyId = await aCompany(tenant);
  const [rated, unrated] = [await aCustomer(tenant), await aCustomer(tenant)];
  for (const customerId of [rated, unrated])
    await anInvoice(tenant, { companyId, customerId, dueOn: '2026-03-01' });
  const stated = { customerId: rated, riskClass: 'high', note: 'An agency warns' } as const;
  await tenant.act('controller', changeRiskClass, stated);
  assert.deepEqual(await seenOn(tenant, companyId, [rated, unrated], '2026-02-02'), [
    [[], 'risky'],
    [[], 'everybody'],
  ]);
});

test('who paid in time is no high risk because the money waited to be applied; money from before an invoice paid it on its day', async () => {
  const tenant = await newTenant({ on: '2026-03-20' });
  const companyId = await aCompany(tenant);
  const paid = async (issuedOn: string, dueOn: string, receivedOn: string) => {
    const { customerId, itemId } = await anInvoice(tenant, { companyId, issuedOn, dueOn, minor: 100_00n });
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn });
    const allocations = [{ itemId, amount: money(100_00n, 'EUR') }];
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
    return customerId;
  };
  const prompt = await paid('2026-01-02', '2026-01-31', '2026-01-30');
  const ahead = await paid('2026-03-01', '2026-03-31', '2026-01-30');
  const late = await paid('2026-01-02', '2026-01-31', '2026-03-04');
  assert.deepEqual(await seenOn(tenant, companyId, [prompt, ahead, late], '2026-03-20'), [
    [[-1], 'everybody'],
    [[-30], 'everybody'],
    [[32], 'risky'],
  ]);
});

test('days on which all that is open is in dispute are no days late, unless the customer was wrong; days before and after it are, and once it is given up or credited', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  type Span = {
    readonly from: string;
    readonly to?: string;
    readonly outcome?: 'valid' | 'withdrawn' | 'invalid' | 'given_up' | 'credited' | 'taken_off';
  };
  /**
   * An invoice due on 31 January, with disputes over a fifth of it, which is paid on 31 March, 59 days late; so much of it is paid
   * on another day before.
   */
  const partlyPaid = async (
    first: { readonly minor: bigint; readonly on: string },
    ...spans: readonly Span[]
  ) => {
    const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
    const { customerId, itemId, invoiceId } = await anInvoice(tenant, {
      companyId,
      ...days,
      minor: 100_00n,
    });
    let owed = 100_00n;
    for (const { from, to, outcome = 'withdrawn' } of spans) {
      tenant.on(from);
      const items = [{ itemId, amount: money(20_00n, 'EUR') }];
      const { disputeId } = await tenant.act('collector', openDispute, { items, reason: 'quality' });
      if (to === undefined) continue;
      tenant.on(to);
      if (outcome === 'given_up') {
        // In two parts; nobody closes the dispute.
        const part = [{ itemId, amount: money(10_00n, 'EUR') }];
        for (let times = 0; times < 2; times += 1)
          await tenant.act('controller', releaseDispute, { disputeId, items: part, note: 'Proved' });
        continue;
      }
      if (outcome === 'valid' || outcome === 'credited' || outcome === 'taken_off') {
        const credit = { invoiceId, reason: 'quality', lines: [aLine(20_00n)] };
        const { creditNoteId } = await tenant.act('controller', creditInvoice, credit);
        await tenant.act('controller', recordRemedy, { disputeId, documentId: creditNoteId });
        owed -= 20_00n;
        if (outcome === 'taken_off') {
          const given = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
            readStandingApplications(tx, { itemIds: [itemId] }),
          );
          const applicationId = present(given[0], 'the credit note was applied').id;
          await tenant.act('controller', unapplyCredit, {
            creditNoteId: creditNoteId as InvoiceId,
            applicationId,
          });
          owed += 20_00n;
          continue;
        }
      }
      if (outcome === 'credited') continue;
      await tenant.act('controller', closeDispute, { disputeId, outcome });
    }
    tenant.on('2026-03-31');
    const pay = async (minor: bigint, receivedOn: string) => {
      const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn });
      const allocations = [{ itemId, amount: money(minor, 'EUR') }];
      await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
    };
    await pay(first.minor, first.on);
    if (owed > first.minor) await pay(owed - first.minor, '2026-03-31');
    return customerId;
  };
  const disputed = (...spans: readonly Span[]) => partlyPaid({ minor: 80_00n, on: '2026-01-30' }, ...spans);
  const customers = [
    // Somebody who disputes a part is late with the rest: wholly, until it was paid, or with what is left after a credit note.
    await partlyPaid(
      { minor: 80_00n, on: '2026-01-30' },
      { from: '2026-01-20', to: '2026-03-26', outcome: 'valid' },
    ),
    await partlyPaid(
      { minor: 70_00n, on: '2026-01-30' },
      { from: '2026-01-20', to: '2026-02-20', outcome: 'credited' },
    ),
    await partlyPaid({ minor: 80_00n, on: '2026-02-20' }, { from: '2026-02-05', to: '2026-03-26' }),
    await partlyPaid({ minor: 10_00n, on: '2026-03-31' }, { from: '2026-01-20', to: '2026-03-26' }),
    await disputed({ from: '2026-01-20', to: '2026-03-26' }),
    await disputed({ from: '2026-01-20', to: '2026-03-26', outcome: 'invalid' }),
    await disputed({ from: '2026-03-11', to: '2026-03-21' }),
    await disputed({ from: '2026-02-10', to: '2026-02-20' }, { from: '2026-02-20', to: '2026-03-02' }),
    await disputed({ from: '2026-03-01' }),
    await disputed({ from: '2026-01-05', to: '2026-01-20' }),
    await disputed({ from: '2026-01-20', to: '2026-02-20', outcome: 'given_up' }),
    await disputed({ from: '2026-01-20', to: '2026-02-20', outcome: 'taken_off' }),
  ];
  assert.deepEqual(await seenOn(tenant, companyId, customers, '2026-03-31'), [
    [[-1], 'everybody'],
    [[59], 'risky'],
    [[25], 'everybody'],
    [[59], 'risky'],
    [[5], 'everybody'],
    [[59], 'risky'],
    [[49], 'risky'],
    [[39], 'risky'],
    [[29], 'everybody'],
    [[59], 'risky'],
    [[39], 'risky'],
    [[0], 'everybody'],
  ]);
});
