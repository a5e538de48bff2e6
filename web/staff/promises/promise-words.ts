// Promises to pay in words people use.

export const STATE_WORDS = {
  open: 'open',
  kept: 'kept',
  partly_kept: 'partly kept',
  broken: 'broken',
  relieved: 'credited',
  replaced: 'replaced',
  withdrawn: 'withdrawn',
} as const;

export const STATE_COLORS = {
  open: 'blue',
  kept: 'teal',
  partly_kept: 'orange',
  broken: 'red',
  relieved: 'gray',
  replaced: 'gray',
  withdrawn: 'gray',
} as const;

export const WAY_WORDS = {
  phone: 'By telephone',
  mail: 'By e-mail',
  letter: 'By letter',
  meeting: 'At a meeting',
  portal: 'In the portal',
  other: 'Another way',
} as const;
