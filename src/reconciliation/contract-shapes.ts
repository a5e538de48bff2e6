// What the operations of the tie-out have in common: the account, a line and a day, and what is refused.

import { z } from 'zod';
import { momentText, type RefusalMeaning } from '#http/contract.ts';

export const TAG = 'Tie-out';

export const ACCOUNT: Readonly<Record<string, RefusalMeaning>> = {
  bank_account_not_found: [404, 'There is no bank account with this id.'],
};

export const account = z.object({
  bankAccountId: z.string(),
  companyId: z.string(),
  name: z.string(),
  account: z.string(),
  currency: z.string(),
});

export const signature = z.object({ by: z.string(), at: momentText });
