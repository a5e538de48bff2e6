// Reading for pages how a remittance stands against the books.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { CANDIDATES_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import type { getRemittanceClaims } from '#remittances/contract.ts';
import { takeRemittance } from '#remittances/take-remittance.ts';
import type { Claim } from './claimed.ts';
import { readClaims } from './join-remittance.ts';
import { findOffered, type OfferedPayment } from './store-remittances.ts';

/** What the lines of a remittance mean, and the receipts it may be about. Refuses: `remittance_not_found`. */
export async function readRemittanceClaims(
  tx: Tx,
  context: Context,
  id: string,
): Promise<z.input<typeof getRemittanceClaims.reply>> {
  const remittance = await takeRemittance(tx, id);
  const isJoined = remittance.payment_id !== null;
  const [claimed, offered] = await Promise.all([
    readClaims(tx, remittance),
    isJoined ? [] : findOffered(tx, id, CANDIDATES_MAX),
  ]);
  const { receipt, obstacle } = claimed;
  const may = (refusal?: string) => mayDo(context, 'payment.apply', refusal);
  return {
    claims: claimed.claims.map((claim, index) => shownClaim(claim, index + 1)),
    obstacle: obstacle ?? null,
    receipt: receipt
      ? { ...shownReceipt(receipt), left: shownMoney(money(receipt.left_minor, receipt.currency)) }
      : null,
    offered: offered.map(shownReceipt),
    may: {
      join: may(isJoined ? 'remittance_joined' : undefined),
      part: may(isJoined ? undefined : 'remittance_not_joined'),
      apply: may(isJoined ? obstacle && 'remittance_not_clear' : 'remittance_not_joined'),
    },
  };
}

function shownClaim({ line, state, items }: Claim, position: number) {
  const [first] = items;
  const open = items.reduce((sum, item) => sum + item.open.minor, 0n);
  return {
    position,
    state,
    documentId: first?.documentId ?? null,
    reference: first?.reference ?? null,
    open: first
      ? shownMoney(money(open, first.open.currency))
      : state === 'settled'
        ? shownMoney(money(0n, line.amount.currency))
        : null,
  };
}

function shownReceipt(payment: OfferedPayment) {
  return {
    paymentId: payment.id,
    number: payment.number,
    receivedOn: payment.received_on.toString(),
    payerName: payment.payer_name,
    amount: shownMoney(money(payment.amount_minor, payment.currency)),
  };
}
