// Mail that our own mail server takes for the addresses of remittances.

import { createHash } from 'node:crypto';
import { readReturnAddress } from '#carriers/make-return-address.ts';
import type { InboundMail } from '#carriers/receive-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { findTenantByTag } from '#delivery/find-tenant.ts';
import type { Mailbox } from '#delivery/open-inbound.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, CompanyId, TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { receiveMailBytes } from '#remittances/receive-mail.ts';
import { findOpenByToken } from './store.ts';

type Tools = Pick<JobTools, 'door' | 'contextOf'>;

/** What the mail server needs to know of addresses for remittances: which are taken, and what to do with what came. */
export function remittanceMailbox(tools: Tools): Mailbox {
  return {
    accepts: async (address) => (await companyAt(tools, address)) !== undefined,
    keep: (mail) => keep(tools, mail),
  };
}

type Place = { readonly tenantId: TenantId; readonly companyId: CompanyId };

async function companyAt({ door }: Tools, address: string): Promise<Place | undefined> {
  const key = readReturnAddress(address);
  const tenantId = key && (await findTenantByTag(door.pool, key.tag));
  if (!key || !tenantId) return undefined;
  const mailbox = await inTenant(door.pool, tenantId, (tx) => findOpenByToken(tx, key.token));
  return mailbox && { tenantId, companyId: mailbox.company_id };
}

/**
 * Takes a mail in for each company it was sent to. A mail server that did not hear our answer hands it in again.
 *
 * Refuses: `mail_not_ours`, what `receiveMailBytes` refuses.
 */
async function keep(tools: Tools, mail: InboundMail): Promise<void> {
  const places = new Map<CompanyId, Place>();
  for (const address of mail.to) {
    const place = await companyAt(tools, address);
    if (place) places.set(place.companyId, place);
  }
  // Closed since it was asked for: nobody would have the mail, so nobody may hear that it is taken.
  if (places.size === 0) throw new Refusal('mail_not_ours');
  const sha256 = createHash('sha256').update(mail.raw).digest('hex');
  for (const { tenantId, companyId } of places.values()) {
    const at = { door: tools.door, context: await tools.contextOf(tenantId) };
    const commandId = uuidFrom(`remittance mail\n${companyId}\n${sha256}`) as CommandId;
    await receiveMailBytes(at, mail.raw, companyId, { commandId });
  }
}
