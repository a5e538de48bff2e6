import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate, WEEKDAYS } from '#kernel/calendar.ts';
import { checkPortal, type Portal } from './portal.ts';
import {
  checkStep,
  closingReason,
  dueAfter,
  isLate,
  mayFollow,
  mayUndo,
  STEP_KINDS,
  type Step,
  type StepKind,
  standingOf,
  standingSteps,
} from './upload.ts';

const FIRST_DUE = parseDate('2026-03-03');
const day = parseDate('2026-03-04');

function step(stepNo: number, kind: StepKind, given: Partial<Step> = {}): Step {
  return {
    stepNo,
    kind,
    happenedOn: day,
    portalNumber: null,
    reason: null,
    note: null,
    messageId: kind === 'uploaded' ? `m${stepNo}` : null,
    dueOn: kind === 'rejected' ? parseDate('2026-03-10') : null,
    undoesNo: null,
    ...given,
  };
}

const undoOf = (stepNo: number, undoesNo: number): Step => ({
  ...step(stepNo, 'closed'),
  kind: 'undone',
  undoesNo,
});

test('a document that nothing was done about waits until its first day', () => {
  const standing = standingOf(FIRST_DUE, []);
  assert.equal(standing.state, 'waiting');
  assert.equal(standing.attempts, 0);
  assert.equal(mayUndo(standing), 'upload_nothing_to_undo');
  assert.equal(isLate(standing, FIRST_DUE), false);
  assert.equal(isLate(standing, day), true);
});

test('a rejected document is to be posted anew by its new day, and both attempts are kept', () => {
  const steps = [step(1, 'uploaded', { portalNumber: 'A-1' }), step(2, 'rejected')];
  const rejected = standingOf(FIRST_DUE, steps);
  assert.equal(rejected.state, 'rejected');
  assert.equal(rejected.dueOn.toString(), '2026-03-10');
  assert.equal(isLate(rejected, parseDate('2026-03-10')), false);
  const again = standingOf(FIRST_DUE, [...steps, step(3, 'uploaded')]);
  assert.equal(again.state, 'uploaded');
  assert.equal(again.attempts, 2);
  assert.equal(again.messageId, 'm3');
  assert.equal(again.portalNumber, 'A-1');
  assert.equal(isLate(again, parseDate('2026-04-01')), false);
});

test('what is posted is no work any more, whatever its day was', () => {
  for (const state of ['uploaded', 'accepted', 'not_needed', 'closed'] as const)
    assert.equal(isLate({ state, dueOn: FIRST_DUE }, parseDate('2027-01-01')), false, state);
});

test('a step that does not follow, or of a day that cannot be, is refused', () => {
  const upload = { number: 'INV-1', issuedOn: parseDate('2026-03-02'), state: 'waiting' as const };
  const wanted =
    (kind: StepKind, on = day) =>
    () =>
      checkStep(upload, { kind, on }, day);
  assert.doesNotThrow(wanted('uploaded'));
  assert.throws(wanted('accepted'), { code: 'upload_step_not_possible' });
  assert.throws(wanted('uploaded', parseDate('2026-03-05')), { code: 'dated_in_future' });
  assert.throws(wanted('uploaded', parseDate('2026-03-01')), { code: 'uploaded_before_issue' });
  assert.throws(() => checkStep({ ...upload, state: 'uploaded' }, { kind: 'uploaded', on: day }, day), {
    code: 'upload_step_not_possible',
  });
});

test('a day of business after a Friday is a Monday', () => {
  assert.equal(dueAfter(parseDate('2026-03-06'), 1, WEEKDAYS).toString(), '2026-03-09');
  assert.equal(dueAfter(parseDate('2026-03-06'), 0, WEEKDAYS).toString(), '2026-03-06');
});

test('a void ends also what was posted; everything else only ends what waits', () => {
  const facts = { isVoided: false, isCredited: false, correctsUnposted: false, portalEnded: false };
  assert.equal(closingReason('waiting', facts), undefined);
  assert.equal(closingReason('uploaded', { ...facts, isVoided: true }), 'voided');
  assert.equal(closingReason('uploaded', { ...facts, isCredited: true, portalEnded: true }), undefined);
  assert.equal(closingReason('rejected', { ...facts, isCredited: true }), 'credited');
  assert.equal(closingReason('waiting', { ...facts, correctsUnposted: true }), 'nothing_to_correct');
  assert.equal(closingReason('waiting', { ...facts, portalEnded: true }), 'portal_ended');
});

test('a setting names a page by https and a file that goes up', () => {
  const portal: Portal = {
    portal: 'Ariba',
    address: 'https://service.ariba.com/Supplier.aw',
    supplierNumber: null,
    userId: null,
    withinDays: 1,
    uploads: ['pdf'],
    from: day,
    instead: false,
    chasesUnposted: false,
  };
  assert.doesNotThrow(() => checkPortal(portal));
  for (const address of [
    'http://a.example',
    'https://me:secret@a.example',
    'https://localhost',
    'ariba',
    'javascript:alert(1)',
  ])
    assert.throws(() => checkPortal({ ...portal, address }), { code: 'portal_address_not_valid' }, address);
  assert.throws(() => checkPortal({ ...portal, uploads: [] }), { code: 'portal_uploads_nothing' });
  assert.throws(() => checkPortal({ ...portal, withinDays: 31 }), { code: 'portal_days_too_many' });
});

/** Walks at random: each wish is a step that is taken where it follows, or the taking back of the last one. */
function walk(wishes: readonly (StepKind | 'undo')[]): readonly Step[] {
  const steps: Step[] = [];
  for (const wish of wishes) {
    const { state, last } = standingOf(FIRST_DUE, steps);
    const stepNo = steps.length + 1;
    if (wish !== 'undo') {
      if (mayFollow(state, wish)) steps.push(step(stepNo, wish));
    } else if (last) steps.push(undoOf(stepNo, last.stepNo));
  }
  return steps;
}

const wishes = fc.array(fc.constantFrom<StepKind | 'undo'>(...STEP_KINDS, 'undo'), { maxLength: 30 });

test('taking back what was noted last restores exactly what was, wherever a walk came to', () => {
  fc.assert(
    fc.property(wishes, fc.constantFrom(...STEP_KINDS), (wanted, kind) => {
      const steps = walk(wanted);
      const before = standingOf(FIRST_DUE, steps);
      if (!mayFollow(before.state, kind)) return;
      const taken = [...steps, step(steps.length + 1, kind)];
      const after = standingOf(FIRST_DUE, [...taken, undoOf(taken.length + 1, taken.length)]);
      assert.deepEqual(after, before);
    }),
  );
});

test('attempts that stand are counted, each step that stands followed the one before, and nothing follows an end', () => {
  fc.assert(
    fc.property(wishes, (wanted) => {
      const steps = walk(wanted);
      const stack = standingSteps(steps);
      const standing = standingOf(FIRST_DUE, steps);
      assert.equal(standing.attempts, stack.filter((one) => one.kind === 'uploaded').length);
      for (const [index, one] of stack.entries())
        assert.ok(mayFollow(standingOf(FIRST_DUE, stack.slice(0, index)).state, one.kind as StepKind));
      if (standing.state === 'accepted' || standing.state === 'uploaded') assert.ok(standing.attempts >= 1);
      if (standing.state === 'closed' || standing.state === 'not_needed')
        for (const kind of STEP_KINDS) assert.equal(mayFollow(standing.state, kind), false);
    }),
  );
});
