// Payment terms by id, for pages that show a customer's.

import { listPaymentTerms } from '#terms/contract.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import type { Terms } from './TermsDialog.tsx';

/** Terms of a tenant; few have more. */
const TERMS_READ = 200;

/** The payment terms with that id; undefined while they are read, or when there are none. */
export function useTerms(id: string | null): Terms | undefined {
  const terms = usePages(listPaymentTerms, { query: { limit: TERMS_READ } }, { enabled: id !== null });
  return rowsOf(terms.data).find((one) => one.id === id);
}
