// Gathering what a document is to say besides its amounts, on the day it is issued.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Address, Customer } from '#parties/customer.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import {
  buyerAtIssue,
  type DeliveryFacts,
  type DocumentContent,
  type References,
  sellerAtIssue,
} from './document-content.ts';
import { footnotesFor } from './footnote.ts';
import { findFootnotes } from './store-footnotes.ts';

/** What a caller may say of a document besides its amounts. */
export type GivenContent = {
  readonly references?: References | undefined;
  readonly delivery?: DeliveryFacts | undefined;
};

/** Who a document is from and to, and what stands on all documents of the company. */
export type Parties = {
  readonly company: Company;
  readonly customer: Customer;
  readonly addresses: readonly Address[];
  readonly footnotes: readonly { readonly language: string; readonly text: string }[];
};

/** The parties of a document, asked for together. Refuses: `company_not_found`, `customer_not_found`. */
export async function takeParties(tx: Tx, companyId: CompanyId, customerId: CustomerId): Promise<Parties> {
  const [company, customer, addresses, footnotes] = await Promise.all([
    takeCompany(tx, companyId),
    takeCustomer(tx, customerId),
    readAddresses(tx, [customerId]),
    findFootnotes(tx, companyId),
  ]);
  return { company, customer, addresses, footnotes };
}

/** What the document says, with the parties as they are now. */
export function makeContent(parties: Parties, given: GivenContent): DocumentContent {
  const { company, customer, addresses, footnotes } = parties;
  return {
    references: given.references ?? {},
    delivery: given.delivery ?? {},
    seller: sellerAtIssue(company),
    buyer: buyerAtIssue(customer, addresses),
    footnotes: footnotesFor(footnotes, [customer.language, company.language]),
  };
}
