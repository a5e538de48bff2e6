// A hold stops chasing until a day: everything, a company, a customer, one item, or one contact. Who placed it and why stays
// known after it is over.

import type { Act, Command } from '#command/command.ts';
import { actorText } from '#command/command.ts';
import { readMembers, readPersonBehind } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readContacts, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { checkEnd, isWide, scopeOf } from './hold.ts';
import { checkHoldReason, holdReasons } from './hold-reason.ts';
import { findHoldReasons, findItemReference, insertHold } from './store.ts';

export type PlaceHold = {
  /** One of these; an item or a contact with its customer. */
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly itemId?: ItemId | undefined;
  readonly contactId?: string | undefined;
  /** Nobody is chased at all. */
  readonly everything?: boolean | undefined;
  readonly reason: string;
  readonly note?: string | undefined;
  /** Whose it is to look after; left out, whoever places it. */
  readonly ownerId?: string | undefined;
  /** The last day it holds. */
  readonly until: PlainDate;
};

/**
 * Puts something on hold from today on. Messages that are queued leave what is on hold out when they are sent; a contact on
 * hold gets none, and another of the customer does.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `item_not_found`, `contact_not_found`, `member_not_found`,
 * `hold_owner_missing`, `not_permitted` (wide ones), and what `scopeOf`, `checkEnd` and `checkHoldReason` refuse.
 */
export const placeHold: Command<PlaceHold, { readonly holdId: string }> = {
  name: 'place-hold',
  permission: 'hold.place',
  async run(act, input) {
    const scope = scopeOf(input, input.everything ?? false);
    if (isWide(scope) && !act.permissions.has('cadence.edit'))
      throw new Refusal('not_permitted', { permission: 'cadence.edit' });
    checkEnd(input.until, act.today);
    const reference = await takeTarget(act, input);
    checkHoldReason(input.reason, input.note, holdReasons(await findHoldReasons(act)));
    const ownerId = await takeOwner(act, input.ownerId);

    const holdId = newId<'hold'>();
    insertHold(act, {
      id: holdId,
      company_id: input.companyId ?? null,
      customer_id: input.customerId ?? null,
      item_id: input.itemId ?? null,
      contact_id: input.contactId ?? null,
      reason: input.reason,
      note: input.note ?? null,
      owner_id: ownerId,
      starts_on: act.today,
      ends_on: input.until,
      placed_by: actorText(act.actor),
    });
    const { reason, note } = input;
    act.record({
      type: 'hold.placed',
      subjectId: input.itemId ?? input.contactId ?? input.customerId ?? input.companyId ?? act.tenantId,
      customerId: input.customerId ?? null,
      data: { holdId, scope, reference, reason, note, ownerId, until: input.until.toString() },
    });
    return { holdId };
  },
};

/** Takes what is to be held; gives what people call it, where that is not the customer itself. */
async function takeTarget(act: Act, input: PlaceHold): Promise<string | undefined> {
  const { companyId, customerId, itemId, contactId } = input;
  if (companyId !== undefined) return (await takeCompany(act, companyId)).code;
  if (customerId === undefined) return undefined;
  await takeCustomer(act, customerId);
  if (itemId !== undefined) {
    const reference = await findItemReference(act, customerId, itemId);
    if (reference === undefined) throw new Refusal('item_not_found', { itemId });
    return reference;
  }
  if (contactId === undefined) return undefined;
  const contact = (await readContacts(act, [customerId])).find(({ id }) => id === contactId);
  if (!contact) throw new Refusal('contact_not_found', { contactId });
  return contact.name;
}

/** Who looks after a hold. Refuses: `member_not_found`, `hold_owner_missing` (a machine of nobody places it). */
async function takeOwner(act: Act, wanted: string | undefined): Promise<string> {
  if (wanted === undefined) {
    const person = await readPersonBehind(act, act.actor);
    if (person === null) throw new Refusal('hold_owner_missing');
    return person;
  }
  await takeMember(act, wanted);
  return wanted;
}

/** Refuses whoever is no member (`member_not_found`). */
export async function takeMember(act: Act, userId: string): Promise<void> {
  if ((await readMembers(act, [userId])).length === 0) throw new Refusal('member_not_found', { userId });
}
