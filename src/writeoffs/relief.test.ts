import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { openItem } from '#ledger/open-item.ts';
import { judgeRelief, type ReliefFacts, reliefOwed, reliefRuleOn, taxIn } from './relief.ts';
import { RELIEF_RULES } from './relief-rules.ts';

const DUE = parseDate('2026-01-31');
const debt = { postedOn: parseDate('2026-01-01'), dueOn: DUE };

function judge(country: string, on: string, facts: ReliefFacts = {}) {
  const verdict = judgeRelief(debt, { country, kind: 'bad_debt', on: parseDate(on), facts, hasTax: true });
  return verdict.state === 'claimed'
    ? verdict.ground
    : [verdict.gap, ...(verdict.from ? [verdict.from.toString()] : [])].join(' ');
}

test('each country asks for what its law asks for', () => {
  const cases: readonly (readonly [country: string, on: string, ReliefFacts, string])[] = [
    ['DE', '2026-02-01', { insolvency: true }, 'insolvency'],
    ['DE', '2026-02-01', { enforcementFailed: true }, 'enforcement_failed'],
    ['DE', '2036-02-01', {}, 'not_shown'],
    ['GB', '2026-07-31', { insolvency: true }, 'too_early 2026-08-01'],
    ['GB', '2026-08-01', {}, 'overdue'],
    ['NL', '2026-06-01', {}, 'too_early 2027-02-01'],
    ['NL', '2026-06-01', { insolvency: true }, 'insolvency'],
    ['NL', '2027-02-01', {}, 'overdue'],
    ['PL', '2026-05-01', {}, 'too_early 2026-05-02'],
    ['PL', '2026-05-02', {}, 'overdue'],
    ['FR', '2026-06-01', { insolvency: true }, 'notice_missing'],
    ['FR', '2026-06-01', { insolvency: true, noticeGiven: true }, 'insolvency'],
    ['IE', '2026-12-01', {}, 'not_shown'],
    ['ES', '2027-02-01', { noticeGiven: true }, 'overdue'],
    ['AU', '2026-02-01', {}, 'written_off'],
    ['US', '2036-02-01', { insolvency: true }, 'no_rule'],
  ];
  for (const [country, on, facts, expected] of cases)
    assert.equal(judge(country, on, facts), expected, `${country} ${on}`);
});

test('a rule counts from its day: Poland asked for 150 days before 2019', () => {
  assert.equal(reliefRuleOn('PL', parseDate('2018-12-31'))?.grounds[0]?.kind, 'overdue');
  assert.deepEqual(
    ['2018-12-31', '2019-01-01'].map((day) => reliefRuleOn('PL', parseDate(day))?.grounds),
    [[{ kind: 'overdue', days: 150 }], [{ kind: 'overdue', days: 90 }]],
  );
  assert.equal(reliefRuleOn('PL', parseDate('2012-12-31')), undefined);
});

test('time runs from the later of issue and due date, and ends of months are those of the calendar', () => {
  const late = { postedOn: parseDate('2026-08-31'), dueOn: parseDate('2026-08-01') };
  const of = { country: 'GB', kind: 'bad_debt', facts: {}, hasTax: true } as const;
  assert.equal(judgeRelief(late, { ...of, on: parseDate('2027-02-28') }).state, 'none');
  assert.equal(judgeRelief(late, { ...of, on: parseDate('2027-03-01') }).state, 'claimed');
});

test('only bad debts with tax in them are relieved, and each rule names its law', () => {
  const of = { country: 'AU', on: DUE, facts: {} } as const;
  const gap = (kind: 'goodwill' | 'bad_debt', hasTax: boolean) => {
    const verdict = judgeRelief(debt, { ...of, kind, hasTax });
    return verdict.state === 'none' ? verdict.gap : undefined;
  };
  assert.deepEqual([gap('goodwill', true), gap('bad_debt', false)], ['not_bad_debt', 'no_tax']);
  for (const rule of RELIEF_RULES) assert.ok(rule.source.length > 5 && rule.grounds.length > 0, rule.country);
});

function part(id: string, minor: bigint, functional: bigint) {
  const item = openItem({
    id: id as ItemId,
    companyId: 'company' as CompanyId,
    customerId: 'customer' as CustomerId,
    kind: 'invoice',
    documentId: 'invoice',
    instalment: 1,
    reference: id,
    account: 'receivables',
    amount: money(minor, 'USD'),
    functional: money(functional, 'EUR'),
    postedOn: DUE,
    dueOn: DUE,
  });
  return { item, amount: item.amount, functional: item.functional };
}

test('the tax in instalments written off together is the tax of the document to the cent, and never more', () => {
  const [one, two] = taxIn([part('a', 50_00n, 40_00n), part('b', 50_01n, 40_01n)], {
    tax: 15_97n,
    total: 100_01n,
  });
  assert.equal((one?.tax.minor ?? 0n) + (two?.tax.minor ?? 0n), 15_97n);
  const minor = fc.bigInt(1n, 10n ** 9n);
  fc.assert(
    fc.property(fc.array(minor, { minLength: 1, maxLength: 5 }), minor, minor, (parts, a, b) => {
      const [tax, total] = a < b ? [a, b] : [b, a];
      const shares = taxIn(
        parts.map((size, index) => part(`${index}`, size, size)),
        { tax, total },
      );
      const claimed = shares.reduce((sum, share) => sum + share.tax.minor, 0n);
      const whole = parts.reduce((sum, size) => sum + size, 0n);
      assert.ok(claimed <= tax && claimed * total <= (whole > total ? total : whole) * tax);
      for (const share of shares) assert.ok(share.functional.minor <= (parts[Number(share.itemId)] ?? 0n));
    }),
  );
});

test('however money comes after all, in the end exactly what was claimed goes back', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 6n), fc.array(fc.nat(100), { maxLength: 6 }), (tax, cuts) => {
      const writtenOff = tax * 7n;
      const steps = [...cuts.map((cut) => (writtenOff * BigInt(cut)) / 100n), writtenOff].sort((x, y) =>
        x < y ? -1 : x > y ? 1 : 0,
      );
      let given = 0n;
      for (const recovered of steps) {
        const owed = reliefOwed({ tax, functional: tax * 2n }, recovered, writtenOff);
        assert.ok(owed.tax >= given && owed.tax <= tax);
        given = owed.tax;
      }
      assert.equal(given, tax);
    }),
  );
});
