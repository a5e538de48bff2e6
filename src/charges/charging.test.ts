import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Reduction } from './accrual.ts';
import { type Charged, type Debtor, decideCharge, type Market, type Part, standingOf } from './charging.ts';
import { KNOWN_RATES } from './known-rates.ts';
import type { DebtorKind, Terms } from './policy.ts';
import { READY_MADE } from './ready-made.ts';
import { histories } from './reference-rate.ts';

const day = parseDate;
const market: Market = { rates: histories(KNOWN_RATES, []), feeIn: (fee) => fee };
const terms = (code: string, given: Partial<Terms> = {}): Terms => {
  const found = READY_MADE.find((r) => r.code === code);
  assert.ok(found);
  return { ...found.terms, ...given };
};

type Item = Debtor['items'][number];
const NEVER: Charged = { through: null, interestMinor: 0n, fixedMinor: null };

function item(
  given: Partial<Item> & { readonly minor?: bigint; readonly due?: string; readonly terms?: Terms },
): Item {
  return {
    id: 'i' as ItemId,
    documentId: 'd',
    reference: 'INV-1',
    issuedOn: day('2024-01-01'),
    dueOn: day(given.due ?? '2025-12-31'),
    amount: money(given.minor ?? 1_000_00n, 'EUR'),
    reductions: [],
    exclusions: [],
    charged: NEVER,
    policy: {
      id: 'p',
      customerId: null,
      validFrom: day('2020-01-01'),
      exempt: false,
      terms: given.terms ?? terms('de'),
    },
    ...given,
  };
}

const debtor = (items: readonly Item[], given: Partial<Debtor> = {}): Debtor => ({
  kind: 'business',
  currency: 'EUR',
  items,
  fees: [],
  ...given,
});
const shown = (parts: readonly Part[]) => parts.map((p) => [p.kind, p.amount.minor]);

/** An item after parts were charged on it. */
function after(one: Item, parts: readonly Part[]): Item {
  const own = parts.filter((p) => p.itemId === one.id);
  const add = (kinds: readonly string[]) =>
    own.filter((p) => kinds.includes(p.kind)).reduce((total, p) => total + p.amount.minor, 0n);
  const to = own.find((p) => p.kind === 'interest')?.to ?? one.charged.through;
  const hasFixed = one.charged.fixedMinor !== null || own.some((p) => p.kind === 'fixed_sum');
  return {
    ...one,
    charged: {
      through: to,
      interestMinor: one.charged.interestMinor + add(['interest', 'correction']),
      fixedMinor: hasFixed ? (one.charged.fixedMinor ?? 0n) + add(['fixed_sum', 'fee_correction']) : null,
    },
  };
}

test('interest of the days and the fixed sum once; asked again, only new days', () => {
  const first = decideCharge(debtor([item({})]), market, day('2026-01-31'));
  // 1,000.00 at 10.27 % for 31 of 365 days.
  assert.deepEqual(shown(first.charge), [
    ['interest', 8_72n],
    ['fixed_sum', 40_00n],
  ]);
  const charged = after(item({}), first.charge);
  assert.deepEqual(shown(decideCharge(debtor([charged]), market, day('2026-01-31')).charge), []);
  const next = decideCharge(debtor([charged]), market, day('2026-02-01'));
  assert.deepEqual(
    next.charge.map((p) => [p.kind, p.from?.toString(), p.to?.toString(), p.amount.minor]),
    [['interest', '2026-02-01', '2026-02-01', 28n]],
  );
});

test('money that becomes known later gives back what was charged for days already paid, with the fixed sum if nothing was late', () => {
  const charged = after(item({}), decideCharge(debtor([item({})]), market, day('2026-01-31')).charge);
  const paid = (on: string): Item => ({
    ...charged,
    reductions: [{ on: day(on), minor: 1_000_00n, cause: 'money' }],
  });
  const partly = decideCharge(debtor([paid('2026-01-11')]), market, day('2026-02-10'));
  assert.deepEqual(shown(partly.charge), []);
  // Ten days stay: 2.81.
  assert.deepEqual(shown(partly.credit), [['correction', 2_81n - 8_72n]]);
  const again = after(paid('2026-01-11'), partly.credit);
  assert.deepEqual(shown(decideCharge(debtor([again]), market, day('2026-03-10')).credit), []);
  const inTime = decideCharge(debtor([paid('2025-12-31')]), market, day('2026-02-10'));
  assert.deepEqual(shown(inTime.credit), [
    ['correction', -8_72n],
    ['fee_correction', -40_00n],
  ]);
  const lateAfterAll = { ...after(paid('2025-12-31'), inTime.credit), reductions: [] };
  const asked = decideCharge(debtor([lateAfterAll]), market, day('2026-02-01'));
  assert.deepEqual(
    shown(asked.charge),
    [
      ['interest', 28n],
      ['correction', 8_72n],
      ['fee_correction', 40_00n],
    ],
    'a payment that came back makes all of it due again',
  );
});

test('the fixed sum goes by the size of the debt, once for an invoice, never in a currency without tiers', () => {
  const feeOf = (minor: bigint, currency: string) => {
    const one = item({ amount: money(minor, currency), terms: terms('gb'), due: '2025-12-30' });
    const decided = decideCharge(debtor([one], { currency }), market, day('2026-01-20'));
    return decided.charge.find((p) => p.kind === 'fixed_sum')?.amount.minor;
  };
  assert.deepEqual(
    [999_99n, 1_000_00n, 9_999_99n, 10_000_00n].map((minor) => feeOf(minor, 'GBP')),
    [40_00n, 70_00n, 70_00n, 100_00n],
  );
  assert.equal(feeOf(1_000_00n, 'EUR'), undefined);
  const instalments = [
    item({ id: 'a' as ItemId, reductions: [{ on: day('2025-12-31'), minor: 1_000_00n, cause: 'money' }] }),
    item({ id: 'b' as ItemId, due: '2026-01-05' }),
    item({ id: 'c' as ItemId, due: '2026-01-06' }),
  ];
  const { charge } = decideCharge(debtor(instalments), market, day('2026-01-31'));
  assert.deepEqual(
    charge.filter((p) => p.kind === 'fixed_sum').map((p) => p.itemId),
    ['b'],
  );
});

test('consumers are left out unless the terms name them, and never owe the fixed sum', () => {
  const ask = (kind: DebtorKind, given: Partial<Terms>) =>
    shown(
      decideCharge(debtor([item({ terms: terms('de', given) })], { kind }), market, day('2026-01-31')).charge,
    );
  assert.deepEqual(ask('consumer', {}), []);
  assert.deepEqual(ask('consumer', { debtors: ['consumer'] }), [['interest', 8_72n]]);
  assert.deepEqual(ask('authority', {}).length, 2);
  assert.deepEqual(ask('authority', { debtors: ['business'] }), []);
});

test('below the minimum nothing is charged yet and no day is lost', () => {
  const one = item({
    terms: terms('de', { minimums: [{ amount: '10.00', currency: 'EUR' }], fixedSums: [] }),
  });
  const early = decideCharge(debtor([one]), market, day('2026-01-31'));
  assert.deepEqual([early.charge, early.heldBack], [[], 'below_minimum']);
  const later = decideCharge(debtor([one]), market, day('2026-02-28'));
  assert.deepEqual(shown(later.charge), [['interest', 16_60n]]);
  assert.equal(later.charge[0]?.from?.toString(), '2026-01-01');
});

test('fees of reminders are charged from their day on', () => {
  const fees = [
    { id: 'f', reference: 'demand', incurredOn: day('2026-01-20'), amount: money(5_00n, 'EUR') },
    { id: 'g', reference: 'final_notice', incurredOn: day('2026-02-20'), amount: money(7_00n, 'EUR') },
  ];
  const { charge } = decideCharge(debtor([], { fees }), market, day('2026-01-31'));
  assert.deepEqual(shown(charge), [['reminder_fee', 5_00n]]);
});

test('how interest stands says what accrued, what was charged and what a day costs', () => {
  const one = after(item({}), decideCharge(debtor([item({})]), market, day('2026-01-11')).charge);
  const standing = standingOf(one, 'business', market, day('2026-01-31'));
  assert.deepEqual(
    [standing.accrued.minor, standing.charged.minor, standing.daily.minor],
    [8_72n, 3_10n, 28n],
  );
});

const START = day('2025-01-01');
const anyReductions = fc
  .array(fc.tuple(fc.integer({ min: -20, max: 400 }), fc.integer({ min: 1, max: 70 })), { maxLength: 4 })
  .map((parts) => {
    let left = 1_234_567n;
    return parts.map(([offset, percent]): Reduction => {
      const minor = (left * BigInt(percent)) / 100n;
      left -= minor;
      return { on: addDays(START, offset), minor, cause: 'money' };
    });
  });
const anyRuns = fc.array(fc.integer({ min: 1, max: 420 }), { minLength: 1, maxLength: 8 });

/** Runs one after the other, each knowing the reductions it is told; gives the item and all that was charged. */
function runAll(
  start: Item,
  runs: readonly { readonly on: PlainDate; readonly known: readonly Reduction[] }[],
) {
  let one = start;
  const parts: Part[] = [];
  for (const { on, known } of runs) {
    one = { ...one, reductions: known };
    const decided = decideCharge(debtor([one]), market, on);
    const both = [...decided.charge, ...decided.credit];
    parts.push(...both);
    one = after(one, both);
  }
  return { one, parts };
}

test('however often it is charged, and whenever payments become known, it comes to what one run would charge', () => {
  fc.assert(
    fc.property(anyReductions, anyRuns, fc.constantFrom('de', 'us', 'eu'), (reductions, offsets, code) => {
      const start = item({ minor: 1_234_567n, due: '2025-01-10', terms: terms(code) });
      const days = [...offsets].sort((a, b) => a - b).map((n) => addDays(START, n));
      const last = addDays(START, 421);
      const runs = [
        ...days.map((on, index) => ({ on, known: reductions.slice(0, index) })),
        { on: last, known: reductions },
      ];
      const many = runAll(start, runs);
      const once = runAll(start, [{ on: last, known: reductions }]);
      const total = (parts: readonly Part[]) => parts.reduce((sum, p) => sum + p.amount.minor, 0n);
      assert.equal(total(many.parts), total(once.parts));
      const ranges = many.parts
        .filter((p) => p.kind === 'interest')
        .map((p) => [String(p.from), String(p.to)]);
      ranges.reduce((before, [from = '', to = '']) => {
        assert.ok(from > before, `${from} after ${before}`);
        return to;
      }, '');
    }),
  );
});
