// UBL 2.1 Invoice and CreditNote into the model, by the binding of EN 16931-3-2. Elements are found wherever they stand,
// in whatever order; an element that is missing is a term that is missing, which the rules judge.

import type {
  AdditionalDocument,
  AllowanceCharge,
  AmountText,
  ContactPoint,
  Delivery,
  EInvoice,
  Identifier,
  Item,
  Line,
  Party,
  Payee,
  PaymentMeans,
  PeriodText,
  PostalAddress,
  TaxRepresentative,
  Totals,
  VatBreakdown,
} from './model.ts';
import type { Part } from './part.ts';

/** The scheme that marks the identifier of who collects direct debits among the identifiers of a party (BT-90). */
const SEPA = 'SEPA';
/** UNTDID 1001: what the document is about (BT-18, BT-128). */
const OBJECT_TYPE = '130';
/** UNTDID 1001: in a credit note, which has no element for it, the project (BT-11). */
const PROJECT_TYPE = '50';
/** What stands for the order where a document names only the seller's own order number (Peppol BIS). */
const NO_ORDER = 'NA';

/** The document below a root `Invoice` or `CreditNote`. */
export function readUbl(root: Part, syntax: 'ubl_invoice' | 'ubl_credit_note'): EInvoice {
  const isCreditNote = syntax === 'ubl_credit_note';
  const means = root.all('PaymentMeans');
  const references = root.all('AdditionalDocumentReference');
  const ofType = (type: string) => references.find((part) => part.look('DocumentTypeCode') === type);
  const objectPart = ofType(OBJECT_TYPE);
  const projectPart = isCreditNote ? ofType(PROJECT_TYPE) : undefined;
  objectPart?.text('DocumentTypeCode');
  projectPart?.text('DocumentTypeCode');
  const seller = root.at('AccountingSupplierParty', 'Party');
  return {
    syntax,
    number: root.text('ID'),
    issuedOn: root.text('IssueDate'),
    typeCode: root.text(isCreditNote ? 'CreditNoteTypeCode' : 'InvoiceTypeCode'),
    currency: root.text('DocumentCurrencyCode'),
    taxCurrency: root.text('TaxCurrencyCode'),
    taxPointOn: root.text('TaxPointDate'),
    taxPointCode: root.text('InvoicePeriod', 'DescriptionCode'),
    dueOn: dueOn(root, means),
    buyerReference: root.text('BuyerReference'),
    project: root.text('ProjectReference', 'ID') ?? projectPart?.text('ID'),
    contract: root.text('ContractDocumentReference', 'ID'),
    ...orders(root.at('OrderReference')),
    receivingAdvice: root.text('ReceiptDocumentReference', 'ID'),
    despatchAdvice: root.text('DespatchDocumentReference', 'ID'),
    tender: root.text('OriginatorDocumentReference', 'ID'),
    object: objectPart?.identifier('ID'),
    accountingReference: root.text('AccountingCost'),
    paymentTerms: root.text('PaymentTerms', 'Note'),
    notes: root.all('Note').flatMap(note),
    process: root.text('ProfileID'),
    specification: root.text('CustomizationID'),
    preceding: root.all('BillingReference').flatMap(preceding),
    creditorId: creditorId(seller) ?? creditorId(root.at('PayeeParty')),
    seller: party(seller),
    buyer: party(root.at('AccountingCustomerParty', 'Party')),
    payee: payee(root.at('PayeeParty')),
    taxRepresentative: taxRepresentative(root.at('TaxRepresentativeParty')),
    delivery: delivery(root.at('Delivery')),
    period: period(root.at('InvoicePeriod')),
    paymentMeans: means.map(paymentMeans),
    allowancesCharges: root.all('AllowanceCharge').map(allowanceCharge),
    ...taxes(root),
    documents: references.filter((part) => part !== objectPart && part !== projectPart).map(document),
    lines: root.all(isCreditNote ? 'CreditNoteLine' : 'InvoiceLine').map(line),
  };
}

/** A credit note has no day of its own to be paid; it stands with the means of payment. */
function dueOn(root: Part, means: readonly Part[]): string | undefined {
  const due = root.text('DueDate') ?? means.map((part) => part.look('PaymentDueDate')).find(Boolean);
  for (const part of means) if (part.look('PaymentDueDate') === due) part.text('PaymentDueDate');
  return due;
}

function orders(part: Part): Pick<EInvoice, 'purchaseOrder' | 'salesOrder'> {
  const salesOrder = part.text('SalesOrderID');
  const order = part.text('ID');
  return { purchaseOrder: order === NO_ORDER && salesOrder !== undefined ? undefined : order, salesOrder };
}

/** UBL has no element for the subject of a note; the binding writes it before the text as `#AAI#`. */
function note(part: Part): EInvoice['notes'] {
  const text = part.text();
  if (text === undefined) return [];
  const [, subject, rest] = /^#([A-Z0-9]{1,3})#(.*)$/s.exec(text) ?? [];
  return subject === undefined ? [{ text }] : [{ subject, text: rest?.trim() || undefined }];
}

/** A reference to nothing stays one, for the rules to find. */
function preceding(part: Part): EInvoice['preceding'] {
  const references = [...part.all('InvoiceDocumentReference'), ...part.all('CreditNoteDocumentReference')];
  if (references.length === 0) return [{}];
  return references.map((reference) => ({
    number: reference.text('ID'),
    issuedOn: reference.text('IssueDate'),
  }));
}

function creditorId(part: Part): string | undefined {
  const found = part.all('PartyIdentification').find((id) => id.at('ID').attribute('schemeID') === SEPA);
  return found?.identifier('ID')?.value;
}

function identifiers(part: Part): Identifier[] {
  return part
    .all('PartyIdentification')
    .filter((id) => id.at('ID').attribute('schemeID') !== SEPA)
    .flatMap((id) => id.identifier('ID') ?? []);
}

function party(part: Part): Party | undefined {
  if (!part.exists) return undefined;
  const legal = part.at('PartyLegalEntity');
  return {
    name: legal.text('RegistrationName'),
    tradingName: part.text('PartyName', 'Name'),
    identifiers: identifiers(part),
    legalRegistration: legal.identifier('CompanyID'),
    vatId: taxNumber(part, true),
    taxRegistration: taxNumber(part, false),
    legalInformation: legal.text('CompanyLegalForm'),
    endpoint: part.identifier('EndpointID'),
    address: address(part.at('PostalAddress')),
    contact: contact(part.at('Contact')),
  };
}

/** The number of the first registration for VAT, or for another tax. */
function taxNumber(part: Part, forVat: boolean): string | undefined {
  const found = part.all('PartyTaxScheme').find((scheme) => {
    const isVat = scheme.look('TaxScheme', 'ID')?.toUpperCase() === 'VAT';
    return isVat === forVat;
  });
  if (found?.look('CompanyID') !== undefined) found.text('TaxScheme', 'ID');
  return found?.text('CompanyID');
}

function address(part: Part): PostalAddress | undefined {
  if (!part.exists) return undefined;
  return {
    line1: part.text('StreetName'),
    line2: part.text('AdditionalStreetName'),
    line3: part.text('AddressLine', 'Line'),
    city: part.text('CityName'),
    postalCode: part.text('PostalZone'),
    region: part.text('CountrySubentity'),
    country: part.text('Country', 'IdentificationCode'),
  };
}

function contact(part: Part): ContactPoint | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('Name'),
    phone: part.text('Telephone'),
    email: part.text('ElectronicMail'),
  };
}

function payee(part: Part): Payee | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('PartyName', 'Name'),
    identifier: identifiers(part)[0],
    legalRegistration: part.identifier('PartyLegalEntity', 'CompanyID'),
  };
}

function taxRepresentative(part: Part): TaxRepresentative | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('PartyName', 'Name'),
    vatId: taxNumber(part, true),
    address: address(part.at('PostalAddress')),
  };
}

function delivery(part: Part): Delivery | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('DeliveryParty', 'PartyName', 'Name'),
    location: part.identifier('DeliveryLocation', 'ID'),
    date: part.text('ActualDeliveryDate'),
    address: address(part.at('DeliveryLocation', 'Address')),
  };
}

/** A period that holds only the code of the tax point is none; one that holds nothing is, for the rules to find. */
function period(part: Part): PeriodText | undefined {
  const [start, end] = [part.text('StartDate'), part.text('EndDate')];
  const isNone = !part.exists || part.at('DescriptionCode').exists;
  return start === undefined && end === undefined && isNone ? undefined : { start, end };
}

function paymentMeans(part: Part): PaymentMeans {
  const account = part.at('PayeeFinancialAccount');
  const card = part.at('CardAccount');
  const mandate = part.at('PaymentMandate');
  // What the schema of UBL asks for beyond the terms, filled in by whoever wrote the document (also by us).
  if (card.look('NetworkID') === 'NA') card.text('NetworkID');
  return {
    code: part.text('PaymentMeansCode'),
    text: part.at('PaymentMeansCode').attribute('name'),
    remittance: part.text('PaymentID'),
    transfers: account.exists
      ? [
          {
            account: account.text('ID'),
            accountName: account.text('Name'),
            bankId: account.text('FinancialInstitutionBranch', 'ID'),
          },
        ]
      : [],
    card: card.exists
      ? { number: card.text('PrimaryAccountNumberID'), holder: card.text('HolderName') }
      : undefined,
    directDebit: mandate.exists
      ? { mandate: mandate.text('ID'), account: mandate.text('PayerFinancialAccount', 'ID') }
      : undefined,
  };
}

function allowanceCharge(part: Part): AllowanceCharge {
  const { category, rate } = taxCategory(part.at('TaxCategory'));
  return {
    kind: isTrue(part.text('ChargeIndicator')) ? 'charge' : 'allowance',
    amount: part.amount('Amount'),
    base: part.amount('BaseAmount'),
    percent: part.text('MultiplierFactorNumeric'),
    vatCategory: category,
    vatRate: rate,
    reason: part.text('AllowanceChargeReason'),
    reasonCode: part.text('AllowanceChargeReasonCode'),
  };
}

function isTrue(indicator: string | undefined): boolean {
  return indicator === 'true' || indicator === '1';
}

/** Category and rate of VAT. A category of another tax is none of VAT, and told as not carried over. */
function taxCategory(part: Part): { category?: string | undefined; rate?: string | undefined } {
  const scheme = part.look('TaxScheme', 'ID');
  if (scheme !== undefined && scheme.toUpperCase() !== 'VAT') return {};
  part.text('TaxScheme', 'ID');
  return { category: part.text('ID'), rate: part.text('Percent') };
}

/**
 * Totals and the breakdown of VAT. A document in whose tax currency (BT-6) VAT is told too has a second TaxTotal, which is
 * found by its currency.
 */
function taxes(root: Part): Pick<EInvoice, 'totals' | 'vatAgain' | 'vat'> {
  const parts = root.all('TaxTotal');
  const currencyOf = (part: Part) => part.at('TaxAmount').attribute('currencyID');
  const [currency, taxCurrency] = [root.look('DocumentCurrencyCode'), root.look('TaxCurrencyCode')];
  const main =
    parts.find((part) => currencyOf(part) === currency && currency !== undefined) ??
    parts.find((part) => part.at('TaxSubtotal').exists) ??
    parts.find((part) => taxCurrency === undefined || currencyOf(part) !== taxCurrency);
  const second = parts.find(
    (part) => part !== main && taxCurrency !== undefined && currencyOf(part) === taxCurrency,
  );
  // A document with several breakdowns or several totals in one currency is wrong; the rules can say so when they see them.
  const others = parts.filter((part) => part !== main && part !== second);
  const vatAgain = others.flatMap((part) => amountAgain(part.at('TaxAmount')) ?? []);
  return {
    totals: totals(root.at('LegalMonetaryTotal'), main, second),
    ...(vatAgain.length === 0 ? {} : { vatAgain }),
    vat: [...(main === undefined ? [] : [main]), ...others]
      .flatMap((part) => part.all('TaxSubtotal'))
      .flatMap((part) => vatBreakdown(part) ?? []),
  };
}

/** An amount that has no place of its own: seen by the rules, and still told as not carried over. */
function amountAgain(part: Part): AmountText | undefined {
  const value = part.look();
  return value === undefined ? undefined : { value, currency: part.attribute('currencyID') };
}

function totals(part: Part, main: Part | undefined, second: Part | undefined): Totals | undefined {
  if (!part.exists && main === undefined) return undefined;
  return {
    lines: part.amount('LineExtensionAmount'),
    allowances: part.amount('AllowanceTotalAmount'),
    charges: part.amount('ChargeTotalAmount'),
    withoutVat: part.amount('TaxExclusiveAmount'),
    vat: main?.amount('TaxAmount'),
    vatInTaxCurrency: second?.amount('TaxAmount'),
    withVat: part.amount('TaxInclusiveAmount'),
    prepaid: part.amount('PrepaidAmount'),
    rounding: part.amount('PayableRoundingAmount'),
    due: part.amount('PayableAmount'),
  };
}

function vatBreakdown(part: Part): VatBreakdown | undefined {
  const categoryPart = part.at('TaxCategory');
  const { category, rate } = taxCategory(categoryPart);
  const isOtherTax = category === undefined && categoryPart.look('ID') !== undefined;
  if (isOtherTax) return undefined;
  return {
    taxable: part.amount('TaxableAmount'),
    tax: part.amount('TaxAmount'),
    category,
    rate,
    exemptionReason: categoryPart.text('TaxExemptionReason'),
    exemptionCode: categoryPart.text('TaxExemptionReasonCode'),
  };
}

function document(part: Part): AdditionalDocument {
  const file = part.at('Attachment', 'EmbeddedDocumentBinaryObject');
  const content = file.text();
  return {
    reference: part.text('ID'),
    description: part.text('DocumentDescription'),
    location: part.text('Attachment', 'ExternalReference', 'URI'),
    attachment:
      content === undefined
        ? undefined
        : { content, mime: file.attribute('mimeCode'), fileName: file.attribute('filename') },
  };
}

function line(part: Part): Line {
  const price = part.at('Price');
  const itemPart = part.at('Item');
  const { category, rate } = taxCategory(itemPart.at('ClassifiedTaxCategory'));
  const discount = price.all('AllowanceCharge').find((given) => !isTrue(given.look('ChargeIndicator')));
  discount?.text('ChargeIndicator');
  return {
    id: part.text('ID'),
    note: part.text('Note'),
    object: lineObject(part),
    quantity: part.quantity('InvoicedQuantity') ?? part.quantity('CreditedQuantity'),
    net: part.amount('LineExtensionAmount'),
    orderLine: part.text('OrderLineReference', 'LineID'),
    accountingReference: part.text('AccountingCost'),
    period: period(part.at('InvoicePeriod')),
    allowancesCharges: part.all('AllowanceCharge').map(allowanceCharge),
    netPrice: price.amount('PriceAmount'),
    priceDiscount: discount?.amount('Amount'),
    grossPrice: discount?.amount('BaseAmount'),
    priceBase: price.quantity('BaseQuantity'),
    vatCategory: category,
    vatRate: rate,
    item: item(itemPart),
  };
}

/** A reference without a type is read as the object; one that says neither its type nor its value is nothing. */
function lineObject(part: Part): Identifier | undefined {
  const found = part
    .all('DocumentReference')
    .find((reference) => [OBJECT_TYPE, undefined].includes(reference.look('DocumentTypeCode')));
  const type = found?.text('DocumentTypeCode');
  const id = found?.identifier('ID');
  return type === undefined && id?.value === '' ? undefined : id;
}

function item(part: Part): Item {
  return {
    name: part.text('Name'),
    description: part.text('Description'),
    sellerId: part.text('SellersItemIdentification', 'ID'),
    buyerId: part.text('BuyersItemIdentification', 'ID'),
    standardId: part.identifier('StandardItemIdentification', 'ID'),
    classes: part.all('CommodityClassification').flatMap((entry) => {
      const code = entry.at('ItemClassificationCode');
      const scheme = code.attribute('listID');
      const value = code.text() ?? (scheme === undefined ? undefined : '');
      if (value === undefined) return [];
      return [{ value, scheme, version: code.attribute('listVersionID') }];
    }),
    origin: part.text('OriginCountry', 'IdentificationCode'),
    attributes: part
      .all('AdditionalItemProperty')
      .map((entry) => ({ name: entry.text('Name'), value: entry.text('Value') })),
  };
}
