// The queue of the tie-out, by name, so that whoever leaves a job there need not load what does it.

/** The queue that explains lines: after an import, after a rule was added, and after a return was recorded. */
export const EXPLAIN_QUEUE = 'reconciliation.explain';
