// The model as UN/CEFACT Cross Industry Invoice, by the binding of EN 16931-3-3: XRechnung in CII, Factur-X and ZUGFeRD 2.
// Elements come in the order of the schema; texts, amounts and quantities exactly as the model has them.

import { XmlWriter } from '#formats/xml-writer.ts';
import { dayForCii, taxPointCodeForCii } from './cii-codes.ts';
import type {
  AdditionalDocument,
  AllowanceCharge,
  AmountText,
  ContactPoint,
  EInvoice,
  Identifier,
  Item,
  Line,
  Party,
  Payee,
  PaymentMeans,
  PeriodText,
  PostalAddress,
  QuantityText,
  TaxRepresentative,
  VatBreakdown,
} from './model.ts';
import { termsText } from './write-ubl.ts';

const NAMESPACE = 'urn:un:unece:uncefact:data:standard';

/** Writes the document. */
export function writeCii(invoice: EInvoice): string {
  const writer = new CiiWriter(invoice);
  writer.xml.element('rsm:CrossIndustryInvoice', () => writer.document(), {
    'xmlns:rsm': `${NAMESPACE}:CrossIndustryInvoice:100`,
    'xmlns:qdt': `${NAMESPACE}:QualifiedDataType:100`,
    'xmlns:ram': `${NAMESPACE}:ReusableAggregateBusinessInformationEntity:100`,
    'xmlns:udt': `${NAMESPACE}:UnqualifiedDataType:100`,
  });
  return writer.xml.text();
}

class CiiWriter {
  readonly xml = new XmlWriter();
  readonly #invoice: EInvoice;

  constructor(invoice: EInvoice) {
    this.#invoice = invoice;
  }

  document(): void {
    this.xml.element('rsm:ExchangedDocumentContext', () => this.#context());
    this.xml.element('rsm:ExchangedDocument', () => this.#head());
    this.xml.element('rsm:SupplyChainTradeTransaction', () => {
      for (const line of this.#invoice.lines) {
        this.xml.element('ram:IncludedSupplyChainTradeLineItem', () => this.#line(line));
      }
      this.xml.element('ram:ApplicableHeaderTradeAgreement', () => this.#agreement());
      this.xml.element('ram:ApplicableHeaderTradeDelivery', () => this.#delivery());
      this.xml.element('ram:ApplicableHeaderTradeSettlement', () => this.#settlement());
    });
  }

  #context(): void {
    const { process, specification } = this.#invoice;
    this.#group('BusinessProcessSpecifiedDocumentContextParameter', () => this.#text('ID', process));
    this.#group('GuidelineSpecifiedDocumentContextParameter', () => this.#text('ID', specification));
  }

  #head(): void {
    const { number, typeCode, issuedOn, notes } = this.#invoice;
    this.#text('ID', number);
    this.#text('TypeCode', typeCode);
    this.#day('IssueDateTime', issuedOn);
    for (const { subject, text } of notes) {
      this.#group('IncludedNote', () => {
        this.#text('Content', text);
        this.#text('SubjectCode', subject);
      });
    }
  }

  #agreement(): void {
    const invoice = this.#invoice;
    this.#text('BuyerReference', invoice.buyerReference);
    this.#party('SellerTradeParty', invoice.seller);
    this.#party('BuyerTradeParty', invoice.buyer);
    this.#taxRepresentative(invoice.taxRepresentative);
    this.#reference('SellerOrderReferencedDocument', invoice.salesOrder);
    this.#reference('BuyerOrderReferencedDocument', invoice.purchaseOrder);
    this.#reference('ContractReferencedDocument', invoice.contract);
    for (const document of invoice.documents) this.#additionalDocument(document);
    if (invoice.tender !== undefined) {
      this.#group('AdditionalReferencedDocument', () => {
        this.#text('IssuerAssignedID', invoice.tender);
        this.#text('TypeCode', '50');
      });
    }
    this.#object(invoice.object);
    if (invoice.project !== undefined) {
      this.#group('SpecifiedProcuringProject', () => {
        this.#text('ID', invoice.project);
        this.#text('Name', 'Project reference');
      });
    }
  }

  #object(object: Identifier | undefined): void {
    if (object === undefined) return;
    this.#group('AdditionalReferencedDocument', () => {
      this.#text('IssuerAssignedID', object.value);
      this.#text('TypeCode', '130');
      this.#text('ReferenceTypeCode', object.scheme);
    });
  }

  #additionalDocument({ reference, description, location, attachment }: AdditionalDocument): void {
    this.#group('AdditionalReferencedDocument', () => {
      this.#text('IssuerAssignedID', reference);
      this.#text('URIID', location);
      this.#text('TypeCode', '916');
      this.#text('Name', description);
      this.xml.leaf('ram:AttachmentBinaryObject', attachment?.content, {
        mimeCode: attachment?.mime,
        filename: attachment?.fileName,
      });
    });
  }

  #party(name: string, party: Party | undefined): void {
    this.#group(name, () => {
      this.#identifiers(party?.identifiers ?? []);
      this.#text('Name', party?.name);
      this.#text('Description', party?.legalInformation);
      this.#group('SpecifiedLegalOrganization', () => {
        this.#identifier('ID', party?.legalRegistration);
        this.#text('TradingBusinessName', party?.tradingName);
      });
      this.#contact(party?.contact);
      this.#address(party?.address);
      this.#group('URIUniversalCommunication', () => this.#identifier('URIID', party?.endpoint));
      this.#taxRegistration(party?.vatId, 'VA');
      this.#taxRegistration(party?.taxRegistration, 'FC');
    });
  }

  /** Identifiers without a scheme stand first, as `ID`; those of a scheme follow as `GlobalID`. */
  #identifiers(identifiers: readonly Identifier[]): void {
    for (const one of identifiers) if (one.scheme === undefined) this.#identifier('ID', one);
    for (const one of identifiers) if (one.scheme !== undefined) this.#identifier('GlobalID', one);
  }

  #contact(contact: ContactPoint | undefined): void {
    this.#group('DefinedTradeContact', () => {
      this.#text('PersonName', contact?.name);
      this.#group('TelephoneUniversalCommunication', () => this.#text('CompleteNumber', contact?.phone));
      this.#group('EmailURIUniversalCommunication', () => this.#text('URIID', contact?.email));
    });
  }

  #address(address: PostalAddress | undefined): void {
    this.#group('PostalTradeAddress', () => {
      this.#text('PostcodeCode', address?.postalCode);
      this.#text('LineOne', address?.line1);
      this.#text('LineTwo', address?.line2);
      this.#text('LineThree', address?.line3);
      this.#text('CityName', address?.city);
      this.#text('CountryID', address?.country);
      this.#text('CountrySubDivisionName', address?.region);
    });
  }

  #taxRegistration(number: string | undefined, schemeID: string): void {
    this.#group('SpecifiedTaxRegistration', () => this.xml.leaf('ram:ID', number, { schemeID }));
  }

  #taxRepresentative(representative: TaxRepresentative | undefined): void {
    this.#group('SellerTaxRepresentativeTradeParty', () => {
      this.#text('Name', representative?.name);
      this.#address(representative?.address);
      this.#taxRegistration(representative?.vatId, 'VA');
    });
  }

  #delivery(): void {
    const { delivery, despatchAdvice, receivingAdvice } = this.#invoice;
    this.#group('ShipToTradeParty', () => {
      if (delivery?.location !== undefined) this.#identifiers([delivery.location]);
      this.#text('Name', delivery?.name);
      this.#address(delivery?.address);
    });
    this.#group('ActualDeliverySupplyChainEvent', () => this.#day('OccurrenceDateTime', delivery?.date));
    this.#reference('DespatchAdviceReferencedDocument', despatchAdvice);
    this.#reference('ReceivingAdviceReferencedDocument', receivingAdvice);
  }

  #settlement(): void {
    const invoice = this.#invoice;
    const means = invoice.paymentMeans;
    this.#text('CreditorReferenceID', invoice.creditorId);
    this.#text('PaymentReference', means.map(({ remittance }) => remittance).find(Boolean));
    this.#text('TaxCurrencyCode', invoice.taxCurrency);
    this.#text('InvoiceCurrencyCode', invoice.currency);
    this.#payee(invoice.payee);
    for (const one of means) this.#paymentMeans(one);
    for (const one of invoice.vat) this.#vatBreakdown(one);
    this.#period(invoice.period);
    for (const one of invoice.allowancesCharges) this.#allowanceCharge(one);
    this.#group('SpecifiedTradePaymentTerms', () => {
      this.#text('Description', termsText(invoice.paymentTerms));
      this.#day('DueDateDateTime', invoice.dueOn);
      const mandate = means.map(({ directDebit }) => directDebit?.mandate).find(Boolean);
      this.#text('DirectDebitMandateID', mandate);
    });
    this.#totals();
    for (const { number, issuedOn } of invoice.preceding) {
      this.#group('InvoiceReferencedDocument', () => {
        this.#text('IssuerAssignedID', number);
        this.#day('FormattedIssueDateTime', issuedOn, 'qdt:DateTimeString');
      });
    }
    this.#group('ReceivableSpecifiedTradeAccountingAccount', () =>
      this.#text('ID', invoice.accountingReference),
    );
  }

  #payee(payee: Payee | undefined): void {
    this.#group('PayeeTradeParty', () => {
      if (payee?.identifier !== undefined) this.#identifiers([payee.identifier]);
      this.#text('Name', payee?.name);
      this.#group('SpecifiedLegalOrganization', () => this.#identifier('ID', payee?.legalRegistration));
    });
  }

  /** CII has room for one account in each means of payment; further accounts repeat the means. */
  #paymentMeans(means: PaymentMeans): void {
    const transfers = means.transfers.length > 0 ? means.transfers : [undefined];
    for (const transfer of transfers) {
      this.#group('SpecifiedTradeSettlementPaymentMeans', () => {
        this.#text('TypeCode', means.code);
        this.#text('Information', means.text);
        this.#group('ApplicableTradeSettlementFinancialCard', () => {
          this.#text('ID', means.card?.number);
          this.#text('CardholderName', means.card?.holder);
        });
        this.#group('PayerPartyDebtorFinancialAccount', () =>
          this.#text('IBANID', means.directDebit?.account),
        );
        this.#group('PayeePartyCreditorFinancialAccount', () => {
          const isIban = transfer?.account !== undefined && /^[A-Z]{2}\d{2}/.test(transfer.account);
          if (isIban) this.#text('IBANID', transfer.account);
          this.#text('AccountName', transfer?.accountName);
          if (!isIban) this.#text('ProprietaryID', transfer?.account);
        });
        this.#group('PayeeSpecifiedCreditorFinancialInstitution', () =>
          this.#text('BICID', transfer?.bankId),
        );
      });
    }
  }

  #vatBreakdown(one: VatBreakdown): void {
    const { taxPointOn, taxPointCode } = this.#invoice;
    this.#group('ApplicableTradeTax', () => {
      this.#amount('CalculatedAmount', one.tax);
      this.#text('TypeCode', 'VAT');
      this.#text('ExemptionReason', one.exemptionReason);
      this.#amount('BasisAmount', one.taxable);
      this.#text('CategoryCode', one.category);
      this.#text('ExemptionReasonCode', one.exemptionCode);
      this.#day('TaxPointDate', taxPointOn, 'udt:DateString');
      this.#text('DueDateTypeCode', taxPointCodeForCii(taxPointCode));
      this.#text('RateApplicablePercent', one.rate);
    });
  }

  #allowanceCharge(one: AllowanceCharge): void {
    this.#group('SpecifiedTradeAllowanceCharge', () => {
      this.#indicator(one.kind === 'charge');
      this.#text('CalculationPercent', one.percent);
      this.#amount('BasisAmount', one.base);
      this.#amount('ActualAmount', one.amount);
      this.#text('ReasonCode', one.reasonCode);
      this.#text('Reason', one.reason);
      this.#tax('CategoryTradeTax', one.vatCategory, one.vatRate);
    });
  }

  #indicator(isCharge: boolean): void {
    this.#group('ChargeIndicator', () => this.xml.leaf('udt:Indicator', String(isCharge)));
  }

  #tax(name: string, category: string | undefined, rate: string | undefined): void {
    if (category === undefined && rate === undefined) return;
    this.#group(name, () => {
      this.#text('TypeCode', 'VAT');
      this.#text('CategoryCode', category);
      this.#text('RateApplicablePercent', rate);
    });
  }

  #totals(): void {
    const { totals, currency, taxCurrency } = this.#invoice;
    this.#group('SpecifiedTradeSettlementHeaderMonetarySummation', () => {
      this.#amount('LineTotalAmount', totals?.lines);
      this.#amount('ChargeTotalAmount', totals?.charges);
      this.#amount('AllowanceTotalAmount', totals?.allowances);
      this.#amount('TaxBasisTotalAmount', totals?.withoutVat);
      this.#taxTotal(totals?.vat, currency);
      this.#taxTotal(totals?.vatInTaxCurrency, taxCurrency);
      this.#amount('RoundingAmount', totals?.rounding);
      this.#amount('GrandTotalAmount', totals?.withVat);
      this.#amount('TotalPrepaidAmount', totals?.prepaid);
      this.#amount('DuePayableAmount', totals?.due);
    });
  }

  /** The one amount whose currency CII always names, because there can be two. */
  #taxTotal(amount: AmountText | undefined, currency: string | undefined): void {
    this.xml.leaf('ram:TaxTotalAmount', amount?.value, { currencyID: amount?.currency ?? currency });
  }

  #line(line: Line): void {
    this.#group('AssociatedDocumentLineDocument', () => {
      this.#text('LineID', line.id);
      this.#group('IncludedNote', () => this.#text('Content', line.note));
    });
    this.#group('SpecifiedTradeProduct', () => this.#item(line.item));
    this.#group('SpecifiedLineTradeAgreement', () => this.#prices(line));
    this.#group('SpecifiedLineTradeDelivery', () => this.#quantity('BilledQuantity', line.quantity));
    this.#group('SpecifiedLineTradeSettlement', () => {
      this.#tax('ApplicableTradeTax', line.vatCategory, line.vatRate);
      this.#period(line.period);
      for (const one of line.allowancesCharges) this.#allowanceCharge(one);
      this.#group('SpecifiedTradeSettlementLineMonetarySummation', () =>
        this.#amount('LineTotalAmount', line.net),
      );
      this.#object(line.object);
      this.#group('ReceivableSpecifiedTradeAccountingAccount', () =>
        this.#text('ID', line.accountingReference),
      );
    });
  }

  #item(item: Item): void {
    this.#identifier('GlobalID', item.standardId);
    this.#text('SellerAssignedID', item.sellerId);
    this.#text('BuyerAssignedID', item.buyerId);
    this.#text('Name', item.name);
    this.#text('Description', item.description);
    for (const { name, value } of item.attributes) {
      this.#group('ApplicableProductCharacteristic', () => {
        this.#text('Description', name);
        this.#text('Value', value);
      });
    }
    for (const { value, scheme, version } of item.classes) {
      this.#group('DesignatedProductClassification', () =>
        this.xml.leaf('ram:ClassCode', value, { listID: scheme, listVersionID: version }),
      );
    }
    this.#group('OriginTradeCountry', () => this.#text('ID', item.origin));
  }

  #prices({ orderLine, grossPrice, priceDiscount, netPrice, priceBase }: Line): void {
    this.#group('BuyerOrderReferencedDocument', () => this.#text('LineID', orderLine));
    const hasGross = grossPrice !== undefined || priceDiscount !== undefined;
    if (hasGross) {
      this.#group('GrossPriceProductTradePrice', () => {
        this.#amount('ChargeAmount', grossPrice);
        this.#quantity('BasisQuantity', priceBase);
        if (priceDiscount === undefined) return;
        this.#group('AppliedTradeAllowanceCharge', () => {
          this.#indicator(false);
          this.#amount('ActualAmount', priceDiscount);
        });
      });
    }
    this.#group('NetPriceProductTradePrice', () => {
      this.#amount('ChargeAmount', netPrice);
      this.#quantity('BasisQuantity', priceBase);
    });
  }

  #period(period: PeriodText | undefined): void {
    this.#group('BillingSpecifiedPeriod', () => {
      this.#day('StartDateTime', period?.start);
      this.#day('EndDateTime', period?.end);
    });
  }

  #reference(name: string, number: string | undefined): void {
    this.#group(name, () => this.#text('IssuerAssignedID', number));
  }

  #day(name: string, day: string | undefined, inner = 'udt:DateTimeString'): void {
    const text = day === undefined ? undefined : dayForCii(day);
    this.#group(name, () => this.xml.leaf(inner, text, { format: '102' }));
  }

  #group(name: string, inside: () => void): void {
    this.xml.group(`ram:${name}`, inside);
  }

  #text(name: string, text: string | undefined): void {
    this.xml.leaf(`ram:${name}`, text);
  }

  #identifier(name: string, identifier: Identifier | undefined): void {
    this.xml.leaf(`ram:${name}`, identifier?.value, { schemeID: identifier?.scheme });
  }

  /** Amounts of CII are in the currency of the document and do not name it; one that is in another does. */
  #amount(name: string, amount: AmountText | undefined): void {
    const currencyID = amount?.currency === this.#invoice.currency ? undefined : amount?.currency;
    this.xml.leaf(`ram:${name}`, amount?.value, { currencyID });
  }

  #quantity(name: string, quantity: QuantityText | undefined): void {
    this.xml.leaf(`ram:${name}`, quantity?.value, { unitCode: quantity?.unit });
  }
}
