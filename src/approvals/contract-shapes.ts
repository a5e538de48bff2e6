// What the operations on approvals have in common: the words of states and views, and an approval as it is shown.

import { z } from 'zod';

export const TAG = 'Approvals';

export const plannedSteps = z.array(
  z.object({
    roles: z.array(z.string()),
    people: z.number().int(),
    /** Members who could decide, by name; without who asks. */
    couldDecide: z.array(z.string()),
  }),
);
