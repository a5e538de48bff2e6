import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { checkDelegation, type Delegation, endRefusal, isInForce } from './delegation.ts';

const day = parseDate('2026-03-10');
const delegation: Delegation = {
  ...{ id: 'd', fromUser: 'a', toUser: 'b', endedAt: null },
  ...{ startsOn: day, endsOn: addDays(day, 2) },
};

test('a delegation holds from its first to its last day, both included, unless it was ended', () => {
  const held = [-1, 0, 2, 3].map((days) => isInForce(delegation, addDays(day, days)));
  assert.deepEqual(held, [false, true, true, false]);
  const endedAt = Temporal.Instant.from('2026-03-10T10:00:00Z');
  assert.equal(isInForce({ ...delegation, endedAt }, day), false);
});

test('nobody delegates to themselves, backwards, into the past or for ever', () => {
  const refuses = (given: Partial<Delegation>, code: string) =>
    assert.throws(() => checkDelegation({ ...delegation, ...given }, day), { code });
  checkDelegation(delegation, day);
  refuses({ toUser: 'a' }, 'delegation_to_oneself');
  refuses({ endsOn: addDays(day, -1) }, 'delegation_ends_before_it_starts');
  refuses({ startsOn: addDays(day, -5), endsOn: addDays(day, -1) }, 'delegation_in_past');
  refuses({ endsOn: addDays(day, 367) }, 'delegation_too_long');
});

test('those it is from and to end it, and whoever sets the rules', () => {
  const none = new Set<string>();
  assert.deepEqual(
    ['a', 'b', 'c'].map((user) => endRefusal(delegation, user, none)),
    [undefined, undefined, 'not_your_delegation'],
  );
  assert.equal(endRefusal(delegation, 'c', new Set(['approval.manage'])), undefined);
});
