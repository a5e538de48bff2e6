// Waiving: a charge is taken back wholly or in part for a reason, by a credit of its own. The charge stays as it was.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { later } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments, readWrittenOff } from '#ledger/read-items.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { takeCompany } from '#parties/take-party.ts';
import { issueCharges, type ShownCharge } from './post-charges.ts';
import { findStandingWaivers, lockCharge } from './store.ts';
import { decideWaiver } from './waiving.ts';

export type WaiveCharge = {
  readonly chargeId: string;
  readonly reason: string;
  /** How much of the interest and of the fees; both left out, all that is not waived yet. */
  readonly interest?: Money | undefined;
  readonly fees?: Money | undefined;
};

/**
 * Waives a charge, or part of it. The credit settles what is open of the charge; what was paid already stays an open credit
 * of the customer. It is booked at the rate of the charge.
 *
 * Refuses: `charge_not_found`, `not_a_charge`, and what `decideWaiver` refuses.
 */
export const waiveCharge: Command<WaiveCharge, ShownCharge> = {
  name: 'waive-charge',
  permission: 'charge.waive',
  async run(act, input) {
    const row = await lockCharge(act, input.chargeId);
    if (!row) throw new Refusal('charge_not_found', { chargeId: input.chargeId });
    if (row.kind !== 'charge') throw new Refusal('not_a_charge', { number: row.number });
    // Locked before what was written off is read: that happens to the item, and now not meanwhile.
    const items = await readItemsOfDocuments(act, [row.id]);
    await takeItems(
      act,
      items.map((item) => item.id),
    );
    const [waivers, writtenOff, company] = await Promise.all([
      findStandingWaivers(act, row.id),
      readWrittenOff(
        act,
        items.map((item) => item.id),
      ),
      takeCompany(act, row.company_id),
    ]);

    const waived = decideWaiver(row, { waivers, writtenOff }, input);

    const on = later(act.today, row.charged_on);
    const total = money(waived.interest.minor + waived.fees.minor, row.currency);
    const [shown] = await issueCharges(
      act,
      [
        {
          id: newId(),
          kind: 'charge_credit',
          companyId: row.company_id,
          customerId: row.customer_id,
          chargedOn: on,
          through: row.through_on,
          dueOn: on,
          ...waived,
          total,
          reason: input.reason,
          because: 'waiver',
          correctsId: row.id,
          parts: [],
        },
      ],
      company.functionalCurrency,
      { rate: parseDecimal(row.rate), functionalCurrency: company.functionalCurrency },
    );
    return present(shown, 'one credit in, one credit out');
  },
};
