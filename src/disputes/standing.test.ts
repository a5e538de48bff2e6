import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { followItem, type Happening, sumOf } from './standing.ts';

const opened = (disputeId: string, minor: bigint): Happening => ({ kind: 'opened', disputeId, minor });
const paid = (minor: bigint): Happening => ({ kind: 'settled', by: 'paid', minor });
const creditedFor = (forDispute: string, minor: bigint): Happening => ({
  kind: 'settled',
  by: 'credited',
  minor,
  forDispute,
});
const released = (disputeId: string, minor: bigint): Happening => ({ kind: 'released', disputeId, minor });
const closed = (disputeId: string): Happening => ({ kind: 'closed', disputeId });

test('money takes what is not disputed first', () => {
  const a = followItem(100n, [opened('a', 40n), paid(50n)]).get('a');
  assert.deepEqual([a?.original, a?.open, a?.paid, a?.released], [40n, 40n, 0n, 0n]);
  const more = followItem(100n, [opened('a', 40n), paid(50n), paid(30n)]).get('a');
  assert.deepEqual([more?.open, more?.paid], [20n, 20n]);
});

test('money that takes disputed parts takes the oldest dispute first', () => {
  const both = followItem(100n, [opened('a', 40n), opened('b', 50n), paid(60n)]);
  assert.deepEqual([both.get('a')?.open, both.get('b')?.open], [0n, 40n]);
  assert.deepEqual([both.get('a')?.paid, both.get('b')?.paid], [40n, 10n]);
});

test('a credit made for a dispute takes that dispute first, and the rest what is not disputed', () => {
  const both = followItem(100n, [opened('a', 40n), opened('b', 20n), creditedFor('b', 30n)]);
  assert.deepEqual([both.get('a')?.open, both.get('b')?.open, both.get('b')?.credited], [40n, 0n, 20n]);
});

test('what is released or closed is owed as before, and stays so', () => {
  const narrowed = followItem(100n, [opened('a', 60n), released('a', 20n), paid(60n)]).get('a');
  assert.deepEqual([narrowed?.open, narrowed?.released, narrowed?.paid], [40n, 20n, 0n]);
  const over = followItem(100n, [opened('a', 60n), closed('a'), paid(100n)]).get('a');
  assert.deepEqual([over?.open, over?.released, over?.paid], [0n, 60n, 0n]);
});

test('of what is released only what was open at the decision counts as released by it', () => {
  const parted = followItem(100n, [opened('a', 60n), released('a', 20n), closed('a')]).get('a');
  assert.deepEqual([parted?.released, parted?.releasedAtClosing], [60n, 40n]);
  const both = followItem(100n, [opened('a', 100n), opened('b', 30n), closed('b')]).get('b');
  assert.deepEqual([both?.released, both?.releasedAtClosing], [30n, 0n]);
});

test('money that came at the same moment counts where it left no room for the dispute', () => {
  const a = followItem(100n, [paid(70n), opened('a', 100n)]).get('a');
  assert.deepEqual([a?.open, a?.paid], [30n, 70n]);
});

/** What can happen to an item, drawn without knowing what is possible; `replay` leaves out what is not. */
const drawn = fc.array(
  fc.record({
    what: fc.constantFrom('settle', 'settleFor', 'open', 'release', 'close', 'takeBack' as const),
    by: fc.constantFrom('paid', 'credited', 'writtenOff' as const),
    share: fc.integer({ min: 1, max: 100 }),
    which: fc.nat(9),
  }),
  { maxLength: 40 },
);

test('original = open + paid + credited + written off + released, whatever happens and is taken back', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 1_000_000n), drawn, (amount, steps) => {
      let happened: Happening[] = [];
      for (const [index, { what, by, share, which }] of steps.entries()) {
        const settledSoFar = happened.reduce((t, h) => t + (h.kind === 'settled' ? h.minor : 0n), 0n);
        const open = amount - settledSoFar;
        const before = followItem(amount, happened);
        const disputed = sumOf([...before.values()]).open;
        const ids = [...before.keys()];
        const id = ids[which % Math.max(1, ids.length)];
        const part = (most: bigint): bigint => (most * BigInt(share) + 99n) / 100n;
        if (what === 'settle' && open > 0n) happened.push({ kind: 'settled', by, minor: part(open) });
        if (what === 'settleFor' && open > 0n && id)
          happened.push({ kind: 'settled', by, minor: part(open), forDispute: id });
        if (what === 'open' && open > disputed) happened.push(opened(`d${index}`, part(open - disputed)));
        if (what === 'release' && id && (before.get(id)?.open ?? 0n) > 0n)
          happened.push(released(id, part(before.get(id)?.open ?? 0n)));
        if (what === 'close' && id) happened.push(closed(id));
        if (what === 'takeBack') {
          const settled = happened.filter((h) => h.kind === 'settled');
          const one = settled[which % Math.max(1, settled.length)];
          happened = happened.filter((h) => h !== one);
        }

        const now = followItem(amount, happened);
        const left =
          amount - happened.reduce((total, h) => total + (h.kind === 'settled' ? h.minor : 0n), 0n);
        for (const a of now.values()) {
          assert.equal(a.original, a.open + a.paid + a.credited + a.writtenOff + a.released);
          for (const part of Object.values(a)) assert.ok(part >= 0n);
        }
        assert.ok(sumOf([...now.values()]).open <= left, 'no more is disputed than is open');
      }
    }),
  );
});
