// What people call phases, conditions and news.

import type { getHandOver, readEscalation } from '#escalation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';

export type Account = Reply<typeof readEscalation>['accounts'][number];
export type Condition = Account['conditions'][number];
export type HandOver = Reply<typeof getHandOver>;

export const PHASE_WORDS: Readonly<Record<Account['phase'], string>> = {
  not_chased: 'Not reminded',
  reminder: 'Reminder',
  demand: 'Demand',
  final_notice: 'Final notice',
  agency: 'Agency',
  legal: 'Court',
};

export const CONDITION_WORDS: Readonly<Record<Condition['code'], string>> = {
  overdue: 'Everything is overdue',
  notices_sent: 'Notices were sent',
  final_notice_sent: 'A final notice was sent',
  notice_provable: 'It can be proven that a final notice arrived',
  days_waited: 'Days were waited since the final notice',
  address_known: 'A postal address is known',
  not_disputed: 'Nothing is disputed',
  not_promised: 'Nothing is promised for a day to come',
  not_on_hold: 'Nothing is on hold',
  not_time_barred: 'It is not barred by time',
  not_elsewhere: 'Nothing is with an agency or lawyers',
};

/** Invoices that a condition names. */
const NAMED = 3;

/** What was asked for and found, in one line. */
export function foundWords({ code, needed, found, failing }: Condition): string {
  const more = failing.length > NAMED ? ` and ${failing.length - NAMED} more` : '';
  const fails = failing.length > 0 ? `not so of ${failing.slice(0, NAMED).join(', ')}${more}` : '';
  switch (code) {
    // The customer's, not an invoice's.
    case 'address_known':
      return '';
    case 'notices_sent':
      return [`${found} of ${needed}`, fails].filter(Boolean).join(' · ');
    case 'days_waited':
      return [found === '–' ? `${needed} are asked for` : `${found} of ${needed}`, fails]
        .filter(Boolean)
        .join(' · ');
    case 'not_time_barred':
      return [`until ${saidDay(found)}: ${needed}`, fails].filter(Boolean).join(' · ');
    default:
      return [found === '–' ? '' : saidDay(found), fails].filter(Boolean).join(' · ');
  }
}

/** Days as people write them; other words as they are. */
function saidDay(found: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(found) ? dayWords(found) : found;
}

/** `order for payment`. */
export function statusWords(status: string): string {
  return status.replaceAll('_', ' ');
}
