// Reading payouts for pages.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import type { ArrivalRule } from './arrival.ts';
import type * as contract from './contract.ts';
import { type BankLineRow, findPayouts } from './store.ts';

/** A page of payouts, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readPayoutPage(
  tx: Tx,
  query: z.output<typeof contract.listPayouts.query>,
): Promise<z.input<typeof contract.listPayouts.reply>> {
  const { limit, after, state } = query;
  const found = await findPayouts(tx, {
    isArrived: state === undefined ? undefined : state === 'arrived',
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const { rows, next } = pageOfRows(found, limit, (last) => [last.paid_on, last.id]);
  return {
    rows: rows.map((row) => {
      const worth = (minor: bigint) => shownMoney(money(minor, row.currency));
      return {
        gatewayLineId: row.id,
        statementId: row.statement_id,
        payout: row.payout,
        gatewayName: row.gateway_name,
        paidOn: row.paid_on.toString(),
        amount: worth(row.amount_minor),
        charges: row.charges,
        charged: worth(row.charged_minor),
        takenBack: worth(row.taken_back_minor),
        fees: worth(row.fee_minor),
        other: worth(row.other_minor),
        arrived: row.arrived && { ...shownLine(row.arrived), rule: row.rule as ArrivalRule },
        fitting: (row.fitting ?? []).map(shownLine),
      };
    }),
    next,
  };
}

function shownLine(line: BankLineRow) {
  return {
    lineId: line.line_id,
    statementId: line.statement_id,
    bookedOn: line.booked_on,
    accountName: line.account_name,
    said: line.said,
  };
}
