// What a company adds to all of its printed documents: a second language, a link to pay by, an address of India's UPI.

import type { SecondLanguage } from './language.ts';
import { checkPayLink } from './pay-link.ts';
import { checkUpiId } from './upi-code.ts';

export type PrintExtras = {
  readonly secondLanguage: SecondLanguage;
  /** Where a document can be paid online, with places for its facts: see `pay-link.ts`. */
  readonly payLink: string | null;
  /** Where money is sent in India, as `shop@bank`. */
  readonly upiId: string | null;
};

/** A company that has chosen nothing adds nothing. */
export const NO_EXTRAS: PrintExtras = { secondLanguage: 'none', payLink: null, upiId: null };

/** Refuses: `pay_link_not_valid`, `upi_id_not_valid`. */
export function checkExtras({ payLink, upiId }: PrintExtras): void {
  if (payLink !== null) checkPayLink(payLink);
  if (upiId !== null) checkUpiId(upiId);
}
