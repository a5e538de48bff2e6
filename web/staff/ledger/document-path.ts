/** Where the document behind an item is read; nothing where it has no page of its own. */
export function documentPath(row: {
  readonly kind: string;
  readonly documentId: string;
}): string | undefined {
  if (row.kind === 'invoice' || row.kind === 'credit_note') return `invoices/${row.documentId}`;
  if (row.kind === 'payment' || row.kind === 'refund') return `payments/${row.documentId}`;
  if (row.kind === 'charge' || row.kind === 'charge_credit') return `charges/${row.documentId}`;
  return undefined;
}
