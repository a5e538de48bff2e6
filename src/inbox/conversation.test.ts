import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { belongsIn, type Clues, numbersIn, placeOf } from './conversation.ts';
import { wishesOf } from './proposal.ts';

const A = 'a' as CustomerId;
const B = 'b' as CustomerId;
const NOTHING: Clues = { conversationId: undefined, ofMessage: undefined, ofDocuments: [], ofSender: [] };
const place = (clues: Partial<Clues>) => {
  const { customerId, knownBy } = placeOf({ ...NOTHING, ...clues });
  return [customerId, knownBy];
};

test('what a mail answers counts before what it names, and that before who it says it is from', () => {
  assert.deepEqual(place({ ofMessage: A, ofDocuments: [B], ofSender: [B] }), [A, 'message']);
  assert.deepEqual(place({ conversationId: 'c', ofSender: [B] }), [undefined, 'conversation']);
  assert.deepEqual(place({ ofDocuments: [A], ofSender: [B] }), [A, 'document']);
  assert.deepEqual(place({ ofSender: [B] }), [B, 'sender']);
});

test('of two customers who fit nobody is chosen, unless one of them is the sender', () => {
  assert.deepEqual(place({ ofDocuments: [A, B] }), [undefined, null]);
  assert.deepEqual(place({ ofSender: [A, B] }), [undefined, null]);
  assert.deepEqual(place({ ofDocuments: [A, B], ofSender: [B] }), [B, 'document']);
  assert.deepEqual(place({}), [undefined, null]);
});

test('a mail that answers a message to one customer does not go on in the conversation of another', () => {
  const ofA = placeOf({ ...NOTHING, ofMessage: A, conversationId: 'c' });
  assert.deepEqual([belongsIn(ofA, A), belongsIn(ofA, null), belongsIn(ofA, B)], [true, true, false]);
  assert.equal(belongsIn(placeOf({ ...NOTHING, conversationId: 'c' }), B), true);
});

test('numbers are compared as the books compare them', () => {
  assert.deepEqual(numbersIn('About inv-2026/00017, please, and 12 boxes by 2026'), ['INV202600017', '2026']);
});

const EUR = (minor: bigint) => money(minor, 'EUR');
const item = (id: string, minor: bigint) => ({ id: id as ItemId, open: EUR(minor) }) as OpenItem;
const on = parseDate('2026-03-20');
const facts = (amount: bigint | null) => ({
  parts: [{ on, amount: amount === null ? null : EUR(amount) }],
  isUncertain: false,
  references: [],
  reason: null,
  address: null,
});

test('an amount that is promised goes over the items, the earliest due first', () => {
  const wishes = wishesOf(facts(150n), {}, [item('1', 100n), item('2', 100n)]);
  assert.deepEqual(
    wishes.map(({ itemId, amount }) => [itemId, amount?.minor]),
    [
      ['1', 100n],
      ['2', 50n],
    ],
  );
  assert.deepEqual(
    wishesOf(facts(null), {}, [item('1', 100n)]).map(({ amount }) => amount),
    [undefined],
  );
});

test('who changes the day alone keeps the amount, and who changes the amount alone the day', () => {
  const other = parseDate('2026-03-27');
  const [later] = wishesOf(facts(50n), { on: other }, [item('1', 100n)]);
  assert.deepEqual([later?.on.toString(), later?.amount?.minor], ['2026-03-27', 50n]);
  const [more] = wishesOf(facts(50n), { amount: EUR(80n) }, [item('1', 100n)]);
  assert.deepEqual([more?.on.toString(), more?.amount?.minor], ['2026-03-20', 80n]);
});

test('an amount goes over items of its own currency alone', () => {
  const dollars = { id: 'usd' as ItemId, open: money(100n, 'USD') } as OpenItem;
  const wishes = wishesOf(facts(50n), {}, [dollars, item('1', 100n)]);
  assert.deepEqual(
    wishes.map(({ itemId, amount }) => [itemId, amount]),
    [['1', EUR(50n)]],
  );
  assert.throws(
    () => wishesOf(facts(50n), {}, [dollars]),
    (error) => error instanceof Refusal && error.code === 'wrong_currency',
  );
});

test('more than is open, no day and nothing open are refused', () => {
  const refused = (run: () => unknown, code: string) =>
    assert.throws(run, (error) => error instanceof Refusal && error.code === code);
  refused(() => wishesOf(facts(201n), {}, [item('1', 200n)]), 'exceeds_open');
  refused(() => wishesOf(facts(1n), {}, []), 'nothing_promised');
  refused(() => wishesOf({ ...facts(1n), parts: [] }, {}, [item('1', 200n)]), 'promise_without_day');
});
