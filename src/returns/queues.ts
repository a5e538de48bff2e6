// The queue of returns, by name, so that whoever leaves a job there need not load what does it.

/** The queue that books returns: after a statement, a file of the clearing house or a payout came in. */
export const RETURNS_QUEUE = 'returns.match';
