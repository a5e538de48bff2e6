import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { absolute, money } from '#kernel/money.ts';
import { daysLate, giveBack, isDebit, left, type OpenItem, openItem, takePart } from './open-item.ts';

function item(minor: bigint, functionalMinor = minor): OpenItem {
  return openItem({
    id: newId(),
    companyId: newId() as CompanyId,
    customerId: newId() as CustomerId,
    kind: minor > 0n ? 'invoice' : 'credit_note',
    documentId: newId(),
    instalment: 1,
    reference: 'X-1',
    account: 'receivables',
    amount: money(minor, 'USD'),
    functional: money(functionalMinor, 'EUR'),
    postedOn: parseDate('2026-01-01'),
    dueOn: parseDate('2026-01-31'),
  });
}

test('a new item is wholly open, of one sign in both currencies, and about some money', () => {
  const made = item(100n, 90n);
  assert.deepEqual(
    [made.open.minor, made.openFunctional.minor, isDebit(made), left(made)],
    [100n, 90n, true, 100n],
  );
  assert.deepEqual([isDebit(item(-5n)), left(item(-5n))], [false, 5n]);
  assert.throws(() => item(0n), /about some money/);
  assert.throws(() => item(5n, -5n), /one sign/);
});

test('an item is late from the day after it was due', () => {
  assert.deepEqual(
    ['2026-01-30', '2026-01-31', '2026-02-01', '2026-03-03'].map((day) => daysLate(item(1n), parseDate(day))),
    [-1, 0, 1, 31],
  );
});

test('no more is taken off an item than is left, and nothing negative', () => {
  assert.throws(() => takePart(item(100n), 101n), /no more is taken/);
  assert.throws(() => takePart(item(100n), -1n), /no more is taken/);
});

const amounts = fc.bigInt(1n, 10n ** 14n);
const sign = fc.constantFrom(1n, -1n);

test('however an item is taken apart, it ends at nothing in both currencies at once', () => {
  fc.assert(
    fc.property(
      amounts,
      amounts,
      sign,
      fc.array(fc.bigInt(0n, 10n ** 14n), { maxLength: 12 }),
      (size, worth, s, parts) => {
        let now = item(s * size, s * worth);
        let functional = 0n;
        for (const part of [...parts, size]) {
          const taken = takePart(now, part > left(now) ? left(now) : part);
          functional += taken.functional;
          assert.ok(taken.functional >= 0n);
          assert.ok(absolute(taken.after.openFunctional.minor) <= absolute(now.openFunctional.minor));
          now = taken.after;
        }
        assert.deepEqual([now.open.minor, now.openFunctional.minor, functional], [0n, 0n, worth]);
      },
    ),
  );
});

test('giving back what was taken restores the item exactly, in any order', () => {
  fc.assert(
    fc.property(
      amounts,
      amounts,
      sign,
      fc.array(amounts, { minLength: 1, maxLength: 8 }),
      fc.nat(),
      (size, worth, s, parts, from) => {
        const before = item(s * size, s * worth);
        let now = before;
        const taken: { readonly part: bigint; readonly functional: bigint }[] = [];
        for (const wanted of parts) {
          const part = wanted > left(now) ? left(now) : wanted;
          const { after, functional } = takePart(now, part);
          taken.push({ part, functional });
          now = after;
        }
        const turned = [...taken.slice(from % taken.length), ...taken.slice(0, from % taken.length)];
        for (const { part, functional } of turned) now = giveBack(now, part, functional);
        assert.deepEqual(now, before);
      },
    ),
  );
});

test('an item never has more open than its amount', () => {
  assert.throws(() => giveBack(item(100n), 1n, 0n), /never has more open/);
});
