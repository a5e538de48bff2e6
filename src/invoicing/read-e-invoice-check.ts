// What the rules of the e-invoice a customer wants would say of an invoice or credit note that is being written; nothing is stored.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { takeRate, toFunctional } from '#ledger/take-rate.ts';
import type { ReadyDocument } from './document.ts';
import { draftNumber } from './document-words.ts';
import { findingsOf, type PlacedFinding } from './e-invoice-findings.ts';
import { wholeToIssue } from './issued-whole.ts';
import { type Parties, usualFootnotes } from './make-content.ts';
import { type PlannedInvoice, readPlanned } from './read-planned.ts';
import { type DraftCredit, readPlannedCredit } from './read-planned-credit.ts';

/** What the rules say of an invoice that is being written. */
export type EInvoiceCheck = {
  /** The e-invoice the customer wants; null where it wants none, and nothing is judged. */
  readonly profile: ReadyDocument['eInvoice'] | null;
  readonly findings: readonly PlacedFinding[];
  /** What the document says by itself where it names none of its own. */
  readonly usual: {
    readonly buyerReference: string | null;
    readonly purchaseOrder: string | null;
    readonly footnotes: readonly string[];
  };
};

/** Judges an invoice that is being written as the e-invoice its customer wants. Refuses: what `readPlanned` refuses, `exchange_rate_missing`. */
export async function readEInvoiceCheck(
  tx: Tx,
  input: PlannedInvoice,
  today: PlainDate,
): Promise<EInvoiceCheck> {
  const { document, parties } = await readPlanned(tx, input, today);
  return judge(tx, document, parties);
}

/** Judges a credit note that is being written as the e-invoice its customer wants. Refuses: what `readPlannedCredit` refuses, `exchange_rate_missing`. */
export async function readCreditEInvoiceCheck(
  tx: Tx,
  input: DraftCredit,
  today: PlainDate,
): Promise<EInvoiceCheck> {
  const { document, parties } = await readPlannedCredit(tx, input, today);
  return judge(tx, document, parties);
}

async function judge(tx: Tx, document: ReadyDocument, parties: Parties): Promise<EInvoiceCheck> {
  const { eInvoice: profile, priced } = document;
  const { company, customer, wish } = parties;
  const { buyerReference, purchaseOrder } = wish;
  const usual = { buyerReference, purchaseOrder, footnotes: usualFootnotes(parties) };
  if (profile === undefined) return { profile: null, findings: [], usual };
  const { functionalCurrency } = company;
  const rate = document.rate
    ? { rate: document.rate, functionalCurrency }
    : await takeRate(tx, priced.total.currency, functionalCurrency, document.issuedOn);
  const number = draftNumber(customer.language);
  const paymentReference = document.paymentReference ?? null;
  const whole = wholeToIssue(document, {
    number,
    paymentReference,
    functional: toFunctional(priced.total, rate),
  });
  return { profile, findings: whole ? findingsOf(whole, profile) : [], usual };
}
