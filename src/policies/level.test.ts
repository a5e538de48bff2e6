import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, isAfter, isBefore, parseDate } from '#kernel/calendar.ts';
import {
  AFTER_CARRIER,
  type AfterCarrier,
  decideSteps,
  dueWindows,
  type LastMessage,
  type NewStep,
  nextStep,
  PHASES,
  type Phase,
  type Steps,
  TEMPLATE_OF_PHASE,
} from './cadence.ts';

const due = parseDate('2026-03-31');
const TEMPLATES = Object.values(TEMPLATE_OF_PHASE);
const stepsOf = (...wanted: readonly NewStep[]) => decideSteps(wanted, TEMPLATES);
const byAge = (steps: Steps) => ({ steps, afterCarrier: 'resume_by_age' }) as const;

/** What is said about an item on each day of a range, as `day of the run: day of the step`. */
function saidDaily(
  cadence: { readonly steps: Steps; readonly afterCarrier: AfterCarrier },
  from: number,
  to: number,
  last?: LastMessage,
) {
  const said: string[] = [];
  let heard: { saidOffsetDays: number | null; saidPhase?: Phase; saidOn?: Temporal.PlainDate } = {
    saidOffsetDays: null,
  };
  for (let day = from; day <= to; day += 1) {
    const on = addDays(due, day);
    const step = nextStep(cadence, { dueOn: due, ...heard }, on, last);
    if (!step) continue;
    said.push(`${day}: ${step.offsetDays}`);
    heard = { saidOffsetDays: step.offsetDays, saidPhase: step.phase, saidOn: on };
  }
  return said;
}

const usual = stepsOf(
  { offsetDays: 0, phase: 'due' },
  { offsetDays: 7, phase: 'reminder' },
  { offsetDays: 14, phase: 'demand' },
  { offsetDays: 30, phase: 'final_notice' },
);

test('a step that is repeated is said every so many days until the next one', () => {
  const weeklyThenDaily = stepsOf(
    { offsetDays: -60, phase: 'upcoming', everyDays: 30 },
    { offsetDays: 30, phase: 'reminder', everyDays: 7 },
    { offsetDays: 60, phase: 'demand', everyDays: 1 },
  );
  assert.deepEqual(saidDaily(byAge(weeklyThenDaily), -70, 62), [
    '-60: -60',
    '-30: -30',
    '30: 30',
    '37: 37',
    '44: 44',
    '51: 51',
    '58: 58',
    '60: 60',
    '61: 61',
    '62: 62',
  ]);
  const late = nextStep(byAge(weeklyThenDaily), { dueOn: due, saidOffsetDays: 30 }, addDays(due, 50));
  assert.equal(late?.offsetDays, 44, 'after a gap the latest repetition is said, once');
});

test('a last step that is repeated ends after a year', () => {
  const said = saidDaily(byAge(stepsOf({ offsetDays: 10, phase: 'demand', everyDays: 100 })), 0, 900);
  assert.deepEqual(said, ['10: 10', '110: 110', '210: 210', '310: 310']);
});

test('what is required is not skipped, and keeps its distance from what follows it', () => {
  const legal = stepsOf(
    { offsetDays: 7, phase: 'reminder' },
    { offsetDays: 14, phase: 'demand', required: true },
    { offsetDays: 28, phase: 'final_notice' },
  );
  assert.deepEqual(saidDaily(byAge(legal), 60, 90), ['60: 14', '74: 28']);
  assert.deepEqual(saidDaily(byAge(legal), 0, 90), ['7: 7', '14: 14', '28: 28']);
});

test('when the item that carried is paid, the others go by their age, begin anew, or stay at the level reached', () => {
  const paid: LastMessage = { leadOffsetDays: 30, carrierOpen: false };
  const said = (afterCarrier: AfterCarrier, from: number, last: LastMessage = paid) =>
    saidDaily({ steps: usual, afterCarrier }, from, from + 60, last);
  assert.deepEqual(said('resume_by_age', 15), ['15: 14', '30: 30']);
  assert.deepEqual(said('restart', 40), ['40: 7', '47: 14', '63: 30']);
  assert.deepEqual(said('continue_level', 5), ['5: 30']);
  const open: LastMessage = { leadOffsetDays: 30, carrierOpen: true };
  for (const afterCarrier of AFTER_CARRIER)
    assert.deepEqual(said(afterCarrier, 15, open), ['15: 14', '30: 30'], afterCarrier);
});

test('nothing milder is said than was said, by whatever policy', () => {
  const item = { dueOn: due, saidOffsetDays: 14, saidPhase: 'demand' } as const;
  const gentle = stepsOf({ offsetDays: 20, phase: 'reminder' }, { offsetDays: 40, phase: 'demand' });
  assert.equal(nextStep(byAge(gentle), item, addDays(due, 25)), undefined);
  assert.equal(nextStep(byAge(gentle), item, addDays(due, 40))?.offsetDays, 40);
});

// — properties —

/** Any cadence, with repetitions and required steps. */
const anySteps: fc.Arbitrary<Steps> = fc
  .uniqueArray(fc.integer({ min: -40, max: 120 }), { minLength: 1, maxLength: 7 })
  .chain((offsets) =>
    fc
      .array(
        fc.record({
          rank: fc.integer({ min: 1, max: 4 }),
          everyDays: fc.option(fc.integer({ min: 1, max: 20 })),
          required: fc.boolean(),
        }),
        { minLength: offsets.length, maxLength: offsets.length },
      )
      .map((wanted) => {
        const ranks = wanted.map(({ rank }) => rank).toSorted((a, b) => a - b);
        const days = offsets.toSorted((a, b) => a - b);
        return stepsOf(
          ...days.map((offsetDays, i): NewStep => {
            const phase = offsetDays < 0 ? 'upcoming' : (PHASES[ranks[i] ?? 4] ?? 'final_notice');
            return { ...wanted[i], offsetDays, phase };
          }),
        );
      }),
  );

const anyCadence = fc.record({ steps: anySteps, afterCarrier: fc.constantFrom(...AFTER_CARRIER) });
const anyMessage = fc.option(
  fc.record({ leadOffsetDays: fc.integer({ min: -40, max: 160 }), carrierOpen: fc.boolean() }),
  { nil: undefined },
);
/** A day of a run, and the cadence that is in force then. */
const anyRuns = fc
  .uniqueArray(fc.integer({ min: -60, max: 200 }), { minLength: 1, maxLength: 50 })
  .chain((days) =>
    fc
      .array(fc.tuple(fc.nat(2), anyMessage), { minLength: days.length, maxLength: days.length })
      .map((more) =>
        days
          .toSorted((a, b) => a - b)
          .map((day, i) => ({ day, which: more[i]?.[0] ?? 0, last: more[i]?.[1] })),
      ),
  );

test('whatever cadences follow each other, each step is said once and the tone only grows firmer', () => {
  fc.assert(
    fc.property(fc.tuple(anyCadence, anyCadence, anyCadence), anyRuns, (cadences, runs) => {
      let heard: { saidOffsetDays: number | null; saidPhase?: Phase; saidOn?: Temporal.PlainDate } = {
        saidOffsetDays: null,
      };
      for (const { day, which, last } of runs) {
        const on = addDays(due, day);
        const step = nextStep(cadences[which] ?? cadences[0], { dueOn: due, ...heard }, on, last);
        if (!step) continue;
        assert.ok(heard.saidOffsetDays === null || step.offsetDays > heard.saidOffsetDays);
        assert.ok(
          heard.saidPhase === undefined || PHASES.indexOf(step.phase) >= PHASES.indexOf(heard.saidPhase),
        );
        heard = { saidOffsetDays: step.offsetDays, saidPhase: step.phase, saidOn: on };
      }
    }),
  );
});

test('whatever the cadence, no step is said before a required one that comes earlier', () => {
  fc.assert(
    fc.property(anyCadence, anyRuns, (cadence, runs) => {
      let heard: { saidOffsetDays: number | null; saidPhase?: Phase; saidOn?: Temporal.PlainDate } = {
        saidOffsetDays: null,
      };
      const said: number[] = [];
      for (const { day, last } of runs) {
        const on = addDays(due, day);
        const step = nextStep(cadence, { dueOn: due, ...heard }, on, last);
        if (!step) continue;
        for (const required of cadence.steps.filter(
          (one) => one.required && one.offsetDays < step.offsetDays,
        ))
          assert.ok(
            said.includes(required.offsetDays),
            `${required.offsetDays} comes before ${step.offsetDays}`,
          );
        said.push(step.offsetDays);
        heard = { saidOffsetDays: step.offsetDays, saidPhase: step.phase, saidOn: on };
      }
    }),
  );
});

test('whatever is to be said about an item, a window of due dates holds the item', () => {
  fc.assert(
    fc.property(
      anyCadence,
      fc.integer({ min: -60, max: 600 }),
      fc.option(fc.integer({ min: -40, max: 400 })),
      anyMessage,
      (cadence, daysLate, saidOffsetDays, last) => {
        const on = addDays(due, daysLate);
        const step = nextStep(cadence, { dueOn: due, saidOffsetDays }, on, last);
        if (!step) return;
        const holding = dueWindows(cadence, on).filter((window) => {
          const { from, to, offsetDays, heardFrom, everyDays, lastSaidOn } = window;
          if (isAfter(due, to) || (from !== null && isBefore(due, from))) return false;
          const counted = Math.min(daysLate, lastSaidOn) - offsetDays;
          const heard =
            everyDays === null ? heardFrom : offsetDays + Math.trunc(counted / everyDays) * everyDays;
          return saidOffsetDays === null || saidOffsetDays < heard;
        });
        assert.equal(holding.length, 1);
      },
    ),
  );
});
