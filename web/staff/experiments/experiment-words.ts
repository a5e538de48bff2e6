// Words of experiments.

import type { listExperiments } from '#experiments/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Experiment = Reply<typeof listExperiments>['rows'][number];

export const STATE_WORDS: Readonly<Record<Experiment['state'], string>> = {
  planned: 'to come',
  running: 'running',
  waiting: 'waiting for the last windows',
  ended: 'ended',
};

/** What can be shown, in the words of what was tried. */
export const SHOWN_WORDS: Readonly<
  Record<Experiment['kind'], Readonly<Record<'step_helps' | 'step_hurts', string>>>
> = {
  hold_out: { step_helps: 'the step helps', step_hurts: 'better without it' },
  later: { step_helps: 'better on its day', step_hurts: 'better later' },
  other_words: { step_helps: 'the usual words are better', step_hurts: 'the other words are better' },
};

/** What was shown, in words. */
export function verdictWords({ kind, verdict }: Pick<Experiment, 'kind' | 'verdict'>): string {
  if (verdict === 'too_few') return 'too few customers yet';
  return verdict === 'not_shown' ? 'no difference shown' : SHOWN_WORDS[kind][verdict];
}

export const VERDICT_COLOURS: Readonly<Record<Experiment['verdict'], string>> = {
  too_few: 'gray',
  not_shown: 'blue',
  step_helps: 'green',
  step_hurts: 'orange',
};

export const END_WORDS: Readonly<Record<string, string>> = {
  stopped: 'stopped',
  harm: 'ended because one part was shown to be worse off',
  over: 'ended in time',
};

export const METRIC_WORDS: Readonly<Record<Experiment['metric'], string>> = {
  share_paid: 'share that paid',
  days_to_pay: 'days to pay',
};

const POINTS = 100;

/** A difference in its unit, as a number: percentage points, or days. */
export function inUnit(metric: Experiment['metric'], value: number): number {
  return Math.round((metric === 'share_paid' ? value * POINTS : value) * 10) / 10;
}

export function unitOf(metric: Experiment['metric']): string {
  return metric === 'share_paid' ? 'points' : 'days';
}

/** What is tried, in words. */
export function triedWords({ kind, laterDays }: Pick<Experiment, 'kind' | 'laterDays'>): string {
  if (kind === 'hold_out') return 'not told';
  if (kind === 'other_words') return 'told in other words';
  return `told ${laterDays} ${laterDays === 1 ? 'day' : 'days'} later`;
}

/** A step by its day. */
export function stepDay(offsetDays: number): string {
  if (offsetDays === 0) return 'on the due date';
  const days = Math.abs(offsetDays);
  return `${days} ${days === 1 ? 'day' : 'days'} ${offsetDays < 0 ? 'before' : 'after'} the due date`;
}
