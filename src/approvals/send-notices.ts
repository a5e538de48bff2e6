// Sending what was taken: one mail to each member, outside of any transaction.

import { composeMime } from '#carriers/compose-mail.ts';
import { type Envelope, envelopeOf, type MailMessage } from '#carriers/mail-message.ts';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { readTenantSlug } from '#identity/read-people.ts';
import type { TenantId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import type { Registry } from './approvable.ts';
import { noticeMail } from './notice.ts';
import { releaseNotices, type TakenNotice, takeNotices } from './take-notices.ts';

/** How mails to our own people leave: whom they come from, and where the program is found. */
export type StaffPost = {
  readonly from: string;
  readonly baseUrl: string | undefined;
  send(envelope: Envelope, raw: Uint8Array): Promise<SendOutcome>;
};

export type NoticeTools = JobTools & {
  /** Undefined: no mail server or sender is set up, and nobody is told by mail. */
  readonly post: StaffPost | undefined;
  readonly registry: Registry;
};

/**
 * Tells the members of a tenant what waits for them, and gives how many mails left. What the mail server surely did not take
 * is given back and told the next time; what it refuses for good is not, since it would be refused again.
 */
export async function sendNotices(
  tools: NoticeTools,
  tenantId: TenantId,
  isDailyHour: boolean,
): Promise<number> {
  const { post, registry } = tools;
  if (!post) return 0;
  const context = await tools.contextOf(tenantId);
  const { taken } = await carryOut(tools.door, context, takeNotices(registry), { isDailyHour });
  if (taken.length === 0) return 0;
  const slug = await inTenant(tools.door.pool, tenantId, readTenantSlug);
  const urlOf = (approvalId: string): string | undefined =>
    post.baseUrl === undefined ? undefined : new URL(`/${slug}/approvals/${approvalId}`, post.baseUrl).href;
  let left = 0;
  for (const notice of taken) {
    const outcome = await handOver(tools, post, notice, urlOf);
    if (outcome.kind === 'accepted') left += 1;
    else tools.log.warn({ userId: notice.userId, outcome }, 'a notice about approvals did not leave');
    if (outcome.kind === 'trouble')
      await carryOut(tools.door, await tools.contextOf(tenantId), releaseNotices, notice);
  }
  return left;
}

async function handOver(
  tools: NoticeTools,
  post: StaffPost,
  notice: TakenNotice,
  urlOf: (approvalId: string) => string | undefined,
): Promise<SendOutcome> {
  const message: MailMessage = {
    messageId: `${newId()}@${post.from.split('@').at(-1) ?? 'quittance.invalid'}`,
    writtenAt: tools.clock(),
    from: { name: 'Quittance', address: post.from },
    to: [{ name: notice.name, address: notice.email }],
    ...noticeMail(notice.name, notice.requests, urlOf),
    attachments: [],
    language: 'en',
    automatic: true,
  };
  return post.send(envelopeOf(message), await composeMime(message));
}
