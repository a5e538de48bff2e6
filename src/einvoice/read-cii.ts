// UN/CEFACT Cross Industry Invoice (D16B to D22B) into the model, by the binding of EN 16931-3-3. One root serves for
// invoices and credit notes. ZUGFeRD 1.0, its elder, is read by giving its elements the names of today first.

import type { XmlNode } from '#formats/xml-part.ts';
import { dayFromCii, taxPointCodeFromCii } from './cii-codes.ts';
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
  VatBreakdown,
} from './model.ts';
import type { Part } from './part.ts';

/** UNTDID 1001 in AdditionalReferencedDocument: tender (BT-17), object invoiced (BT-18), supporting document (BG-24). */
const TENDER_TYPE = '50';
const OBJECT_TYPE = '130';
const SUPPORTING_TYPE = '916';
/** The schema asks for a name beside the identifier of a project; this is what the binding writes there. */
const PROJECT_NAME = 'Project reference';
/** UNCL 4461: SEPA direct debit and direct debit, the means a mandate belongs to. */
const DIRECT_DEBIT_CODES: readonly (string | undefined)[] = ['59', '49'];

/** The document below a root `CrossIndustryInvoice`. */
export function readCii(root: Part): EInvoice {
  const head = root.at('ExchangedDocument');
  const context = root.at('ExchangedDocumentContext');
  const transaction = root.at('SupplyChainTradeTransaction');
  const agreement = transaction.at('ApplicableHeaderTradeAgreement');
  const delivered = transaction.at('ApplicableHeaderTradeDelivery');
  const settlement = transaction.at('ApplicableHeaderTradeSettlement');
  const terms = settlement.at('SpecifiedTradePaymentTerms');
  const taxes = settlement.all('ApplicableTradeTax').filter(isVat);
  const taxPoint = sameOf(taxes, 'TaxPointDate', 'DateString');
  return {
    syntax: 'cii',
    number: head.text('ID'),
    issuedOn: day(head.at('IssueDateTime')),
    typeCode: head.text('TypeCode'),
    currency: settlement.text('InvoiceCurrencyCode'),
    taxCurrency: settlement.text('TaxCurrencyCode'),
    taxPointOn: dayFromCii(taxPoint?.text(), taxPoint?.attribute('format')),
    taxPointCode: taxPointCodeFromCii(sameOf(taxes, 'DueDateTypeCode')?.text()),
    dueOn: day(terms.at('DueDateDateTime')),
    ...references(agreement),
    receivingAdvice: delivered.text('ReceivingAdviceReferencedDocument', 'IssuerAssignedID'),
    despatchAdvice: delivered.text('DespatchAdviceReferencedDocument', 'IssuerAssignedID'),
    accountingReference: settlement.text('ReceivableSpecifiedTradeAccountingAccount', 'ID'),
    paymentTerms: terms.text('Description'),
    notes: head.all('IncludedNote').map((note) => ({
      subject: note.text('SubjectCode'),
      text: note.text('Content'),
    })),
    process: context.text('BusinessProcessSpecifiedDocumentContextParameter', 'ID'),
    specification: context.text('GuidelineSpecifiedDocumentContextParameter', 'ID'),
    preceding: settlement.all('InvoiceReferencedDocument').map((reference) => ({
      number: reference.text('IssuerAssignedID'),
      issuedOn: day(reference.at('FormattedIssueDateTime')),
    })),
    seller: party(agreement.at('SellerTradeParty')),
    buyer: party(agreement.at('BuyerTradeParty')),
    payee: payee(settlement.at('PayeeTradeParty')),
    taxRepresentative: taxRepresentative(agreement.at('SellerTaxRepresentativeTradeParty')),
    delivery: delivery(delivered),
    period: period(settlement.at('BillingSpecifiedPeriod')),
    paymentMeans: paymentMeans(settlement, terms),
    creditorId: settlement.text('CreditorReferenceID'),
    allowancesCharges: settlement.all('SpecifiedTradeAllowanceCharge').map(allowanceCharge),
    ...totals(settlement.at('SpecifiedTradeSettlementHeaderMonetarySummation'), settlement),
    vat: taxes.map(vatBreakdown),
    lines: transaction.all('IncludedSupplyChainTradeLineItem').map(line),
  };
}

/** A term of the document that CII writes into each category of VAT; one that says otherwise than the first is told. */
function sameOf(parts: readonly Part[], ...path: readonly string[]): Part | undefined {
  const found = parts.map((part) => part.at(...path)).filter((part) => part.exists);
  const [first] = found;
  for (const part of found) if (part.look() === first?.look()) part.text();
  return first;
}

function isVat(tax: Part): boolean {
  return (tax.look('TypeCode') ?? 'VAT') === 'VAT';
}

function day(part: Part): string | undefined {
  const found = ['DateTimeString', 'DateString', 'DateTime']
    .map((name) => part.at(name))
    .find((text) => text.exists);
  return dayFromCii(found?.text(), found?.attribute('format'));
}

type References = Pick<
  EInvoice,
  | 'buyerReference'
  | 'project'
  | 'contract'
  | 'purchaseOrder'
  | 'salesOrder'
  | 'tender'
  | 'object'
  | 'documents'
>;

function references(agreement: Part): References {
  const project = agreement.at('SpecifiedProcuringProject');
  const projectId = project.text('ID');
  if ([PROJECT_NAME, projectId].includes(project.look('Name'))) project.text('Name');
  const others = agreement.all('AdditionalReferencedDocument');
  const tender = others.find((part) => part.look('TypeCode') === TENDER_TYPE);
  const object = others.find((part) => part.look('TypeCode') === OBJECT_TYPE);
  tender?.text('TypeCode');
  return {
    buyerReference: agreement.text('BuyerReference'),
    project: projectId,
    contract: agreement.text('ContractReferencedDocument', 'IssuerAssignedID'),
    purchaseOrder: agreement.text('BuyerOrderReferencedDocument', 'IssuerAssignedID'),
    salesOrder: agreement.text('SellerOrderReferencedDocument', 'IssuerAssignedID'),
    tender: tender?.text('IssuerAssignedID'),
    object: object === undefined ? undefined : objectReference(object),
    documents: others.filter((part) => part !== tender && part !== object).map(document),
  };
}

function objectReference(part: Part): Identifier | undefined {
  part.text('TypeCode');
  const value = part.text('IssuerAssignedID');
  return value === undefined ? undefined : { value, scheme: part.text('ReferenceTypeCode') };
}

function document(part: Part): AdditionalDocument {
  if (part.look('TypeCode') === SUPPORTING_TYPE) part.text('TypeCode');
  const file = part.at('AttachmentBinaryObject');
  const content = file.text();
  return {
    reference: part.text('IssuerAssignedID'),
    description: part.text('Name'),
    location: part.text('URIID'),
    attachment:
      content === undefined
        ? undefined
        : { content, mime: file.attribute('mimeCode'), fileName: file.attribute('filename') },
  };
}

/** Identifiers of a scheme stand in `GlobalID`, others in `ID`. */
function identifiers(part: Part): Identifier[] {
  return [...part.all('ID'), ...part.all('GlobalID')].flatMap((id) => id.identifier() ?? []);
}

function party(part: Part): Party | undefined {
  if (!part.exists) return undefined;
  const legal = part.at('SpecifiedLegalOrganization');
  return {
    name: part.text('Name'),
    tradingName: legal.text('TradingBusinessName'),
    identifiers: identifiers(part),
    legalRegistration: legal.identifier('ID'),
    vatId: taxNumber(part, 'VA'),
    taxRegistration: taxNumber(part, 'FC'),
    legalInformation: part.text('Description'),
    endpoint: part.identifier('URIUniversalCommunication', 'URIID'),
    address: address(part.at('PostalTradeAddress')),
    contact: contact(part.at('DefinedTradeContact')),
  };
}

/** `VA` is the number for VAT, `FC` the number at the tax office (UNTDID 1153). */
function taxNumber(part: Part, scheme: 'VA' | 'FC'): string | undefined {
  const found = part
    .all('SpecifiedTaxRegistration')
    .find((registration) => registration.at('ID').attribute('schemeID') === scheme);
  return found?.identifier('ID')?.value;
}

function address(part: Part): PostalAddress | undefined {
  if (!part.exists) return undefined;
  return {
    line1: part.text('LineOne'),
    line2: part.text('LineTwo'),
    line3: part.text('LineThree'),
    city: part.text('CityName'),
    postalCode: part.text('PostcodeCode'),
    region: part.text('CountrySubDivisionName'),
    country: part.text('CountryID'),
  };
}

function contact(part: Part): ContactPoint | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('PersonName') ?? part.text('DepartmentName'),
    phone: part.text('TelephoneUniversalCommunication', 'CompleteNumber'),
    email: part.text('EmailURIUniversalCommunication', 'URIID'),
  };
}

function payee(part: Part): Payee | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('Name'),
    identifier: part.identifier('GlobalID') ?? part.identifier('ID'),
    legalRegistration: part.identifier('SpecifiedLegalOrganization', 'ID'),
  };
}

function taxRepresentative(part: Part): TaxRepresentative | undefined {
  if (!part.exists) return undefined;
  return {
    name: part.text('Name'),
    vatId: taxNumber(part, 'VA'),
    address: address(part.at('PostalTradeAddress')),
  };
}

/** CII has the element always; there is a delivery only where something is said of it. */
function delivery(part: Part): Delivery | undefined {
  const to = part.at('ShipToTradeParty');
  const event = part.at('ActualDeliverySupplyChainEvent');
  if (!to.exists && !event.exists) return undefined;
  return {
    name: to.text('Name'),
    location: to.identifier('GlobalID') ?? to.identifier('ID'),
    date: day(event.at('OccurrenceDateTime')),
    address: address(to.at('PostalTradeAddress')),
  };
}

function period(part: Part): PeriodText | undefined {
  const [start, end] = [day(part.at('StartDateTime')), day(part.at('EndDateTime'))];
  return start === undefined && end === undefined ? undefined : { start, end };
}

/** What to quote and the mandate stand once in the document; the model has them with the means they belong to. */
function paymentMeans(settlement: Part, terms: Part): PaymentMeans[] {
  const remittance = settlement.text('PaymentReference');
  const mandate = terms.text('DirectDebitMandateID');
  const means = settlement.all('SpecifiedTradeSettlementPaymentMeans').map((part) => {
    const account = part.text('PayerPartyDebtorFinancialAccount', 'IBANID');
    return { ...meansOf(part), remittance, directDebit: account === undefined ? undefined : { account } };
  });
  if (mandate === undefined) {
    return means.length === 0 && remittance !== undefined ? [{ remittance, transfers: [] }] : means;
  }
  const debit =
    means.find((one) => one.directDebit !== undefined) ??
    means.find((one) => DIRECT_DEBIT_CODES.includes(one.code)) ??
    means[0];
  if (debit === undefined) return [{ remittance, transfers: [], directDebit: { mandate } }];
  return means.map((one) =>
    one === debit ? { ...one, directDebit: { mandate, account: one.directDebit?.account } } : one,
  );
}

function meansOf(part: Part): PaymentMeans {
  const account = part.at('PayeePartyCreditorFinancialAccount');
  const bank = part.at('PayeeSpecifiedCreditorFinancialInstitution');
  const card = part.at('ApplicableTradeSettlementFinancialCard');
  return {
    code: part.text('TypeCode'),
    text: part.text('Information'),
    transfers:
      account.exists || bank.exists
        ? [
            {
              account: account.text('IBANID') ?? account.text('ProprietaryID'),
              accountName: account.text('AccountName'),
              bankId: bank.text('BICID'),
            },
          ]
        : [],
    card: card.exists ? { number: card.text('ID'), holder: card.text('CardholderName') } : undefined,
  };
}

function allowanceCharge(part: Part): AllowanceCharge {
  const tax = part.at('CategoryTradeTax');
  const category = isVat(tax) ? taxCategory(tax) : {};
  return {
    kind: isCharge(part) ? 'charge' : 'allowance',
    amount: part.amount('ActualAmount'),
    base: part.amount('BasisAmount'),
    percent: part.text('CalculationPercent'),
    vatCategory: category.category,
    vatRate: category.rate,
    reason: part.text('Reason'),
    reasonCode: part.text('ReasonCode'),
  };
}

function isCharge(part: Part): boolean {
  return ['true', '1'].includes(part.text('ChargeIndicator', 'Indicator') ?? '');
}

function taxCategory(tax: Part): { category?: string | undefined; rate?: string | undefined } {
  tax.text('TypeCode');
  return { category: tax.text('CategoryCode'), rate: tax.text('RateApplicablePercent') };
}

/** VAT in the tax currency (BT-111) is the amount of that currency beside the one of the document. */
function vatTotals(part: Part, settlement: Part): { main?: Part; second?: Part; others: readonly Part[] } {
  const amounts = part.all('TaxTotalAmount');
  const currency = settlement.look('InvoiceCurrencyCode');
  const taxCurrency = settlement.look('TaxCurrencyCode');
  const main =
    amounts.find((amount) => amount.attribute('currencyID') === currency) ??
    amounts.find((amount) => taxCurrency === undefined || amount.attribute('currencyID') !== taxCurrency);
  const second = amounts.find(
    (amount) =>
      amount !== main && taxCurrency !== undefined && amount.attribute('currencyID') === taxCurrency,
  );
  const others = amounts.filter((amount) => amount !== main && amount !== second);
  return { ...(main && { main }), ...(second && { second }), others };
}

function totals(part: Part, settlement: Part): Pick<EInvoice, 'totals' | 'vatAgain'> {
  if (!part.exists) return {};
  const { main, second, others } = vatTotals(part, settlement);
  // Totals that have no place of their own are seen by the rules, and still told as not carried over.
  const vatAgain = others.flatMap((amount): AmountText[] => {
    const value = amount.look();
    return value === undefined ? [] : [{ value, currency: amount.attribute('currencyID') }];
  });
  return {
    totals: {
      lines: part.amount('LineTotalAmount'),
      allowances: part.amount('AllowanceTotalAmount'),
      charges: part.amount('ChargeTotalAmount'),
      withoutVat: part.amount('TaxBasisTotalAmount'),
      vat: main?.amount(),
      vatInTaxCurrency: second?.amount(),
      withVat: part.amount('GrandTotalAmount'),
      prepaid: part.amount('TotalPrepaidAmount'),
      rounding: part.amount('RoundingAmount'),
      due: part.amount('DuePayableAmount'),
    },
    ...(vatAgain.length > 0 && { vatAgain }),
  };
}

function vatBreakdown(part: Part): VatBreakdown {
  const { category, rate } = taxCategory(part);
  return {
    taxable: part.amount('BasisAmount'),
    tax: part.amount('CalculatedAmount'),
    category,
    rate,
    exemptionReason: part.text('ExemptionReason'),
    exemptionCode: part.text('ExemptionReasonCode'),
  };
}

function line(part: Part): Line {
  const agreement = part.at('SpecifiedLineTradeAgreement');
  const settlement = part.at('SpecifiedLineTradeSettlement');
  const about = part.at('AssociatedDocumentLineDocument');
  const net = agreement.at('NetPriceProductTradePrice');
  const gross = agreement.at('GrossPriceProductTradePrice');
  const discount = gross.at('AppliedTradeAllowanceCharge');
  if (discount.exists && discount.look('ChargeIndicator', 'Indicator') !== 'true') isCharge(discount);
  const tax = settlement.all('ApplicableTradeTax').find(isVat);
  const category = tax === undefined ? {} : taxCategory(tax);
  const object = settlement
    .all('AdditionalReferencedDocument')
    .find((reference) => reference.look('TypeCode') === OBJECT_TYPE);
  return {
    id: about.text('LineID'),
    note: about.text('IncludedNote', 'Content'),
    object: object === undefined ? undefined : objectReference(object),
    quantity: part.at('SpecifiedLineTradeDelivery').quantity('BilledQuantity'),
    net: settlement.amount('SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount'),
    orderLine: agreement.text('BuyerOrderReferencedDocument', 'LineID'),
    accountingReference: settlement.text('ReceivableSpecifiedTradeAccountingAccount', 'ID'),
    period: period(settlement.at('BillingSpecifiedPeriod')),
    allowancesCharges: settlement.all('SpecifiedTradeAllowanceCharge').map(allowanceCharge),
    netPrice: net.amount('ChargeAmount'),
    priceDiscount: discount.amount('ActualAmount'),
    grossPrice: gross.amount('ChargeAmount'),
    priceBase: priceBase(net, gross),
    vatCategory: category.category,
    vatRate: category.rate,
    item: item(part.at('SpecifiedTradeProduct')),
  };
}

/** The quantity a price is for stands with the net price, the gross price, or both. */
function priceBase(net: Part, gross: Part): Line['priceBase'] {
  const ofNet = net.quantity('BasisQuantity');
  if (ofNet === undefined) return gross.quantity('BasisQuantity');
  if (gross.look('BasisQuantity') === ofNet.value) gross.quantity('BasisQuantity');
  return ofNet;
}

function item(part: Part): Item {
  return {
    name: part.text('Name'),
    description: part.text('Description'),
    sellerId: part.text('SellerAssignedID'),
    buyerId: part.text('BuyerAssignedID'),
    standardId: part.identifier('GlobalID'),
    classes: part.all('DesignatedProductClassification').flatMap((entry) => {
      const code = entry.at('ClassCode');
      const value = code.text();
      if (value === undefined) return [];
      return [{ value, scheme: code.attribute('listID'), version: code.attribute('listVersionID') }];
    }),
    origin: part.text('OriginTradeCountry', 'ID'),
    attributes: part
      .all('ApplicableProductCharacteristic')
      .map((entry) => ({ name: entry.text('Description'), value: entry.text('Value') })),
  };
}

/** Names of ZUGFeRD 1.0 that are called otherwise today. */
const ZUGFERD_1_NAMES: Readonly<Record<string, string>> = {
  SpecifiedExchangedDocumentContext: 'ExchangedDocumentContext',
  HeaderExchangedDocument: 'ExchangedDocument',
  SpecifiedSupplyChainTradeTransaction: 'SupplyChainTradeTransaction',
  ApplicableSupplyChainTradeAgreement: 'ApplicableHeaderTradeAgreement',
  ApplicableSupplyChainTradeDelivery: 'ApplicableHeaderTradeDelivery',
  ApplicableSupplyChainTradeSettlement: 'ApplicableHeaderTradeSettlement',
  SpecifiedSupplyChainTradeAgreement: 'SpecifiedLineTradeAgreement',
  SpecifiedSupplyChainTradeDelivery: 'SpecifiedLineTradeDelivery',
  SpecifiedSupplyChainTradeSettlement: 'SpecifiedLineTradeSettlement',
  ApplicablePercent: 'RateApplicablePercent',
};

/** A document of ZUGFeRD 1.0 with its elements named as today. */
export function withNamesOfToday(node: XmlNode, parent?: XmlNode): XmlNode {
  const name = nameOfToday(node.name, parent?.name);
  return { ...node, name, children: node.children.map((child) => withNamesOfToday(child, node)) };
}

function nameOfToday(name: string, parent = ''): string {
  if (name === 'ID' && parent.endsWith('ReferencedDocument')) return 'IssuerAssignedID';
  if (name === 'SpecifiedTradeSettlementMonetarySummation') {
    const place = parent === 'ApplicableSupplyChainTradeSettlement' ? 'Header' : 'Line';
    return `SpecifiedTradeSettlement${place}MonetarySummation`;
  }
  return Object.hasOwn(ZUGFERD_1_NAMES, name) ? (ZUGFERD_1_NAMES[name] ?? name) : name;
}
