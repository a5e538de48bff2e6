// The model as UBL 2.1 Invoice or CreditNote, by the binding of EN 16931-3-2. Elements come in the order of the schema;
// texts, amounts and quantities exactly as the model has them: nothing is rounded and nothing is made up.

import { XmlWriter } from '#formats/xml-writer.ts';
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
  QuantityText,
  TaxRepresentative,
  VatBreakdown,
} from './model.ts';

const NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd';

/** Writes the document with the root that `isCreditNote` says. */
export function writeUbl(invoice: EInvoice, isCreditNote: boolean): string {
  const root = isCreditNote ? 'CreditNote' : 'Invoice';
  const writer = new UblWriter(invoice, isCreditNote);
  writer.xml.element(root, () => writer.document(), {
    xmlns: `${NAMESPACE}:${root}-2`,
    'xmlns:cac': `${NAMESPACE}:CommonAggregateComponents-2`,
    'xmlns:cbc': `${NAMESPACE}:CommonBasicComponents-2`,
  });
  return writer.xml.text();
}

class UblWriter {
  readonly xml = new XmlWriter();
  readonly #invoice: EInvoice;
  readonly #isCreditNote: boolean;

  constructor(invoice: EInvoice, isCreditNote: boolean) {
    this.#invoice = invoice;
    this.#isCreditNote = isCreditNote;
  }

  document(): void {
    this.#head();
    this.#references();
    this.#parties();
    this.#delivery(this.#invoice.delivery);
    for (const means of this.#invoice.paymentMeans) this.#paymentMeans(means);
    this.#group('PaymentTerms', () => this.#text('Note', termsText(this.#invoice.paymentTerms)));
    for (const one of this.#invoice.allowancesCharges) this.#allowanceCharge(one);
    this.#taxes();
    this.#totals();
    const name = this.#isCreditNote ? 'CreditNoteLine' : 'InvoiceLine';
    for (const line of this.#invoice.lines) this.xml.element(`cac:${name}`, () => this.#line(line));
  }

  #head(): void {
    const invoice = this.#invoice;
    this.#text('CustomizationID', invoice.specification);
    this.#text('ProfileID', invoice.process);
    this.#text('ID', invoice.number);
    this.#text('IssueDate', invoice.issuedOn);
    if (this.#isCreditNote) {
      this.#text('TaxPointDate', invoice.taxPointOn);
      this.#text('CreditNoteTypeCode', invoice.typeCode);
    } else {
      this.#text('DueDate', invoice.dueOn);
      this.#text('InvoiceTypeCode', invoice.typeCode);
    }
    for (const { subject, text } of invoice.notes) {
      this.#text('Note', subject === undefined ? text : `#${subject}#${text ?? ''}`);
    }
    if (!this.#isCreditNote) this.#text('TaxPointDate', invoice.taxPointOn);
    this.#text('DocumentCurrencyCode', invoice.currency);
    this.#text('TaxCurrencyCode', invoice.taxCurrency);
    this.#text('AccountingCost', invoice.accountingReference);
    this.#text('BuyerReference', invoice.buyerReference);
    this.#period(invoice.period, invoice.taxPointCode);
  }

  #references(): void {
    const invoice = this.#invoice;
    this.#group('OrderReference', () => {
      const isOnlySales = invoice.purchaseOrder === undefined && invoice.salesOrder !== undefined;
      this.#text('ID', isOnlySales ? 'NA' : invoice.purchaseOrder);
      this.#text('SalesOrderID', invoice.salesOrder);
    });
    for (const { number, issuedOn } of invoice.preceding) {
      this.#group('BillingReference', () =>
        this.#group('InvoiceDocumentReference', () => {
          this.#text('ID', number);
          this.#text('IssueDate', issuedOn);
        }),
      );
    }
    this.#group('DespatchDocumentReference', () => this.#text('ID', invoice.despatchAdvice));
    this.#group('ReceiptDocumentReference', () => this.#text('ID', invoice.receivingAdvice));
    // The two roots have these in different orders.
    const tender = () => this.#group('OriginatorDocumentReference', () => this.#text('ID', invoice.tender));
    if (!this.#isCreditNote) tender();
    this.#group('ContractDocumentReference', () => this.#text('ID', invoice.contract));
    this.#object(invoice.object);
    for (const document of invoice.documents) this.#additionalDocument(document);
    if (this.#isCreditNote) {
      this.#projectOfCreditNote(invoice.project);
      tender();
    } else this.#group('ProjectReference', () => this.#text('ID', invoice.project));
  }

  #object(object: Identifier | undefined): void {
    if (object === undefined) return;
    this.#group('AdditionalDocumentReference', () => {
      this.#identifier('ID', object);
      this.#text('DocumentTypeCode', '130');
    });
  }

  #projectOfCreditNote(project: string | undefined): void {
    if (project === undefined) return;
    this.#group('AdditionalDocumentReference', () => {
      this.#text('ID', project);
      this.#text('DocumentTypeCode', '50');
    });
  }

  #additionalDocument({ reference, description, location, attachment }: AdditionalDocument): void {
    this.#group('AdditionalDocumentReference', () => {
      this.#text('ID', reference);
      this.#text('DocumentDescription', description);
      this.#group('Attachment', () => {
        this.xml.leaf('cbc:EmbeddedDocumentBinaryObject', attachment?.content, {
          mimeCode: attachment?.mime,
          filename: attachment?.fileName,
        });
        this.#group('ExternalReference', () => this.#text('URI', location));
      });
    });
  }

  #parties(): void {
    const { seller, buyer, payee, taxRepresentative, creditorId } = this.#invoice;
    // Who collects is the payee where there is one, else the seller.
    const ofSeller = payee === undefined ? creditorId : undefined;
    this.#group('AccountingSupplierParty', () => this.#party(seller, ofSeller));
    this.#group('AccountingCustomerParty', () => this.#party(buyer, undefined));
    this.#payee(payee, creditorId);
    this.#taxRepresentative(taxRepresentative);
  }

  #party(party: Party | undefined, creditorId: string | undefined): void {
    this.#group('Party', () => {
      this.#identifier('EndpointID', party?.endpoint);
      for (const identifier of party?.identifiers ?? []) this.#partyIdentification(identifier);
      if (creditorId !== undefined) this.#partyIdentification({ value: creditorId, scheme: 'SEPA' });
      this.#group('PartyName', () => this.#text('Name', party?.tradingName));
      this.#address('PostalAddress', party?.address);
      this.#taxScheme(party?.vatId, 'VAT');
      this.#taxScheme(party?.taxRegistration, 'FC');
      this.#group('PartyLegalEntity', () => {
        this.#text('RegistrationName', party?.name);
        this.#identifier('CompanyID', party?.legalRegistration);
        this.#text('CompanyLegalForm', party?.legalInformation);
      });
      this.#contact(party?.contact);
    });
  }

  #partyIdentification(identifier: Identifier): void {
    this.#group('PartyIdentification', () => this.#identifier('ID', identifier));
  }

  #taxScheme(number: string | undefined, scheme: string): void {
    if (number === undefined) return;
    this.#group('PartyTaxScheme', () => {
      this.#text('CompanyID', number);
      this.#group('TaxScheme', () => this.#text('ID', scheme));
    });
  }

  #address(name: string, address: PostalAddress | undefined): void {
    this.#group(name, () => {
      this.#text('StreetName', address?.line1);
      this.#text('AdditionalStreetName', address?.line2);
      this.#text('CityName', address?.city);
      this.#text('PostalZone', address?.postalCode);
      this.#text('CountrySubentity', address?.region);
      this.#group('AddressLine', () => this.#text('Line', address?.line3));
      this.#group('Country', () => this.#text('IdentificationCode', address?.country));
    });
  }

  #contact(contact: ContactPoint | undefined): void {
    this.#group('Contact', () => {
      this.#text('Name', contact?.name);
      this.#text('Telephone', contact?.phone);
      this.#text('ElectronicMail', contact?.email);
    });
  }

  #payee(payee: Payee | undefined, creditorId: string | undefined): void {
    if (payee === undefined) return;
    this.#group('PayeeParty', () => {
      if (payee.identifier !== undefined) this.#partyIdentification(payee.identifier);
      if (creditorId !== undefined) this.#partyIdentification({ value: creditorId, scheme: 'SEPA' });
      this.#group('PartyName', () => this.#text('Name', payee.name));
      this.#group('PartyLegalEntity', () => this.#identifier('CompanyID', payee.legalRegistration));
    });
  }

  #taxRepresentative(representative: TaxRepresentative | undefined): void {
    this.#group('TaxRepresentativeParty', () => {
      this.#group('PartyName', () => this.#text('Name', representative?.name));
      this.#address('PostalAddress', representative?.address);
      this.#taxScheme(representative?.vatId, 'VAT');
    });
  }

  #delivery(delivery: Delivery | undefined): void {
    this.#group('Delivery', () => {
      this.#text('ActualDeliveryDate', delivery?.date);
      this.#group('DeliveryLocation', () => {
        this.#identifier('ID', delivery?.location);
        this.#address('Address', delivery?.address);
      });
      this.#group('DeliveryParty', () => this.#group('PartyName', () => this.#text('Name', delivery?.name)));
    });
  }

  /** UBL has room for one account in each means of payment; further accounts repeat the means. */
  #paymentMeans(means: PaymentMeans): void {
    const transfers = means.transfers.length > 0 ? means.transfers : [undefined];
    for (const transfer of transfers) {
      this.#group('PaymentMeans', () => {
        this.xml.leaf('cbc:PaymentMeansCode', means.code, { name: means.text });
        if (this.#isCreditNote) this.#text('PaymentDueDate', this.#invoice.dueOn);
        this.#text('PaymentID', means.remittance);
        this.#card(means.card);
        this.#group('PayeeFinancialAccount', () => {
          this.#text('ID', transfer?.account);
          this.#text('Name', transfer?.accountName);
          this.#group('FinancialInstitutionBranch', () => this.#text('ID', transfer?.bankId));
        });
        this.#group('PaymentMandate', () => {
          this.#text('ID', means.directDebit?.mandate);
          this.#group('PayerFinancialAccount', () => this.#text('ID', means.directDebit?.account));
        });
      });
    }
  }

  /** The schema asks for the network of a card, which is no term of the standard. */
  #card(card: PaymentMeans['card']): void {
    if (card === undefined) return;
    this.#group('CardAccount', () => {
      this.#text('PrimaryAccountNumberID', card.number);
      this.#text('NetworkID', 'NA');
      this.#text('HolderName', card.holder);
    });
  }

  #allowanceCharge(one: AllowanceCharge): void {
    this.#group('AllowanceCharge', () => {
      this.#text('ChargeIndicator', String(one.kind === 'charge'));
      this.#text('AllowanceChargeReasonCode', one.reasonCode);
      this.#text('AllowanceChargeReason', one.reason);
      this.#text('MultiplierFactorNumeric', one.percent);
      this.#amount('Amount', one.amount);
      this.#amount('BaseAmount', one.base);
      this.#taxCategory('TaxCategory', one.vatCategory, one.vatRate);
    });
  }

  #taxCategory(name: string, category: string | undefined, rate: string | undefined, more = () => {}): void {
    this.#group(name, () => {
      this.#text('ID', category);
      this.#text('Percent', rate);
      more();
      if (category !== undefined || rate !== undefined) this.#vatScheme();
    });
  }

  #vatScheme(): void {
    this.#group('TaxScheme', () => this.#text('ID', 'VAT'));
  }

  #taxes(): void {
    const { totals, vat, taxCurrency } = this.#invoice;
    this.#group('TaxTotal', () => {
      this.#amount('TaxAmount', totals?.vat);
      for (const one of vat) this.#vatBreakdown(one);
    });
    this.#group('TaxTotal', () => this.#amount('TaxAmount', totals?.vatInTaxCurrency, taxCurrency));
  }

  #vatBreakdown(one: VatBreakdown): void {
    this.#group('TaxSubtotal', () => {
      this.#amount('TaxableAmount', one.taxable);
      this.#amount('TaxAmount', one.tax);
      this.#taxCategory('TaxCategory', one.category, one.rate, () => {
        this.#text('TaxExemptionReasonCode', one.exemptionCode);
        this.#text('TaxExemptionReason', one.exemptionReason);
      });
    });
  }

  #totals(): void {
    const { totals } = this.#invoice;
    this.#group('LegalMonetaryTotal', () => {
      this.#amount('LineExtensionAmount', totals?.lines);
      this.#amount('TaxExclusiveAmount', totals?.withoutVat);
      this.#amount('TaxInclusiveAmount', totals?.withVat);
      this.#amount('AllowanceTotalAmount', totals?.allowances);
      this.#amount('ChargeTotalAmount', totals?.charges);
      this.#amount('PrepaidAmount', totals?.prepaid);
      this.#amount('PayableRoundingAmount', totals?.rounding);
      this.#amount('PayableAmount', totals?.due);
    });
  }

  #line(line: Line): void {
    this.#text('ID', line.id);
    this.#text('Note', line.note);
    this.#quantity(this.#isCreditNote ? 'CreditedQuantity' : 'InvoicedQuantity', line.quantity);
    this.#amount('LineExtensionAmount', line.net);
    this.#text('AccountingCost', line.accountingReference);
    this.#period(line.period, undefined);
    this.#group('OrderLineReference', () => this.#text('LineID', line.orderLine));
    if (line.object !== undefined) {
      this.#group('DocumentReference', () => {
        this.#identifier('ID', line.object);
        this.#text('DocumentTypeCode', '130');
      });
    }
    for (const one of line.allowancesCharges) this.#allowanceCharge(one);
    this.#group('Item', () => this.#item(line.item, line.vatCategory, line.vatRate));
    this.#group('Price', () => this.#price(line));
  }

  #item(item: Item, category: string | undefined, rate: string | undefined): void {
    this.#text('Description', item.description);
    this.#text('Name', item.name);
    this.#group('BuyersItemIdentification', () => this.#text('ID', item.buyerId));
    this.#group('SellersItemIdentification', () => this.#text('ID', item.sellerId));
    this.#group('StandardItemIdentification', () => this.#identifier('ID', item.standardId));
    this.#group('OriginCountry', () => this.#text('IdentificationCode', item.origin));
    for (const { value, scheme, version } of item.classes) {
      this.#group('CommodityClassification', () =>
        this.xml.leaf('cbc:ItemClassificationCode', value, { listID: scheme, listVersionID: version }),
      );
    }
    this.#taxCategory('ClassifiedTaxCategory', category, rate);
    for (const { name, value } of item.attributes) {
      this.#group('AdditionalItemProperty', () => {
        this.#text('Name', name);
        this.#text('Value', value);
      });
    }
  }

  #price({ netPrice, priceBase, priceDiscount, grossPrice }: Line): void {
    this.#amount('PriceAmount', netPrice);
    this.#quantity('BaseQuantity', priceBase);
    if (priceDiscount === undefined && grossPrice === undefined) return;
    this.#group('AllowanceCharge', () => {
      this.#text('ChargeIndicator', 'false');
      this.#amount('Amount', priceDiscount);
      this.#amount('BaseAmount', grossPrice);
    });
  }

  #period(period: PeriodText | undefined, code: string | undefined): void {
    this.#group('InvoicePeriod', () => {
      this.#text('StartDate', period?.start);
      this.#text('EndDate', period?.end);
      this.#text('DescriptionCode', code);
    });
  }

  #group(name: string, inside: () => void): void {
    this.xml.group(`cac:${name}`, inside);
  }

  #text(name: string, text: string | undefined): void {
    this.xml.leaf(`cbc:${name}`, text);
  }

  #identifier(name: string, identifier: Identifier | undefined): void {
    this.xml.leaf(`cbc:${name}`, identifier?.value, { schemeID: identifier?.scheme });
  }

  /** Every amount of UBL names its currency: its own, else the one of the document. */
  #amount(name: string, amount: AmountText | undefined, currency = this.#invoice.currency): void {
    this.xml.leaf(`cbc:${name}`, amount?.value, { currencyID: amount?.currency ?? currency });
  }

  #quantity(name: string, quantity: QuantityText | undefined): void {
    this.xml.leaf(`cbc:${name}`, quantity?.value, { unitCode: quantity?.unit });
  }
}

/**
 * Terms of payment. XRechnung writes discounts in them as lines that begin and end with `#`, and asks for a line break
 * after the last of these too.
 */
export function termsText(terms: string | undefined): string | undefined {
  return terms !== undefined && /(^|\n)#[^\n]*#$/.test(terms) ? `${terms}\n` : terms;
}
