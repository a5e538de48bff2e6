// Promises that were not kept are told once: an event when the day and the days of tolerance have passed.

import { actorText, type Command } from '#command/command.ts';
import { addDays } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { takeCompany } from '#parties/take-party.ts';
import { everyStanding } from './read-standings.ts';
import { insertBreak, insertTolerance } from './store.ts';

/** How long after its day a broken promise is still told. */
const TOLD_DAYS = 90;

/** Tells which promises were broken, wholly or in part, each once. */
export const recordBreaks: Command<Record<string, never>, { readonly told: number }> = {
  name: 'record-promise-breaks',
  permission: 'hold.place',
  async run(act) {
    // A worker that was down for weeks still tells; what is older is history that was imported or decided long ago.
    const promisedFrom = addDays(act.today, -TOLD_DAYS);
    const filter = { isStanding: true, isUntold: true, promisedFrom };
    let told = 0;
    for await (const { row, standing } of everyStanding(act, filter, act.today)) {
      if (standing.short === 0n || !(await insertBreak(act, row.id, standing.short))) continue;
      told += 1;
      act.record({
        type: 'promise.broken',
        subjectId: row.id,
        customerId: row.customer_id,
        data: { level: row.level, short: shownMoney(money(standing.short, row.currency)) },
      });
    }
    return { told };
  },
};

/** States how many days late money may come in a company and a promise is kept. Refuses: `company_not_found`. */
export const setTolerance: Command<
  { readonly companyId: CompanyId; readonly days: number },
  { readonly companyId: string }
> = {
  name: 'set-promise-tolerance',
  permission: 'company.manage',
  async run(act, { companyId, days }) {
    const company = await takeCompany(act, companyId);
    insertTolerance(act, company.id, days, actorText(act.actor));
    act.record({ type: 'promise_tolerance.set', subjectId: company.id, data: { days } });
    return { companyId: company.id };
  },
};
