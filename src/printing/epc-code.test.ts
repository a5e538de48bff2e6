import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { type EpcPayment, epcPayload } from './epc-code.ts';

const payment: EpcPayment = {
  holder: 'Nordlicht Werkzeugbau GmbH',
  iban: 'DE89 3704 0044 0532 0130 00',
  bic: 'COBADEFFXXX',
  amount: money(59_234n, 'EUR'),
  reference: 'RF18 5390 0754 7034',
};

test('a creditor reference goes into the structured field', () => {
  assert.equal(
    epcPayload(payment),
    [
      'BCD',
      '002',
      '1',
      'SCT',
      'COBADEFFXXX',
      'Nordlicht Werkzeugbau GmbH',
      'DE89370400440532013000',
      'EUR592.34',
      '',
      'RF18539007547034',
    ].join('\n'),
  );
});

test('any other reference goes into the free text, and nothing follows the last line that is filled', () => {
  const lines = epcPayload({ ...payment, reference: '2026-00012\nK-10442' })?.split('\n');
  assert.deepEqual(lines?.slice(8), ['', '', '2026-00012 K-10442']);
  assert.equal(
    epcPayload({ ...payment, reference: undefined, bic: undefined })
      ?.split('\n')
      .at(-1),
    'EUR592.34',
  );
  const wrongDigits = epcPayload({ ...payment, reference: 'RF19539007547034' })?.split('\n');
  assert.deepEqual(wrongDigits?.slice(9), ['', 'RF19539007547034']);
});

test('a long name is cut between letters; a long reference leaves no code, for it must arrive whole', () => {
  const holder = (name: string): string | undefined =>
    epcPayload({ ...payment, holder: name })?.split('\n')[5];
  assert.equal(holder('é'.repeat(80)), 'é'.repeat(70));
  assert.equal(holder('🎻'.repeat(50)), '🎻'.repeat(50));
  assert.equal(holder('🎻'.repeat(80)), undefined, 'too many bytes for the code');
  const reference = (text: string): string | undefined =>
    epcPayload({ ...payment, reference: text })?.split('\n')[10];
  assert.equal(reference('x'.repeat(140)), 'x'.repeat(140));
  assert.equal(reference('x'.repeat(141)), undefined);
});

test('there is no code for what a SEPA transfer cannot pay', () => {
  const cases: Partial<EpcPayment>[] = [
    { amount: money(100n, 'CHF') },
    { amount: money(0n, 'EUR') },
    { amount: money(-100n, 'EUR') },
    { amount: money(100_000_000_000n, 'EUR') },
    { iban: 'DE88370400440532013000' },
    { iban: '' },
    { holder: '  ' },
  ];
  for (const part of cases) assert.equal(epcPayload({ ...payment, ...part }), undefined);
  assert.match(epcPayload({ ...payment, amount: money(99_999_999_999n, 'EUR') }) ?? '', /EUR999999999\.99/);
  assert.match(epcPayload({ ...payment, amount: money(1n, 'EUR') }) ?? '', /EUR0\.01/);
});
