import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ApplicationId, type CompanyId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Application, DiscountTax } from '#ledger/settlement.ts';
import { type DiscountReversal, decideDiscountReversal, discountLeft } from './discount-reversal.ts';
import { taxesOfDiscount } from './discount-taxes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const EUR = { currency: 'EUR', functional: 'EUR' };

function application(amount: bigint, discount: bigint, taxes: readonly DiscountTax[] = []): Application {
  return {
    id: newId() as ApplicationId,
    companyId: newId() as CompanyId,
    debitItemId: newId() as ItemId,
    creditItemId: newId() as ItemId,
    amount: eur(amount),
    discount: eur(discount),
    discountTax: eur(taxes.reduce((sum, row) => sum + row.tax.minor, 0n)),
    discountTaxes: taxes,
    difference: eur(0n),
    differenceTax: eur(0n),
    differenceKind: 'small_balance',
    debitFunctional: eur(amount + discount),
    creditFunctional: eur(amount),
    method: 'manual',
    evidence: null,
    appliedOn: Temporal.PlainDate.from('2026-03-12'),
    reversesId: null,
  };
}

const standard = (net: bigint, tax: bigint) => [
  { category: 'S', percent: '19', net: eur(net), tax: eur(tax) },
];

test('of 100 given back of 1,000 that was paid with 2 %, 2 are a discount taken back, and so is its tax', () => {
  const taxes = taxesOfDiscount(eur(20_00n), standard(840_34n, 159_66n));
  const left = discountLeft([application(980_00n, 20_00n, taxes)], [], EUR);
  const reversal = decideDiscountReversal(left, {
    credited: eur(100_00n),
    open: eur(0n),
    creditable: eur(1000_00n),
  });
  assert.deepEqual(
    [reversal?.discount.minor, reversal?.tax.minor, reversal?.taxes.map((row) => row.net.minor)],
    [2_00n, 32n, [1_68n]],
  );
});

test('what is open is credited first, and takes back no discount', () => {
  const left = discountLeft([application(490_00n, 10_00n)], [], EUR);
  const credit = (minor: bigint) =>
    decideDiscountReversal(left, { credited: eur(minor), open: eur(500_00n), creditable: eur(1000_00n) });
  assert.equal(credit(500_00n), undefined);
  assert.equal(credit(600_00n)?.discount.minor, 2_00n);
  assert.equal(credit(1000_00n)?.discount.minor, 10_00n);
});

test('where nothing was granted, or all was taken back, nothing is taken back', () => {
  const amounts = { credited: eur(100n), open: eur(0n), creditable: eur(100n) };
  assert.equal(decideDiscountReversal(discountLeft([application(100n, 0n)], [], EUR), amounts), undefined);
  const given = discountLeft([application(98n, 2n)], [], EUR);
  const all = decideDiscountReversal(given, amounts);
  assert.equal(all?.discount.minor, 2n);
  const left = discountLeft([application(98n, 2n)], [all as DiscountReversal], EUR);
  assert.deepEqual([left.discount.minor, left.functional.minor], [0n, 0n]);
  assert.equal(decideDiscountReversal(left, amounts), undefined);
});

/** An invoice of several taxes, some of it paid with a discount, and how it is given back piece by piece, some pieces voided. */
const story = fc.record({
  rates: fc.array(fc.record({ net: fc.bigInt(1n, 10_000_00n), percent: fc.bigInt(0n, 25n) }), {
    minLength: 1,
    maxLength: 3,
  }),
  discountPercents: fc.array(fc.bigInt(0n, 20n), { minLength: 1, maxLength: 3 }),
  openPart: fc.bigInt(0n, 50n),
  pieces: fc.array(fc.record({ share: fc.bigInt(1n, 100n), voided: fc.boolean() }), { maxLength: 8 }),
});

test('given back wholly in whatever pieces, with some of them voided, an invoice gives back what was paid, tax and all', () => {
  fc.assert(
    fc.property(story, ({ rates, discountPercents, openPart, pieces }) => {
      const shares = rates.map(({ net, percent }, index) => ({
        category: 'S',
        percent: `${percent}.${index}`,
        net: eur(net),
        tax: eur((net * percent) / 100n),
      }));
      const total = shares.reduce((sum, row) => sum + row.net.minor + row.tax.minor, 0n);
      const open = (total * openPart) / 100n;
      const settled = total - open;
      const each = settled / BigInt(discountPercents.length);
      const applications = discountPercents.flatMap((percent, index) => {
        const part = index === 0 ? settled - each * BigInt(discountPercents.length - 1) : each;
        const discount = (part * percent) / 100n;
        return part === 0n
          ? []
          : [application(part - discount, discount, taxesOfDiscount(eur(discount), shares))];
      });
      const granted = discountLeft(applications, [], EUR);
      let stillOpen = open;
      let credited = 0n;
      const standing: DiscountReversal[] = [];
      let given = 0n;
      const credit = (minor: bigint, voided: boolean): void => {
        const left = discountLeft(applications, standing, EUR);
        const amounts = {
          credited: eur(minor),
          open: eur(stillOpen),
          creditable: eur(total - credited),
        };
        const reversal = decideDiscountReversal(left, amounts);
        assert.ok((reversal?.discount.minor ?? 0n) >= 0n);
        assert.ok((reversal?.discount.minor ?? 0n) <= minor, 'no more is taken back than is credited');
        for (const row of reversal?.taxes ?? []) assert.ok(row.net.minor >= 0n && row.tax.minor >= 0n);
        // Voided, it is as if it had never been.
        if (voided) return;
        credited += minor;
        stillOpen -= minor < stillOpen ? minor : stillOpen;
        given += minor - (reversal?.discount.minor ?? 0n);
        if (reversal) standing.push(reversal);
      };
      for (const { share, voided } of pieces) {
        const minor = ((total - credited) * share) / 100n;
        if (minor > 0n) credit(minor, voided);
      }
      if (total > credited) credit(total - credited, false);
      const left = discountLeft(applications, standing, EUR);
      assert.equal(left.discount.minor, 0n);
      assert.equal(left.functional.minor, 0n);
      assert.ok(left.taxes.every((row) => row.net.minor === 0n && row.tax.minor === 0n));
      assert.equal(
        given,
        total - granted.discount.minor,
        'what is given back is what was paid or still open',
      );
    }),
    { numRuns: 500 },
  );
});
