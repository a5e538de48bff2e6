// What a document says besides its amounts: references, delivery, and who seller and buyer were on the day of issue. It is
// kept with the document, so that what was issued reads the same for ever.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Company } from '#parties/company.ts';
import { type Address, billingAddress, type Customer } from '#parties/customer.ts';

/** What others call what the document is about (EN 16931 BT-10 to BT-18); the purchase order stands with the invoice. */
export type References = {
  /** BT-10: what the buyer asked to be quoted; in Germany's public sector the Leitweg-ID. */
  readonly buyerReference?: string | undefined;
  readonly salesOrder?: string | undefined;
  readonly contract?: string | undefined;
  readonly project?: string | undefined;
  readonly despatchAdvice?: string | undefined;
  readonly receivingAdvice?: string | undefined;
  /** BT-18: a meter, a phone number, a vehicle. */
  readonly object?: string | undefined;
};

/** When and where things were delivered, and when tax falls due (BT-7, BT-72 to BT-80). */
export type DeliveryFacts = {
  readonly deliveredOn?: PlainDate | undefined;
  readonly periodFrom?: PlainDate | undefined;
  readonly periodTo?: PlainDate | undefined;
  readonly taxPointOn?: PlainDate | undefined;
  readonly delivery?: DeliveryPlace | undefined;
};

export type DeliveryPlace = {
  readonly name?: string | undefined;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly region?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

/** The company as it stands on the document. */
export type SellerAtIssue = Pick<
  Company,
  | 'name'
  | 'street'
  | 'postalCode'
  | 'city'
  | 'country'
  | 'language'
  | 'taxId'
  | 'registrationNo'
  | 'email'
  | 'phone'
  | 'bankName'
  | 'iban'
  | 'bic'
> & {
  /** Where there are no IBANs; documents issued before accounts could be so have none. */
  readonly accountNumber?: string | null | undefined;
  readonly routingNumber?: string | null | undefined;
  /** BT-34, with its scheme; documents issued before there were such addresses have none. */
  readonly networkAddress?: string | null | undefined;
};

/** The customer as it stands on the document. */
export type BuyerAtIssue = Pick<Customer, 'number' | 'name' | 'taxId' | 'country' | 'language'> & {
  /** BT-49, with its scheme. */
  readonly networkAddress?: string | null | undefined;
  readonly address: Pick<Address, 'street' | 'postalCode' | 'city' | 'region' | 'country'> | null;
};

export type DocumentContent = {
  readonly references: References;
  readonly delivery: DeliveryFacts;
  readonly seller: SellerAtIssue;
  readonly buyer: BuyerAtIssue;
  /** What stands under the document, in its language: what the company says under all of them, unless chosen for this one. */
  readonly footnotes: readonly string[];
  readonly footnotesChosen: boolean;
  /** The version of the company's letterhead; none where it had none. */
  readonly letterheadId?: string | null | undefined;
};

/** The seller as of now. */
export function sellerAtIssue(company: Company): SellerAtIssue {
  const { name, street, postalCode, city, country, language, taxId, registrationNo } = company;
  const { email, phone, bankName, iban, bic, accountNumber, routingNumber, networkAddress } = company;
  return {
    name,
    street,
    postalCode,
    city,
    country,
    language,
    taxId,
    registrationNo,
    email,
    phone,
    bankName,
    iban,
    bic,
    accountNumber,
    routingNumber,
    networkAddress,
  };
}

/** The buyer as of now, where its invoices go, on paper and as data. */
export function buyerAtIssue(
  customer: Customer,
  addresses: readonly Address[],
  networkAddress: string | null = null,
): BuyerAtIssue {
  const { number, name, taxId, country, language } = customer;
  const at = billingAddress(addresses.filter((address) => address.customerId === customer.id));
  return {
    number,
    name,
    taxId,
    country,
    language,
    networkAddress,
    address: at
      ? {
          street: at.street,
          postalCode: at.postalCode,
          city: at.city,
          region: at.region,
          country: at.country,
        }
      : null,
  };
}

/** What a document says that keeps nothing of its own: the parties of today, and nothing else. */
export function contentAsOfNow(
  company: Company,
  customer: Customer,
  addresses: readonly Address[],
): DocumentContent {
  return {
    references: {},
    delivery: {},
    seller: sellerAtIssue(company),
    buyer: buyerAtIssue(customer, addresses),
    footnotes: [],
    footnotesChosen: false,
  };
}
