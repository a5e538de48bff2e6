// Names that contracts and e-invoices share; nothing else, so that the browser loads no rules with them.

/** Sets of rules that a document can be read by as an e-invoice. */
export const E_INVOICE_PROFILES = ['en16931', 'peppol', 'xrechnung'] as const;
export type EInvoiceProfile = (typeof E_INVOICE_PROFILES)[number];

/** Why the PDF of a document carries it not as data too. */
export const WITHOUT_DATA_REASONS = ['voided', 'invoice_without_content', 'einvoice_not_valid'] as const;
export type WithoutData = (typeof WITHOUT_DATA_REASONS)[number];
