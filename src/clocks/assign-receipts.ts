// Who is to apply which receipts, and how long a company lets them wait.

import { actorText, type Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { ClockSetting } from './clock.ts';
import { findReceiptIds, insertClockSetting, insertOwners } from './store.ts';
import { findTeams } from './store-teams.ts';

/**
 * Gives receipts to a member or to a team to apply, or to nobody any more.
 *
 * Refuses: `payment_not_found` (also for refunds and what came back), `member_not_found`, `receipt_team_not_found` (also one that
 * ended), `receipt_owner_twice` (a member and a team).
 */
export const assignReceipts: Command<
  {
    readonly paymentIds: readonly string[];
    readonly userId: string | null;
    readonly teamId?: string | null | undefined;
  },
  { readonly assigned: number }
> = {
  name: 'assign-receipts',
  permission: 'payment.apply',
  async run(act, { paymentIds, userId, teamId = null }) {
    if (userId !== null && teamId !== null) throw new Refusal('receipt_owner_twice');
    const wanted = [...new Set(paymentIds)];
    const [found, members, teams] = await Promise.all([
      findReceiptIds(act, wanted),
      userId === null ? [] : readMembers(act, [userId]),
      teamId === null ? [] : findTeams(act),
    ]);
    if (teamId !== null && !teams.some((team) => team.team_id === teamId))
      throw new Refusal('receipt_team_not_found', { teamId });
    const missing = wanted.find((id) => !found.has(id));
    if (missing !== undefined) throw new Refusal('payment_not_found', { paymentId: missing });
    if (userId !== null && members.length === 0) throw new Refusal('member_not_found', { userId });
    insertOwners(act, wanted, { userId, teamId }, actorText(act.actor));
    for (const id of wanted)
      act.record({ type: 'payment.assigned', subjectId: id, data: { userId, teamId } });
    return { assigned: wanted.length };
  },
};

/** States how long receipts of a company may wait. Refuses: `company_not_found`, `clock_out_of_order`. */
export const setClock: Command<
  ClockSetting & { readonly companyId: CompanyId },
  { readonly companyId: string }
> = {
  name: 'set-receipt-clock',
  permission: 'company.manage',
  async run(act, { companyId, ...setting }) {
    const company = await takeCompany(act, companyId);
    if (setting.escalateHours < setting.applyHours)
      throw new Refusal('clock_out_of_order', {
        applyHours: setting.applyHours,
        escalateHours: setting.escalateHours,
      });
    insertClockSetting(act, company.id, setting, actorText(act.actor));
    act.record({ type: 'receipt_clock.set', subjectId: company.id, data: { ...setting } });
    return { companyId: company.id };
  },
};
