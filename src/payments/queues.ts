// The queues of payments, by name, so that whoever leaves a job there need not load what does it.

/** The queue that looks at waiting receipts again: after invoices were issued, or an account of a payer became known. */
export const APPLY_QUEUE = 'payments.apply-receipts';

/** The queue that looks for the receipts of remittances that wait, and applies those that say exactly what was paid. */
export const REMITTANCES_QUEUE = 'payments.join-remittances';

/** The queue that applies receipts whose remittance came with them from the bank. */
export const APPLY_REMITTANCE_QUEUE = 'payments.apply-remittance';

/** The queue that learns from what was applied how customers pay. */
export const LEARN_QUEUE = 'payments.learn-habits';
