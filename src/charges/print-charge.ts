// Printing charges: read in one transaction, drawn after it.

import { paidIn } from '#banking/pay-account.ts';
import type { Tx } from '#db/transaction.ts';
import { buyerAtIssue, sellerAtIssue } from '#invoicing/document-content.ts';
import { buyerOf, lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import { absolute, money } from '#kernel/money.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import { readLooks } from '#printing/read-looks.ts';
import { renderPage } from '#printing/render-pdf.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { chargePage, type PrintedCharge } from './charge-page.ts';
import { readCharge } from './read-charges.ts';
import { findPolicies } from './store-situation.ts';

/** What is printed of a charge, as of now, in a language or else the customer's. Refuses: `charge_not_found`. */
export async function readPrintedCharge(
  tx: Tx,
  chargeId: string,
  wanted?: DocumentLanguage,
): Promise<PrintedCharge> {
  const charge = await readCharge(tx, chargeId);
  const { row, company, customer } = charge;
  const [addresses, policies, looks, accounts] = await Promise.all([
    readAddresses(tx, [customer.id]),
    findPolicies(tx, company.id, [customer.id]),
    readLooks(tx, [company]),
    readAccountsPaidBy(tx, [company], customer.id),
  ]);
  const used = new Set(charge.parts.map((part) => part.policyId));
  const sources = policies.filter((p) => used.has(p.id)).flatMap((p) => p.terms?.legalSource ?? []);
  const language = wanted ?? chooseDocumentLanguage([customer.language, company.language]);
  const seller = sellerAtIssue(paidIn(company, accounts, row.currency));
  const amount = (minor: bigint) => money(minor, row.currency);
  return {
    kind: row.kind,
    language,
    seller: { ...sellerOf(seller), ...lookOf(looks.get(company.id)) },
    buyer: buyerOf({ seller, buyer: buyerAtIssue(customer, addresses) }, language),
    number: row.number,
    chargedOn: row.charged_on,
    through: row.through_on,
    dueOn: row.due_on,
    interest: amount(row.interest_minor),
    fees: amount(row.fee_minor),
    total: amount(row.total_minor),
    open: amount(absolute(row.open_minor)),
    reason: row.because === 'waiver' ? row.reason : null,
    parts: charge.parts,
    legalSources: [...new Set(sources)],
  };
}

/** Draws a charge that was read before; outside of transactions, because it takes a moment. */
export async function printCharge(
  charge: PrintedCharge,
): Promise<{ readonly fileName: string; readonly pdf: Uint8Array }> {
  return { fileName: `${charge.number}.pdf`, pdf: await renderPage(chargePage(charge)) };
}
