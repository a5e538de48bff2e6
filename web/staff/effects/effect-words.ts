// Words of the report on what collecting brings.

import type { DIMENSIONS } from '#effects/contract.ts';
import { drawingValue } from '../../lib/format.ts';

export const DIMENSION_WORDS: Readonly<Record<(typeof DIMENSIONS)[number], string>> = {
  step: 'Step',
  template: 'Template',
  channel: 'Channel',
  policy: 'Policy',
  collector: 'Collector',
};

/** A part of a whole in whole percent, for reading; nothing of nothing is a dash. */
export function shareText(part: string, whole: string): string {
  const all = drawingValue(whole);
  return all === 0 ? '–' : `${Math.round((drawingValue(part) / all) * 100)} %`;
}
