// A cadence says what a customer is told and when: steps, each so many days from the due date, growing firmer. About one
// item the steps only ever go forward: no step is said twice, and none that is milder than one already said.

import { addDays, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { CADENCE_STEPS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** The phases of chasing, from the friendliest to the firmest. */
export const PHASES = ['upcoming', 'due', 'reminder', 'demand', 'final_notice'] as const;

export type Phase = (typeof PHASES)[number];

/** One step: so many days after the due date (before it when negative), in which tone, by which template. */
export type Step = {
  /** Its place in the cadence, from 1. */
  readonly step: number;
  readonly offsetDays: number;
  readonly phase: Phase;
  readonly template: string;
};

/** Steps as somebody asks for them; the template of the phase is used where none is named. */
export type NewStep = {
  readonly offsetDays: number;
  readonly phase: Phase;
  readonly template?: string | undefined;
};

/** The steps, by offset. */
export type Steps = readonly Step[];

/** The template of a phase, where a step names none. */
export const TEMPLATE_OF_PHASE: Readonly<Record<Phase, string>> = {
  upcoming: 'upcoming',
  due: 'due_today',
  reminder: 'first_reminder',
  demand: 'second_reminder',
  final_notice: 'third_reminder',
};

/** The cadence Quittance comes with: a fortnight's notice, the due date, and a week, a fortnight and a month after it. */
export const FIRST_CADENCE: { readonly name: string; readonly steps: Steps } = {
  name: 'First cadence',
  steps: [
    { step: 1, offsetDays: -15, phase: 'upcoming', template: 'upcoming' },
    { step: 2, offsetDays: 0, phase: 'due', template: 'due_today' },
    { step: 3, offsetDays: 7, phase: 'reminder', template: 'first_reminder' },
    { step: 4, offsetDays: 14, phase: 'demand', template: 'second_reminder' },
    { step: 5, offsetDays: 30, phase: 'final_notice', template: 'third_reminder' },
  ],
};

/**
 * Puts wanted steps in order and numbers them.
 *
 * Refuses: `offset_twice`, `phase_goes_back`, `phase_not_before_due`, `phase_only_before_due`, `template_unknown`,
 * `too_many_steps`, `no_steps`.
 */
export function decideSteps(wanted: readonly NewStep[], templates: readonly string[]): Steps {
  if (wanted.length === 0) throw new Refusal('no_steps');
  if (wanted.length > CADENCE_STEPS_MAX) throw new Refusal('too_many_steps', { stepsMax: CADENCE_STEPS_MAX });
  const sorted = wanted.toSorted((a, b) => a.offsetDays - b.offsetDays);
  sorted.forEach((step, index) => {
    checkStep(step, templates);
    const before = sorted[index - 1];
    if (before === undefined) return;
    const facts = { offsetDays: step.offsetDays, phase: step.phase, phaseBefore: before.phase };
    if (before.offsetDays === step.offsetDays) throw new Refusal('offset_twice', facts);
    if (PHASES.indexOf(step.phase) < PHASES.indexOf(before.phase))
      throw new Refusal('phase_goes_back', facts);
  });
  return sorted.map(({ offsetDays, phase, template }, index) => ({
    step: index + 1,
    offsetDays,
    phase,
    template: template ?? TEMPLATE_OF_PHASE[phase],
  }));
}

function checkStep(step: NewStep, templates: readonly string[]): void {
  const facts = { offsetDays: step.offsetDays, phase: step.phase };
  const announces = step.phase === 'upcoming';
  if (step.offsetDays < 0 && !announces) throw new Refusal('phase_not_before_due', facts);
  if (step.offsetDays >= 0 && announces) throw new Refusal('phase_only_before_due', facts);
  const template = step.template ?? TEMPLATE_OF_PHASE[step.phase];
  if (!templates.includes(template))
    throw new Refusal('template_unknown', { template, templates: [...templates] });
}

/**
 * The step that is due for an item on a day, whatever was said before: the last one whose day has come. A step before the
 * due date is due only while the item is not overdue; when it was missed, it is past.
 */
export function stepDue(steps: Steps, dueOn: PlainDate, on: PlainDate): Step | undefined {
  const daysLate = daysBetween(dueOn, on);
  return steps.findLast((step) => step.offsetDays <= daysLate && (daysLate <= 0 || step.offsetDays >= 0));
}

/**
 * The step to say about an item on a day, or nothing. After a gap it is the latest one that is due, once; the steps it
 * skipped are never said later. `saidOffsetDays` is the offset of the last step said, by whatever version of the cadence.
 */
export function nextStep(
  steps: Steps,
  item: { readonly dueOn: PlainDate; readonly saidOffsetDays: number | null },
  on: PlainDate,
): Step | undefined {
  const due = stepDue(steps, item.dueOn, on);
  return due && (item.saidOffsetDays === null || due.offsetDays > item.saidOffsetDays) ? due : undefined;
}

/** The due dates for which a step is the one that is due on a day; `from` is null where there is no end to the past. */
export type DueWindow = { readonly step: Step; readonly from: PlainDate | null; readonly to: PlainDate };

/**
 * Turns the cadence round: for each step, the due dates of the items it is due for on a day. Windows do not overlap, and
 * together they hold exactly the items that `stepDue` gives a step. What is due later than all of them need not be read.
 */
export function dueWindows(steps: Steps, on: PlainDate): readonly DueWindow[] {
  return steps.map((step, index) => {
    const to = addDays(on, -step.offsetDays);
    const next = steps[index + 1];
    // The last step before the due date ends on the day itself, when the first of the others need not be due yet.
    const until = step.offsetDays < 0 ? Math.min(next?.offsetDays ?? 1, 1) : next?.offsetDays;
    return { step, from: until === undefined ? null : addDays(on, 1 - until), to };
  });
}
