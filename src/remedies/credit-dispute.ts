// The customer was right: the invoice is credited, the credit note is the dispute's remedy, and the dispute is decided.

import type { Command } from '#command/command.ts';
import { recordRemedy } from '#disputes/change-dispute.ts';
import { type CreditInvoice, type CreditNoteIssued, creditInvoice } from '#invoicing/credit-invoice.ts';
import type { ShownMoney } from '#ledger/amount-text.ts';
import { type Decision, decideRemedied, requireRemedying } from './decide-dispute.ts';

export type CreditDispute = CreditInvoice & {
  readonly disputeId: string;
  /** Left out, the dispute is not decided. */
  readonly decision?: Decision | undefined;
};

export type DisputeCredited = CreditNoteIssued & {
  readonly disputeId: string;
  /** What is still disputed. */
  readonly stillDisputed: ShownMoney;
  readonly isDecided: boolean;
};

/**
 * Credits an invoice for a dispute about it, and decides the dispute as `valid` where that is asked for and nothing is
 * disputed any more.
 *
 * Refuses: `not_permitted`, what `creditInvoice`, `recordRemedy` and `closeDispute` refuse.
 */
export const creditDispute: Command<CreditDispute, DisputeCredited> = {
  name: 'credit-dispute',
  permission: 'invoice.credit',
  constraints: { ...creditInvoice.constraints, ...recordRemedy.constraints },
  async run(act, { disputeId, decision, ...credit }) {
    requireRemedying(act, decision);
    const issued = await creditInvoice.run(act, credit);
    const { open } = await recordRemedy.run(act, { disputeId, documentId: issued.creditNoteId });
    const isDecided = await decideRemedied(act, { disputeId, open }, 'valid', decision);
    return { ...issued, disputeId, stillDisputed: open, isDecided };
  },
};
