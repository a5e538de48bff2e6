// Calls in words people use.

export const OUTCOME_WORDS = {
  reached: 'Reached',
  no_answer: 'No answer',
  voicemail: 'Voicemail',
  wrong_number: 'Wrong number',
  promised: 'Promised to pay',
  disputed: 'Disputes it',
  refused: 'Refuses to pay',
  call_back: 'Call back',
} as const;

export const OUTCOME_COLORS = {
  reached: 'teal',
  no_answer: 'gray',
  voicemail: 'gray',
  wrong_number: 'orange',
  promised: 'blue',
  disputed: 'grape',
  refused: 'red',
  call_back: 'cyan',
} as const;

export const WAY_WORDS = {
  phone: 'telephone',
  visit: 'visit',
  video: 'video call',
  other: 'another way',
} as const;

export const DIRECTION_WORDS = { out: 'we called', in: 'they called' } as const;

export const VISIT_WORDS = { out: 'we visited', in: 'they visited us' } as const;

/** How a call or visit came about: `telephone, we called`; nobody calls by a visit. */
export function wayWords(way: keyof typeof WAY_WORDS, direction: keyof typeof DIRECTION_WORDS): string {
  return way === 'visit' ? VISIT_WORDS[direction] : `${WAY_WORDS[way]}, ${DIRECTION_WORDS[direction]}`;
}
