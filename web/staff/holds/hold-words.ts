// What people call holds and their states.

import type { listHolds } from '#holds/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Hold = Reply<typeof listHolds>['rows'][number];

export const STATE_WORDS: Readonly<Record<Hold['state'], string>> = {
  in_force: 'on hold',
  running_out: 'ends soon',
  over: 'ended by itself',
  released: 'released',
};

export const STATE_COLORS: Readonly<Record<Hold['state'], string>> = {
  in_force: 'yellow',
  running_out: 'orange',
  over: 'gray',
  released: 'teal',
};

/** What a hold is about: `INV-3 of Brightwater`, `Jan at Brightwater`. */
export function heldWords(hold: Hold): string {
  switch (hold.scope) {
    case 'tenant':
      return 'Everything';
    case 'company':
      return `Company ${hold.companyCode}`;
    case 'customer':
      return hold.customerName ?? '';
    case 'item':
      return `${hold.reference} of ${hold.customerName}`;
    case 'contact':
      return `${hold.contactName} at ${hold.customerName}`;
  }
}

/** What does not happen while it stands. */
export function effectWords(hold: Hold): string {
  switch (hold.scope) {
    case 'tenant':
      return 'On hold: nobody is reminded';
    case 'company':
      return `On hold: company ${hold.companyCode} reminds nobody`;
    case 'customer':
      return 'On hold: no reminders go out';
    case 'item':
      return `On hold: ${hold.reference} is not asked for`;
    case 'contact':
      return `On hold: no reminder goes to ${hold.contactName}`;
  }
}

/** What a change was, in the past. */
export const CHANGE_WORDS: Readonly<Record<Hold['changes'][number]['kind'], string>> = {
  extended: 'extended to',
  given: 'given to somebody else, until',
  released: 'released; would have ended',
};
