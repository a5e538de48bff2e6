import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Approval,
  changeRefusal,
  type Decided,
  type Decision,
  decideVerdict,
  type Hat,
  openSteps,
  type Route,
  stateOf,
  type Verdict,
  waitingRoles,
} from './approval.ts';

const NOW = Temporal.Instant.from('2026-03-01T12:00:00Z');
const LATER = NOW.add({ hours: 24 });
const HASH = 'a'.repeat(64);

const approvalOf = (route: Route, more: Partial<Approval> = {}): Approval => ({
  id: 'a',
  state: 'requested',
  version: 1,
  requestedBy: 'user:asker',
  requesterId: 'asker',
  expiresAt: LATER,
  contentHash: HASH,
  route,
  ...more,
});

const decider = (userId: string, role: string, others: readonly Hat[] = [], now = NOW) => ({
  userId,
  hats: [{ userId, role }, ...others],
  now,
});
const yes = { verdict: 'approved', contentHash: HASH } as const;
const one: Route = { steps: [{ roles: ['owner', 'controller'], people: 1 }], order: 'serial' };
const two = (order: Route['order']): Route => ({
  steps: [
    { roles: ['controller'], people: 1 },
    { roles: ['owner'], people: 2 },
  ],
  order,
});

test('one approval is enough where one is asked for, one no ends it', () => {
  assert.equal(decideVerdict(approvalOf(one), [], decider('b', 'owner'), yes).becomes, 'approved');
  const no = { ...yes, verdict: 'rejected' } as const;
  assert.equal(
    decideVerdict(approvalOf(two('serial')), [], decider('b', 'controller'), no).becomes,
    'rejected',
  );
});

test('nobody decides about their own request, twice, out of turn, too late or about what they did not see', () => {
  const refuses = (
    code: string,
    approval: Approval,
    decisions: readonly Decision[],
    who = decider('b', 'owner'),
  ) => assert.throws(() => decideVerdict(approval, decisions, who, yes), { code });
  const before: Decision = { decidedBy: 'b', onBehalfOf: null, step: 1, verdict: 'approved' };
  refuses('own_request', approvalOf(one), [], decider('asker', 'owner'));
  refuses('decided_before', approvalOf(two('parallel')), [before]);
  refuses('not_an_approver', approvalOf(two('serial')), []);
  refuses('not_an_approver', approvalOf(one), [], decider('c', 'collector'));
  refuses('approval_expired', approvalOf(one), [], decider('b', 'owner', [], LATER));
  for (const state of ['carried_out', 'rejected', 'withdrawn', 'failed'] as const)
    refuses('approval_ended', approvalOf(one, { state }), []);
  assert.throws(
    () => decideVerdict(approvalOf(one), [], decider('b', 'owner'), { ...yes, contentHash: 'b'.repeat(64) }),
    { code: 'approval_content_changed' },
  );
});

test('one step after the other waits for the first; all at once waits for all', () => {
  assert.deepEqual(waitingRoles(two('serial'), []), ['controller']);
  assert.deepEqual(waitingRoles(two('parallel'), []), ['controller', 'owner']);
  const first: Decision = { decidedBy: 'b', onBehalfOf: null, step: 1, verdict: 'approved' };
  assert.deepEqual(openSteps(two('serial'), [first]), [2]);
});

test('who was delegated to decides in the place of the other, once, and never for who asked', () => {
  const boss: Hat = { userId: 'boss', role: 'owner' };
  const route: Route = { steps: [{ roles: ['owner'], people: 2 }], order: 'serial' };
  const decided = decideVerdict(approvalOf(route), [], decider('b', 'controller', [boss]), yes);
  assert.deepEqual(decided.decision, { decidedBy: 'b', onBehalfOf: 'boss', step: 1, verdict: 'approved' });
  assert.throws(() => decideVerdict(approvalOf(route), [decided.decision], decider('boss', 'owner'), yes), {
    code: 'not_an_approver',
  });
  const asker: Hat = { userId: 'asker', role: 'owner' };
  assert.throws(() => decideVerdict(approvalOf(route), [], decider('b', 'controller', [asker]), yes), {
    code: 'not_an_approver',
  });
  // Somebody who has the role themselves decides as themselves.
  assert.equal(
    decideVerdict(approvalOf(route), [], decider('b', 'owner', [boss]), yes).decision.onBehalfOf,
    null,
  );
});

test('a request past its time has expired, one that ended before has not', () => {
  assert.equal(stateOf({ state: 'requested', expiresAt: NOW }, NOW), 'expired');
  assert.equal(stateOf({ state: 'requested', expiresAt: LATER }, NOW), 'requested');
  assert.equal(stateOf({ state: 'rejected', expiresAt: NOW }, LATER), 'rejected');
});

test('only who asked takes a request back, be it by a key of theirs', () => {
  const approval = approvalOf(one);
  const who = (actor: string, personId: string | null) => ({ actor, personId, now: NOW });
  assert.equal(changeRefusal(approval, who('user:asker', 'asker')), undefined);
  assert.equal(changeRefusal(approval, who('api_key:k', 'asker')), undefined);
  assert.equal(changeRefusal(approval, who('user:b', 'b')), 'not_the_requester');
  assert.equal(
    changeRefusal({ ...approval, requesterId: null }, who('api_key:k', null)),
    'not_the_requester',
  );
});

// Whatever people do in whatever order: what is approved has had all its people, all different, none of them who asked.
test('a request is approved exactly by enough different people in the right roles, whatever the order of events', () => {
  const role = fc.constantFrom('owner' as const, 'controller' as const);
  const step = fc.record({
    roles: fc.uniqueArray(role, { minLength: 1 }),
    people: fc.integer({ min: 1, max: 3 }),
  });
  const route = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    order: fc.constantFrom('serial' as const, 'parallel' as const),
  });
  const name = fc.constantFrom('asker', 'b', 'c', 'd', 'e', 'f', 'g');
  const deed = fc.record({
    who: name,
    forWhom: name,
    says: fc.constantFrom<Verdict>('approved', 'approved', 'approved', 'rejected'),
    hours: fc.integer({ min: 0, max: 3 }),
    hash: fc.constantFrom(HASH, HASH, HASH, 'b'.repeat(64)),
  });
  const roleOf: Record<string, string> = {
    asker: 'owner',
    b: 'owner',
    c: 'controller',
    d: 'owner',
    e: 'controller',
  };
  const hat = (userId: string): Hat => ({ userId, role: roleOf[userId] ?? 'collector' });
  fc.assert(
    fc.property(route, fc.array(deed, { maxLength: 20 }), (way, deeds) => {
      const decisions: Decision[] = [];
      let now = NOW;
      let becomes: Decided['becomes'] = 'requested';
      let state: Approval['state'] = 'requested';
      for (const { who, forWhom, says, hours, hash } of deeds) {
        now = now.add({ hours });
        const hats = who === forWhom ? [hat(who)] : [hat(who), hat(forWhom)];
        let decided: Decided;
        try {
          decided = decideVerdict(
            approvalOf(way, { state }),
            decisions,
            { userId: who, hats, now },
            {
              verdict: says,
              contentHash: hash,
            },
          );
        } catch {
          continue;
        }
        assert.equal(becomes, 'requested', 'what has ended is not decided again');
        assert.ok(who !== 'asker' && hash === HASH && Temporal.Instant.compare(now, LATER) < 0);
        decisions.push(decided.decision);
        ({ becomes } = decided);
        if (becomes === 'approved') state = 'carried_out';
        if (becomes === 'rejected') state = 'rejected';
        assert.equal(becomes === 'requested', decided.waitingRoles.length > 0);
      }
      const people = decisions.flatMap((d) => [d.onBehalfOf ?? d.decidedBy]);
      assert.equal(new Set(people).size, people.length, 'nobody is counted twice');
      assert.ok(!people.includes('asker'));
      for (const d of decisions) {
        const roles: readonly string[] = way.steps[d.step - 1]?.roles ?? [];
        assert.ok(roles.includes(roleOf[d.onBehalfOf ?? d.decidedBy] ?? ''));
      }
      const given = (index: number): number =>
        decisions.filter((d) => d.step === index + 1 && d.verdict === 'approved').length;
      const isFull = way.steps.every((s, index) => given(index) === s.people);
      assert.ok(way.steps.every((s, index) => given(index) <= s.people));
      assert.equal(becomes === 'approved', isFull);
      if (way.order === 'serial')
        for (const [index, s] of way.steps.entries())
          if (given(index) < s.people)
            assert.ok(way.steps.every((_, later) => later <= index || given(later) === 0));
    }),
    { numRuns: 500 },
  );
});
