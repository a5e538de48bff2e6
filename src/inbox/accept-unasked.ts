// Accepting without being asked, where a person set from which confidence on; nobody has to, and nobody does at first.

import { actorFrom, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { readPersonBehind } from '#identity/read-people.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { acceptProposal } from './decide-proposal.ts';
import { factsFrom } from './proposal.ts';
import { findBars, findMails, findProposals } from './store.ts';

/**
 * Accepts what a mail proposes as surely as a person wished. Only of mails that answer a message of ours: who writes is known by
 * the message's own address or identifier then, not by what a mail says of itself. What reads in two ways, disputes
 * something without saying which of several documents, or is refused, stays for a person. What is put on hold is looked after by
 * whoever set from where on.
 */
export async function acceptUnasked(
  { door, contextOf }: Pick<JobTools, 'door' | 'contextOf'>,
  tenantId: TenantId,
  mailId: string,
): Promise<void> {
  const wanted = await inTenant(door.pool, tenantId, async (tx) => {
    const bars = await findBars(tx);
    if (bars.size === 0) return [];
    const [mail] = await findMails(tx, [mailId]);
    if (mail?.known_by !== 'message') return [];
    const sure = (await findProposals(tx, [mail.id])).filter((one) => {
      const bar = bars.get(one.intent)?.bar ?? null;
      const isSure = bar !== null && Number(one.confidence) >= bar && !factsFrom(one.facts).isUncertain;
      return one.decision === null && isSure;
    });
    return Promise.all(
      sure.map(async ({ id, intent }) => {
        const setBy = bars.get(intent)?.setBy;
        const ownerId = setBy === undefined ? null : await readPersonBehind(tx, actorFrom(setBy));
        return { proposalId: id, isUnasked: true, ...(ownerId === null ? {} : { ownerId }) };
      }),
    );
  });
  for (const input of wanted) {
    const commandId = uuidFrom(`accept unasked\n${input.proposalId}`) as CommandId;
    try {
      await carryOut(door, await contextOf(tenantId), acceptProposal, input, { commandId });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
