// Receipts that waited too long are escalated, once: an event, and one mail to whoever owns them and to those above. Taken in a
// transaction before any mail leaves, so that two workers never tell the same twice; what surely did not leave is told the next time.

import type { StaffPost } from '#approvals/send-notices.ts';
import { composeMime } from '#carriers/compose-mail.ts';
import { envelopeOf, type MailMessage } from '#carriers/mail-message.ts';
import { type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { readMailboxes, readTenantSlug } from '#identity/read-people.ts';
import { newId, type TenantId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { escalationMail, type ToldReceipt } from './escalation-mail.ts';
import { readWaiting, type TimedReceipt } from './read-clocks.ts';
import {
  deleteEscalationNotices,
  findEscalationsTold,
  insertEscalationNotices,
  insertEscalations,
  lockEscalation,
} from './store.ts';

/** One mail to one member. */
export type TakenEscalation = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly receipts: readonly ToldReceipt[];
};

/** Who hears of what waited too long, besides its owner. */
const TOLD_ROLES = ['controller', 'owner'] as const;

/**
 * Escalates receipts that waited longer than their company allows, each once, and takes what is to be told to whom.
 * `isTold: false`: nobody is told, since no mail leaves here.
 */
export const escalateReceipts: Command<
  { readonly isTold: boolean },
  { readonly escalated: number; readonly taken: readonly TakenEscalation[] }
> = {
  name: 'escalate-receipts',
  permission: 'payment.apply',
  async run(act, { isTold }) {
    await lockEscalation(act);
    const { receipts } = await readWaiting(act, act.now);
    const late = receipts.filter((receipt) => receipt.state === 'escalated');
    const fresh = late.filter((receipt) => receipt.escalated_at === null);
    insertEscalations(
      act,
      fresh.map(({ payment_id, hours, owner_id }) => ({ paymentId: payment_id, hours, ownerId: owner_id })),
    );
    for (const receipt of fresh)
      act.record({
        type: 'payment.escalated',
        subjectId: receipt.payment_id,
        data: { number: receipt.number, hours: Math.floor(receipt.hours), ownerId: receipt.owner_id },
      });
    const taken = isTold && late.length > 0 ? await takeTold(act, late) : [];
    return { escalated: fresh.length, taken };
  },
};

async function takeTold(
  act: Parameters<typeof escalateReceipts.run>[0],
  late: readonly TimedReceipt[],
): Promise<readonly TakenEscalation[]> {
  const ids = late.map((receipt) => receipt.payment_id);
  const [people, told] = await Promise.all([
    readMailboxes(act, { roles: TOLD_ROLES, userIds: late.flatMap((receipt) => receipt.owner_id ?? []) }),
    findEscalationsTold(act, ids),
  ]);
  const isAbove = (role: string): boolean => (TOLD_ROLES as readonly string[]).includes(role);
  return people.flatMap(({ userId, name, email, role }): readonly TakenEscalation[] => {
    const own = late.filter(
      (receipt) =>
        (isAbove(role) || receipt.owner_id === userId) && !told.has(`${receipt.payment_id} ${userId}`),
    );
    if (own.length === 0) return [];
    insertEscalationNotices(
      act,
      userId,
      own.map((receipt) => receipt.payment_id),
    );
    return [{ userId, name, email, receipts: own.map(toldReceipt) }];
  });
}

function toldReceipt(receipt: TimedReceipt): ToldReceipt {
  const { amount, currency } = shownMoney(money(receipt.unapplied_minor, receipt.currency));
  return {
    paymentId: receipt.payment_id,
    number: receipt.number,
    who: receipt.customer_name ?? receipt.payer_name ?? '',
    amount: `${amount} ${currency}`,
    hours: Math.floor(receipt.hours),
  };
}

/** Gives back what surely did not reach somebody, so that the next run tells it. */
export const releaseEscalations: Command<
  { readonly userId: string; readonly paymentIds: readonly string[] },
  { readonly released: number }
> = {
  name: 'release-escalations',
  permission: 'payment.apply',
  async run(act, { userId, paymentIds }) {
    deleteEscalationNotices(act, userId, paymentIds);
    return { released: paymentIds.length };
  },
};

/** Escalates in a tenant and hands the mails over; gives how many left. Without a mail server nobody is told by mail. */
export async function sendEscalations(
  tools: JobTools & { readonly post: StaffPost | undefined },
  tenantId: TenantId,
): Promise<number> {
  const { post } = tools;
  const context = await tools.contextOf(tenantId);
  const { taken } = await carryOut(tools.door, context, escalateReceipts, { isTold: post !== undefined });
  if (!post || taken.length === 0) return 0;
  const slug = await inTenant(tools.door.pool, tenantId, readTenantSlug);
  const url =
    post.baseUrl === undefined ? undefined : new URL(`/${slug}/waiting-receipts`, post.baseUrl).href;
  let left = 0;
  for (const notice of taken) {
    const message: MailMessage = {
      messageId: `${newId()}@${post.from.split('@').at(-1) ?? 'quittance.invalid'}`,
      writtenAt: tools.clock(),
      from: { name: 'Quittance', address: post.from },
      to: [{ name: notice.name, address: notice.email }],
      ...escalationMail(notice.name, notice.receipts, url),
      attachments: [],
      language: 'en',
      automatic: true,
    };
    const outcome = await post.send(envelopeOf(message), await composeMime(message));
    if (outcome.kind === 'accepted') left += 1;
    else tools.log.warn({ userId: notice.userId, outcome }, 'a notice about waiting receipts did not leave');
    if (outcome.kind === 'trouble') {
      const paymentIds = notice.receipts.map((receipt) => receipt.paymentId);
      const { userId } = notice;
      await carryOut(tools.door, await tools.contextOf(tenantId), releaseEscalations, { userId, paymentIds });
    }
  }
  return left;
}
