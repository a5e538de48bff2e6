// States of a receipt in the accounting system, in words and colours.

export const STATE_WORDS = {
  to_post: 'To post',
  sent: 'Sent',
  posted: 'Posted',
  refused: 'Refused',
} as const;
export const STATE_COLOURS = { to_post: 'blue', sent: 'yellow', posted: 'teal', refused: 'red' } as const;
export const PART_WORDS = {
  receipt: 'Receipt',
  return: 'Return',
  handover: 'To another company',
  handover_back: 'Back from another company',
  elsewhere: 'Received by another company',
  elsewhere_back: 'Back to another company',
} as const;
