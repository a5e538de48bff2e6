import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { applyPayment } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import type { Suggested } from '../payments/Suggestions.tsx';
import {
  applyInput,
  type Chosen,
  dropping,
  hindranceOf,
  NOTHING,
  outcomeWords,
  restOf,
  staying,
  taken,
  toggled,
  unsaidShort,
  writingOff,
} from './desk.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

test('of what is dropped the desk says what it is, and by which right', () => {
  const payment = { amount: eur('97.00'), unapplied: eur('97.00') } as Payment;
  const wordsFor = (kind: 'bank_charge' | 'small_balance', state: 'stated' | 'limit') =>
    outcomeWords(payment, [], { ...NOTHING, typed: { item: '97.00' } }, {
      discounts: [],
      deductions: [],
      writeOffs: [],
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

test('what is dropped is first what the server says it is, then the other, then nothing', () => {
  const payment = { paymentId: 'p', amount: eur('97.00'), unapplied: eur('97.00') } as Payment;
  const choice = { itemId: 'item', reference: 'R', open: eur('100.00'), dueOn: '2026-01-01' };
  const told = (kind: 'bank_charge' | 'small_balance') =>
    ({ differences: [{ itemId: 'item', kind }] }) as unknown as Reply<typeof applyPayment>;
  const pressed = (times: number, said: Reply<typeof applyPayment> | undefined) => {
    let chosen: Chosen = { ...NOTHING, typed: { item: '97.00' } };
    for (let n = 0; n < times; n += 1) chosen = dropping(chosen, 'item', said);
    const [allocation] = applyInput(payment, [choice as never], chosen).body.allocations;
    return allocation?.difference && [allocation.difference.amount, allocation.differenceKind];
  };
  assert.deepEqual(pressed(1, told('bank_charge')), ['3.00', 'bank_charge']);
  assert.deepEqual(pressed(2, told('bank_charge')), ['3.00', 'small_balance']);
  assert.equal(pressed(3, told('bank_charge')), undefined);
  assert.deepEqual(pressed(1, undefined), ['3.00', 'small_balance']);
  assert.deepEqual(pressed(2, undefined), ['3.00', 'bank_charge']);
});

const choiceOf = (itemId: string, amount: string, dueOn = '2026-02-01') =>
  ({ itemId, reference: itemId, open: eur(amount), dueOn, reasons: [] }) as never;

test('a credit that is chosen pays what the items are short by, and given back they are as short again', () => {
  const payment = { paymentId: 'p', amount: eur('80.00'), unapplied: eur('80.00') } as Payment;
  const choices = [choiceOf('bill', '100.00'), choiceOf('note', '-50.00')];
  const [bill, note] = choices;
  const short = toggled(payment, NOTHING, bill as never, choices);
  assert.deepEqual(short.typed, { bill: '80.00' });
  const whole = toggled(payment, short, note as never, choices);
  assert.deepEqual([whole.typed, whole.less], [{ bill: '100.00' }, { note: '20.00' }]);
  assert.equal(restOf(payment, whole).minor, 0n);
  assert.deepEqual(applyInput(payment, choices, whole).body.allocations, [
    { itemId: 'bill', amount: eur('80.00') },
  ]);
  assert.deepEqual(applyInput(payment, choices, whole).body.credits, [
    { creditItemId: 'note', itemId: 'bill', amount: eur('20.00') },
  ]);
  const back = toggled(payment, whole, note as never, choices);
  assert.deepEqual([back.typed, back.less], [{ bill: '80.00' }, {}]);
  assert.equal(applyInput(payment, choices, back).body.credits, undefined);
});

test('a suggestion less credits is taken as a whole, credits alone are not applied', () => {
  const payment = { paymentId: 'p', amount: eur('80.00'), unapplied: eur('80.00') } as Payment;
  const suggestion = {
    allocations: [{ itemId: 'large', amount: eur('80.00') }],
    nettings: [{ creditItemId: 'note', itemId: 'small', amount: eur('20.00') }],
  } as unknown as Suggested;
  const chosen = taken(payment, suggestion);
  assert.deepEqual([chosen.typed, chosen.less], [{ large: '80.00', small: '20.00' }, { note: '20.00' }]);
  assert.equal(restOf(payment, chosen).minor, 0n);
  assert.equal(hindranceOf(payment, chosen), undefined);
  const alone: Chosen = { ...NOTHING, typed: { small: '20.00' }, less: { note: '20.00' } };
  assert.match(hindranceOf(payment, alone) ?? '', /not less than/);
});

test('what is missing is asked once, not where money is left on account or a rule closes the item, and each answer replaces the other', () => {
  const payment = { paymentId: 'p', amount: eur('97.00'), unapplied: eur('97.00') } as Payment;
  const choices = [choiceOf('bill', '100.00')];
  const chosen: Chosen = { ...NOTHING, typed: { bill: '97.00' } };
  const told = (open: string) =>
    ({ items: [{ itemId: 'bill', open: eur(open) }] }) as unknown as Reply<typeof applyPayment>;
  const asks = (as: Chosen, said = told('3.00')) => unsaidShort(payment, choices, as, said)?.itemId;
  assert.equal(asks(chosen), 'bill');
  assert.equal(asks(chosen, told('0.00')), undefined, 'a rule closes it');
  assert.equal(asks({ ...chosen, typed: { bill: '90.00' } }), undefined, 'money is left on purpose');
  assert.equal(asks(staying(chosen, 'bill')), undefined);
  assert.equal(asks(dropping(chosen, 'bill', undefined)), undefined);

  const how = { kind: 'goodwill', reason: 'a fair' } as const;
  const written = writingOff(staying(chosen, 'bill'), 'bill', how);
  assert.equal(asks(written), undefined);
  assert.equal(written.open.size, 0);
  const { body } = applyInput(payment, choices, written);
  assert.deepEqual(body.writeOff, { ...how, items: [{ itemId: 'bill', amount: eur('3.00') }] });
  assert.equal(applyInput(payment, choices, staying(written, 'bill')).body.writeOff, undefined);
});

test('what is typed and is no amount is never taken for nothing while the rest is applied', () => {
  const payment = { paymentId: 'p', amount: eur('97.00'), unapplied: eur('97.00') } as Payment;
  const typing = (text: string): Chosen => ({ ...NOTHING, typed: { one: '40.00', two: text } });
  for (const text of ['57.001', '5O', '-1', '1,2,3', '1.2345'])
    assert.equal(hindranceOf(payment, typing(text)), 'What is typed is no amount', text);
  for (const text of ['', '57', '57,00', ' 5 7.00'])
    assert.equal(hindranceOf(payment, typing(text)), undefined);
  assert.equal(
    hindranceOf(payment, { ...NOTHING, typed: { one: '40.00' }, less: { credit: 'x' } }),
    'What is typed is no amount',
  );
});
