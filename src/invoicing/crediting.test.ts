import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { type OpenItem, openItem } from '#ledger/open-item.ts';
import { decideSettlement } from '#ledger/settlement.ts';
import {
  type Creditable,
  creditableOf,
  creditRefusal,
  creditsWanted,
  creditToOwnInvoice,
  decideCredit,
} from './crediting.ts';
import { type NewLine, priceLines } from './document.ts';

const day = parseDate('2026-01-15');
const eur = (minor: bigint) => money(minor, 'EUR');
const companyId = newId() as CompanyId;
const customerId = newId() as CustomerId;

function line(amount: string): NewLine {
  return {
    description: 'Goods',
    quantity: parseDecimal('1'),
    unitPrice: parseDecimal(amount),
    taxCategory: 'Z',
    taxPercent: parseDecimal('0'),
  };
}

function invoice(given: Partial<Creditable> = {}): Creditable {
  return {
    id: newId(),
    kind: 'invoice',
    number: 'INV-1',
    issuedOn: day,
    voidedOn: null,
    priced: priceLines([line('100')], 'EUR'),
    credited: eur(0n),
    ...given,
  };
}

function item(minor: bigint, given: Partial<OpenItem> = {}): OpenItem {
  return {
    ...openItem({
      id: newId(),
      companyId,
      customerId,
      kind: minor > 0n ? 'invoice' : 'credit_note',
      documentId: newId(),
      instalment: 1,
      reference: 'X',
      account: 'receivables',
      amount: eur(minor),
      functional: eur(minor),
      postedOn: day,
      dueOn: day,
    }),
    ...given,
  };
}

test('without lines the whole invoice is credited, as it was issued', () => {
  const whole = invoice();
  assert.equal(decideCredit(whole, {}, day), whole.priced);
});

test('with earlier credit notes no more can be credited than they leave', () => {
  const credited = invoice({ credited: eur(60_00n) });
  assert.deepEqual(creditableOf(credited), eur(40_00n));
  assert.equal(decideCredit(credited, { lines: [line('40')] }, day).total.minor, 40_00n);
  assert.throws(() => decideCredit(credited, { lines: [line('40.01')] }, day), { code: 'exceeds_invoice' });
  assert.throws(() => decideCredit(credited, {}, day), { code: 'invoice_credited_in_part' });
});

test('what cannot be credited says why', () => {
  assert.equal(creditRefusal(invoice()), undefined);
  assert.equal(creditRefusal(invoice({ kind: 'credit_note' })), 'not_an_invoice');
  assert.equal(creditRefusal(invoice({ voidedOn: day })), 'invoice_voided');
  assert.equal(creditRefusal(invoice({ credited: eur(100_00n) })), 'exceeds_invoice');
  assert.throws(() => decideCredit(invoice(), {}, day.subtract({ days: 1 })), {
    code: 'credit_before_invoice',
  });
  assert.throws(() => decideCredit(invoice(), { lines: [] }, day), { code: 'no_lines' });
  assert.throws(() => decideCredit(invoice(), { lines: [line('-1')] }, day), { code: 'total_not_positive' });
});

test('a credit note settles the oldest instalments of its invoice first, as far as they are open', () => {
  const late = item(50n, { dueOn: day.add({ days: 60 }), instalment: 2 });
  const early = item(50n, {
    open: eur(30n),
    openFunctional: eur(30n),
    dueOn: day.add({ days: 30 }),
    instalment: 1,
  });
  const wanted = creditToOwnInvoice(item(-60n), [late, early]);
  assert.deepEqual(
    wanted.map((w) => [w.debitItemId, w.amount.minor]),
    [
      [early.id, 30n],
      [late.id, 30n],
    ],
  );
  assert.deepEqual(
    creditToOwnInvoice(item(-60n), [item(5n, { open: eur(0n), openFunctional: eur(0n) })]),
    [],
  );
});

test('what is wanted of a credit note is exactly what was named, whatever parts the credit note has', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt(1n, 1_000n), { minLength: 1, maxLength: 4 }),
      fc.array(fc.bigInt(1n, 1_000n), { minLength: 1, maxLength: 4 }),
      (credits, wanted) => {
        const own = credits.map((minor) => item(-minor));
        const items = wanted.map((minor) => item(minor));
        const allocations = items.map((i) => ({ itemId: i.id, amount: i.amount }));
        const given = credits.reduce((a, b) => a + b, 0n);
        const needed = wanted.reduce((a, b) => a + b, 0n);
        const settle = () =>
          decideSettlement([...own, ...items], creditsWanted(own, items, allocations), day);
        if (needed > given) return assert.throws(settle, { code: 'exceeds_unapplied' });
        const settled = settle();
        assert.ok(settled.items.slice(own.length).every((i) => i.open.minor === 0n));
        assert.equal(
          settled.items.slice(0, own.length).reduce((a, i) => a + i.open.minor, 0n),
          needed - given,
        );
      },
    ),
  );
});

test('a credit settles only items of its own customer, each named once, and something of them', () => {
  const own = [item(-100n)];
  const debt = item(50n);
  const foreign = item(50n, { customerId: newId() as CustomerId });
  const of = (itemId: ItemId, minor = 50n) => ({ itemId, amount: eur(minor) });
  assert.throws(() => creditsWanted(own, [debt], []), { code: 'nothing_to_apply' });
  assert.throws(() => creditsWanted(own, [debt], [of(debt.id), of(debt.id)]), { code: 'item_named_twice' });
  assert.throws(() => creditsWanted(own, [foreign], [of(foreign.id)]), { code: 'wrong_customer' });
  for (const minor of [0n, -5n]) {
    assert.throws(
      () => decideSettlement([...own, debt], creditsWanted(own, [debt], [of(debt.id, minor)]), day),
      {
        code: 'nothing_to_apply',
      },
    );
  }
});
