import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { takeParties } from '#invoicing/make-content.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { readPrintedStatement } from '#statements/print-statement.ts';
import { readToPreview } from '#statements/write-statement.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { raceHeld } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addReceivingAccounts, giveReceivingAccount, retireReceivingAccount } from './add-accounts.ts';
import { readReceivingPage } from './read-receiving.ts';
import { numbersSaid, payerBy } from './receiving-account.ts';

type Firm = { readonly tenant: TestTenant; readonly companyId: CompanyId };

const IBANS = ['DE02120300000000202051', 'DE02500105170137075030', 'DE02100500000054540402'];

async function aFirm(numbers: readonly string[] = IBANS): Promise<Firm> {
  const tenant = await newTenant({ on: '2026-01-06' });
  const companyId = await aCompany(tenant);
  await tenant.act('owner', addBankAccount, { companyId, name: 'Main', account: TEST_IBAN, currency: 'EUR' });
  await add(
    { tenant, companyId },
    numbers.map((account) => ({ account })),
  );
  return { tenant, companyId };
}

function add(
  { tenant, companyId }: Firm,
  rows: readonly { readonly account: string; readonly customer?: string }[],
) {
  const bank = { bankName: null, bic: null, routingNumber: null };
  return tenant.act('owner', addReceivingAccounts, {
    companyId,
    currency: 'EUR',
    rows: rows.map((row) => ({ ...row, ...bank })),
  });
}

const give = ({ tenant, companyId }: Firm, customerId: CustomerId) =>
  tenant.act('controller', giveReceivingAccount, { companyId, customerId, currency: 'EUR' });

function shownTo({ tenant, companyId }: Firm, customerId: CustomerId): Promise<string | null> {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const { company } = await takeParties(tx, { companyId, customerId, currency: 'EUR' });
    return company.iban ?? company.accountNumber;
  });
}

async function pay({ tenant }: Firm, text: string, amount = '40.00') {
  const entries = [{ amount, text, payer: 'Payer of Whom Nobody Heard', bankReference: text.slice(0, 30) }];
  const file = {
    name: 'statement.xml',
    bytes: aCamt053([{ id: text.slice(0, 30), day: '2026-01-05', entries }]),
  };
  await importBankFile({ door: tenant.door, context: tenant.as('cash_applier') }, file, { apply: true });
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        customer: string | null;
        left: number;
      }>`select p.customer_id as customer, coalesce((select -sum(i.open_minor)
        from open_item i where i.document_id = p.id and i.open_minor < 0), 0)::int as left
        from payment p where p.returned_on is null order by p.recorded_at desc, p.number desc limit 1`,
    ),
  );
}

test('a customer’s documents show its own number, and what is paid to it is its money and pays its invoice', async () => {
  const firm = await aFirm();
  const { customerId } = await anInvoice(firm.tenant, { companyId: firm.companyId, minor: 40_00n });
  const { account } = await give(firm, customerId);
  assert.equal(account, IBANS.toSorted()[0]);
  assert.equal(await shownTo(firm, customerId), account);
  // Nothing else says who paid, or what for: the number does, and one invoice is of this amount.
  const [paid] = await pay(firm, `MONEY FOR ${account}`);
  assert.deepEqual(paid, { customer: customerId, left: 0 });
  await checkBooks(firm.tenant);
});

test('a statement asks for a customer’s own number, on paper and in its mail, and for the company’s from others', async () => {
  const firm = await aFirm();
  const { tenant, companyId } = firm;
  const one = await anInvoice(tenant, { companyId });
  const other = await anInvoice(tenant, { companyId });
  const { account } = await give(firm, one.customerId);
  const asked = (customerId: CustomerId) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const { content } = await readToPreview(tx, { customerId, companyId, now: tenant.clock() });
      const { statement, company: letterhead } = content;
      const paper = await readPrintedStatement(tx, statement, { letterhead });
      return [letterhead.iban, paper.seller.bank?.iban, ...paper.parts.map((part) => part.seller.bank?.iban)];
    });
  assert.deepEqual(await asked(one.customerId), [account, account, account]);
  const usual = await shownTo(firm, other.customerId);
  assert.deepEqual(await asked(other.customerId), [usual, usual ?? undefined, usual ?? undefined]);
});

test('a number in the words of a bank counts as a whole, and one of two customers names nobody', async () => {
  const firm = await aFirm();
  const one = await aCustomer(firm.tenant);
  const other = await aCustomer(firm.tenant);
  const first = await give(firm, one);
  const second = await give(firm, other);
  assert.equal((await pay(firm, `${first.account} ${second.account}`))[0]?.customer, null);
  assert.equal((await pay(firm, `${first.account}99 nothing`, '41.00'))[0]?.customer, null);
  assert.equal((await pay(firm, `to ${second.account}, thanks`, '42.00'))[0]?.customer, other);
});

test('a number that was retired is shown no more, still names its customer, and is given to nobody else', async () => {
  const firm = await aFirm();
  const customerId = await aCustomer(firm.tenant, { number: 'K1' });
  const usual = await shownTo(firm, customerId);
  const { accountId, account } = await give(firm, customerId);
  await firm.tenant.act('controller', retireReceivingAccount, { accountId });
  assert.equal(await shownTo(firm, customerId), usual);
  assert.equal((await pay(firm, `old ${account}`))[0]?.customer, customerId);
  const next = await give(firm, customerId);
  assert.notEqual(next.account, account);
  await aCustomer(firm.tenant, { number: 'K2' });
  await refusesWithoutTrace(firm.tenant, 'receiving_account_given', () =>
    add(firm, [{ account, customer: 'K2' }]),
  );
  await refusesWithoutTrace(firm.tenant, 'receiving_account_retired', () =>
    firm.tenant.act('controller', retireReceivingAccount, { accountId }),
  );
});

test('a list gives numbers to customers as it says, and the same list again changes nothing', async () => {
  const firm = await aFirm([]);
  const customerId = await aCustomer(firm.tenant, { number: 'K7' });
  const rows = [{ account: 'DE02 1203 0000 0000 2020 51', customer: 'K7' }, { account: 'VA00017' }];
  assert.deepEqual(await add(firm, rows), { added: 2, given: 1, known: 0 });
  assert.deepEqual(await add(firm, rows), { added: 0, given: 0, known: 2 });
  assert.equal(await shownTo(firm, customerId), 'DE02120300000000202051');
  const page = await inTenant(firm.tenant.pool, firm.tenant.tenantId, (tx) =>
    readReceivingPage(tx, { limit: 10 }),
  );
  assert.deepEqual(
    page.rows.map(({ account, state }) => [account, state]),
    [
      ['DE02120300000000202051', 'shown'],
      ['VA00017', 'free'],
    ],
  );
  assert.deepEqual(page.free, [{ companyId: firm.companyId, currency: 'EUR', free: 1 }]);
  const wrong: readonly [string, readonly { readonly account: string; readonly customer?: string }[]][] = [
    ['receiving_account_not_valid', [{ account: 'DE03120300000000202051' }]],
    ['receiving_account_not_valid', [{ account: 'short' }]],
    ['customer_not_found', [{ account: 'VA00018', customer: 'nobody' }]],
    ['receiving_account_twice', [{ account: 'VA00018', customer: 'K7' }]],
  ];
  for (const [code, list] of wrong) await refusesWithoutTrace(firm.tenant, code, () => add(firm, list));
});

test('customers who are given numbers at once get different ones, and one customer gets one', async () => {
  const firm = await aFirm(Array.from({ length: 8 }, (_, index) => `VA0000${index}`));
  const customers: CustomerId[] = [];
  for (let index = 0; index < 5; index += 1) customers.push(await aCustomer(firm.tenant));
  const [last, ...several] = customers as [CustomerId, ...CustomerId[]];
  const all = await raceHeld(
    firm.tenant,
    several.map((id) => () => give(firm, id)),
  );
  assert.deepEqual(all, { won: 4, codes: [] });
  const shown = await Promise.all(several.map((id) => shownTo(firm, id)));
  assert.equal(new Set(shown).size, 4);
  const outcome = await raceHeld(
    firm.tenant,
    Array.from({ length: 4 }, () => () => give(firm, last)),
  );
  assert.deepEqual(outcome, { won: 1, codes: Array.from({ length: 3 }, () => 'receiving_account_twice') });
});

test('the account of the creditor is looked at as well as the words', () => {
  const detail = { creditor: { iban: 'DE02 1203 0000 0000 2020 51' } } as unknown as Parameters<
    typeof numbersSaid
  >[0][number];
  assert.deepEqual(numbersSaid([detail], ['to VA00017.']), ['DE02120300000000202051', 'VA00017']);
  const a = 'a' as CustomerId;
  assert.deepEqual(payerBy(['VA00017'], new Map([['VA00017', a]])), { customerId: a, account: 'VA00017' });
  assert.equal(payerBy(['VA00018'], new Map([['VA00017', a]])), undefined);
});
