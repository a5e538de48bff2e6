import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aLine, anInvoice, aRate } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { takeTaxRelief } from './take-relief.ts';
import { undoWriteOff } from './undo-write-off.ts';
import { type WriteOffItems, writeOffItems } from './write-off-items.ts';

/** A company of a country with an invoice of 119.00 due on 1 February 2026, 19.00 of it tax. */
async function setting(country: string) {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, { country });
  const invoice = await anInvoice(tenant, { companyId, lines: [aLine(100_00n, 19n)] });
  const write = async (given: Partial<WriteOffItems> = {}) => {
    const { writeOffs } = await tenant.act('controller', writeOffItems, {
      kind: 'bad_debt',
      reason: 'insolvent',
      items: [{ itemId: invoice.itemId }],
      ...given,
    });
    return { writeOffId: writeOffs[0]?.writeOffId ?? '', relief: writeOffs[0]?.relief[0] };
  };
  return { tenant, companyId, invoice, write };
}

test('the tax on a bad debt is taken back at once where the rule is met, stands in its own account, and goes with the write-off', async () => {
  const { tenant, write } = await setting('DE');
  const before = await checkBooks(tenant);
  const { writeOffId, relief } = await write({ facts: { insolvency: true } });
  assert.deepEqual(
    [relief?.state, relief?.tax.amount, relief?.ground, relief?.country],
    ['claimed', '19.00', 'insolvency', 'DE'],
  );
  assert.match(relief?.source ?? '', /§ 17/);
  const books = await checkBooks(tenant);
  assert.deepEqual([books['tax-relief'], books['bad-debt']], [19_00n, 100_00n]);
  await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'a mistake' });
  const after = await checkBooks(tenant);
  for (const [account, minor] of Object.entries(after)) assert.equal(minor, before[account] ?? 0n, account);
});

test('of a part written off the part of the tax is taken back, in the currency of the books at the rate of the invoice', async () => {
  const { tenant, companyId } = await setting('GB');
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-01-01', rate: '0.9' });
  const dollars = await anInvoice(tenant, {
    companyId,
    issuedOn: '2025-06-01',
    dueOn: '2025-07-01',
    currency: 'USD',
    lines: [aLine(100_00n, 20n, 'USD')],
  });
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'gone',
    items: [{ itemId: dollars.itemId, amount: money(60_00n, 'USD') }],
  });
  assert.deepEqual(writeOffs[0]?.relief[0]?.tax, { amount: '10.00', currency: 'USD' });
  const books = await checkBooks(tenant);
  assert.deepEqual([books['tax-relief'], books['bad-debt']], [9_00n, 45_00n]);
});

test('written off too early, the tax is taken back once time has passed, and once only', async () => {
  const { tenant, write } = await setting('GB');
  const { writeOffId, relief } = await write();
  assert.deepEqual([relief?.state, relief?.gap, relief?.from], ['none', 'too_early', '2026-08-02']);
  const take = (given: object = {}) => tenant.act('controller', takeTaxRelief, { writeOffId, ...given });
  await refusesWithoutTrace(tenant, 'relief_not_due', () => take({ insolvency: true }));
  assert.equal((await checkBooks(tenant))['tax-relief'], undefined);
  tenant.on('2026-08-02');
  const taken = await take();
  assert.equal(taken.relief[0]?.tax.amount, '19.00');
  assert.equal((await checkBooks(tenant))['tax-relief'], 19_00n);
  await refusesWithoutTrace(tenant, 'relief_claimed', () => take());
  await refusesWithoutTrace(tenant, 'write_off_not_found', () => take({ writeOffId: crypto.randomUUID() }));
  await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'paid after all' });
  assert.equal((await checkBooks(tenant))['tax-relief'], 0n);
  await refusesWithoutTrace(tenant, 'write_off_undone', () => take());
});

test('a write-off is not taken back on a day before its relief was claimed', async () => {
  const { tenant, write } = await setting('GB');
  const { writeOffId } = await write();
  tenant.on('2026-08-05');
  await tenant.act('controller', takeTaxRelief, { writeOffId, on: parseDate('2026-08-03') });
  const undo = (on: string) =>
    tenant.act('controller', undoWriteOff, { writeOffId, reason: 'paid after all', on: parseDate(on) });
  await refusesWithoutTrace(tenant, 'reversed_too_early', () => undo('2026-08-02'));
  assert.equal((await undo('2026-08-03')).undoneOn, '2026-08-03');
  assert.equal((await checkBooks(tenant))['tax-relief'], 0n);
});

test('goodwill brings back no tax, a country without a rule neither, and both say so', async () => {
  const german = await setting('DE');
  const { relief } = await german.write({ kind: 'goodwill', facts: { insolvency: true } });
  assert.deepEqual([relief?.state, relief?.gap], ['none', 'not_bad_debt']);
  const american = await setting('US');
  const done = await american.write({ facts: { insolvency: true } });
  assert.deepEqual([done.relief?.gap, done.relief?.source], ['no_rule', null]);
  assert.equal((await checkBooks(american.tenant))['tax-relief'], undefined);
});
