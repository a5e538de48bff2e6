// How a customer writes numbers, in words.

import type { listPatternProposals } from '#patterns/contract.ts';
import type { Reply } from '../../lib/api.ts';

type Proposal = Reply<typeof listPatternProposals>['rows'][number];
export type Form = Proposal['form'];

/** What a customer writes. */
export function formWords(form: Form): string {
  if (form.kind === 'order') return 'its purchase orders in place of our numbers';
  if (form.kind === 'ending') return `the last ${form.figures} figures of our numbers`;
  return form.theirs === ''
    ? `our numbers without ${form.ours}`
    : `${form.theirs} in place of our ${form.ours}`;
}

/** A form as a key of a list. */
export function formKey(form: Form): string {
  return JSON.stringify(form);
}

/** How often it would have been right. */
export function tallyWords({ right, wrong, tied }: Pick<Proposal, 'right' | 'wrong' | 'tied'>): string {
  return [
    `right ${right} ${right === 1 ? 'time' : 'times'}`,
    `wrong ${wrong === 0 ? 'never' : wrong}`,
    ...(tied === 0 ? [] : [`${tied} in doubt`]),
  ].join(', ');
}
