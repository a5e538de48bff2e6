// Stating whether a company may receive money for another: each of the two says so for itself, and both have to.

import { actorText, type Command } from '#command/command.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type HandoverSide, insertHandoverSetting } from './store-handovers.ts';

export type StateHandover = {
  /** Who receives the money. */
  readonly fromCompanyId: CompanyId;
  /** Whose it is. */
  readonly toCompanyId: CompanyId;
  /** For which of the two it is stated. */
  readonly side: HandoverSide;
  readonly allowed: boolean;
};

/**
 * States for one of two companies whether the first may receive money for the second. It counts from now on; what was handed over
 * stays, and can be taken back.
 *
 * Refuses: `company_not_found`, `handover_same_company`.
 */
export const stateHandover: Command<StateHandover, null> = {
  name: 'state-handover',
  permission: 'company.manage',
  async run(act, input) {
    const { fromCompanyId, toCompanyId, side, allowed } = input;
    await Promise.all([takeCompany(act, fromCompanyId), takeCompany(act, toCompanyId)]);
    if (fromCompanyId === toCompanyId)
      throw new Refusal('handover_same_company', { companyId: fromCompanyId });
    insertHandoverSetting(act, {
      id: newId(),
      from_company_id: fromCompanyId,
      to_company_id: toCompanyId,
      side,
      allowed,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'handover_setting.stated',
      subjectId: side === 'from' ? fromCompanyId : toCompanyId,
      data: { fromCompanyId, toCompanyId, side, allowed },
    });
    return null;
  },
};
