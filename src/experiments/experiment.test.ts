import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { type Steps, USUAL_WAY } from '#policies/cadence.ts';
import { courseOf, type DayOutcome, figuresOf, upliftOf, verdictOf } from './comparison.ts';
import {
  armOf,
  chanceOf,
  type Experiment,
  experimentOf,
  experimentsFor,
  isHeldOut,
  stepToTry,
} from './experiment.ts';

const customer = (n: number) => `00000000-0000-7000-8000-${`${n}`.padStart(12, '0')}` as CustomerId;

const step = (
  no: number,
  offsetDays: number,
  phase: Steps[number]['phase'],
  required = false,
): Steps[number] => ({
  ...USUAL_WAY,
  automatic: true,
  everyDays: null,
  showsCosts: false,
  showsPenalties: false,
  attaches: ['invoices'],
  step: no,
  offsetDays,
  phase,
  template: 'first_reminder',
  required,
});
const STEPS: Steps = [step(1, 7, 'reminder'), step(2, 14, 'reminder', true), step(3, 30, 'final_notice')];

const experiment: Experiment = {
  id: 'x',
  policyCode: 'everybody',
  offsetDays: 7,
  kind: 'hold_out',
  laterDays: null,
  sharePercent: 30,
  seed: 'a seed that is stored',
  startsOn: parseDate('2026-03-01'),
  endsOn: parseDate('2026-05-31'),
};

test('who is in which part is by chance, always the same, and different for another seed', () => {
  assert.equal(chanceOf('a'), chanceOf('a'));
  // FNV-1a of nothing is its offset basis; stirred, it is this number. A change here would move customers between parts.
  assert.equal(chanceOf(''), 17_665_956_581_633_026_203n);
  fc.assert(
    fc.property(
      fc.string({ minLength: 16, maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      (seed, sharePercent) => {
        const arms = Array.from({ length: 2_000 }, (_, n) => armOf({ seed, sharePercent }, customer(n)));
        const tried = arms.filter((arm) => arm === 'tried').length;
        const wanted = 20 * sharePercent;
        // Five standard deviations.
        assert.ok(
          Math.abs(tried - wanted) <= 5 * Math.sqrt(wanted),
          `${tried} of 2000 for ${sharePercent} %`,
        );
        const others = Array.from({ length: 2_000 }, (_, n) =>
          armOf({ seed: `${seed}.`, sharePercent: 50 }, customer(n)),
        );
        const both = arms.filter((arm, n) => arm === 'tried' && others[n] === 'tried').length;
        assert.ok(Math.abs(both - tried / 2) <= 5 * Math.sqrt(tried / 4 + 1), `${both} of ${tried}`);
      },
    ),
    { numRuns: 20 },
  );
});

test('whoever is tried at a small share is tried at a larger one of the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 49 }), fc.nat(10_000), (sharePercent, n) => {
      const { seed } = experiment;
      if (armOf({ seed, sharePercent }, customer(n)) === 'tried')
        assert.equal(armOf({ seed, sharePercent: sharePercent + 1 }, customer(n)), 'tried');
    }),
  );
});

test('a required step, a demand and a final notice are never left out, even where a policy came to require one', () => {
  assert.equal(stepToTry(STEPS, 7, undefined).step, 1);
  assert.throws(() => stepToTry(STEPS, 14, undefined), { code: 'experiment_step_required' });
  assert.throws(() => stepToTry(STEPS, 30, undefined), { code: 'experiment_step_required' });
  assert.throws(() => stepToTry(STEPS, 8, undefined), { code: 'experiment_step_unknown' });
  assert.throws(() => stepToTry(STEPS, 7, 7), { code: 'experiment_later_too_long' });
  const policy = { code: 'everybody', steps: STEPS };
  assert.equal(experimentOf([experiment], policy, { step: 1 }), experiment);
  assert.equal(experimentOf([{ ...experiment, offsetDays: 14 }], policy, { step: 2 }), undefined);
  assert.equal(experimentOf([experiment], { ...policy, code: 'other' }, { step: 1 }), undefined);
  assert.equal(experimentOf([experiment], policy, { step: 9 }), undefined);
});

test('a customer whose window is not over counts for their experiment before the next one, and to the last day of it', () => {
  const first = { ...experiment, endsOn: parseDate('2026-03-31'), windowDays: 14 };
  const next = { ...experiment, id: 'y', startsOn: parseDate('2026-04-01'), windowDays: 14 };
  const entered = [{ experimentId: 'x', enteredOn: parseDate('2026-03-30') }];
  const on = (day: string, of = entered) =>
    experimentsFor([next, first], of, parseDate(day)).map(({ id }) => id);
  assert.deepEqual(on('2026-03-31'), ['x']);
  assert.deepEqual(on('2026-04-01'), ['x', 'y']);
  assert.deepEqual(on('2026-04-01', []), ['y']);
  assert.deepEqual(on('2026-04-13'), ['x', 'y']);
  assert.deepEqual(on('2026-04-14'), ['y']);
});

test('who is told as usual is never held out; what is said later is held out until its day', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.integer({ min: 0, max: 60 }), (n, daysLate) => {
      const arm = armOf(experiment, customer(n));
      assert.equal(isHeldOut(experiment, customer(n), daysLate), arm === 'tried');
      const later = { ...experiment, kind: 'later', laterDays: 4 } as const;
      assert.equal(isHeldOut(later, customer(n), daysLate), arm === 'tried' && daysLate < 11);
    }),
  );
});

const outcome = (arm: 'usual' | 'tried', on: string, of: number, paid: number): DayOutcome => ({
  arm,
  on: parseDate(on),
  of,
  paid,
  days: paid * 4 + (of - paid) * 14,
  squares: paid * 16 + (of - paid) * 196,
});

test('nothing is concluded of few customers, and what is shown says which way', () => {
  const few = [outcome('usual', '2026-03-20', 49, 40), outcome('tried', '2026-03-20', 60, 5)];
  assert.equal(verdictOf(upliftOf('share_paid', figuresOf(few), 10)), 'too_few');
  assert.equal(upliftOf('share_paid', figuresOf(few.slice(0, 1)), 10), undefined);
  const many = [outcome('usual', '2026-03-20', 200, 160), outcome('tried', '2026-03-20', 100, 40)];
  const uplift = upliftOf('share_paid', figuresOf(many), 10);
  assert.ok(Math.abs((uplift?.difference ?? 0) - 0.4) < 1e-12);
  assert.equal(verdictOf(uplift), 'step_helps');
  // Days gained: 11.0 to 6.0.
  const days = upliftOf('days_to_pay', figuresOf(many), 3);
  assert.ok(Math.abs((days?.difference ?? 0) - 4) < 1e-12, `${days?.difference}`);
  assert.equal(verdictOf(days), 'step_helps');
  const turned = many.map((one) => ({ ...one, arm: one.arm === 'usual' ? 'tried' : 'usual' }) as DayOutcome);
  assert.equal(verdictOf(upliftOf('share_paid', figuresOf(turned), 10)), 'step_hurts');
  const alike = [outcome('usual', '2026-03-20', 100, 50), outcome('tried', '2026-03-20', 100, 49)];
  assert.equal(verdictOf(upliftOf('share_paid', figuresOf(alike), 10)), 'not_shown');
});

test('the course has one point for each day, the last of which is what is known now', () => {
  const outcomes = [
    outcome('usual', '2026-03-21', 60, 30),
    outcome('tried', '2026-03-20', 60, 25),
    outcome('usual', '2026-03-20', 40, 20),
    outcome('tried', '2026-03-22', 10, 4),
  ];
  const course = courseOf('share_paid', outcomes, 10);
  assert.deepEqual(
    course.map(({ on }) => on.toString()),
    ['2026-03-21', '2026-03-22'],
  );
  assert.deepEqual(course.at(-1)?.always, upliftOf('share_paid', figuresOf(outcomes), 10)?.always);
});
