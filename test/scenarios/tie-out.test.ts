// Six weeks at the bank, a day at a time: statements come the morning after, one comes late, fees are explained by a rule, cheques
// are banked, money waits and is escalated; every day that ties is signed, and bank and books meet at every end of a day.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { escalateReceipts } from '#clocks/escalate-receipts.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, isBusinessDay, parseDate, WEEKDAYS } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { addRule, findRuled } from '#reconciliation/change-rules.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { readReconciliation } from '#reconciliation/read-bridge.ts';
import { readDay, takeAccount } from '#reconciliation/read-days.ts';
import { signDay } from '#reconciliation/sign-day.ts';
import { aCamt053, type CamtEntry, type CamtStatement, TEST_IBAN } from '../support/bank-files.ts';
import { checkBooks } from '../support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../support/builders.ts';
import { newTenant } from '../support/tenant.ts';

const DAYS = 42;
/** The statement of this day comes three days late. */
const LATE_DAY = '2026-01-21';
const LATE_BY = 3;

test('six weeks tie out to the cent, day by day', async () => {
  const start = parseDate('2026-01-05');
  const tenant = await newTenant({ on: start.toString() });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const { bankAccountId } = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  await tenant.act('cash_applier', addRule, { text: 'weekly fee', direction: 'out', kind: 'fee' });
  const load = (statements: readonly CamtStatement[]) =>
    importBankFile(
      { door: tenant.door, context: tenant.as('cash_applier') },
      { name: 'day.xml', bytes: aCamt053(statements) },
      { apply: true },
    );
  const read = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(tenant.pool, tenant.tenantId, work);
  const lineOf = async (text: string): Promise<string> => {
    const [line] = await read((tx) =>
      tx.run(sql<{ id: string }>`select id from statement_line where remittance = ${text}`),
    );
    return line?.id ?? '';
  };

  let balance = 10_000_00n;
  let red = 0;
  let signed = 0;
  let escalated = 0;
  const banked: { readonly paymentId: string; readonly text: string; readonly day: string }[] = [];
  const late: CamtStatement[] = [];
  for (let n = 0; n < DAYS; n += 1) {
    const day = addDays(start, n);
    const text = day.toString();
    tenant.on(text);
    if (!isBusinessDay(day, WEEKDAYS)) continue;

    const invoice = await anInvoice(tenant, {
      companyId,
      customerId,
      issuedOn: text,
      dueOn: addDays(day, 14).toString(),
    });
    const entries: CamtEntry[] = [{ amount: '100.00', text: invoice.number }];
    if (n % 5 === 2) entries.push({ amount: '17.77', text: `nobody knows ${text}` });
    if (day.dayOfWeek === 5) entries.push({ amount: '-4.90', text: 'WEEKLY FEE' });
    if (day.dayOfWeek === 1) {
      const { paymentId } = await aPayment(tenant, {
        companyId,
        customerId,
        minor: 55_50n,
        receivedOn: text,
        method: 'cheque',
      });
      banked.push({ paymentId, text: `cheques of ${text}`, day: addDays(day, 2).toString() });
    }
    for (const one of banked.filter((cheque) => cheque.day === text))
      entries.push({ amount: '55.50', text: one.text });
    const opening = balance;
    for (const entry of entries) balance += BigInt(entry.amount.replace('.', ''));
    const statement: CamtStatement = {
      id: newId(),
      day: text,
      opening: toDecimal(money(opening, 'EUR')),
      closing: toDecimal(money(balance, 'EUR')),
      entries: entries.map((entry) => ({ ...entry, bankReference: newId(), bookedOn: text, valueOn: text })),
    };
    // Statements come the morning after.
    tenant.on(addDays(day, 1).toString());
    if (text === LATE_DAY) late.push(statement);
    else await load([statement]);
    for (const cheque of banked.filter((one) => one.day === text && text !== LATE_DAY))
      await tenant.act('cash_applier', explainLine, {
        lineId: await lineOf(cheque.text),
        kind: 'deposit',
        paymentIds: [cheque.paymentId],
      });
    const today = addDays(day, 1);
    if (late.length > 0 && today.equals(addDays(parseDate(LATE_DAY), LATE_BY))) {
      await load(late);
      for (const cheque of banked.filter((one) => one.day === LATE_DAY))
        await tenant.act('cash_applier', explainLine, {
          lineId: await lineOf(cheque.text),
          kind: 'deposit',
          paymentIds: [cheque.paymentId],
        });
      late.length = 0;
    }
    for (const { lineId, rule } of await read((tx) => findRuled(tx, today)))
      await tenant.act('cash_applier', explainLine, { lineId, kind: rule.kind, ruleId: rule.id });

    const account = await read((tx) => takeAccount(tx, bankAccountId));
    const tied = await read((tx) => readDay(tx, account, day));
    const { bridge } = await read((tx) => readReconciliation(tx, account, day));
    if (tied.state === 'tied' && text !== LATE_DAY) {
      await tenant.act('controller', signDay, { bankAccountId, day });
      signed += 1;
    }
    if (tied.state === 'off') {
      red += 1;
      assert.equal(
        bridge.offMinor,
        tied.carriedOffMinor,
        `${text}: what is missing is what stands between bank and books`,
      );
    } else if (late.length === 0) {
      assert.equal(bridge.offMinor, 0n, `${text}: bank and books meet`);
      assert.equal(bridge.bankMinor, balance, `${text}: the bank's balance is the bank's`);
    }
    escalated += (await tenant.act('owner', escalateReceipts, { isTold: false })).escalated;
    const books = await checkBooks(tenant);
    assert.equal(books.bank, bridge.booksMinor - 10_000_00n, `${text}: the ledger has what the account has`);
  }
  assert.equal(red, 1, 'one day was red while its statement before was missing');
  const account = await read((tx) => takeAccount(tx, bankAccountId));
  const healed = await read((tx) => readDay(tx, account, addDays(parseDate(LATE_DAY), 1)));
  assert.deepEqual([healed.state, healed.carriedOffMinor], ['tied', 0n], 'the late statement mends it');
  assert.ok(signed >= 25, `days were signed: ${signed}`);
  assert.ok(escalated >= 4, `money of nobody was escalated: ${escalated}`);
});
