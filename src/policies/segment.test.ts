import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import type { Account } from './account.ts';
import { FIRST_CADENCE } from './cadence.ts';
import { type FileProblem, FileValue } from './file-reader.ts';
import { choosePolicy, explainChoice, onePolicy, type Policy } from './policy.ts';
import { explainSegment, isTrueOf, readSegment, type Segment, type Verdict } from './segment.ts';

const account: Account = {
  company: 'MAIN',
  country: 'DE',
  language: 'de',
  debtorKind: 'business',
  termsDays: 30,
  customerForDays: 400,
  open: [money(900_00n, 'EUR'), money(200_00n, 'USD')],
  overdue: [money(500_00n, 'EUR')],
  oldestDaysOverdue: 45,
  overdueItems: 3,
  paidDaysLate: [10, 0, -4, 30],
  brokenPromises: 0,
  owner: null,
  tags: [],
  statedRisk: null,
};
const rates = new Map([['USD EUR', parseDecimal('0.5')]]);
const holds = (segment: Segment, of: Account = account): Verdict => isTrueOf(segment, of, rates);
const eur = (amount: string) => ({ currency: 'EUR', amount });

test('amounts in several currencies are compared by the rates of the day', () => {
  assert.equal(holds({ attribute: 'open_amount', is: 'at_least', value: eur('1000.00') }), true);
  assert.equal(holds({ attribute: 'open_amount', is: 'more_than', value: eur('1000.00') }), false);
  assert.equal(holds({ attribute: 'overdue_amount', is: 'less_than', value: eur('500.01') }), true);
});

test('numbers and words are compared as they are', () => {
  assert.equal(holds({ attribute: 'oldest_days_overdue', is: 'at_least', value: 45 }), true);
  assert.equal(holds({ attribute: 'overdue_items', is: 'at_most', value: 2 }), false);
  assert.equal(holds({ attribute: 'average_days_late', is: 'at_least', value: 9 }), true);
  assert.equal(holds({ attribute: 'average_days_late', is: 'at_most', value: 5, last: 2 }), true);
  assert.equal(holds({ attribute: 'country', is: 'one_of', value: ['AT', 'DE'] }), true);
  assert.equal(holds({ attribute: 'debtor_kind', is: 'none_of', value: ['authority'] }), true);
});

test('words are asked for as accounts have them, however they are typed: whom a rule spares is spared', () => {
  const read = (given: unknown): Segment => {
    const problems: FileProblem[] = [];
    const segment = readSegment(new FileValue(given, 'segment', problems));
    assert.deepEqual(problems, []);
    return segment;
  };
  const german = { ...account, tags: ['key account'], owner: 'ann@ours.example' };
  const asked: readonly (readonly [string, string, Account])[] = [
    ['tags', ' Key  Account', german],
    ['country', 'de', german],
    ['company', 'main', { ...account, company: 'MAIN' }],
    ['language', 'DE', german],
    ['language', 'de-at', { ...account, language: 'de-AT' }],
    ['debtor_kind', 'Business', german],
    ['owner', 'Ann@Ours.example', german],
  ];
  for (const [attribute, word, of] of asked) {
    assert.equal(holds(read({ attribute, is: 'one_of', value: [word] }), of), true, word);
    assert.equal(holds(read({ attribute, is: 'none_of', value: [word] }), of), false, word);
  }
});

test('a risk class that is stated counts; else the one that follows from how the account paid, if anything does', () => {
  const isHigh: Segment = { attribute: 'risk_class', is: 'one_of', value: ['high'] };
  assert.equal(holds(isHigh), false, 'nine days late on average');
  assert.equal(holds(isHigh, { ...account, brokenPromises: 2 }), true);
  assert.equal(holds(isHigh, { ...account, brokenPromises: 2, statedRisk: 'low' }), false);
  assert.equal(holds(isHigh, { ...account, statedRisk: 'high' }), true);
  const unknown = { ...account, paidDaysLate: [] };
  assert.equal(holds(isHigh, unknown), null);
  assert.equal(holds({ attribute: 'risk_class', is: 'unknown' }, unknown), true);
});

test('what is not known is neither true nor false, and its contrary neither', () => {
  const nameless = { ...account, country: null, paidDaysLate: [] };
  const abroad: Segment = { attribute: 'country', is: 'none_of', value: ['DE'] };
  assert.equal(holds(abroad, nameless), null);
  assert.equal(holds({ not: abroad }, nameless), null);
  assert.equal(holds({ attribute: 'country', is: 'unknown' }, nameless), true);
  assert.equal(holds({ attribute: 'average_days_late', is: 'at_least', value: 0 }, nameless), null);
  const inYen: Segment = {
    attribute: 'open_amount',
    is: 'at_least',
    value: { currency: 'JPY', amount: '1' },
  };
  assert.equal(holds(inYen), null, 'a missing rate');
});

test('an explanation shows what was seen at each leaf', () => {
  const segment: Segment = {
    all: [
      { attribute: 'open_amount', is: 'at_least', value: eur('1000.00') },
      { not: { attribute: 'country', is: 'one_of', value: ['FR'] } },
    ],
  };
  const explained = explainSegment(segment, account, rates);
  assert.equal(explained.holds, true);
  assert.deepEqual(JSON.parse(JSON.stringify(explained)), {
    says: 'all',
    holds: true,
    of: [
      { says: 'leaf', holds: true, leaf: segment.all[0], seen: '1000.00 EUR' },
      {
        says: 'not',
        holds: true,
        of: [
          {
            says: 'leaf',
            holds: false,
            leaf: { attribute: 'country', is: 'one_of', value: ['FR'] },
            seen: 'DE',
          },
        ],
      },
    ],
  });
});

test('what is wrong with a rule is told where it is, all of it at once', () => {
  const problems: FileProblem[] = [];
  readSegment(
    new FileValue(
      {
        all: [
          { attribute: 'colour', is: 'one_of', value: ['red'] },
          { attribute: 'open_amount', is: 'at_least', value: { currency: 'EUR', amount: '1.005' } },
          { attribute: 'country', is: 'at_least', value: 3, why: 'so' },
          'nobody',
        ],
      },
      'segment',
      problems,
    ),
  );
  assert.deepEqual(
    problems.map(({ where }) => where),
    [
      'segment.all[0].attribute',
      'segment.all[1].value.amount',
      'segment.all[2]',
      'segment.all[2].value',
      'segment.all[2].is',
      'segment.all[3]',
    ],
  );
});

// — properties —

const anyLeaf: fc.Arbitrary<Segment> = fc.oneof(
  fc.record({
    attribute: fc.constantFrom(
      'oldest_days_overdue' as const,
      'overdue_items' as const,
      'terms_days' as const,
    ),
    is: fc.constantFrom('at_least' as const, 'at_most' as const, 'more_than' as const, 'less_than' as const),
    value: fc.integer({ min: 0, max: 60 }),
  }),
  fc.record({
    attribute: fc.constant('country' as const),
    is: fc.constantFrom('one_of' as const, 'none_of' as const),
    value: fc.subarray(['DE', 'AT', 'FR'], { minLength: 1 }),
  }),
  fc.record({
    attribute: fc.constant('language' as const),
    is: fc.constantFrom('one_of' as const, 'none_of' as const),
    value: fc.subarray(['de', 'en', 'fr'], { minLength: 1 }),
  }),
  fc.record({
    attribute: fc.constant('overdue_amount' as const),
    is: fc.constantFrom('at_least' as const, 'less_than' as const),
    value: fc.nat(1000).map((n) => eur(`${n}.00`)),
  }),
);
const { segment: anySegment } = fc.letrec<{ segment: Segment }>((tie) => ({
  segment: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyLeaf,
    fc.array(tie('segment'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('segment'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('segment').map((not) => ({ not })),
  ),
}));
const anyAccount: fc.Arbitrary<Account> = fc.record({
  company: fc.constant('MAIN'),
  country: fc.constantFrom('DE', 'AT', 'FR', null),
  language: fc.constantFrom('de', 'fr'),
  debtorKind: fc.constant('business' as const),
  termsDays: fc.option(fc.nat(60)),
  customerForDays: fc.nat(1000),
  open: fc.constant([]),
  overdue: fc.oneof(
    fc.constant([]),
    fc.bigInt({ min: 1n, max: 100_000n }).map((n) => [money(n, 'EUR')]),
  ),
  oldestDaysOverdue: fc.nat(90),
  overdueItems: fc.nat(10),
  paidDaysLate: fc.constant([]),
  owner: fc.constantFrom(null, 'a@us.example'),
  tags: fc.subarray(['key', 'insured']),
  statedRisk: fc.constantFrom('high' as const, null),
  brokenPromises: fc.nat(3),
});
const policyOf = (code: string, segment: Segment): Policy => ({
  ...onePolicy(code, FIRST_CADENCE.steps),
  code,
  segment,
});

test('whatever the rules and the account, exactly one policy counts: the first whose rule is true', () => {
  fc.assert(
    fc.property(fc.array(anySegment, { maxLength: 5 }), anyAccount, (segments, of) => {
      const policies = [
        ...segments.map((segment, i) => policyOf(`p${i}`, segment)),
        policyOf('rest', 'everybody'),
      ];
      const chosen = choosePolicy(policies, of, rates);
      const place = policies.indexOf(chosen);
      assert.equal(isTrueOf(chosen.segment, of, rates), true);
      assert.ok(policies.slice(0, place).every(({ segment }) => isTrueOf(segment, of, rates) !== true));
      assert.equal(explainChoice(policies, of, rates).length, place + 1);
    }),
  );
});

test('where no account is in two segments, the order of the policies changes nothing', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(90), { minLength: 1, maxLength: 5 }),
      anyAccount,
      fc.gen(),
      (edges, of, gen) => {
        const sorted = [0, ...edges.toSorted((a, b) => a - b), 91];
        const disjoint = sorted.slice(1).map((to, i) =>
          policyOf(`to${to}`, {
            all: [
              { attribute: 'oldest_days_overdue', is: 'at_least', value: sorted[i] ?? 0 },
              { attribute: 'oldest_days_overdue', is: 'less_than', value: to },
            ],
          }),
        );
        const mixed = gen(fc.shuffledSubarray, disjoint, { minLength: disjoint.length });
        const rest = policyOf('rest', 'everybody');
        assert.equal(
          choosePolicy([...mixed, rest], of, rates).code,
          choosePolicy([...disjoint, rest], of, rates).code,
        );
      },
    ),
  );
});

test('a rule that is read from its own text is the same rule', () => {
  fc.assert(
    fc.property(anySegment, (segment) => {
      const problems: FileProblem[] = [];
      const given: unknown = JSON.parse(JSON.stringify(segment));
      const read = readSegment(new FileValue(given, 'segment', problems));
      assert.deepEqual(problems, []);
      assert.deepEqual(JSON.parse(JSON.stringify(read)), given);
    }),
  );
});
