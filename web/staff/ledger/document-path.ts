/** Kinds of items that a payment stands in: as it came, moved to another customer, or to another company and back. */
const OF_PAYMENTS: ReadonlySet<string> = new Set(['payment', 'refund', 'transfer', 'handover']);

/** Where the document behind an item is read; nothing where it has no page of its own. */
export function documentPath(row: {
  readonly kind: string;
  readonly documentId: string;
}): string | undefined {
  if (row.kind === 'invoice' || row.kind === 'credit_note') return `invoices/${row.documentId}`;
  if (OF_PAYMENTS.has(row.kind)) return `payments/${row.documentId}`;
  if (row.kind === 'charge' || row.kind === 'charge_credit') return `charges/${row.documentId}`;
  return undefined;
}
