// Gathering what a document is to say besides its amounts, on the day it is issued.

import type { Tx } from '#db/transaction.ts';
import type { DeliveryPreference } from '#delivery/preference.ts';
import { readPreference } from '#delivery/read-reach.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Address, Customer } from '#parties/customer.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { readLetterheadId } from '#printing/read-looks.ts';
import { takeCompanyPaidBy } from '#receiving/read-receiving.ts';
import {
  buyerAtIssue,
  type DeliveryFacts,
  type DocumentContent,
  type References,
  sellerAtIssue,
} from './document-content.ts';
import { checkFootnoteFields, footnotesFor } from './footnote.ts';
import { findFootnotes } from './store-footnotes.ts';

/** What a caller may say of a document besides its amounts. */
export type GivenContent = {
  readonly references?: References | undefined;
  readonly delivery?: DeliveryFacts | undefined;
  /** What stands under it, in its order; left out, what the company says under all of its documents. */
  readonly footnotes?: readonly string[] | undefined;
};

/** Whose document it is, whom it goes to, and what it is paid in. */
export type PartiesOf = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
};

/** Who a document is from and to, and what stands on all documents of the company. */
export type Parties = {
  readonly company: Company;
  readonly customer: Customer;
  readonly addresses: readonly Address[];
  readonly footnotes: readonly { readonly language: string; readonly text: string }[];
  /** The version of the company's letterhead. */
  readonly letterheadId: string | null;
  /** What the customer wants its documents to be and to say. */
  readonly wish: DeliveryPreference;
};

/**
 * The parties of a document in a currency, asked for together; the company with the account it is paid to in that currency.
 *
 * Refuses: `company_not_found`, `customer_not_found`.
 */
export async function takeParties(tx: Tx, { companyId, customerId, currency }: PartiesOf): Promise<Parties> {
  const [company, customer, addresses, footnotes, letterheadId, wish] = await Promise.all([
    takeCompanyPaidBy(tx, { companyId, customerId, currency }),
    takeCustomer(tx, customerId),
    readAddresses(tx, [customerId]),
    findFootnotes(tx, companyId),
    readLetterheadId(tx, companyId),
    readPreference(tx, customerId),
  ]);
  return { company, customer, addresses, footnotes, letterheadId, wish };
}

/**
 * What the document says, with the parties as they are now, and the reference of the buyer that it always wants.
 *
 * Refuses: what `checkFootnoteFields` refuses of footnotes chosen for it.
 */
export function makeContent(parties: Parties, given: GivenContent): DocumentContent {
  const { company, customer, addresses, wish } = parties;
  for (const text of given.footnotes ?? []) checkFootnoteFields(text);
  const usual = wish.buyerReference === null ? {} : { buyerReference: wish.buyerReference };
  return {
    references: { ...usual, ...withoutUnsaid(given.references ?? {}) },
    delivery: given.delivery ?? {},
    seller: sellerAtIssue(company),
    buyer: buyerAtIssue(customer, addresses, wish.networkAddress),
    footnotes: given.footnotes ?? usualFootnotes(parties),
    footnotesChosen: given.footnotes !== undefined,
    letterheadId: parties.letterheadId,
  };
}

/** What stands under a document for which nothing else was chosen. */
export function usualFootnotes({
  footnotes,
  customer,
  company,
}: Pick<Parties, 'footnotes' | 'customer' | 'company'>): readonly string[] {
  return footnotesFor(footnotes, [customer.language, company.language]);
}

/** Only what is said, so that an empty field leaves what is usual. */
function withoutUnsaid(references: References): References {
  return Object.fromEntries(Object.entries(references).filter(([, text]) => text !== undefined));
}
