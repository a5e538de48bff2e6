// The queue of the inbox, by name, so that whoever leaves a job there need not load what does it.

/** The queue that brings a mail to its conversation. */
export const INBOX_QUEUE = 'inbox.take-mail';
