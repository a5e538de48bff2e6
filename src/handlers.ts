// All handlers of jobs, module after module in reading order: queue → what does its jobs.

import { alertsJobs } from '#alerts/jobs.ts';
import { announcementsJobs } from '#announcements/jobs.ts';
import { approvalJobs } from '#approvals/jobs.ts';
import type { StaffPost } from '#approvals/send-staff-mail.ts';
import { attachmentsJobs } from '#attachments/jobs.ts';
import { billingJobs } from '#billing/jobs.ts';
import { breachesJobs } from '#breaches/jobs.ts';
import { chargesJobs } from '#charges/jobs.ts';
import { clocksJobs } from '#clocks/jobs.ts';
import { collectionsJobs } from '#collections/jobs.ts';
import { consentsJobs } from '#consents/jobs.ts';
import { deliveryJobs } from '#delivery/jobs.ts';
import { openCarriers } from '#delivery/open-carriers.ts';
import { openTransport, readSmtpOAuth } from '#delivery/open-transport.ts';
import type { MailTools } from '#delivery/send-message.ts';
import { escalationJobs } from '#escalation/jobs.ts';
import { evidenceJobs } from '#evidence/jobs.ts';
import { experimentsJobs } from '#experiments/jobs.ts';
import { holdsJobs } from '#holds/jobs.ts';
import { keepServerSecret } from '#identity/make-secret.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { inboxJobs } from '#inbox/jobs.ts';
import { integrationsJobs } from '#integrations/jobs.ts';
import { invoicingJobs } from '#invoicing/jobs.ts';
import type { Handlers } from '#jobs/job.ts';
import { mailboxesJobs } from '#mailboxes/jobs.ts';
import { paymentsJobs } from '#payments/jobs.ts';
import { payoutsJobs } from '#payouts/jobs.ts';
import { printingJobs } from '#printing/jobs.ts';
import { promisesJobs } from '#promises/jobs.ts';
import { reconciliationJobs } from '#reconciliation/jobs.ts';
import { refundsJobs } from '#refunds/jobs.ts';
import { reportingJobs } from '#reporting/jobs.ts';
import { returnsJobs } from '#returns/jobs.ts';
import { statementsJobs } from '#statements/jobs.ts';
import { tasksJobs } from '#tasks/jobs.ts';
import { thanksJobs } from '#thanks/jobs.ts';
import { trialsJobs } from '#trials/jobs.ts';
import { uploadsJobs } from '#uploads/jobs.ts';
import { worklistJobs } from '#worklist/jobs.ts';
import { writeOffRunsJobs } from '#writeoffruns/jobs.ts';
import { APPROVABLES } from './approvables.ts';
import { SOURCES } from './sources.ts';

/**
 * What sending needs: by SMTP_URL, or into the built-in outbox when it is not set. MAIL_FROM is the address all messages come
 * from, where the mail server allows only one. Refuses: `smtp_url_not_valid`.
 */
export function makeMailTools(tools: JobTools): MailTools {
  return {
    ...tools,
    transport: openTransport(process.env.SMTP_URL, readSmtpOAuth(process.env)),
    carriers: openCarriers(process.env),
    networkFolder: process.env.QUITTANCE_NETWORK_FOLDER || undefined,
    senderAddress: process.env.MAIL_FROM || undefined,
    publicUrl: process.env.QUITTANCE_URL || undefined,
    secret: () => keepServerSecret(tools.dataDir),
    sources: SOURCES,
  };
}

/**
 * How mails to our own people leave: by SMTP_URL, from MAIL_FROM, with links to QUITTANCE_URL. Nothing where there is no mail
 * server or nobody to write them.
 */
function staffPost(): StaffPost | undefined {
  const transport = openTransport(process.env.SMTP_URL, readSmtpOAuth(process.env));
  const from = process.env.MAIL_FROM;
  if (transport.kind !== 'smtp' || !from) return undefined;
  return { from, baseUrl: process.env.QUITTANCE_URL || undefined, send: transport.send };
}

/** What a worker does, given its tools. No two modules handle the same queue. */
export function makeHandlers(tools: JobTools): Handlers {
  return {
    ...approvalJobs({ ...tools, post: staffPost(), registry: APPROVABLES }),
    ...attachmentsJobs(tools),
    ...printingJobs(tools),
    ...deliveryJobs(makeMailTools(tools)),
    ...invoicingJobs(tools),
    ...billingJobs(tools),
    ...experimentsJobs(tools),
    ...uploadsJobs(tools),
    ...chargesJobs(tools),
    ...mailboxesJobs(tools),
    ...paymentsJobs(tools),
    ...reconciliationJobs(tools),
    ...payoutsJobs(tools),
    ...announcementsJobs(tools),
    ...clocksJobs({ ...tools, post: staffPost() }),
    ...refundsJobs(tools),
    ...consentsJobs(tools),
    ...returnsJobs(tools),
    ...statementsJobs(tools),
    ...promisesJobs(tools),
    ...holdsJobs({ ...tools, post: staffPost() }),
    ...escalationJobs(tools),
    ...writeOffRunsJobs(tools),
    ...collectionsJobs(tools),
    ...thanksJobs(tools),
    ...breachesJobs(tools),
    ...trialsJobs(tools),
    ...inboxJobs(tools),
    ...worklistJobs(tools),
    ...tasksJobs(tools),
    ...alertsJobs({
      ...tools,
      post: staffPost(),
      baseUrl: process.env.QUITTANCE_URL || undefined,
      secret: () => keepServerSecret(tools.dataDir),
      ownNetworks: process.env.QUITTANCE_CHAT_OWN_NETWORKS === '1',
    }),
    ...reportingJobs(tools),
    ...evidenceJobs(tools),
    ...integrationsJobs(tools),
  };
}
