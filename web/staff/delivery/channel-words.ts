// The ways messages go and what becomes of them, in words people use.

export const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  email: 'e-mail',
  post: 'post',
  sms: 'text message',
  network: 'e-invoice network',
  ap_portal: 'customer portal',
};

/** The ways we send by, for choosing; what a person posts in a portal is none of them. */
export const CHANNEL_CHOICES = Object.entries(CHANNEL_WORDS)
  .filter(([value]) => value !== 'ap_portal')
  .map(([value, label]) => ({ value, label }));

export const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  delivered: 'Arrived in the mailbox',
  delayed: 'Delayed; the mail server keeps trying',
  bounced: 'Came back',
  displayed: 'Was opened',
  auto_reply: 'Answered by a machine',
  complained: 'Called spam',
  posted: 'Posted',
  handed_over: 'Passed on to another mail server',
  accepted: 'Accepted',
  rejected: 'Refused by the customer',
  approved: 'Approved',
  paid: 'Said to be paid',
  viewed: 'Opened by the link in the mail',
  opted_out: 'Stopped by its reader',
  redirect_wished: 'Its reader named another address',
  printed: 'Printed',
  returned: 'Brought back by the post',
  taken_back: 'Taken back: it was noted by mistake',
};

export const SEVERITY_WORDS: Readonly<Record<string, string>> = {
  hard: 'the address is dead',
  soft: 'could not be reached this time',
  policy: 'the mail server did not want this message',
};
