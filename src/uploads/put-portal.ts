// What a customer wants of its portal: stated, changed, ended. Each statement is kept; the latest counts, for what waits too.

import { actorText, type Command } from '#command/command.ts';
import { changeByPortal } from '#delivery/change-delivery.ts';
import { readMembers } from '#identity/read-people.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { alignJob } from './align-uploads.ts';
import { checkPortal, type Portal } from './portal.ts';
import { findSettings, insertSetting } from './store.ts';

export type PortalPut = { readonly customerId: string };

/**
 * States where a customer's documents are posted, and how. Documents issued since the day it counts from get their uploads
 * a moment later.
 *
 * Refuses: `customer_not_found`, `member_not_found`, what `checkPortal` refuses.
 */
export const putPortal: Command<Portal & { readonly customerId: CustomerId }, PortalPut> = {
  name: 'put-portal',
  permission: 'customer.edit',
  async run(act, { customerId, ...wanted }) {
    checkPortal(wanted);
    const { userId } = wanted;
    const [customer, members] = await Promise.all([
      takeCustomer(act, customerId),
      userId === null ? [] : readMembers(act, [userId]),
    ]);
    if (userId !== null && members.length === 0) throw new Refusal('member_not_found', { userId });
    insertSetting(act, customer.id, { ...wanted, isInUse: true }, actorText(act.actor));
    changeByPortal(act, customer.id, wanted.instead ? { portal: wanted.portal, from: wanted.from } : null);
    act.record({
      type: 'customer_portal.changed',
      subjectId: customer.id,
      customerId: customer.id,
      data: { ...wanted, uploads: [...wanted.uploads], from: wanted.from.toString() },
    });
    act.enqueue(alignJob());
    return { customerId: customer.id };
  },
};

/**
 * Ends that a customer's documents are posted: what still waits closes, and documents are sent as before.
 *
 * Refuses: `customer_not_found`, `portal_not_in_use`.
 */
export const endPortal: Command<{ readonly customerId: CustomerId }, PortalPut> = {
  name: 'end-portal',
  permission: 'customer.edit',
  async run(act, { customerId }) {
    const [customer, settings] = await Promise.all([
      takeCustomer(act, customerId),
      findSettings(act, [customerId]),
    ]);
    const setting = settings.get(customerId);
    if (!setting?.isInUse) throw new Refusal('portal_not_in_use', { customer: customer.number });
    insertSetting(act, customer.id, { ...setting, isInUse: false }, actorText(act.actor));
    changeByPortal(act, customer.id, null);
    act.record({
      type: 'customer_portal.ended',
      subjectId: customer.id,
      customerId: customer.id,
      data: { portal: setting.portal },
    });
    act.enqueue(alignJob());
    return { customerId: customer.id };
  },
};
