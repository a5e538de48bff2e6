// Portal uploads in words people use.

export const STATE_WORDS = {
  waiting: 'to post',
  uploaded: 'posted',
  accepted: 'accepted',
  rejected: 'rejected',
  not_needed: 'not needed',
  closed: 'closed',
} as const;

export const STATE_COLORS = {
  waiting: 'blue',
  uploaded: 'cyan',
  accepted: 'teal',
  rejected: 'red',
  not_needed: 'gray',
  closed: 'gray',
} as const;

/** Why a portal rejected a document, and why an upload closed by itself. */
export const REASON_WORDS: Readonly<Record<string, string>> = {
  references: 'Order number or reference',
  duplicate: 'Received already',
  prices: 'Prices',
  quantities: 'Quantities',
  items: 'Items',
  delivery: 'Delivery',
  payment_terms: 'Payment terms',
  receiver: 'Wrong receiver',
  legal: 'Tax or legal information',
  file: 'The file could not be read',
  other: 'Another reason',
  voided: 'The document is voided',
  credited: 'The document is credited',
  nothing_to_correct: 'What it corrects was never posted',
  portal_ended: 'The customer has no portal any more',
};

export const STEP_WORDS = {
  uploaded: 'Posted',
  accepted: 'Accepted by the portal',
  rejected: 'Rejected by the portal',
  not_needed: 'Need not be posted',
  closed: 'Closed by itself',
  undone: 'Taken back',
} as const;

export const FILE_CHOICES = [
  { value: 'pdf', label: 'PDF' },
  { value: 'ubl', label: 'Data (UBL)' },
  { value: 'cii', label: 'Data (CII)' },
  { value: 'attachments', label: 'Attached files' },
] as const;

/** The names of portals that many customers use, to choose from. */
export const KNOWN_PORTALS = [
  'SAP Ariba',
  'Coupa',
  'Tungsten',
  'Basware',
  'Jaggaer',
  'Oracle Supplier Portal',
  'Taulia',
];
