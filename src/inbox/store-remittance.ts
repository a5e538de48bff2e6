// SQL of mails that are read as remittances.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';

/**
 * The bytes of the mail of a proposal that it is a remittance, with the company of its conversation; nothing where accepting it
 * is refused anyway. Also of one that was accepted: the same request again is the same.
 */
export async function findRemittanceOf(tx: Tx, proposalId: string) {
  return tx.find(sql<{ raw: Uint8Array; company_id: CompanyId | null }>`select i.raw, c.company_id
    from inbox_proposal p
    join inbox_mail m on m.tenant_id = p.tenant_id and m.id = p.mail_id
    join inbox_conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    join inbound_mail i on i.tenant_id = m.tenant_id and i.id = m.inbound_mail_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${proposalId}::uuid and p.intent = 'remittance'
      and p.decision is distinct from 'rejected' and c.customer_id is not null`);
}
