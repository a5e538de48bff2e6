import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import {
  nextLevel,
  type PromisedPart,
  pausedOf,
  promiseStanding,
  type Since,
  standingParts,
  withoutReplaced,
} from './promise.ts';

const A = 'a' as ItemId;
const B = 'b' as ItemId;
const day = parseDate;

const part = (itemId: ItemId, on: string, minor: bigint, openMinor = 1_000n): PromisedPart => ({
  itemId,
  on: day(on),
  minor,
  openMinor,
});
const came = (itemId: ItemId, on: string, minor: bigint, kind: Since['kind'] = 'money'): Since => ({
  itemId,
  kind,
  on: day(on),
  minor,
});

const stands = (parts: readonly PromisedPart[], since: readonly Since[], today: string) =>
  promiseStanding(standingParts(parts, since, 3), day(today), undefined);

test('a promise is open until its day and the days of tolerance have passed, and broken after', () => {
  const parts = [part(A, '2026-03-10', 500n)];
  assert.equal(stands(parts, [], '2026-03-13').state, 'open');
  assert.equal(stands(parts, [], '2026-03-14').state, 'broken');
  assert.equal(stands(parts, [came(A, '2026-03-13', 500n)], '2026-04-01').state, 'kept');
  assert.equal(stands(parts, [came(A, '2026-03-14', 500n)], '2026-04-01').state, 'broken');
  assert.equal(stands(parts, [came(A, '2026-03-09', 200n)], '2026-03-14').state, 'partly_kept');
});

test('instalments are counted in the order of their days, and the first that is short breaks the promise', () => {
  const parts = [part(A, '2026-03-10', 300n), part(A, '2026-04-10', 300n)];
  const half = [came(A, '2026-03-11', 300n)];
  assert.equal(stands(parts, half, '2026-03-20').state, 'open');
  assert.equal(stands(parts, half, '2026-03-20').next?.toString(), '2026-04-10');
  assert.equal(stands(parts, [...half, came(A, '2026-04-01', 300n)], '2026-05-01').state, 'kept');
  assert.equal(stands(parts, [came(A, '2026-03-20', 600n)], '2026-03-21').state, 'partly_kept');
  assert.equal(stands(parts, [came(A, '2026-03-20', 600n)], '2026-03-21').short, 300n);
});

test('what is credited takes what was not promised first, then the latest parts', () => {
  const parts = [part(A, '2026-03-10', 300n), part(A, '2026-04-10', 300n)];
  const credit = (minor: bigint) => standingParts(parts, [came(A, '2026-03-05', minor, 'relief')], 3);
  assert.deepEqual(
    credit(400n).map((one) => one.promised),
    [300n, 300n],
  );
  assert.deepEqual(
    credit(550n).map((one) => one.promised),
    [300n, 150n],
  );
  assert.equal(promiseStanding(credit(1_000n), day('2026-05-01'), undefined).state, 'relieved');
});

test('money for one item keeps nothing of another', () => {
  const parts = [part(A, '2026-03-10', 300n), part(B, '2026-03-10', 300n)];
  const standing = stands(parts, [came(A, '2026-03-10', 600n)], '2026-03-20');
  assert.equal(standing.state, 'partly_kept');
  assert.equal(standing.kept, 300n);
});

test('one that a person ended stands as it did that day', () => {
  const parts = standingParts([part(A, '2026-03-10', 300n)], [], 3);
  const ended = (on: string, kind: 'withdrawn' | 'replaced') =>
    promiseStanding(parts, day('2026-06-01'), { kind, on: day(on) }).state;
  assert.equal(ended('2026-03-08', 'withdrawn'), 'withdrawn');
  assert.equal(ended('2026-03-08', 'replaced'), 'replaced');
  assert.equal(ended('2026-03-20', 'replaced'), 'broken');
});

test('only what is still to come of a promise that can be kept is left alone', () => {
  const parts = standingParts(
    [part(A, '2026-03-10', 300n), part(B, '2026-04-10', 400n)],
    [came(A, '2026-03-09', 100n)],
    3,
  );
  assert.deepEqual(
    [...pausedOf(parts, day('2026-03-13'))],
    [
      [A, 200n],
      [B, 400n],
    ],
  );
  assert.deepEqual([...pausedOf(parts, day('2026-03-14'))], []);
});

test('the level counts up unless the promise before was kept', () => {
  assert.equal(nextLevel([]), 1);
  assert.equal(nextLevel([{ level: 1, state: 'open' }]), 2);
  assert.equal(nextLevel([{ level: 3, state: 'broken' }]), 4);
  assert.equal(nextLevel([{ level: 1, state: 'kept' }]), 1);
});

const BEGIN = day('2026-03-01');
const someParts = fc
  .uniqueArray(fc.record({ item: fc.constantFrom(A, B), after: fc.nat(40), minor: fc.bigInt(1n, 500n) }), {
    selector: ({ item, after }) => `${item} ${after}`,
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) =>
    parts.map(
      ({ item, after, minor }): PromisedPart => ({
        itemId: item,
        on: addDays(BEGIN, after),
        minor,
        openMinor: parts.filter((one) => one.item === item).reduce((sum, one) => sum + one.minor, 100n),
      }),
    ),
  );
const someSince = fc.array(
  fc
    .record({
      itemId: fc.constantFrom(A, B),
      kind: fc.constantFrom<Since['kind']>('money', 'relief'),
      after: fc.nat(60),
      minor: fc.bigInt(1n, 600n),
    })
    .map(({ itemId, kind, after, minor }): Since => ({ itemId, kind, on: addDays(BEGIN, after), minor })),
  { maxLength: 8 },
);

test('amounts add up: what was kept is never more than promised, nor than came, nor was promised more than said', () => {
  fc.assert(
    fc.property(someParts, someSince, fc.nat(80), (parts, since, after) => {
      const standing = standingParts(parts, since, 3);
      for (const one of standing)
        assert.ok(0n <= one.kept && one.kept <= one.promised && one.promised <= one.minor);
      for (const item of [A, B]) {
        const money = since.filter((one) => one.kind === 'money' && one.itemId === item);
        const kept = standing.filter((one) => one.itemId === item).reduce((sum, one) => sum + one.kept, 0n);
        assert.ok(kept <= money.reduce((sum, one) => sum + one.minor, 0n));
      }
      const { promised, kept, short, state } = promiseStanding(standing, addDays(BEGIN, after), undefined);
      assert.ok(short <= promised - kept);
      assert.equal(state === 'kept', promised > 0n && kept === promised);
    }),
  );
});

test('the order in which things come makes no difference, and more money never keeps less', () => {
  fc.assert(
    fc.property(someParts, someSince, fc.bigInt(1n, 300n), fc.nat(60), (parts, since, minor, after) => {
      const keptOf = (some: readonly Since[], order: readonly PromisedPart[] = parts) =>
        promiseStanding(standingParts(order, some, 3), addDays(BEGIN, 30), undefined).kept;
      assert.equal(keptOf(since.toReversed(), parts.toReversed()), keptOf(since));
      const more: Since = { itemId: A, kind: 'money', on: addDays(BEGIN, after), minor };
      assert.ok(keptOf([...since, more]) >= keptOf(since));
    }),
  );
});

test('about what a later promise takes over, an earlier one says nothing more; about the rest it stands as if it had said that alone', () => {
  fc.assert(
    fc.property(someParts, someSince, fc.nat(60), fc.nat(80), (parts, since, replacedAfter, after) => {
      const on = addDays(BEGIN, replacedAfter);
      const today = addDays(on, after);
      const left = withoutReplaced(standingParts(parts, since, 3), new Map([[A, on]]));
      const rest = standingParts(
        parts.filter((one) => one.itemId === B),
        since,
        3,
      );
      assert.deepEqual(
        left.filter((one) => one.itemId === B),
        rest,
      );
      assert.equal(pausedOf(left, today).get(A), undefined);
      const passed = left.some((one) => one.itemId === A && one.kept < one.promised);
      if (!passed) assert.deepEqual(pausedOf(left, today), pausedOf(rest, today));
    }),
  );
});
