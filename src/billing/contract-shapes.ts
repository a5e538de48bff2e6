// What the operations on drafts, runs and recurring invoices have in common.

import { z } from 'zod';
import { idText } from '#http/contract.ts';
import type { Json } from '#kernel/canonical.ts';
import type { DraftId } from './draft.ts';

export const TAG = 'Drafts and recurring invoices';

export const draftIdIn = idText.transform((text) => text as DraftId);

/** What issuing would be asked for, as far as it is known. It is checked when it is issued, not while it is written. */
export const draftBodyIn = z
  .record(z.string().max(100), z.json())
  .transform((body) => body as { readonly [key: string]: Json });

export const refusalReply = z.object({
  code: z.string(),
  /** What to do, in words. */
  message: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

export const draftState = z.enum(['open', 'issued', 'discarded']);

export const PARTY_REFUSALS = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;

export const INCOMPLETE = {
  draft_incomplete: [409, 'Something lacks or is not understood. The fields are named; fill them in.'],
} as const;
