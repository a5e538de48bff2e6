// What is said of the tax in a write-off.

import type { writeOffItems } from '#writeoffs/contract.ts';
import { WRITE_OFF_KINDS } from '#writeoffs/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';

export type Relief = Reply<typeof writeOffItems>['writeOffs'][number]['relief'][number];

/** A kind of write-off in words. */
export function kindWords(kind: string): string {
  return kind === 'fx_rounding' ? 'Rounding of exchange rates' : heading(kind);
}

export const KIND_CHOICES = WRITE_OFF_KINDS.map((kind) => ({ value: kind, label: kindWords(kind) }));

export const GROUND_WORDS: Readonly<Record<string, string>> = {
  overdue: 'overdue long enough',
  insolvency: 'insolvency',
  enforcement_failed: 'collecting it failed',
  written_off: 'written off',
};

/** Why no tax is taken back, in a sentence. */
export function gapWords({ gap, country, from }: Pick<Relief, 'gap' | 'country' | 'from'>): string {
  const later = from ? ` From ${dayWords(from)} time alone is enough.` : '';
  switch (gap) {
    case 'no_rule':
      return `No tax is taken back: we know of no rule for ${country}.`;
    case 'no_tax':
      return 'There is no tax in it.';
    case 'not_bad_debt':
      return 'No tax is taken back: only that of bad debts is. For what is given, issue a credit note.';
    case 'too_early':
      return `No tax is taken back yet.${later}`;
    case 'notice_missing':
      return `No tax is taken back yet: ${country} asks that the customer is told in writing.`;
    default:
      return `No tax is taken back yet: ${country} asks for an insolvency or a failed collection.${later}`;
  }
}
