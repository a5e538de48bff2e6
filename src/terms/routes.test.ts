import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { toDecimal } from '#kernel/money.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine, itemsOf } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { someTerms } from '../../test/support/terms.ts';
import * as contract from './contract.ts';
import { readIssuedTerms } from './read-terms.ts';
import { routes } from './routes.ts';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const ask = await serveTo(tenant, routes);
  return { tenant, ask, companyId: await aCompany(tenant) };
}

const issue = (tenant: TestTenant, more: Partial<Parameters<typeof issueInvoice.run>[1]>) =>
  tenant.act('owner', issueInvoice, {
    currency: 'EUR',
    issuedOn: parseDate('2026-03-02'),
    lines: [aLine(1000_00n)],
    ...more,
  } as Parameters<typeof issueInvoice.run>[1]);

const datesOf = async (tenant: TestTenant, invoiceId: string) =>
  (await itemsOf(tenant, invoiceId)).map((item) => [item.dueOn.toString(), toDecimal(item.amount)]);

test('terms are added in short notation, listed by code, and changed in versions', async () => {
  const { tenant, ask, companyId } = await setting();
  const added = await ask('owner', contract.addPaymentTerms, {
    body: { code: 'N30', name: 'Thirty', notation: '2/10 net 30' },
  });
  const { paymentTermsId } = added.reply;
  const customerId = await aCustomer(tenant, { paymentTermsId });
  const before = await issue(tenant, { companyId, customerId });

  const taken = await ask('owner', contract.addPaymentTerms, {
    body: { code: 'N30', name: 'x', notation: 'net 1' },
  });
  assert.deepEqual([taken.status, taken.code], [409, 'payment_terms_code_taken']);
  const none = await ask('owner', contract.addPaymentTerms, { body: { code: 'X', name: 'x' } });
  assert.deepEqual([none.status, none.code], [400, 'rules_missing']);

  const same = await ask('owner', contract.changePaymentTerms, {
    params: { paymentTermsId },
    body: { notation: '2/10 net 30' },
  });
  assert.deepEqual(same.reply.changed, []);
  const changed = await ask('owner', contract.changePaymentTerms, {
    params: { paymentTermsId },
    body: { name: 'Halves', notation: '50/50 30/60' },
  });
  assert.deepEqual(changed.reply.changed, ['name', 'rules']);
  const after = await issue(tenant, { companyId, customerId });

  const listed = await ask('viewer', contract.listPaymentTerms, { query: { limit: 1 } });
  assert.deepEqual(
    [listed.reply.rows.map((r) => [r.code, r.version, r.words]), listed.reply.next],
    [[['N30', 2, '50 % net 30; 50 % net 60']], null],
  );
  assert.deepEqual(await datesOf(tenant, before.invoiceId), [['2026-04-01', '1000.00']]);
  assert.deepEqual(await datesOf(tenant, after.invoiceId), [
    ['2026-04-01', '500.00'],
    ['2026-05-01', '500.00'],
  ]);
  const issuedUnder = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readIssuedTerms(tx, [before.invoiceId, after.invoiceId]),
  );
  assert.deepEqual(
    [before, after].map(({ invoiceId }) => issuedUnder.get(invoiceId)?.version),
    [1, 2],
  );
  const unknown = await ask('owner', contract.changePaymentTerms, {
    params: { paymentTermsId: newId() },
    body: {},
  });
  assert.deepEqual([unknown.status, unknown.code], [404, 'payment_terms_not_found']);
});

test('rules that cannot be are refused and leave no trace', async () => {
  const { tenant, ask } = await setting();
  const due = { kind: 'days', days: 30 };
  const whole = { share: { weight: '1' }, due };
  const wrong: readonly (readonly [object, string])[] = [
    [{ instalments: [{ share: { amount: '5' }, due }] }, 'share_without_rest'],
    [{ instalments: [whole], discounts: [{ percent: '21', until: due }] }, 'discount_percent_not_valid'],
    [{ instalments: [whole], calendar: 'DE-XX' }, 'calendar_not_valid'],
    [{ instalments: [whole], calendar: 'QQ' }, 'calendar_not_valid'],
    [{ instalments: [{ ...whole, due: { kind: 'fixed_day', days: [1, 1] } }] }, 'fixed_days_not_valid'],
  ];
  for (const [rules, code] of wrong) {
    const answer = await ask('owner', contract.addPaymentTerms, {
      body: { code: 'W', name: 'w', rules } as never,
    });
    assert.deepEqual([answer.status, answer.code], [400, code]);
  }
  assert.deepEqual((await ask('viewer', contract.listPaymentTerms, {})).reply.rows, []);
  assert.deepEqual(
    (await tenant.events()).filter((e) => e.type.startsWith('payment_terms')),
    [],
  );
});

test('a version of terms is a fact', async () => {
  const { tenant } = await setting();
  await someTerms(tenant, 'net 30');
  for (const statement of [
    `update payment_terms_version set version = 9`,
    `delete from payment_terms_version`,
  ])
    await assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.write(sql.raw(statement))),
      /recorded facts/,
    );
});

test('a preview shows due dates, discount dates and what a discount costs in a year', async () => {
  const { ask } = await setting();
  const seen = await ask('viewer', contract.previewPaymentTerms, {
    body: { notation: '2/10, 1/20, net 30', amount: { amount: '1000.00', currency: 'EUR' }, language: 'de' },
  });
  assert.equal(
    seen.reply.words,
    '2 % Skonto innerhalb von 10 Tagen, 1 % Skonto innerhalb von 20 Tagen, 30 Tage netto',
  );
  assert.deepEqual(
    seen.reply.instalments.map((i) => [
      i.dueOn,
      i.amount.amount,
      i.discounts.map((d) => [d.untilOn, d.pay.amount]),
    ]),
    [
      [
        '2026-04-01',
        '1000.00',
        [
          ['2026-03-12', '980.00'],
          ['2026-03-22', '990.00'],
        ],
      ],
    ],
  );
  assert.deepEqual(
    seen.reply.costs.map((c) => [c.percent, c.daysEarlier, c.on365, c.on360]),
    [
      ['2', 20, '37.2', '36.7'],
      ['1', 10, '36.9', '36.4'],
    ],
  );
  const odd = await ask('viewer', contract.previewPaymentTerms, {
    body: { notation: 'whenever', amount: { amount: '1.00', currency: 'EUR' } },
  });
  assert.deepEqual([odd.status, odd.code], [400, 'terms_not_understood']);
  const nothing = await ask('viewer', contract.previewPaymentTerms, {
    body: { notation: 'net 30', amount: { amount: '0.00', currency: 'EUR' } },
  });
  assert.deepEqual([nothing.status, nothing.code], [400, 'amount_not_positive']);
});

test('a company gives terms to customers who have none of their own', async () => {
  const { tenant, ask, companyId } = await setting();
  const params = { companyId };
  const initial = await ask('viewer', contract.readTermsSetting, { params });
  assert.deepEqual(initial.reply, {
    paymentTermsId: null,
    policy: { base: 'gross', correctsTax: true, proRata: false, unearned: 'mark' },
    countries: [],
  });
  const customerId = await aCustomer(tenant);
  await assert.rejects(issue(tenant, { companyId, customerId }), { code: 'no_due_date' });

  const paymentTermsId = await someTerms(tenant, 'EOM+10');
  const policy = { base: 'net', correctsTax: false, proRata: true, unearned: 'refuse' } as const;
  const body = {
    paymentTermsId,
    policy,
    countries: [{ country: 'GB', base: 'gross', correctsTax: true } as const],
  };
  const refused = await ask('collector', contract.changeTermsSetting, { params, body });
  assert.deepEqual([refused.status, refused.code], [403, 'not_permitted']);
  assert.equal((await ask('owner', contract.changeTermsSetting, { params, body })).status, 200);
  assert.deepEqual((await ask('viewer', contract.readTermsSetting, { params })).reply, body);
  const issued = await issue(tenant, { companyId, customerId });
  assert.deepEqual(await datesOf(tenant, issued.invoiceId), [['2026-04-10', '1000.00']]);

  await ask('owner', contract.changeTermsSetting, { params, body: { ...body, countries: [] } });
  assert.deepEqual((await ask('viewer', contract.readTermsSetting, { params })).reply.countries, []);
  const unknown = await ask('owner', contract.changeTermsSetting, {
    params,
    body: { ...body, paymentTermsId: newId() },
  });
  assert.deepEqual([unknown.status, unknown.code], [404, 'payment_terms_not_found']);
});

test('due dates go by the calendar of the company or the customer, and by the tenant’s own days', async () => {
  const { tenant, ask } = await setting();
  const companyId = await aCompany(tenant, { country: 'DE' });
  const dueOf = async (calendar: string, country = 'US') => {
    const paymentTermsId = await someTerms(tenant, 'net 62', { shift: 'following', calendar });
    const customerId = await aCustomer(tenant, { paymentTermsId, country });
    const issued = await issue(tenant, { companyId, customerId, issuedOn: parseDate('2026-02-28') });
    return (await datesOf(tenant, issued.invoiceId))[0]?.[0];
  };
  // 1 May 2026 is a Friday: Labour Day in Germany and for T2, a day of business in the United States.
  assert.equal(await dueOf('company'), '2026-05-04');
  assert.equal(await dueOf('t2'), '2026-05-04');
  assert.equal(await dueOf('customer'), '2026-05-01');
  assert.equal(await dueOf('none'), '2026-05-01');

  const close = (on: string, isOpen: boolean) =>
    ask('owner', contract.setOwnDay, { body: { on, isOpen, name: 'Works holiday' } });
  assert.equal((await close('2026-05-04', false)).status, 200);
  await close('2026-05-01', false);
  assert.equal(await dueOf('none'), '2026-05-05');
  await close('2026-05-02', true);
  assert.equal(await dueOf('none'), '2026-05-02');
  assert.deepEqual(
    (await ask('viewer', contract.listOwnDays, {})).reply.rows.map((d) => [d.on, d.isOpen]),
    [
      ['2026-05-01', false],
      ['2026-05-02', true],
      ['2026-05-04', false],
    ],
  );
  await ask('owner', contract.removeOwnDay, { query: { on: '2026-05-02' } });
  const again = await ask('owner', contract.removeOwnDay, { query: { on: '2026-05-02' } });
  assert.deepEqual([again.status, again.code], [404, 'own_day_not_found']);
});
