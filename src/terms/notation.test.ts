import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { annualCost } from './discount-cost.ts';
import { parseNotation } from './notation.ts';
import { checkRules } from './payment-terms.ts';
import { describeTerms } from './wording.ts';

const said = (text: string): string => describeTerms(parseNotation(text));

test('short notations are understood the way people mean them', () => {
  const meant = {
    'net 30': 'net 30',
    n30: 'net 30',
    '30 days': 'net 30',
    'due on receipt': 'due at once',
    '2/10 net 30': '2 % within 10 days, net 30',
    '2/10, 1/20, n/30': '2 % within 10 days, 1 % within 20 days, net 30',
    '2% 10 days, net 30': '2 % within 10 days, net 30',
    '1.5/10 EOM net 30': '1.5 % until 10 days after the end of the month, net 30',
    'EOM+30': '30 days after the end of the month',
    'Net 30 EOM': '30 days after the end of the month',
    EOM: 'the end of the month',
    '30 days end of month': '30 days, then the end of the month',
    '15th next month': 'the 15th of the next month',
    '15th of the following month': 'the 15th of the next month',
    '10th prox': 'the 10th of the next month',
    '10th and 25th': 'the next 10th or 25th',
    '50/50 30/60': '50 % net 30; 50 % net 60',
    '30/60/90': '33.33 % net 30; 33.33 % net 60; 33.33 % net 90',
    '2 months': '2 months after issue',
  };
  for (const [text, words] of Object.entries(meant)) assert.equal(said(text), words, text);
});

test('what is not understood is refused, not guessed', () => {
  for (const text of [
    '',
    'soon',
    '2/10',
    '50/50 30',
    '40/40 30/60',
    '25/10 net 30',
    'net 999',
    '32nd next month',
    '0/10 net 30',
    'x'.repeat(200),
  ])
    assert.throws(() => parseNotation(text), { code: 'terms_not_understood' }, text);
});

test('terms are worded in the languages that letters are written in', () => {
  const rules = parseNotation('2.5/10 net 30');
  assert.deepEqual(
    (['en', 'de', 'fr', 'cs'] as const).map((language) => describeTerms(rules, language)),
    [
      '2.5 % within 10 days, net 30',
      '2,5 % Skonto innerhalb von 10 Tagen, 30 Tage netto',
      '2,5 % d’escompte sous 10 jours, net à 30 jours',
      'skonto 2,5 % do 10 dnů, splatnost 30 dní',
    ],
  );
  const fixed = parseNotation('15th next month');
  assert.deepEqual(
    (['de', 'fr', 'cs'] as const).map((language) => describeTerms(fixed, language)),
    ['am 15. des Folgemonats', 'le 15 du mois suivant', '15. příštího měsíce'],
  );
  const cutOff = parseNotation('EOM+10');
  const [first] = cutOff.instalments;
  if (first?.due.kind !== 'month_end') assert.fail('a month-end rule');
  const rule = { ...cutOff, instalments: [{ ...first, due: { ...first.due, cutOffDay: 25 } }] };
  assert.equal(
    describeTerms(rule),
    '10 days after the end of the month (issued after the 25th: a month later)',
  );
});

test('rules that cannot be are refused', () => {
  const rules = parseNotation('2/10 net 30');
  const due = { kind: 'days', days: 1 } as const;
  const wrong = [
    [{ ...rules, instalments: [] }, 'instalments_missing'],
    [{ ...rules, instalments: [{ share: { weight: '0' }, due }] }, 'share_not_positive'],
    [{ ...rules, instalments: [{ share: { amount: '5' }, due }] }, 'share_without_rest'],
    [{ ...rules, discounts: [{ percent: '20.1', until: due }] }, 'discount_percent_not_valid'],
    [{ ...rules, discounts: [{ percent: '0', until: due }] }, 'discount_percent_not_valid'],
  ] as const;
  for (const [given, code] of wrong) assert.throws(() => checkRules(given), { code });
});

test('2/10 net 30 costs 37.2 % a year on 365 days and 36.7 % on 360', () => {
  const cost = (percent: string, days: number, year: 360 | 365) => {
    const found = annualCost(parseDecimal(percent), days, year);
    return found && decimalText(found);
  };
  assert.deepEqual([cost('2', 20, 365), cost('2', 20, 360)], ['37.2', '36.7']);
  assert.equal(cost('1', 10, 365), '36.9');
  assert.equal(cost('2', 0, 365), undefined);
  assert.equal(cost('100', 20, 365), undefined);
});
