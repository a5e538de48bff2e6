// The worklist in words people use.

export const ACTION_WORDS = {
  find_number: 'Find a number to call',
  call_about_promise: 'Call: a promise was broken',
  call_back: 'Call: the day to look again has come',
  call_about_dispute: 'Call: the dispute was decided',
  mend_address: 'Mend the address: something did not arrive',
  call: 'Call',
  send_statement: 'Mail the statement',
  wait: 'Wait: nothing may be said now',
  wait_for_day: 'Wait: a day to look again was agreed',
  look: 'Look through it',
} as const;

/** What could be done next. */
export const NEXT_WAY_WORDS = { call: 'Call', statement: 'Mail the statement', wait: 'Wait' } as const;

/** What speaks against it. */
export const NEXT_BAR_WORDS = {
  agreed_later: 'another day was agreed',
  nothing_late: 'nothing is late yet',
  no_number: 'no number is known',
  no_way_open: 'no address is open',
  on_hold: 'on hold',
  call_rules: 'by the rules on calls',
  too_many_contacts: 'contacted often enough',
  written_lately: 'written to lately',
} as const;

export const RANK_WORDS = { points: 'By points', expected: 'By expected value' } as const;
export const WHOSE_WORDS = { all: 'All', mine: 'Mine', unowned: 'Nobody’s' } as const;

/** Keys of the page of one account, with what they do. */
export const DESK_KEYS: readonly (readonly [key: string, does: string])[] = [
  ['c', 'dial the first number'],
  ['1', 'reached'],
  ['2', 'no answer'],
  ['3', 'voicemail'],
  ['4', 'wrong number'],
  ['5', 'refuses to pay'],
  ['6', 'call back'],
  ['p', 'promises to pay'],
  ['d', 'disputes it'],
  ['z', 'put off until a day'],
  ['h', 'hold'],
  ['m', 'mail the statement of account'],
  ['x', 'done without a call'],
  ['n', 'next, without doing anything'],
];

/** Keys of outcomes. */
export const OUTCOME_KEYS = {
  '1': 'reached',
  '2': 'no_answer',
  '3': 'voicemail',
  '4': 'wrong_number',
  '5': 'refused',
  '6': 'call_back',
  p: 'promised',
  d: 'disputed',
} as const;

/** Keys of what is done apart from a call, as buttons say it. */
export const OTHER_KEYS = {
  x: 'Done',
  z: 'Put off',
  h: 'Hold',
  m: 'Mail the statement',
  n: 'Skip',
} as const;

export type OutcomeKey = keyof typeof OUTCOME_KEYS;

/** Whether a key means an outcome. */
export function isOutcomeKey(key: string): key is OutcomeKey {
  return key in OUTCOME_KEYS;
}
