import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { applyPayment } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import { NOTHING, outcomeWords } from './desk.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

test('of what is dropped the desk says what it is, and by which right', () => {
  const payment = { amount: eur('97.00'), unapplied: eur('97.00') } as Payment;
  const wordsFor = (kind: 'bank_charge' | 'small_balance', state: 'stated' | 'limit') =>
    outcomeWords(payment, [], { ...NOTHING, typed: { item: '97.00' } }, {
      discounts: [],
      deductions: [],
      items: [],
      differences: [
        { itemId: 'item', reference: 'R', kind, state, difference: eur('3.00'), allowed: eur('3.00') },
      ],
    } as unknown as Reply<typeof applyPayment>);
  assert.equal(
    wordsFor('bank_charge', 'stated'),
    '3.00 EUR bank charge dropped, as the bank’s statement says',
  );
  assert.equal(wordsFor('small_balance', 'limit'), '3.00 EUR small difference dropped within your limit');
});
