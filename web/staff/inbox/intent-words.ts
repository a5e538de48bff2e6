// What proposals are called on pages.

import type { PROPOSED } from '#inbox/contract.ts';

type Proposed = (typeof PROPOSED)[number];

/** What a mail seems to say. */
export const INTENT_WORDS: Readonly<Record<Proposed, string>> = {
  promise: 'Promise to pay',
  dispute: 'Dispute',
  paid_already: 'Paid already',
  remittance: 'Remittance',
  copy_request: 'Wants a copy',
  contact_change: 'Other contact',
  insolvency: 'Insolvency',
  stop: 'Wants no more mail',
  away: 'Away',
};

/** What accepting it does. */
export const ACCEPT_WORDS: Readonly<Record<Proposed, string>> = {
  promise: 'Take the promise',
  dispute: 'Open a dispute',
  paid_already: 'Let chasing rest',
  remittance: 'Read the remittance',
  copy_request: 'Send the documents',
  contact_change: 'Add the contact',
  insolvency: 'Put on hold',
  stop: 'Stop the address',
  away: 'Let chasing rest',
};
