// What a customer wants of its portal: stated, changed, ended. Each statement is kept; the latest counts, for what waits too.

import { type Act, actorText, type Command } from '#command/command.ts';
import { changeByPortal } from '#delivery/change-delivery.ts';
import { readMembers } from '#identity/read-people.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { checkPortal, type Portal, settingFor } from './portal.ts';
import { alignJob } from './queues.ts';
import { findStated, insertSetting, lockStated } from './store.ts';

export type PortalPut = { readonly customerId: string };

/** Whose portal: of a customer with one of our companies, or with all. */
export type PortalOf = {
  readonly customerId: CustomerId;
  readonly companyId?: CompanyId | undefined;
};

/** Takes the floor: of two who state something at once the later counts, for uploads and for sending alike. */
async function takeFloor(act: Act, customerId: CustomerId): Promise<void> {
  await lockStated(act, customerId);
  act.moveOn();
}

/**
 * States where a customer's documents are posted, and how; of one company, which then counts before what is stated for all.
 * Documents issued since the day it counts from get their uploads a moment later.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `member_not_found`, what `checkPortal` refuses.
 */
export const putPortal: Command<Portal & PortalOf, PortalPut> = {
  name: 'put-portal',
  permission: 'customer.edit',
  async run(act, { customerId, companyId, ...wanted }) {
    checkPortal(wanted);
    await takeFloor(act, customerId);
    const { userId } = wanted;
    const [customer, company, members] = await Promise.all([
      takeCustomer(act, customerId),
      companyId === undefined ? null : takeCompany(act, companyId),
      userId === null ? [] : readMembers(act, [userId]),
    ]);
    if (userId !== null && members.length === 0) throw new Refusal('member_not_found', { userId });
    const of = { customerId: customer.id, companyId: company?.id ?? null };
    insertSetting(
      act,
      customer.id,
      { ...wanted, companyId: of.companyId, isInUse: true, follows: false },
      actorText(act.actor),
    );
    const elsewise = of.companyId === null ? null : 'sent';
    changeByPortal(act, of, wanted.instead ? { portal: wanted.portal, from: wanted.from } : elsewise);
    act.record({
      type: 'customer_portal.changed',
      subjectId: customer.id,
      customerId: customer.id,
      data: {
        ...wanted,
        companyId: of.companyId,
        uploads: [...wanted.uploads],
        from: wanted.from.toString(),
      },
    });
    act.enqueue(alignJob());
    return { customerId: customer.id };
  },
};

/**
 * Ends that a customer's documents are posted: what still waits closes, and documents are sent as before. Of one company it holds
 * also where a portal is stated for all.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `portal_not_in_use`.
 */
export const endPortal: Command<PortalOf, PortalPut> = {
  name: 'end-portal',
  permission: 'customer.edit',
  async run(act, { customerId, companyId = null }) {
    await takeFloor(act, customerId);
    const [customer, company, stated] = await Promise.all([
      takeCustomer(act, customerId),
      companyId === null ? null : takeCompany(act, companyId),
      findStated(act, customerId),
    ]);
    const setting = settingFor(stated, companyId);
    if (!setting?.isInUse) throw new Refusal('portal_not_in_use', { customer: customer.number });
    const of = { customerId: customer.id, companyId: company?.id ?? null };
    const ended = { ...setting, companyId: of.companyId, isInUse: false, follows: false };
    insertSetting(act, customer.id, ended, actorText(act.actor));
    changeByPortal(act, of, of.companyId === null ? null : 'sent');
    act.record({
      type: 'customer_portal.ended',
      subjectId: customer.id,
      customerId: customer.id,
      data: { portal: setting.portal, companyId: of.companyId },
    });
    act.enqueue(alignJob());
    return { customerId: customer.id };
  },
};

/**
 * Takes back what was stated for one company: what is stated for all counts for it again.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `portal_not_its_own`.
 */
export const followPortal: Command<PortalOf & { readonly companyId: CompanyId }, PortalPut> = {
  name: 'follow-portal',
  permission: 'customer.edit',
  async run(act, { customerId, companyId }) {
    await takeFloor(act, customerId);
    const [customer, company, stated] = await Promise.all([
      takeCustomer(act, customerId),
      takeCompany(act, companyId),
      findStated(act, customerId),
    ]);
    const own = stated.get(company.id);
    if (!own || own.follows)
      throw new Refusal('portal_not_its_own', { customer: customer.number, company: company.code });
    insertSetting(act, customer.id, { ...own, isInUse: false, follows: true }, actorText(act.actor));
    changeByPortal(act, { customerId: customer.id, companyId: company.id }, null);
    act.record({
      type: 'customer_portal.followed',
      subjectId: customer.id,
      customerId: customer.id,
      data: { companyId: company.id },
    });
    act.enqueue(alignJob());
    return { customerId: customer.id };
  },
};
