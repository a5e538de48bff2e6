// Noting under which version of which terms documents were issued.

import type { Act } from '#command/command.ts';
import type { PaymentTerms } from './payment-terms.ts';
import { insertIssuedTerms } from './store.ts';

/** Notes the terms of documents that are issued in this command. */
export function recordIssuedTerms(
  act: Act,
  issued: readonly { readonly documentId: string; readonly terms: PaymentTerms }[],
): void {
  insertIssuedTerms(
    act,
    issued.map(({ documentId, terms }) => ({ documentId, termsId: terms.id, version: terms.version })),
  );
}
