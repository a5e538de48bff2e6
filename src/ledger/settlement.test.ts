import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Line } from './journal.ts';
import { left, type OpenItem, openItem } from './open-item.ts';
import {
  type Application,
  decideReversal,
  decideSettlement,
  settledMinor,
  type Wanted,
} from './settlement.ts';

const companyId = newId() as CompanyId;
const customerId = newId() as CustomerId;
const day = parseDate('2026-02-01');
const usd = (minor: bigint) => money(minor, 'USD');

function item(minor: bigint, functionalMinor = minor, given: Partial<OpenItem> = {}): OpenItem {
  return {
    ...openItem({
      id: newId(),
      companyId,
      customerId,
      kind: minor > 0n ? 'invoice' : 'payment',
      documentId: newId(),
      instalment: 1,
      reference: minor > 0n ? 'INV-1' : 'PAY-1',
      account: minor > 0n ? 'receivables' : 'unapplied-cash',
      amount: usd(minor),
      functional: money(functionalMinor, 'EUR'),
      postedOn: parseDate('2026-01-01'),
      dueOn: parseDate('2026-01-31'),
    }),
    ...given,
  };
}

function wish(debitItem: OpenItem, creditItem: OpenItem, minor: bigint, more: Partial<Wanted> = {}): Wanted {
  return {
    debitItemId: debitItem.id,
    creditItemId: creditItem.id,
    amount: usd(minor),
    method: 'manual',
    ...more,
  };
}

/** What lines do to an account, in document and functional currency. */
function moved(lines: readonly Line[], account: string): readonly [bigint, bigint] {
  const own = lines.filter((line) => line.account === account);
  return [
    own.reduce((sum, l) => sum + l.amount.minor, 0n),
    own.reduce((sum, l) => sum + l.functional.minor, 0n),
  ];
}

test('a payment settles an invoice: both are closed and nothing else moves', () => {
  const [invoice, payment] = [item(100n), item(-100n)];
  const settled = decideSettlement([invoice, payment], [wish(invoice, payment, 100n)], day);
  assert.deepEqual(
    settled.items.map((i) => [i.open.minor, i.openFunctional.minor]),
    [
      [0n, 0n],
      [0n, 0n],
    ],
  );
  assert.deepEqual(moved(settled.lines, 'receivables'), [-100n, -100n]);
  assert.deepEqual(moved(settled.lines, 'unapplied-cash'), [100n, 100n]);
  assert.equal(settled.lines.length, 2);
});

test('discount and difference reduce the invoice beyond what is paid, each on its account', () => {
  const [invoice, payment] = [item(100n, 90n), item(-97n, -88n)];
  const more = { discount: usd(2n), difference: usd(1n) };
  const settled = decideSettlement([invoice, payment], [wish(invoice, payment, 97n, more)], day);
  assert.equal(settled.items[0]?.open.minor, 0n);
  assert.deepEqual(moved(settled.lines, 'receivables'), [-100n, -90n]);
  assert.deepEqual(moved(settled.lines, 'discounts'), [2n, 2n]);
  assert.deepEqual(moved(settled.lines, 'small-differences'), [1n, 1n]);
  assert.deepEqual(moved(settled.lines, 'fx-differences'), [0n, 90n - 88n - 2n - 1n]);
});

test('the realised exchange difference is what the invoice was worth less what the payment was worth', () => {
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 12n),
      fc.bigInt(1n, 10n ** 12n),
      fc.bigInt(1n, 10n ** 12n),
      (size, owed, paid) => {
        const [invoice, payment] = [item(size, owed), item(-size, -paid)];
        const { lines } = decideSettlement([invoice, payment], [wish(invoice, payment, size)], day);
        assert.deepEqual(moved(lines, 'fx-differences'), [0n, owed - paid]);
      },
    ),
  );
});

test('what cannot be settled is refused by its code', () => {
  const [invoice, payment] = [item(100n), item(-100n)];
  const other = { companyId: newId() as CompanyId };
  const refused: readonly [string, readonly OpenItem[], readonly Wanted[]][] = [
    ['nothing_to_apply', [invoice, payment], []],
    ['nothing_to_apply', [invoice, payment], [wish(invoice, payment, 0n)]],
    ['nothing_to_apply', [invoice, payment], [wish(invoice, payment, -1n)]],
    ['nothing_to_apply', [invoice, payment], [wish(invoice, payment, 5n, { discount: usd(-1n) })]],
    ['exceeds_open', [invoice, payment], [wish(invoice, payment, 101n)]],
    ['exceeds_open', [invoice, payment], [wish(invoice, payment, 100n, { discount: usd(1n) })]],
    ['not_a_debit', [invoice, payment], [wish(payment, payment, 1n)]],
    ['not_a_credit', [invoice, payment], [wish(invoice, invoice, 1n)]],
    ['wrong_currency', [invoice, payment], [wish(invoice, payment, 1n, { amount: money(1n, 'CZK') })]],
  ];
  for (const [code, items, wanted] of refused) {
    assert.throws(() => decideSettlement(items, wanted, day), { code }, code);
  }
  const small = item(-50n);
  assert.throws(() => decideSettlement([invoice, small], [wish(invoice, small, 51n)], day), {
    code: 'exceeds_unapplied',
  });
  const foreign = item(-100n, -100n, other);
  assert.throws(() => decideSettlement([invoice, foreign], [wish(invoice, foreign, 1n)], day), {
    code: 'wrong_company',
  });
  assert.throws(
    () => decideSettlement([invoice, payment], [wish(invoice, payment, 1n)], parseDate('2025-12-31')),
    {
      code: 'applied_too_early',
    },
  );
});

test('several parts of one settlement cannot take more together than there is', () => {
  const [invoice, payment] = [item(100n), item(-200n)];
  const twice = [wish(invoice, payment, 60n), wish(invoice, payment, 41n)];
  assert.throws(() => decideSettlement([invoice, payment], twice, day), { code: 'exceeds_open' });
});

test('a reversal is not before its application, and is not reversed itself', () => {
  const [invoice, payment] = [item(100n), item(-100n)];
  const done = decideSettlement([invoice, payment], [wish(invoice, payment, 100n)], day);
  assert.throws(() => decideReversal(done.items, done.applications, parseDate('2026-01-31')), {
    code: 'reversed_too_early',
  });
  const back = decideReversal(done.items, done.applications, day);
  assert.throws(() => decideReversal(back.items, back.applications, day), /is not reversed itself/);
});

/** Random settlements over some invoices and payments, as far as there is room. */
const amounts = fc.array(fc.tuple(fc.bigInt(1n, 10n ** 10n), fc.bigInt(1n, 10n ** 10n)), {
  minLength: 1,
  maxLength: 4,
});
const steps = fc.array(
  fc.record({
    debit: fc.nat(),
    credit: fc.nat(),
    share: fc.bigInt(1n, 100n),
    off: fc.bigInt(0n, 3n),
    small: fc.bigInt(0n, 2n),
  }),
  { minLength: 1, maxLength: 15 },
);

function walk(
  debits: readonly (readonly [bigint, bigint])[],
  credits: readonly (readonly [bigint, bigint])[],
  wanted: readonly { debit: number; credit: number; share: bigint; off: bigint; small: bigint }[],
) {
  const start = [...debits.map(([m, f]) => item(m, f)), ...credits.map(([m, f]) => item(-m, -f))];
  let items = start;
  const applications: Application[] = [];
  const lines: Line[] = [];
  for (const step of wanted) {
    const invoice = items[step.debit % debits.length];
    const payment = items[debits.length + (step.credit % credits.length)];
    if (!invoice || !payment) continue;
    const room = left(invoice) < left(payment) ? left(invoice) : left(payment);
    const amount = (room * step.share) / 100n;
    const beyond = left(invoice) - amount;
    const discount = step.off < beyond ? step.off : beyond;
    const difference = step.small < beyond - discount ? step.small : beyond - discount;
    if (amount + discount + difference === 0n) continue;
    const wish1 = wish(invoice, payment, amount, { discount: usd(discount), difference: usd(difference) });
    const settled = decideSettlement(items, [wish1], day);
    items = [...settled.items];
    applications.push(...settled.applications);
    lines.push(...settled.lines);
  }
  return { start, items, applications, lines };
}

test('in random splits nothing is lost: items, applications and lines say the same, and what is closed is closed in both currencies', () => {
  fc.assert(
    fc.property(amounts, amounts, steps, (debits, credits, wanted) => {
      const { start, items, applications, lines } = walk(debits, credits, wanted);
      items.forEach((after, index) => {
        const before = start[index] as OpenItem;
        const given = applications
          .filter((a) => a.creditItemId === after.id)
          .reduce((sum, a) => sum + a.amount.minor, 0n);
        const taken = applications
          .filter((a) => a.debitItemId === after.id)
          .reduce((sum, a) => sum + settledMinor(a), 0n);
        assert.equal(after.open.minor, before.open.minor - taken + given);
        if (after.open.minor === 0n) assert.equal(after.openFunctional.minor, 0n);
        const own = lines.filter((line) => line.item?.id === after.id);
        assert.equal(after.open.minor, before.open.minor + own.reduce((sum, l) => sum + l.amount.minor, 0n));
        assert.equal(
          after.openFunctional.minor,
          before.openFunctional.minor + own.reduce((sum, l) => sum + l.functional.minor, 0n),
        );
      });
      assert.equal(
        lines.reduce((sum, l) => sum + l.amount.minor, 0n),
        0n,
      );
      assert.equal(
        lines.reduce((sum, l) => sum + l.functional.minor, 0n),
        0n,
      );
    }),
  );
});

test('taking everything back, in any order, restores items and books exactly in both currencies', () => {
  fc.assert(
    fc.property(amounts, amounts, steps, fc.nat(), (debits, credits, wanted, from) => {
      const { start, items, applications, lines } = walk(debits, credits, wanted);
      if (applications.length === 0) return;
      const turned = [
        ...applications.slice(from % applications.length),
        ...applications.slice(0, from % applications.length),
      ];
      const back = decideReversal(items, turned, day);
      assert.deepEqual(back.items, start);
      for (const account of new Set(lines.map((line) => line.account))) {
        assert.deepEqual(moved([...lines, ...back.lines], account), [0n, 0n], account);
      }
      back.applications.forEach((reversal, index) => {
        assert.equal(reversal.reversesId, turned[index]?.id);
        assert.equal(reversal.amount.minor, -(turned[index]?.amount.minor ?? 0n));
      });
    }),
  );
});
