// SQL of addresses for remittances.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';

/** An address that takes mail. */
export type MailboxRow = {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly address: string;
  readonly token: string;
  readonly opened_by: string;
  readonly opened_at: Instant;
  readonly closed_at: Instant | null;
};

const columns = sql`id, company_id, address, token, opened_by, opened_at, closed_at`;

/** Opens a mailbox; gives its id. */
export function insertMailbox(
  act: Act,
  mailbox: { readonly companyId: CompanyId; readonly address: string; readonly token: string },
): string {
  const id = newId<'remittance_mailbox'>();
  act.insert('remittance_mailbox', [
    {
      id,
      company_id: mailbox.companyId,
      address: mailbox.address,
      token: mailbox.token,
      opened_by: actorText(act.actor),
      opened_at: act.now,
      closed_by: null,
      closed_at: null,
    },
  ]);
  return id;
}

/** A mailbox, held until the commit. */
export async function lockMailbox(act: Act, id: string): Promise<MailboxRow | undefined> {
  return act.find(sql<MailboxRow>`select ${columns} from remittance_mailbox
    where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`);
}

/** Closes a mailbox for good. */
export function updateClosed(act: Act, id: string): void {
  act.write(
    sql`update remittance_mailbox set closed_by = ${actorText(act.actor)}, closed_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and closed_at is null`,
    { rows: 1, rule: 'a mailbox is closed once' },
  );
}

/** The mailbox with a token, while it is open. */
export async function findOpenByToken(tx: Tx, token: string): Promise<MailboxRow | undefined> {
  return tx.find(sql<MailboxRow>`select ${columns} from remittance_mailbox
    where tenant_id = ${tx.tenantId} and token = ${token} and closed_at is null`);
}

/** All mailboxes that take mail; of each company there is one at most. */
export async function findOpen(tx: Tx): Promise<readonly MailboxRow[]> {
  return tx.run(sql<MailboxRow>`select ${columns} from remittance_mailbox
    where tenant_id = ${tx.tenantId} and closed_at is null order by opened_at, id`);
}
