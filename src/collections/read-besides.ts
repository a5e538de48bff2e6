// What a reminder tells and carries besides its items, as the step of the policy says: costs so far, what the terms ask for late
// payment, a statement; and in whose name it is said.

import { readPenalties } from '#charges/read-penalties.ts';
import type { Tx } from '#db/transaction.ts';
import { readMailboxes } from '#identity/read-people.ts';
import type { Money } from '#kernel/money.ts';
import { besidesOf, OWNER, type Step, wayOf } from '#policies/cadence.ts';
import type { Policy } from '#policies/policy.ts';
import { readCosts } from './read-costs.ts';
import type { ReminderLetter } from './reminder-letter.ts';
import { findOwner } from './store.ts';

/** What of a letter is about the items themselves. */
export type LetterAbout = Pick<ReminderLetter, 'day' | 'company' | 'customer' | 'items'>;

/** Reads what the step that leads a message tells and carries; `fee` is that of the reminder itself. */
export async function readBesides(
  tx: Tx,
  about: LetterAbout,
  by: { readonly policy: Pick<Policy, 'steps'>; readonly lead: Step; readonly fee: Money | undefined },
): Promise<Pick<ReminderLetter, 'costs' | 'penalties' | 'attaches' | 'sender'>> {
  const { showsPenalties, attaches } = besidesOf(by.policy.steps, by.lead);
  const { day, company, customer, items } = about;
  const asked = { companyId: company.id, customerId: customer.id, items, day };
  const [costs, penalties, sender] = await Promise.all([
    readCosts(tx, about, by),
    showsPenalties ? readPenalties(tx, asked) : undefined,
    readSender(tx, about, by),
  ]);
  return { costs, penalties, attaches, sender };
}

/** In whose name a step is said: where that is the owner of the account, the member it belongs to now; nobody, where it is nobody's. */
async function readSender(
  tx: Tx,
  { company, customer }: LetterAbout,
  { policy, lead }: { readonly policy: Pick<Policy, 'steps'>; readonly lead: Step },
): Promise<ReminderLetter['sender']> {
  const { sender } = wayOf(policy.steps, lead);
  if (sender !== OWNER) return sender;
  const userId = await findOwner(tx, company.id, customer.id);
  if (userId === undefined) return null;
  const [owner] = await readMailboxes(tx, { roles: [], userIds: [userId] });
  return owner ? { name: owner.name, address: owner.email } : null;
}
