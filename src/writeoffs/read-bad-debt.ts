// The figure of bad debt: what was lost in a time, less what came back, and what part of what was invoiced that is.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { divideHalfUp, money } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { takeCompany } from '#parties/take-party.ts';
import { findBadDebt } from './store-lists.ts';

/** Ratios are told to a hundredth of a per cent. */
const PERCENT_DECIMALS = 2;

/**
 * What a company lost in a time, from the first to the last day: written off as bad debt, for a dispute or as
 * goodwill, less what was taken back, what was recovered, and the tax taken back; in its functional currency, by the
 * day each was posted. The ratio is that net loss over what was invoiced less credit notes in the same time, with
 * tax, rounded half up; null where nothing was invoiced. It can be below zero, where more came back than was lost.
 *
 * Refuses: `company_not_found`.
 */
export async function readBadDebt(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly from: PlainDate; readonly to: PlainDate },
) {
  const [company, row] = await Promise.all([takeCompany(tx, of.companyId), findBadDebt(tx, of)]);
  const { written = 0n, undone = 0n, recovered = 0n, relief = 0n, invoiced = 0n } = row ?? {};
  const net = written - undone - recovered - relief;
  const shown = (minor: bigint) => shownMoney(money(minor, company.functionalCurrency));
  return {
    from: of.from.toString(),
    to: of.to.toString(),
    writtenOff: shown(written),
    undone: shown(undone),
    recovered: shown(recovered),
    relief: shown(relief),
    net: shown(net),
    invoiced: shown(invoiced),
    percent:
      invoiced <= 0n
        ? null
        : decimalText({ digits: divideHalfUp(net * 10_000n, invoiced), scale: PERCENT_DECIMALS }),
  };
}
