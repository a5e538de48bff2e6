// Agencies and law firms: who they are, our number there, what they keep or ask for.

import { actorText, type Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isEmail } from '#parties/customer.ts';
import { type AgencyFees, checkFees } from './agency-fee.ts';
import { findAgencies, insertAgency } from './store.ts';

export type PutAgency = {
  /** Left out: a new one. */
  readonly agencyId?: string | undefined;
  readonly kind: 'agency' | 'lawyer';
  readonly name: string;
  readonly email?: string | undefined;
  readonly clientNumber?: string | undefined;
  readonly fees: AgencyFees;
  readonly remits: 'net' | 'gross';
  readonly inUse: boolean;
};

/**
 * Adds an agency or changes one. What was handed over before goes by the fees that were agreed then.
 *
 * Refuses: `agency_not_found`, `email_not_valid`, `fee_not_valid`.
 */
export const putAgency: Command<PutAgency, { readonly agencyId: string }> = {
  name: 'put-agency',
  permission: 'company.manage',
  async run(act, input) {
    checkFees(input.fees);
    if (input.email !== undefined && !isEmail(input.email))
      throw new Refusal('email_not_valid', { email: input.email });
    if (input.agencyId !== undefined && (await findAgencies(act, input.agencyId)).length === 0)
      throw new Refusal('agency_not_found', { agencyId: input.agencyId });
    const agencyId = input.agencyId ?? newId<'agency'>();
    insertAgency(act, {
      id: newId(),
      agency_id: agencyId,
      kind: input.kind,
      name: input.name,
      email: input.email ?? null,
      client_number: input.clientNumber ?? null,
      fees: JSON.stringify(input.fees),
      remits: input.remits,
      in_use: input.inUse,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'agency.changed',
      subjectId: agencyId,
      data: { name: input.name, kind: input.kind, inUse: input.inUse },
    });
    return { agencyId };
  },
};
