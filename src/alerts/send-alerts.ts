// Sending what was taken: one mail to each member about what is new for them.

import { type MailTools, sendStaffMail } from '#approvals/send-staff-mail.ts';
import { carryOut } from '#command/command.ts';
import type { TenantId } from '#kernel/id.ts';
import { alertMail } from './alert-mail.ts';
import { releaseAlerts, takeAlerts } from './take-alerts.ts';

/** Tells the members of a tenant what is new for them; gives how many mails left. Without a mail server nothing is noted as told. */
export async function sendAlerts(tools: MailTools, tenantId: TenantId): Promise<number> {
  if (!tools.post) return 0;
  const { taken } = await carryOut(tools.door, await tools.contextOf(tenantId), takeAlerts, {});
  return sendStaffMail(tools, tenantId, taken, {
    about: 'alerts',
    write: ({ name, alerts }, urlOf) =>
      alertMail(name, alerts, {
        tasks: urlOf('tasks'),
        breaches: urlOf('send-gate'),
        certificates: urlOf('settings?tab=signing'),
      }),
    release: (now, { userId, alerts, day }) =>
      carryOut(tools.door, now, releaseAlerts, { userId, alerts, day }),
  });
}
