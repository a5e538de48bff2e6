// The queues of invoicing, by name, so that whoever leaves a job there need not load what does it.

/** The queue whose jobs send a document that was just issued. */
export const DELIVER_QUEUE = 'invoicing.deliver';

/** The queue whose jobs send a document that did not arrive by another way. */
export const REPLACE_QUEUE = 'invoicing.replace-message';
