// The order that the schema of UBL 2.1 prescribes, for the elements that an invoice of EN 16931 can have.

const REFERENCE = 'ID IssueDate DocumentTypeCode DocumentDescription Attachment';
const LINE = 'LineExtensionAmount AccountingCost InvoicePeriod OrderLineReference DocumentReference';

/** For each element the names of its children, in their order. */
export const UBL_ORDER: Readonly<Record<string, string>> = {
  Invoice:
    'CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note TaxPointDate DocumentCurrencyCode TaxCurrencyCode ' +
    'AccountingCost BuyerReference InvoicePeriod OrderReference BillingReference DespatchDocumentReference ' +
    'ReceiptDocumentReference OriginatorDocumentReference ContractDocumentReference AdditionalDocumentReference ' +
    'ProjectReference AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty Delivery ' +
    'PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal InvoiceLine',
  CreditNote:
    'CustomizationID ProfileID ID IssueDate TaxPointDate CreditNoteTypeCode Note DocumentCurrencyCode TaxCurrencyCode ' +
    'AccountingCost BuyerReference InvoicePeriod OrderReference BillingReference DespatchDocumentReference ' +
    'ReceiptDocumentReference ContractDocumentReference AdditionalDocumentReference OriginatorDocumentReference ' +
    'AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty Delivery PaymentMeans PaymentTerms ' +
    'AllowanceCharge TaxTotal LegalMonetaryTotal CreditNoteLine',
  InvoicePeriod: 'StartDate EndDate DescriptionCode',
  OrderReference: 'ID SalesOrderID',
  OrderLineReference: 'LineID',
  BillingReference: 'InvoiceDocumentReference',
  InvoiceDocumentReference: REFERENCE,
  DespatchDocumentReference: REFERENCE,
  ReceiptDocumentReference: REFERENCE,
  OriginatorDocumentReference: REFERENCE,
  ContractDocumentReference: REFERENCE,
  AdditionalDocumentReference: REFERENCE,
  DocumentReference: REFERENCE,
  ProjectReference: 'ID',
  Attachment: 'EmbeddedDocumentBinaryObject ExternalReference',
  ExternalReference: 'URI',
  AccountingSupplierParty: 'Party',
  AccountingCustomerParty: 'Party',
  Party: 'EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity Contact',
  PayeeParty: 'PartyIdentification PartyName PartyLegalEntity',
  TaxRepresentativeParty: 'PartyName PostalAddress PartyTaxScheme',
  DeliveryParty: 'PartyName',
  PartyIdentification: 'ID',
  PartyName: 'Name',
  PartyTaxScheme: 'CompanyID TaxScheme',
  PartyLegalEntity: 'RegistrationName CompanyID CompanyLegalForm',
  TaxScheme: 'ID',
  Contact: 'Name Telephone ElectronicMail',
  PostalAddress: 'StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine Country',
  Address: 'StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine Country',
  AddressLine: 'Line',
  Country: 'IdentificationCode',
  OriginCountry: 'IdentificationCode',
  Delivery: 'ActualDeliveryDate DeliveryLocation DeliveryParty',
  DeliveryLocation: 'ID Address',
  PaymentMeans: 'PaymentMeansCode PaymentDueDate PaymentID CardAccount PayeeFinancialAccount PaymentMandate',
  CardAccount: 'PrimaryAccountNumberID NetworkID HolderName',
  PayeeFinancialAccount: 'ID Name FinancialInstitutionBranch',
  FinancialInstitutionBranch: 'ID',
  PaymentMandate: 'ID PayerFinancialAccount',
  PayerFinancialAccount: 'ID',
  PaymentTerms: 'Note',
  AllowanceCharge:
    'ChargeIndicator AllowanceChargeReasonCode AllowanceChargeReason MultiplierFactorNumeric Amount BaseAmount TaxCategory',
  TaxCategory: 'ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme',
  ClassifiedTaxCategory: 'ID Percent TaxScheme',
  TaxTotal: 'TaxAmount TaxSubtotal',
  TaxSubtotal: 'TaxableAmount TaxAmount TaxCategory',
  LegalMonetaryTotal:
    'LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount ' +
    'PayableRoundingAmount PayableAmount',
  InvoiceLine: `ID Note InvoicedQuantity ${LINE} AllowanceCharge Item Price`,
  CreditNoteLine: `ID Note CreditedQuantity ${LINE} AllowanceCharge Item Price`,
  Item:
    'Description Name BuyersItemIdentification SellersItemIdentification StandardItemIdentification OriginCountry ' +
    'CommodityClassification ClassifiedTaxCategory AdditionalItemProperty',
  BuyersItemIdentification: 'ID',
  SellersItemIdentification: 'ID',
  StandardItemIdentification: 'ID',
  CommodityClassification: 'ItemClassificationCode',
  AdditionalItemProperty: 'Name Value',
  Price: 'PriceAmount BaseQuantity AllowanceCharge',
};
