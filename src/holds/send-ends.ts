// Owners are told before their holds end, once for each end: an event, and one mail about all of them. Taken in a transaction
// before any mail leaves, so that two workers never tell the same twice; what surely did not leave is told the next time.

import { type MailTools, sendStaffMail } from '#approvals/send-staff-mail.ts';
import { type Command, carryOut } from '#command/command.ts';
import { readMailboxes } from '#identity/read-people.ts';
import { addDays } from '#kernel/calendar.ts';
import type { CustomerId, TenantId } from '#kernel/id.ts';
import { readCustomers } from '#parties/take-party.ts';
import { endsMail, type ToldEnd } from './ends-mail.ts';
import { TOLD_DAYS } from './hold.ts';
import { deleteHoldNotices, findUntold, type HoldRow, insertHoldNotices, lockTelling } from './store.ts';

/** One mail to one owner. */
export type TakenEnds = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly ends: readonly ToldEnd[];
};

/** Records which holds are about to end, each once for an end and an owner, and takes what is to be told to whom. */
export const takeEnds: Command<
  Record<string, never>,
  { readonly told: number; readonly taken: readonly TakenEnds[] }
> = {
  name: 'tell-hold-ends',
  permission: 'hold.place',
  async run(act) {
    await lockTelling(act);
    const holds = await findUntold(act, act.today, addDays(act.today, TOLD_DAYS));
    if (holds.length === 0) return { told: 0, taken: [] };
    const [customers, people] = await Promise.all([
      readCustomers(act, [...new Set(holds.flatMap((hold) => (hold.customer_id as CustomerId) ?? []))]),
      readMailboxes(act, { roles: [], userIds: [...new Set(holds.map((hold) => hold.owner_id))] }),
    ]);
    insertHoldNotices(act, holds);
    for (const hold of holds)
      act.record({
        type: 'hold.ending',
        subjectId: hold.item_id ?? hold.contact_id ?? hold.customer_id ?? hold.company_id ?? act.tenantId,
        customerId: hold.customer_id as CustomerId | null,
        data: { holdId: hold.id, endsOn: hold.ends_on.toString(), ownerId: hold.owner_id },
      });
    const toldEnd = (hold: HoldRow): ToldEnd => ({
      holdId: hold.id,
      what: whatIsHeld(hold, customers.get(hold.customer_id as CustomerId)?.name),
      endsOn: hold.ends_on.toString(),
      note: hold.note ?? '',
    });
    const taken = people.map(({ userId, name, email }) => ({
      userId,
      name,
      email,
      ends: holds.filter((hold) => hold.owner_id === userId).map(toldEnd),
    }));
    return { told: holds.length, taken };
  },
};

/** What a hold is about, as people call it. */
export function whatIsHeld(
  hold: Pick<HoldRow, 'scope' | 'reference' | 'contact_name' | 'company_code'>,
  customerName: string | undefined,
): string {
  switch (hold.scope) {
    case 'tenant':
      return 'Everything';
    case 'company':
      return `Company ${hold.company_code ?? ''}`;
    case 'customer':
      return customerName ?? '';
    case 'item':
      return `${hold.reference ?? ''} of ${customerName ?? ''}`;
    case 'contact':
      return `${hold.contact_name ?? ''} at ${customerName ?? ''}`;
  }
}

/** Gives back what surely did not reach an owner, so that the next run tells it. */
export const releaseEnds: Command<
  { readonly userId: string; readonly holdIds: readonly string[] },
  { readonly released: number }
> = {
  name: 'release-hold-ends',
  permission: 'hold.place',
  async run(act, { userId, holdIds }) {
    deleteHoldNotices(act, userId, holdIds);
    return { released: holdIds.length };
  },
};

/** Tells owners of a tenant; gives how many mails left. Without a mail server the page and the history tell alone. */
export async function sendEnds(tools: MailTools, tenantId: TenantId): Promise<number> {
  const { taken } = await carryOut(tools.door, await tools.contextOf(tenantId), takeEnds, {});
  return sendStaffMail(tools, tenantId, taken, {
    about: 'holds',
    write: (notice, urlOf) => endsMail(notice.name, notice.ends, urlOf('holds')),
    release: (now, { userId, ends }) =>
      carryOut(tools.door, now, releaseEnds, { userId, holdIds: ends.map(({ holdId }) => holdId) }),
  });
}
