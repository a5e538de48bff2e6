// The queue of refunds, by name, so that whoever leaves a job there need not load what does it.

/** The queue that finds the bank lines of refunds that were ordered or came back: after an import, or when that is recorded. */
export const REFUNDS_QUEUE = 'refunds.find-lines';
