// Finding for notices the payments that came back, as a reading: what is certain is booked by whoever calls, all else is shown.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, PaymentId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { findOriginal, type OriginalFound, type Told } from './original.ts';
import { findCandidates, findWaiting, findWaitingFor, type NoticeRow } from './store.ts';

/** What a notice tells, as far as it points at a payment. */
function toldBy(notice: NoticeRow): Told {
  return {
    amount: money(notice.amount_minor, notice.currency),
    returnedOn: notice.returned_on,
    endToEndId: notice.end_to_end_id,
    references: notice.original_references,
    payerName: notice.payer_name,
    payerAccount: notice.payer_account,
    said: notice.said,
    isLine: notice.statement_line_id !== null,
  };
}

/** The payments that a notice may mean; none where our own money came back. */
export async function matchNotice(tx: Tx, notice: NoticeRow): Promise<OriginalFound> {
  if (notice.whose === 'ours') return { decision: 'nothing', rule: null, fitting: [] };
  return findOriginal(toldBy(notice), await findCandidates(tx, notice));
}

/** Notices that wait with the one payment they certainly mean. */
export async function matchWaitingNotices(
  tx: Tx,
): Promise<readonly { readonly notice: NoticeRow; readonly found: OriginalFound }[]> {
  const certain: { notice: NoticeRow; found: OriginalFound }[] = [];
  for (const notice of await findWaiting(tx)) {
    const found = await matchNotice(tx, notice);
    if (found.decision === 'act') certain.push({ notice, found });
  }
  return certain;
}

/** Whether a payment may be what a notice tells of that nobody decided yet: a chargeback of a gateway is told by one too. */
export async function mayHaveComeBack(
  tx: Tx,
  payment: {
    readonly id: PaymentId;
    readonly companyId: CompanyId;
    readonly amount: Money;
    readonly receivedOn: PlainDate;
  },
): Promise<boolean> {
  for (const notice of await findWaitingFor(tx, payment)) {
    const { fitting } = await matchNotice(tx, notice);
    if (fitting.some(({ candidate }) => candidate.paymentId === payment.id)) return true;
  }
  return false;
}
