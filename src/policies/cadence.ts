// A cadence says what a customer is told and when: steps, each so many days from the due date, growing firmer. About one
// item the steps only ever go forward: no step is said twice, and none that is milder than one already said.

import { addDays, daysBetween, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { CADENCE_STEPS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ContactRole } from '#parties/customer.ts';

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

/** The ways a step can go. */
export const STEP_CHANNELS = ['email', 'post', 'sms'] as const;

/** Who speaks in a step, where it is not the company as such; answers go to that address. */
export type StepSender = { readonly name: string; readonly address: string };

/** Stands for the member whose account it is; where it is nobody's, the company speaks as such. */
export const OWNER = 'owner';

/** What a mail can carry besides its words. */
export const STEP_ATTACHMENTS = ['invoices', 'statement'] as const;
export type StepAttachment = (typeof STEP_ATTACHMENTS)[number];

/** How a step goes, by which way, to whom and in whose name; what is null goes as the customer usually hears from us. */
export type StepWay = {
  /** By this way alone: where it cannot be gone, the step is left out. */
  readonly channel: (typeof STEP_CHANNELS)[number] | null;
  /** The role of the contact it goes to, where the customer has one that mail can reach; else to whom reminders go. */
  readonly recipient: ContactRole | null;
  readonly sender: StepSender | typeof OWNER | null;
};

/** A step as the cadence has it. */
export type CadenceStep = Step &
  StepWay & {
    /** Said again every so many days until the next step is due; null is said once. */
    readonly everyDays: number | null;
    /** The law, or the contract, asks for it: no later step is said before it, nor sooner after it than the cadence says. */
    readonly required: boolean;
    /** Goes out by itself. What does not waits for a person. */
    readonly automatic: boolean;
    /** Tells what late payment has cost by the day it is written: interest and fees that are not charged yet. */
    readonly showsCosts: boolean;
    /** Tells what late payment brings by the terms: rate, fixed sum and fee, before they come or while they do. */
    readonly showsPenalties: boolean;
    /** What goes with it by mail. */
    readonly attaches: readonly StepAttachment[];
  };

/** Steps as somebody asks for them; the template of the phase is used where none is named. */
export type NewStep = {
  readonly offsetDays: number;
  readonly phase: Phase;
  readonly template?: string | undefined;
  readonly everyDays?: number | null | undefined;
  readonly required?: boolean | undefined;
  readonly automatic?: boolean | undefined;
  readonly showsCosts?: boolean | undefined;
  readonly showsPenalties?: boolean | undefined;
  readonly attaches?: readonly StepAttachment[] | undefined;
  readonly channel?: StepWay['channel'] | undefined;
  readonly recipient?: ContactRole | null | undefined;
  readonly sender?: StepWay['sender'] | undefined;
};

/** The steps, by offset. */
export type Steps = readonly CadenceStep[];

/**
 * What becomes of the others when the item that carried the last message is settled. `resume_by_age`: each hears the
 * step of its age. `restart`: one that is behind hears the first step after its due date that it has not heard, and the
 * next no sooner than the cadence's own distance. `continue_level`: the tone does not fall behind the level the
 * customer has reached.
 */
export const AFTER_CARRIER = ['resume_by_age', 'restart', 'continue_level'] as const;

export type AfterCarrier = (typeof AFTER_CARRIER)[number];

/** What deciding the step of an item goes by. */
export type Cadence = { readonly steps: Steps; readonly afterCarrier: AfterCarrier };

/** The template of a phase, where a step names none. */
export const TEMPLATE_OF_PHASE: Readonly<Record<Phase, string>> = {
  upcoming: 'upcoming',
  due: 'due_today',
  reminder: 'first_reminder',
  demand: 'second_reminder',
  final_notice: 'third_reminder',
};

/** As the customer usually hears from us. */
export const USUAL_WAY: StepWay = { channel: null, recipient: null, sender: null };

/** What goes with a mail where a step says nothing of it. */
export const USUAL_ATTACHMENTS: readonly StepAttachment[] = ['invoices'];

const ONCE = {
  everyDays: null,
  required: false,
  automatic: true,
  showsCosts: false,
  showsPenalties: false,
  attaches: USUAL_ATTACHMENTS,
  ...USUAL_WAY,
} as const;

/** The cadence Quittance comes with: a fortnight's notice, the due date, and a week, a fortnight and a month after it. */
export const FIRST_CADENCE: { readonly name: string; readonly steps: Steps } = {
  name: 'Usual steps',
  steps: [
    { step: 1, offsetDays: -15, phase: 'upcoming', template: 'upcoming', ...ONCE },
    { step: 2, offsetDays: 0, phase: 'due', template: 'due_today', ...ONCE },
    { step: 3, offsetDays: 7, phase: 'reminder', template: 'first_reminder', ...ONCE },
    { step: 4, offsetDays: 14, phase: 'demand', template: 'second_reminder', ...ONCE },
    { step: 5, offsetDays: 30, phase: 'final_notice', template: 'third_reminder', ...ONCE },
  ],
};

/** The longest that a last step is repeated: who has not answered in a year is a matter for a person. */
const REPEATED_DAYS_MAX = 365;

/**
 * Puts wanted steps in order and numbers them.
 *
 * Refuses: `offset_twice`, `phase_goes_back`, `phase_not_before_due`, `phase_only_before_due`, `template_unknown`,
 * `repetition_not_valid`, `too_many_steps`, `no_steps`.
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
  return sorted.map(({ offsetDays, phase, ...more }, index) => ({
    step: index + 1,
    offsetDays,
    phase,
    template: more.template ?? TEMPLATE_OF_PHASE[phase],
    everyDays: more.everyDays ?? null,
    required: more.required ?? false,
    automatic: more.automatic ?? true,
    showsCosts: more.showsCosts ?? false,
    showsPenalties: more.showsPenalties ?? false,
    attaches: more.attaches ?? USUAL_ATTACHMENTS,
    channel: more.channel ?? null,
    recipient: more.recipient ?? null,
    sender: more.sender ?? null,
  }));
}

function checkStep(step: NewStep, templates: readonly string[]): void {
  const facts = { offsetDays: step.offsetDays, phase: step.phase };
  const announces = step.phase === 'upcoming';
  if (step.offsetDays < 0 && !announces) throw new Refusal('phase_not_before_due', facts);
  if (step.offsetDays >= 0 && announces) throw new Refusal('phase_only_before_due', facts);
  const every = step.everyDays ?? null;
  if (every !== null && (!Number.isInteger(every) || every < 1 || every > REPEATED_DAYS_MAX))
    throw new Refusal('repetition_not_valid', { ...facts, everyDays: every });
  const template = step.template ?? TEMPLATE_OF_PHASE[step.phase];
  if (!templates.includes(template))
    throw new Refusal('template_unknown', { template, templates: [...templates] });
}

/** The last due date that a cadence speaks of on a day: what is due later has no step yet. */
export function lastDueSpokenOf(steps: Steps, on: PlainDate): PlainDate {
  return addDays(on, -Math.min(0, steps[0]?.offsetDays ?? 0));
}

/** How a step of a cadence goes. */
export function wayOf(steps: Steps, { step }: Pick<Step, 'step'>): StepWay {
  return steps.find((one) => one.step === step) ?? USUAL_WAY;
}

/** What a step of a cadence tells and carries besides its words. */
export function besidesOf(
  steps: Steps,
  { step }: Pick<Step, 'step'>,
): Pick<CadenceStep, 'showsCosts' | 'showsPenalties' | 'attaches'> {
  return steps.find((one) => one.step === step) ?? ONCE;
}

/** The last day, counted from the due date, on which a step is the one that is due; it may have no end. */
function lastDayOf(steps: Steps, index: number): number {
  const step = steps[index];
  const next = steps[index + 1];
  if (step === undefined) return -Infinity;
  // The last step before the due date ends on the day itself, when the first of the others need not be due yet.
  const end = (next?.offsetDays ?? Infinity) - 1;
  return step.offsetDays < 0 ? Math.min(end, 0) : end;
}

/** The last day on which a repeated step is said. */
function lastSaidOn(steps: Steps, index: number): number {
  const { offsetDays } = steps[index] ?? { offsetDays: 0 };
  const end = Math.min(lastDayOf(steps, index), offsetDays + REPEATED_DAYS_MAX);
  return offsetDays < 0 ? Math.min(end, -1) : end;
}

/** A step on a day: one that is repeated is another step each time, with its own day. */
function repetition(steps: Steps, index: number, daysLate: number): CadenceStep | undefined {
  const step = steps[index];
  if (step === undefined || step.everyDays === null) return step;
  const day = Math.min(daysLate, lastSaidOn(steps, index));
  const times = Math.floor((day - step.offsetDays) / step.everyDays);
  return { ...step, offsetDays: step.offsetDays + times * step.everyDays };
}

/**
 * The step that is due for an item on a day, whatever was said before: the last one whose day has come. A step before the
 * due date is due only while the item is not overdue; when it was missed, it is past.
 */
export function stepDue(steps: Steps, dueOn: PlainDate, on: PlainDate): CadenceStep | undefined {
  const daysLate = daysBetween(dueOn, on);
  const index = steps.findLastIndex(
    (step) => step.offsetDays <= daysLate && (daysLate <= 0 || step.offsetDays >= 0),
  );
  return index < 0 ? undefined : repetition(steps, index, daysLate);
}

/** The first step, each repetition counted, whose day is after one day and not after another. */
function firstBetween(steps: Steps, after: number, upTo: number): CadenceStep | undefined {
  for (const [index, step] of steps.entries()) {
    const every = step.everyDays;
    const times = every === null ? 0 : Math.max(0, Math.floor((after - step.offsetDays) / every) + 1);
    const offsetDays = step.offsetDays + times * (every ?? 0);
    if (offsetDays > upTo) return undefined;
    if (offsetDays > after && offsetDays <= lastSaidOn(steps, index)) return { ...step, offsetDays };
  }
  return undefined;
}

/** What was said about an item last, by whatever policy. */
export type Heard = {
  readonly dueOn: PlainDate;
  /** Null where nothing was said yet. */
  readonly saidOffsetDays: number | null;
  readonly saidPhase?: Phase | null | undefined;
  readonly saidOn?: PlainDate | null | undefined;
};

/** The last message to the customer: how far its furthest item was, and whether that item, which carried it, is open still. */
export type LastMessage = { readonly leadOffsetDays: number; readonly carrierOpen: boolean };

/**
 * The step to say about an item on a day, or nothing: a pure function of what was said and of the day. After a gap it
 * is the latest step that is due, once; the steps it skipped are never said later, except those that are required,
 * which come first. No step is said twice, and none that is milder than one said, by whatever policy.
 */
export function nextStep(
  cadence: Cadence,
  item: Heard,
  on: PlainDate,
  last?: LastMessage | undefined,
): CadenceStep | undefined {
  const due = stepDue(cadence.steps, item.dueOn, on);
  if (due === undefined) return undefined;
  const said = item.saidOffsetDays ?? -Infinity;
  const wanted =
    last === undefined || last.carrierOpen || !isBefore(item.dueOn, on)
      ? due
      : afterCarrierPaid(cadence, due, said, last);
  if (wanted === undefined || wanted.offsetDays <= said) return undefined;
  const missed = requiredBefore(cadence.steps, said, wanted);
  const step = missed ?? wanted;
  const isFirm = item.saidPhase == null || PHASES.indexOf(step.phase) >= PHASES.indexOf(item.saidPhase);
  const restarted = cadence.afterCarrier === 'restart' && last?.carrierOpen === false;
  const distant = restarted || saidWasRequired(cadence.steps, said);
  return isFirm && (!distant || keepsDistance(item, step, on)) ? step : undefined;
}

function afterCarrierPaid(
  { steps, afterCarrier }: Cadence,
  due: CadenceStep,
  said: number,
  last: LastMessage,
): CadenceStep | undefined {
  if (afterCarrier === 'resume_by_age') return due;
  if (afterCarrier === 'restart')
    return due.offsetDays <= 0 ? due : firstBetween(steps, Math.max(said, 0), due.offsetDays);
  const index = steps.findLastIndex((step) => step.offsetDays <= last.leadOffsetDays);
  const reached = repetition(steps, index, last.leadOffsetDays);
  return reached !== undefined && reached.offsetDays > due.offsetDays ? reached : due;
}

function requiredBefore(steps: Steps, said: number, wanted: CadenceStep): CadenceStep | undefined {
  return steps.find((step) => step.required && step.offsetDays > said && step.offsetDays < wanted.offsetDays);
}

function saidWasRequired(steps: Steps, said: number): boolean {
  return steps.some((step) => step.required && step.offsetDays === said);
}

/** Whether as many days have passed since the last step as the cadence has between the two; before the due date all have. */
function keepsDistance(item: Heard, step: CadenceStep, on: PlainDate): boolean {
  const { saidOffsetDays, saidOn } = item;
  if (saidOffsetDays === null || saidOn == null || saidOffsetDays <= 0) return true;
  return daysBetween(saidOn, on) >= step.offsetDays - saidOffsetDays;
}

/**
 * Due dates for which something may have to be said on a day; `from` is null where there is no end to the past. Not
 * where the day `heardFrom` of the cadence was said, or, with `everyDays`, the last repetition of it that has come.
 */
export type DueWindow = {
  readonly offsetDays: number;
  readonly from: PlainDate | null;
  readonly to: PlainDate;
  readonly heardFrom: number;
  readonly everyDays: number | null;
  /** The last day a repetition is counted to. */
  readonly lastSaidOn: number;
};

/**
 * Turns a cadence round: for each step, the due dates of the items it is due for on a day. Windows of one cadence do
 * not overlap, and together they hold exactly the items that `stepDue` gives a step. What is due later than all of them
 * need not be read.
 */
export function dueWindows({ steps, afterCarrier }: Cadence, on: PlainDate): readonly DueWindow[] {
  const last = steps.at(-1);
  const furthest = (last?.offsetDays ?? 0) + (last?.everyDays == null ? 0 : REPEATED_DAYS_MAX);
  return steps.map((step, index) => {
    const end = lastDayOf(steps, index);
    // Where the level goes on, an item may have to hear more than its age says, up to the last step.
    const further = afterCarrier === 'continue_level' && step.offsetDays >= 0;
    const repeated = step.everyDays !== null && !further;
    return {
      offsetDays: step.offsetDays,
      from: end === Infinity ? null : addDays(on, -end),
      to: addDays(on, -step.offsetDays),
      heardFrom: further ? furthest : step.offsetDays,
      everyDays: repeated ? step.everyDays : null,
      lastSaidOn: lastSaidOn(steps, index),
    };
  });
}
