// The queue of announcements, by name, so that whoever leaves a job there need not load what does it.

/** The queue that takes sums apart: after a statement or an announcement came in. */
export const ANNOUNCED_QUEUE = 'announcements.explain';
