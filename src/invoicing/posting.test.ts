import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { allocate, money } from '#kernel/money.ts';
import type { Line } from '#ledger/journal.ts';
import { type DocumentKind, pricedByTotal, type ReadyDocument } from './document.ts';
import { documentPosting } from './posting.ts';
import { checkVoiding, voidPosting, voidRefusal } from './voiding.ts';

const day = parseDate('2026-01-15');

function document(
  kind: DocumentKind,
  net: bigint,
  tax: bigint,
  weights: readonly bigint[] = [1n],
): ReadyDocument {
  const total = money(net + tax, 'USD');
  return {
    id: newId(),
    kind,
    companyId: newId() as CompanyId,
    customerId: newId() as CustomerId,
    issuedOn: day,
    priced: pricedByTotal(total, money(tax, 'USD')),
    instalments: allocate(total, weights).map((amount, i) => ({ dueOn: day.add({ days: i }), amount })),
  };
}

/** What lines do to an account, in document and functional currency. */
function on(lines: readonly Line[], account: string): readonly [bigint, bigint] {
  const own = lines.filter((line) => line.account === account);
  return [own.reduce((a, l) => a + l.amount.minor, 0n), own.reduce((a, l) => a + l.functional.minor, 0n)];
}

test('an invoice debits receivables per instalment and credits revenue and tax', () => {
  const { items, entry } = documentPosting(
    document('invoice', 100n, 21n, [1n, 1n]),
    'INV-1',
    money(110n, 'EUR'),
  );
  assert.deepEqual(
    items.map((i) => [i.instalment, i.amount.minor, i.functional.minor, i.dueOn.toString(), i.reference]),
    [
      [1, 61n, 55n, '2026-01-15', 'INV-1'],
      [2, 60n, 55n, '2026-01-16', 'INV-1'],
    ],
  );
  assert.deepEqual(on(entry.lines, 'receivables'), [121n, 110n]);
  assert.deepEqual(on(entry.lines, 'revenue'), [-100n, -91n]);
  assert.deepEqual(on(entry.lines, 'tax'), [-21n, -19n]);
  assert.deepEqual(
    entry.lines.filter((l) => l.item).map((l) => l.item?.id),
    items.map((i) => i.id),
  );
});

test('a credit note does the same the other way round', () => {
  const { items, entry } = documentPosting(document('credit_note', 100n, 21n), 'CN-1', money(110n, 'EUR'));
  assert.deepEqual(
    items.map((i) => [i.amount.minor, i.functional.minor]),
    [[-121n, -110n]],
  );
  assert.deepEqual(on(entry.lines, 'revenue'), [100n, 91n]);
  assert.deepEqual(on(entry.lines, 'tax'), [21n, 19n]);
});

test('in both currencies instalments, net and tax sum to the whole, and voiding takes back exactly that', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<DocumentKind>('invoice', 'credit_note'),
      fc.bigInt(1_000n, 10n ** 12n),
      fc.bigInt(0n, 10n ** 11n),
      fc.bigInt(0n, 10n ** 12n),
      fc.array(fc.bigInt(1n, 9n), { minLength: 1, maxLength: 8 }),
      (kind, net, tax, worth, weights) => {
        const made = document(kind, net, tax, weights);
        fc.pre(made.instalments.every((i) => i.amount.minor > 0n));
        const { items, entry } = documentPosting(made, 'X-1', money(worth, 'EUR'));
        const sign = kind === 'invoice' ? 1n : -1n;
        assert.deepEqual(on(entry.lines, 'receivables'), [sign * (net + tax), sign * worth]);
        assert.equal(
          items.reduce((total, i) => total + i.amount.minor, 0n),
          sign * (net + tax),
        );
        assert.equal(
          items.reduce((total, i) => total + i.functional.minor, 0n),
          sign * worth,
        );

        const undone = voidPosting(items, entry, day);
        assert.equal(undone.entry.reversesId, entry.id);
        for (const account of ['receivables', 'revenue', 'tax'])
          assert.deepEqual(on([...entry.lines, ...undone.entry.lines], account), [0n, 0n]);
        items.forEach((item, index) => {
          const counter = undone.items[index];
          assert.deepEqual(
            [
              counter?.amount.minor,
              counter?.functional.minor,
              counter?.dueOn,
              counter?.kind,
              counter?.instalment,
            ],
            [-item.amount.minor, -item.functional.minor, item.dueOn, 'void', item.instalment],
          );
          const line = undone.entry.lines.find((l) => l.item?.id === counter?.id);
          assert.equal(line?.amount.minor ?? 0n, counter?.amount.minor);
        });
        assert.ok(undone.wanted.every((w) => w.amount.minor > 0n && w.method === 'void'));
      },
    ),
  );
});

test('a document can be voided until something was applied to it or a credit note corrects it, not before its day, and once', () => {
  const { items } = documentPosting(document('invoice', 100n, 0n), 'INV-1', money(100n, 'EUR'));
  const fresh = { number: 'INV-1', issuedOn: day, voidedOn: null, items, credited: false };
  assert.equal(voidRefusal(fresh), undefined);
  assert.equal(voidRefusal({ ...fresh, voidedOn: day }), 'invoice_voided');
  assert.equal(voidRefusal({ ...fresh, credited: true }), 'invoice_has_credit_notes');
  const touched = items.map((item) => ({ ...item, open: money(99n, 'USD') }));
  assert.equal(voidRefusal({ ...fresh, items: touched }), 'invoice_has_applications');
  assert.throws(() => checkVoiding(fresh, day.subtract({ days: 1 })), { code: 'voided_too_early' });
  assert.throws(() => checkVoiding({ ...fresh, credited: true }, day), { code: 'invoice_has_credit_notes' });
  checkVoiding(fresh, day);
});
