// What a company adds to all of its printed documents: a second language, a link to pay by, an address of India's UPI.

import { checkPayLink } from './pay-link.ts';
import { checkUpiId } from './upi-code.ts';

/**
 * What is printed beside the customer's language: nothing, the company's own, English; or `customer`: the company's own comes
 * first and the customer's second, for places where the law asks for a language of the country.
 */
export const SECOND_LANGUAGES = ['none', 'company', 'english', 'customer'] as const;
export type SecondLanguage = (typeof SECOND_LANGUAGES)[number];

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
