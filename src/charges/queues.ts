// The queue of charges, by name, so that whoever leaves a job there need not load what does it.

/** The queue whose jobs send a charge that was just posted. */
export const CHARGES_QUEUE = 'charges.deliver';
