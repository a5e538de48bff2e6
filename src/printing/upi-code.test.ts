import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { checkUpiId, upiPayload } from './upi-code.ts';

const payment = {
  upiId: 'deccan.tools@okbank',
  name: 'Deccan Tools & Sons',
  amount: money(1_234_500n, 'INR'),
};

test('a code in rupees names payee, amount and reference', () => {
  assert.equal(
    upiPayload({ ...payment, reference: 'INV2026' }),
    'upi://pay?pa=deccan.tools@okbank&pn=Deccan%20Tools%20%26%20Sons&am=12345.00&cu=INR&tr=INV2026&tn=INV2026',
  );
});

test('a reference with signs goes into the note alone; without one there is neither', () => {
  assert.match(upiPayload({ ...payment, reference: 'INV-2026/1' }) ?? '', /&cu=INR&tn=INV-2026%2F1$/);
  assert.match(upiPayload(payment) ?? '', /&cu=INR$/);
});

test('there is no code in another currency, for nothing, or for a reference it cannot carry', () => {
  assert.equal(upiPayload({ ...payment, amount: money(100n, 'EUR') }), undefined);
  assert.equal(upiPayload({ ...payment, amount: money(0n, 'INR') }), undefined);
  assert.equal(upiPayload({ ...payment, reference: 'x'.repeat(81) }), undefined);
});

test('what is no address of UPI is refused', () => {
  for (const upiId of ['shop', '@bank', 'shop@', 'shop@ bank', 'a&b@bank', 'shop@bank&am=1'])
    assert.throws(() => checkUpiId(upiId), { code: 'upi_id_not_valid' });
  checkUpiId('9876543210@ybl');
});
