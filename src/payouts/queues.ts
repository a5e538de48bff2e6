// The queue of payouts, by name, so that whoever leaves a job there need not load what does it.

/** The queue of payouts: after a file of a bank or a gateway came in. */
export const PAYOUTS_QUEUE = 'payouts.join';
