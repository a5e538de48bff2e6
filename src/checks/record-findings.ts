// Keeping what an invoice was issued in spite of: which warnings, and who said so.

import type { Act } from '#command/command.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { insertFindings } from './store.ts';
import type { KeptFinding } from './verdict.ts';

/** Keeps the findings of an invoice that is issued in this command. */
export function recordFindings(act: Act, invoiceId: InvoiceId, findings: readonly KeptFinding[]): void {
  if (findings.length > 0) insertFindings(act, invoiceId, findings);
}
