import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left, type OpenItem, openItem } from '#ledger/open-item.ts';
import { decideReversal, decideSettlement } from '#ledger/settlement.ts';
import {
  accountOf,
  decideWriteOffs,
  undoPosting,
  type WriteOffKind,
  writeOffPosting,
} from './writing-off.ts';

const ISSUED = parseDate('2026-01-05');
const WRITTEN_OFF = parseDate('2026-03-01');
const UNDONE = parseDate('2026-04-01');

function item(id: string, minor: bigint, functional: bigint): OpenItem {
  return openItem({
    id: id as ItemId,
    companyId: 'company' as CompanyId,
    customerId: 'customer' as CustomerId,
    kind: 'invoice',
    documentId: id,
    instalment: 1,
    reference: id,
    account: 'receivables',
    amount: money(minor, 'USD'),
    functional: money(functional, 'EUR'),
    postedOn: ISSUED,
    dueOn: ISSUED,
  });
}

/** What lines move on each account, in both currencies. */
function sums(
  lines: readonly { account: string; amount: { minor: bigint }; functional: { minor: bigint } }[],
) {
  const moved = new Map<string, readonly [bigint, bigint]>();
  for (const { account, amount, functional } of lines) {
    const [a, f] = moved.get(account) ?? [0n, 0n];
    moved.set(account, [a + amount.minor, f + functional.minor]);
  }
  return moved;
}

const KINDS: readonly WriteOffKind[] = ['bad_debt', 'small_balance', 'dispute', 'goodwill', 'fx_rounding'];

const given = fc.record({
  kind: fc.constantFrom(...KINDS),
  parts: fc.array(
    fc.record({
      minor: fc.bigInt({ min: 1n, max: 1_000_000n }),
      functional: fc.bigInt({ min: 0n, max: 1_000_000n }),
      share: fc.bigInt({ min: 1n, max: 100n }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

test('what is written off is the sum of its parts, in both currencies, borne by the account of its kind', () => {
  fc.assert(
    fc.property(given, ({ kind, parts }) => {
      const items = parts.map(({ minor, functional }, n) => item(`i${n}`, minor, functional));
      const wishes = parts.map(({ minor, share }, n) => ({
        itemId: `i${n}` as ItemId,
        amount: money((minor * share + 99n) / 100n, 'USD'),
      }));
      const [writeOff] = decideWriteOffs(items, wishes, kind, WRITTEN_OFF);
      assert.ok(writeOff);
      const posting = writeOffPosting(writeOff, 'WO-1');
      const wanted = wishes.reduce((sum, one) => sum + one.amount.minor, 0n);
      assert.equal(writeOff.amount.minor, wanted);
      const moved = sums(posting.entry.lines);
      assert.deepEqual(moved.get(accountOf(kind)), [wanted, writeOff.functional.minor]);
      assert.deepEqual(moved.get('receivables'), [-wanted, -writeOff.functional.minor]);
      const settled = decideSettlement([...items, ...posting.items], posting.wanted, WRITTEN_OFF);
      // Each item has what is left of it, and nothing is gained or lost by exchange rates.
      assert.deepEqual(
        settled.items.slice(0, items.length).map(left),
        items.map((one, n) => left(one) - (wishes[n]?.amount.minor ?? 0n)),
      );
      assert.equal(sums(settled.lines).has('fx-differences'), false);
    }),
  );
});

test('writing off and undoing it is the identity on open amounts and on what stands in the journal', () => {
  fc.assert(
    fc.property(given, ({ kind, parts }) => {
      const items = parts.map(({ minor, functional }, n) => item(`i${n}`, minor, functional));
      const wishes = parts.map(({ minor, share }, n) => ({
        itemId: `i${n}` as ItemId,
        amount: money((minor * share + 99n) / 100n, 'USD'),
      }));
      const [writeOff] = decideWriteOffs(items, wishes, kind, WRITTEN_OFF);
      assert.ok(writeOff);
      const posting = writeOffPosting(writeOff, 'WO-1');
      const settled = decideSettlement([...items, ...posting.items], posting.wanted, WRITTEN_OFF);
      const taken = decideReversal(settled.items, settled.applications, UNDONE);
      const debits = taken.items.slice(0, items.length);
      const credits = taken.items.slice(items.length);
      const undo = undoPosting({ id: writeOff.id, kind }, credits, UNDONE);
      const closed = decideSettlement([...credits, ...undo.items], undo.wanted, UNDONE);
      assert.deepEqual(
        debits.map((one) => [one.open, one.openFunctional, one.dueOn]),
        items.map((one) => [one.open, one.openFunctional, one.dueOn]),
      );
      assert.ok(closed.items.every((one) => left(one) === 0n && one.openFunctional.minor === 0n));
      const all = [
        ...posting.entry.lines,
        ...settled.lines,
        ...taken.lines,
        ...undo.entry.lines,
        ...closed.lines,
      ];
      for (const [account, moved] of sums(all)) assert.deepEqual(moved, [0n, 0n], account);
    }),
  );
});
