import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, isAfter, isBefore, parseDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  decideSteps,
  dueWindows,
  FIRST_CADENCE,
  type NewStep,
  nextStep,
  PHASES,
  type Steps,
  stepDue,
  TEMPLATE_OF_PHASE,
} from './cadence.ts';

const day = parseDate;
const due = day('2026-03-31');
const { steps } = FIRST_CADENCE;
const byAge = (of: Steps) => ({ steps: of, afterCarrier: 'resume_by_age' }) as const;
const cadence = byAge(steps);
const TEMPLATES = Object.values(TEMPLATE_OF_PHASE);
const refuses = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test('the first cadence announces, reminds and grows firmer on the days it names', () => {
  const table: readonly (readonly [daysLate: number, phase: string | undefined])[] = [
    [-16, undefined],
    [-15, 'upcoming'],
    [-1, 'upcoming'],
    [0, 'due'],
    [1, 'due'],
    [6, 'due'],
    [7, 'reminder'],
    [13, 'reminder'],
    [14, 'demand'],
    [29, 'demand'],
    [30, 'final_notice'],
    [4000, 'final_notice'],
  ];
  for (const [daysLate, phase] of table)
    assert.equal(stepDue(steps, due, addDays(due, daysLate))?.phase, phase, `${daysLate} days late`);
});

test('a step before the due date is past once the item is overdue', () => {
  const announcing = decideSteps(
    [
      { offsetDays: -5, phase: 'upcoming' },
      { offsetDays: 10, phase: 'reminder' },
    ],
    TEMPLATES,
  );
  assert.equal(stepDue(announcing, due, due)?.phase, 'upcoming');
  assert.equal(stepDue(announcing, due, addDays(due, 1)), undefined);
  assert.equal(stepDue(announcing, due, addDays(due, 10))?.phase, 'reminder');
});

test('a step said, and every milder one, is not said again', () => {
  const on = addDays(due, 8);
  assert.equal(nextStep(cadence, { dueOn: due, saidOffsetDays: 0 }, on)?.phase, 'reminder');
  assert.equal(nextStep(cadence, { dueOn: due, saidOffsetDays: 7 }, on), undefined);
  assert.equal(nextStep(cadence, { dueOn: due, saidOffsetDays: 14 }, on), undefined);
});

test('what an earlier version of the cadence said counts: only later days of the new one are said', () => {
  const tighter = decideSteps(
    [
      { offsetDays: 5, phase: 'reminder' },
      { offsetDays: 9, phase: 'demand' },
    ],
    TEMPLATES,
  );
  const item = { dueOn: due, saidOffsetDays: 7 };
  assert.equal(nextStep(byAge(tighter), item, addDays(due, 8)), undefined);
  assert.equal(nextStep(byAge(tighter), item, addDays(due, 9))?.phase, 'demand');
});

test('steps are put in order and numbered, with the template of their phase', () => {
  const decided = decideSteps(
    [
      { offsetDays: 10, phase: 'demand' },
      { offsetDays: -3, phase: 'upcoming' },
      { offsetDays: 2, phase: 'reminder', template: 'due_today' },
    ],
    TEMPLATES,
  );
  assert.deepEqual(
    decided.map((s) => [s.step, s.offsetDays, s.phase, s.template]),
    [
      [1, -3, 'upcoming', 'upcoming'],
      [2, 2, 'reminder', 'due_today'],
      [3, 10, 'demand', 'second_reminder'],
    ],
  );
});

test('a cadence that contradicts itself is refused', () => {
  const cases: readonly (readonly [string, readonly NewStep[]])[] = [
    ['no_steps', []],
    ['too_many_steps', Array.from({ length: 31 }, (_, i): NewStep => ({ offsetDays: i, phase: 'due' }))],
    [
      'offset_twice',
      [
        { offsetDays: 3, phase: 'due' },
        { offsetDays: 3, phase: 'due' },
      ],
    ],
    [
      'phase_goes_back',
      [
        { offsetDays: 3, phase: 'demand' },
        { offsetDays: 5, phase: 'reminder' },
      ],
    ],
    ['phase_not_before_due', [{ offsetDays: -1, phase: 'reminder' }]],
    ['phase_only_before_due', [{ offsetDays: 0, phase: 'upcoming' }]],
    ['template_unknown', [{ offsetDays: 0, phase: 'due', template: 'nope' }]],
  ];
  for (const [code, wanted] of cases)
    assert.throws(() => decideSteps(wanted, TEMPLATES), refuses(code), code);
});

// — properties —

/** Any cadence: distinct offsets, phases that never go back, announcing before the due date only. */
const anySteps: fc.Arbitrary<Steps> = fc
  .uniqueArray(fc.integer({ min: -40, max: 120 }), { minLength: 1, maxLength: 8 })
  .chain((offsets) =>
    fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: offsets.length, maxLength: offsets.length })
      .map((ranks) => {
        const rising = ranks.toSorted((a, b) => a - b);
        return decideSteps(
          offsets
            .toSorted((a, b) => a - b)
            .map(
              (offsetDays, i): NewStep => ({
                offsetDays,
                phase: offsetDays < 0 ? 'upcoming' : (PHASES[rising[i] ?? 4] ?? 'final_notice'),
              }),
            ),
          TEMPLATES,
        );
      }),
  );

const FROM = -60;
const TO = 160;

/** What is said about an item when reminders run on the given days: offsets, in order. */
function saidOn(given: Steps, runDays: readonly number[]): readonly number[] {
  const said: number[] = [];
  for (const daysLate of runDays) {
    const step = nextStep(
      byAge(given),
      { dueOn: due, saidOffsetDays: said.at(-1) ?? null },
      addDays(due, daysLate),
    );
    if (step) said.push(step.offsetDays);
  }
  return said;
}

const anyRunDays = fc
  .uniqueArray(fc.integer({ min: FROM, max: TO }), { minLength: 1, maxLength: 60 })
  .map((days) => days.toSorted((a, b) => a - b));

test('whatever the cadence and the days it runs on, what is said about an item only goes forward', () => {
  fc.assert(
    fc.property(anySteps, anyRunDays, (given, runDays) => {
      const said = saidOn(given, runDays);
      assert.ok(said.every((offset, i) => i === 0 || offset > (said[i - 1] ?? offset)));
    }),
  );
});

test('running late says the same last step as running every day, and says nothing that daily runs would not', () => {
  fc.assert(
    fc.property(anySteps, anyRunDays, (given, runDays) => {
      const last = runDays.at(-1) ?? TO;
      const daily = saidOn(
        given,
        Array.from({ length: last - FROM + 1 }, (_, i) => FROM + i),
      );
      const late = saidOn(given, runDays);
      assert.ok(late.every((offset) => daily.includes(offset)));
      if (stepDue(given, due, addDays(due, last))) assert.equal(late.at(-1), daily.at(-1));
    }),
  );
});

test('running twice on a day says nothing the second time', () => {
  fc.assert(
    fc.property(anySteps, anyRunDays, (given, runDays) => {
      assert.deepEqual(
        saidOn(
          given,
          runDays.flatMap((d) => [d, d]),
        ),
        saidOn(given, runDays),
      );
    }),
  );
});

test('an announcement is never made about what is overdue', () => {
  fc.assert(
    fc.property(anySteps, fc.integer({ min: 1, max: TO }), (given, daysLate) => {
      const step = stepDue(given, due, addDays(due, daysLate));
      assert.ok(step === undefined || step.phase !== 'upcoming');
    }),
  );
});

test('the windows of due dates hold exactly the items that have the step due', () => {
  fc.assert(
    fc.property(anySteps, fc.integer({ min: FROM, max: TO }), (given, daysLate) => {
      const on = addDays(due, daysLate);
      const holding = dueWindows(byAge(given), on).filter(
        ({ from, to }) => !isAfter(due, to) && (from === null || !isBefore(due, from)),
      );
      assert.deepEqual(
        holding.map((w) => w.offsetDays),
        [stepDue(given, due, on)?.offsetDays].filter((s) => s !== undefined),
      );
    }),
  );
});
