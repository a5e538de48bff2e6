// The semantic model of EN 16931-1: an electronic invoice or credit note as a set of business terms, whatever the syntax
// it is written in. Values are texts exactly as they stand in a document, and nothing is required, so that a document with
// gaps or slips can be read, judged by the rules and shown; amounts stay decimal texts until somebody computes with bigint.

/** An identifier and the code of its scheme (ISO 6523 for parties and endpoints, UNTDID 7143 for item classes). */
export type Identifier = {
  readonly value: string;
  readonly scheme?: string | undefined;
  /** Version of the scheme, which only item classes carry (BT-158-2). */
  readonly version?: string | undefined;
};

/** An amount as written: decimal text, with the currency its element names. */
export type AmountText = { readonly value: string; readonly currency?: string | undefined };

/** A quantity as written, with its unit of measure (UN/ECE recommendation 20). */
export type QuantityText = { readonly value: string; readonly unit?: string | undefined };

/** A period with either end open (BG-14, BG-26). Days are `2026-02-28` where they could be read, else as written. */
export type PeriodText = { readonly start?: string | undefined; readonly end?: string | undefined };

/** A postal address (BG-5, BG-8, BG-12, BG-15). */
export type PostalAddress = {
  /** BT-35, 50, 64, 75: street and number, or a post box. */
  readonly line1?: string | undefined;
  /** BT-36, 51, 65, 76. */
  readonly line2?: string | undefined;
  /** BT-162, 163, 164, 165. */
  readonly line3?: string | undefined;
  /** BT-37, 52, 66, 77. */
  readonly city?: string | undefined;
  /** BT-38, 53, 67, 78. */
  readonly postalCode?: string | undefined;
  /** BT-39, 54, 68, 79. */
  readonly region?: string | undefined;
  /** BT-40, 55, 69, 80: ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
};

/** Whom to ask (BG-6, BG-9). */
export type ContactPoint = {
  /** BT-41, 56. */
  readonly name?: string | undefined;
  /** BT-42, 57. */
  readonly phone?: string | undefined;
  /** BT-43, 58. */
  readonly email?: string | undefined;
};

/** The seller (BG-4) or the buyer (BG-7). */
export type Party = {
  /** BT-27, 44: the legal name. */
  readonly name?: string | undefined;
  /** BT-28, 45: the name it trades under. */
  readonly tradingName?: string | undefined;
  /** BT-29 (several), BT-46 (one). SEPA creditor identifiers (BT-90) are kept apart. */
  readonly identifiers: readonly Identifier[];
  /** BT-30, 47: the number in a register of companies. */
  readonly legalRegistration?: Identifier | undefined;
  /** BT-31, 48: the VAT identifier. */
  readonly vatId?: string | undefined;
  /** BT-32: the seller's tax number where it has no VAT identifier. */
  readonly taxRegistration?: string | undefined;
  /** BT-33: share capital, court of registration and the like. */
  readonly legalInformation?: string | undefined;
  /** BT-34, 49: where electronic documents are delivered. */
  readonly endpoint?: Identifier | undefined;
  readonly address?: PostalAddress | undefined;
  readonly contact?: ContactPoint | undefined;
};

/** Who is paid instead of the seller (BG-10). */
export type Payee = {
  readonly name?: string | undefined;
  readonly identifier?: Identifier | undefined;
  readonly legalRegistration?: Identifier | undefined;
};

/** The seller's representative for tax (BG-11). */
export type TaxRepresentative = {
  readonly name?: string | undefined;
  readonly vatId?: string | undefined;
  readonly address?: PostalAddress | undefined;
};

/** Where and when goods were delivered (BG-13). */
export type Delivery = {
  /** BT-70. */
  readonly name?: string | undefined;
  /** BT-71. */
  readonly location?: Identifier | undefined;
  /** BT-72. */
  readonly date?: string | undefined;
  /** BG-15. */
  readonly address?: PostalAddress | undefined;
};

/** An account to transfer to (BG-17). */
export type CreditTransfer = {
  /** BT-84: IBAN or account number. */
  readonly account?: string | undefined;
  /** BT-85. */
  readonly accountName?: string | undefined;
  /** BT-86: BIC. */
  readonly bankId?: string | undefined;
};

/** How to pay (BG-16). A document may name several means; each repeats the code. */
export type PaymentMeans = {
  /** BT-81: UNCL 4461. */
  readonly code?: string | undefined;
  /** BT-82. */
  readonly text?: string | undefined;
  /** BT-83: what to quote when paying. */
  readonly remittance?: string | undefined;
  readonly transfers: readonly CreditTransfer[];
  /** BG-18. */
  readonly card?: { readonly number?: string | undefined; readonly holder?: string | undefined } | undefined;
  /** BG-19: mandate (BT-89) and debited account (BT-91). */
  readonly directDebit?:
    | { readonly mandate?: string | undefined; readonly account?: string | undefined }
    | undefined;
};

/** An allowance or a charge, of the document (BG-20, BG-21) or of a line (BG-27, BG-28). */
export type AllowanceCharge = {
  readonly kind: 'allowance' | 'charge';
  /** BT-92, 99, 136, 141. */
  readonly amount?: AmountText | undefined;
  /** BT-93, 100, 137, 142. */
  readonly base?: AmountText | undefined;
  /** BT-94, 101, 138, 143. */
  readonly percent?: string | undefined;
  /** BT-95, 102: document level only. */
  readonly vatCategory?: string | undefined;
  /** BT-96, 103: document level only. */
  readonly vatRate?: string | undefined;
  /** BT-97, 104, 139, 144. */
  readonly reason?: string | undefined;
  /** BT-98, 140: UNCL 5189; BT-105, 145: UNCL 7161. */
  readonly reasonCode?: string | undefined;
};

/** Tax of one category and rate (BG-23). */
export type VatBreakdown = {
  /** BT-116. */
  readonly taxable?: AmountText | undefined;
  /** BT-117. */
  readonly tax?: AmountText | undefined;
  /** BT-118: UNCL 5305. */
  readonly category?: string | undefined;
  /** BT-119. */
  readonly rate?: string | undefined;
  /** BT-120. */
  readonly exemptionReason?: string | undefined;
  /** BT-121: VATEX code. */
  readonly exemptionCode?: string | undefined;
};

/** A supporting document (BG-24), or the object invoiced (BT-18) which is told apart by its type. */
export type AdditionalDocument = {
  /** BT-122. */
  readonly reference?: string | undefined;
  /** BT-123. */
  readonly description?: string | undefined;
  /** BT-124. */
  readonly location?: string | undefined;
  /** BT-125: base64 as it stands in the document. */
  readonly attachment?:
    | { readonly content: string; readonly mime?: string | undefined; readonly fileName?: string | undefined }
    | undefined;
};

/** What one line sells (BG-31). */
export type Item = {
  /** BT-153. */
  readonly name?: string | undefined;
  /** BT-154. */
  readonly description?: string | undefined;
  /** BT-155. */
  readonly sellerId?: string | undefined;
  /** BT-156. */
  readonly buyerId?: string | undefined;
  /** BT-157. */
  readonly standardId?: Identifier | undefined;
  /** BT-158. */
  readonly classes: readonly Identifier[];
  /** BT-159. */
  readonly origin?: string | undefined;
  /** BG-32: BT-160 and BT-161. */
  readonly attributes: readonly { readonly name?: string | undefined; readonly value?: string | undefined }[];
};

/** A line (BG-25). */
export type Line = {
  /** BT-126. */
  readonly id?: string | undefined;
  /** BT-127. */
  readonly note?: string | undefined;
  /** BT-128. */
  readonly object?: Identifier | undefined;
  /** BT-129 with BT-130. */
  readonly quantity?: QuantityText | undefined;
  /** BT-131. */
  readonly net?: AmountText | undefined;
  /** BT-132. */
  readonly orderLine?: string | undefined;
  /** BT-133. */
  readonly accountingReference?: string | undefined;
  /** BG-26. */
  readonly period?: PeriodText | undefined;
  readonly allowancesCharges: readonly AllowanceCharge[];
  /** BT-146. */
  readonly netPrice?: AmountText | undefined;
  /** BT-147. */
  readonly priceDiscount?: AmountText | undefined;
  /** BT-148. */
  readonly grossPrice?: AmountText | undefined;
  /** BT-149 with BT-150. */
  readonly priceBase?: QuantityText | undefined;
  /** BT-151. */
  readonly vatCategory?: string | undefined;
  /** BT-152. */
  readonly vatRate?: string | undefined;
  readonly item: Item;
};

/** The totals of a document (BG-22). */
export type Totals = {
  /** BT-106. */
  readonly lines?: AmountText | undefined;
  /** BT-107. */
  readonly allowances?: AmountText | undefined;
  /** BT-108. */
  readonly charges?: AmountText | undefined;
  /** BT-109. */
  readonly withoutVat?: AmountText | undefined;
  /** BT-110. */
  readonly vat?: AmountText | undefined;
  /** BT-111: in the currency of BT-6. */
  readonly vatInTaxCurrency?: AmountText | undefined;
  /** BT-112. */
  readonly withVat?: AmountText | undefined;
  /** BT-113. */
  readonly prepaid?: AmountText | undefined;
  /** BT-114. */
  readonly rounding?: AmountText | undefined;
  /** BT-115. */
  readonly due?: AmountText | undefined;
};

/** An invoice or a credit note in the terms of EN 16931. */
export type EInvoice = {
  /** Which root element it has or is to have; CII has one root for both. */
  readonly syntax: 'ubl_invoice' | 'ubl_credit_note' | 'cii';
  /** BT-1. */
  readonly number?: string | undefined;
  /** BT-2. */
  readonly issuedOn?: string | undefined;
  /** BT-3: UNTDID 1001; 380 is a commercial invoice, 381 a credit note, 384 a corrected invoice, 389 self-billed. */
  readonly typeCode?: string | undefined;
  /** BT-5. */
  readonly currency?: string | undefined;
  /** BT-6. */
  readonly taxCurrency?: string | undefined;
  /** BT-7. */
  readonly taxPointOn?: string | undefined;
  /** BT-8: UNTDID 2005 in UBL, 2475 in CII; kept as the code of UNTDID 2005 (3 issue, 35 delivery, 432 payment). */
  readonly taxPointCode?: string | undefined;
  /** BT-9. */
  readonly dueOn?: string | undefined;
  /** BT-10. */
  readonly buyerReference?: string | undefined;
  /** BT-11. */
  readonly project?: string | undefined;
  /** BT-12. */
  readonly contract?: string | undefined;
  /** BT-13. */
  readonly purchaseOrder?: string | undefined;
  /** BT-14. */
  readonly salesOrder?: string | undefined;
  /** BT-15. */
  readonly receivingAdvice?: string | undefined;
  /** BT-16. */
  readonly despatchAdvice?: string | undefined;
  /** BT-17. */
  readonly tender?: string | undefined;
  /** BT-18. */
  readonly object?: Identifier | undefined;
  /** BT-19. */
  readonly accountingReference?: string | undefined;
  /** BT-20. */
  readonly paymentTerms?: string | undefined;
  /** BG-1: BT-21 and BT-22. */
  readonly notes: readonly { readonly subject?: string | undefined; readonly text?: string | undefined }[];
  /** BT-23. */
  readonly process?: string | undefined;
  /** BT-24. */
  readonly specification?: string | undefined;
  /** BG-3: BT-25 and BT-26. */
  readonly preceding: readonly {
    readonly number?: string | undefined;
    readonly issuedOn?: string | undefined;
  }[];
  readonly seller?: Party | undefined;
  readonly buyer?: Party | undefined;
  readonly payee?: Payee | undefined;
  readonly taxRepresentative?: TaxRepresentative | undefined;
  readonly delivery?: Delivery | undefined;
  /** BG-14. */
  readonly period?: PeriodText | undefined;
  readonly paymentMeans: readonly PaymentMeans[];
  /** BT-90: the SEPA identifier of who collects. */
  readonly creditorId?: string | undefined;
  /** BG-20 and BG-21. */
  readonly allowancesCharges: readonly AllowanceCharge[];
  readonly totals?: Totals | undefined;
  /** Further totals of VAT beside the two that there are terms for (BT-110, BT-111): a document that is right has none. */
  readonly vatAgain?: readonly AmountText[] | undefined;
  readonly vat: readonly VatBreakdown[];
  /** BG-24. */
  readonly documents: readonly AdditionalDocument[];
  readonly lines: readonly Line[];
};
