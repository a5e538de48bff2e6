// Mails to our own people as a mail server would get them, and a worker that hands them over.

import type { MailTools } from '#approvals/send-staff-mail.ts';
import type { SendOutcome } from '#carriers/send-mail.ts';
import type { TestTenant } from './tenant.ts';

export type StaffMailSeen = { readonly to: string; readonly text: string };

/** Tools of a worker whose mail server answers everything so, and the mails it was given. */
export function aStaffPost(
  tenant: TestTenant,
  outcome: SendOutcome['kind'],
): { readonly tools: MailTools; readonly mails: readonly StaffMailSeen[] } {
  const mails: StaffMailSeen[] = [];
  const tools: MailTools = {
    door: tenant.door,
    clock: tenant.clock,
    dataDir: '/nowhere',
    log: { error() {}, warn() {}, info() {} },
    contextOf: async () => ({
      ...tenant.as('owner'),
      actor: { kind: 'system', id: 'worker', name: 'Quittance' },
    }),
    post: {
      from: 'quittance@example.com',
      baseUrl: 'https://receivables.example',
      send: async (envelope, raw) => {
        const text = Buffer.from(raw)
          .toString('utf8')
          .replace(/=\r?\n/g, '');
        mails.push({ to: envelope.to.join(), text });
        return { kind: outcome } as SendOutcome;
      },
    },
  };
  return { tools, mails };
}
