// Sending what was taken: one mail to each member about what waits for them.

import { carryOut } from '#command/command.ts';
import type { TenantId } from '#kernel/id.ts';
import type { Registry } from './approvable.ts';
import { noticeMail } from './notice.ts';
import { type MailTools, sendStaffMail } from './send-staff-mail.ts';
import { releaseNotices, takeNotices } from './take-notices.ts';

export type NoticeTools = MailTools & { readonly registry: Registry };

/** Tells the members of a tenant what waits for them, and gives how many mails left. */
export async function sendNotices(
  tools: NoticeTools,
  tenantId: TenantId,
  isDailyHour: boolean,
): Promise<number> {
  if (!tools.post) return 0;
  const context = await tools.contextOf(tenantId);
  const { taken } = await carryOut(tools.door, context, takeNotices(tools.registry), { isDailyHour });
  return sendStaffMail(tools, tenantId, taken, {
    about: 'approvals',
    write: (notice, urlOf) =>
      noticeMail(notice.name, notice.requests, (approvalId) => urlOf(`approvals/${approvalId}`)),
    release: (now, notice) => carryOut(tools.door, now, releaseNotices, notice),
  });
}
