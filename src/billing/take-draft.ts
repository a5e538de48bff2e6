// Taking a draft to act on it, and making sure that the parties it names are there.

import type { Act } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Draft, type DraftBody, type DraftId, outlineOf } from './draft.ts';
import { lockDraft } from './store.ts';

/** A draft, locked. Refuses: `draft_not_found`. */
export async function takeDraft(act: Act, id: DraftId): Promise<Draft> {
  const draft = await lockDraft(act, id);
  if (!draft) throw new Refusal('draft_not_found', { draftId: id });
  return draft;
}

/** Refuses: `company_not_found`, `customer_not_found`, where a body names one that is not there. */
export async function checkParties(act: Act, body: DraftBody): Promise<void> {
  const { companyId, customerId } = outlineOf(body);
  await Promise.all([
    companyId === null ? undefined : takeCompany(act, companyId),
    customerId === null ? undefined : takeCustomer(act, customerId),
  ]);
}
