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
