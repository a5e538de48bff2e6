// A sum that was booked as one is taken apart by what the bank announced of it: the receipt it stood as is given up, and each
// payment becomes a receipt of its own, applied where that is certain. Announcement and statement come in either order.

import type { Command } from '#command/command.ts';
import type { StatementDetail } from '#formats/bank-statement-shape.ts';
import { present } from '#kernel/assert.ts';
import type { Json } from '#kernel/canonical.ts';
import { type CompanyId, newId, type PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { findGivenNumbers } from '#payments/find-given-numbers.ts';
import { type Arrived, type Matched, matchReceipts, settleMatched } from '#payments/match-receipts.ts';
import { recordedPayer } from '#payments/matching.ts';
import { shown } from '#payments/payment.ts';
import { receivePayments } from '#payments/receive-payments.ts';
import { statedCharge } from '#payments/stated-charge.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { type BankReading, bankReadingOf } from '#remittances/bank-reading.ts';
import { recordBankRemittances } from '#remittances/record-bank-remittances.ts';
import { findAnnouncement, findLineToPart, insertUse, type LineToPart, type PartRow } from './store.ts';

export type ExplainByAnnouncement = { readonly announcementId: string; readonly lineId: string };

export type ExplainedByAnnouncement = {
  readonly announcementId: string;
  readonly lineId: string;
  readonly payments: number;
  readonly applied: number;
};

/** Characters a payment keeps of what was said about it. */
const REFERENCE_CHARACTERS_MAX = 500;

/**
 * Takes the receipt of a booked line apart into the payments that were announced for it.
 *
 * Refuses: `announcement_not_found`, `announcement_used`, `statement_line_not_found`, `announcement_differs`, `receipt_applied`,
 * `receipt_returned`, `line_explained`, `bank_day_signed`, `exchange_rate_missing`, `series_not_found`, `period_locked`.
 */
export const explainByAnnouncement: Command<ExplainByAnnouncement, ExplainedByAnnouncement> = {
  name: 'explain-by-announcement',
  permission: 'bank.import',
  constraints: {
    announcement_use_pkey: 'announcement_used',
    announcement_use_line: 'announcement_used',
    bank_day_open: 'bank_day_signed',
    line_explanation_once: 'line_explained',
  },
  async run(act, input) {
    const found = await findAnnouncement(act, input.announcementId);
    if (!found) throw new Refusal('announcement_not_found', { announcementId: input.announcementId });
    if (found.isUsed) throw new Refusal('announcement_used', { announcementId: input.announcementId });
    const line = await findLineToPart(act, input.lineId);
    if (!line) throw new Refusal('statement_line_not_found', { statementLineId: input.lineId });
    const { announcement, parts } = found;
    const fits =
      line.bank_account_id === announcement.bank_account_id &&
      line.currency === announcement.currency &&
      line.amount_minor === parts.reduce((sum, part) => sum + part.amount_minor, 0n) &&
      parts.every((part) => part.amount_minor > 0n);
    if (!fits) throw new Refusal('announcement_differs', { lineId: input.lineId });

    const company = await takeCompany(act, line.company_id as CompanyId);
    const arrived = parts.map((part) => arrivedAs(part, line));
    const given = await findGivenNumbers(
      act,
      arrived,
      parts.map((part) => part.details),
    );
    const matches = await matchReceipts(
      act,
      arrived.map((one, index) => ({ ...one, customerId: given[index]?.customerId ?? null })),
    );
    const received = await receivePayments(
      act,
      company,
      arrived.map((receipt, index) => ({
        id: newId<'payment'>(),
        companyId: company.id,
        customerId: recordedPayer(present(matches[index], 'every receipt is looked at')),
        direction: 'received',
        receivedOn: line.value_on,
        amount: receipt.amount,
        method: announcement.origin === 'lockbox' ? 'cheque' : 'transfer',
        reference: receipt.texts.join(' ').slice(0, REFERENCE_CHARACTERS_MAX),
        payerName: receipt.payerName ?? undefined,
        payerAccount: receipt.payerAccount ?? undefined,
      })),
    );
    await explainLine.run(act, {
      lineId: input.lineId,
      kind: 'deposit',
      paymentIds: received.map(({ payment }) => payment.id),
      note: `announced in ${announcement.file_name}`.slice(0, REFERENCE_CHARACTERS_MAX),
    });
    insertUse(act, {
      announcement_id: announcement.id,
      statement_line_id: input.lineId,
      recorded_at: act.now,
    });
    for (const { payment, number } of received)
      act.record({
        type: 'payment.received',
        subjectId: payment.id,
        customerId: payment.customerId,
        data: { number, ...shown(payment.amount), bankLineId: input.lineId },
      });
    const at = { companyId: company.id, fileName: announcement.file_name };
    recordBankRemittances(
      act,
      at,
      received.flatMap(({ payment }, index) => {
        const said = claimedBy(parts[index], line);
        return said ? [{ payment, said }] : [];
      }),
    );
    const certain = received.flatMap(({ payment }, index): readonly Matched[] => {
      const match = matches[index];
      return match?.decision === 'apply' ? [{ paymentId: payment.id as PaymentId, match }] : [];
    });
    const applied = await settleMatched(act, certain);
    const explained = { ...input, payments: received.length, applied: applied.size };
    act.record({ type: 'bank_line.taken_apart', subjectId: input.lineId, data: explained });
    return explained;
  },
};

/** What the bank told of the documents a part is for; its details were kept as they were read. */
function claimedBy(part: PartRow | undefined, line: LineToPart): BankReading | undefined {
  const kept = part?.details as { readonly details?: readonly StatementDetail[] } | null | undefined;
  if (!part || part.returned || !kept?.details) return undefined;
  const { payer_name: payerName, end_to_end_id: endToEndId } = part;
  const amount = money(part.amount_minor, line.currency);
  return bankReadingOf({ line: 0 }, kept.details, { amount, paidOn: line.value_on, payerName, endToEndId });
}

function arrivedAs(part: PartRow, line: LineToPart): Arrived {
  const texts = [part.structured_reference, part.end_to_end_id, part.remittance];
  return {
    companyId: line.company_id as CompanyId,
    customerId: null,
    amount: money(part.amount_minor, line.currency),
    paidOn: line.value_on,
    texts: texts.filter((text): text is string => text !== null && text !== ''),
    payerName: part.payer_name,
    payerAccount: part.payer_account,
    isReturn: part.returned,
    stated: statedCharge(part.details as Json, line.currency),
  };
}
