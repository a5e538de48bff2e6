// How likely an account is not to pay, as a class: what a person stated, or what is reckoned from how it paid. Pure.

/** From the one that pays to the one that may not. */
export const RISK_CLASSES = ['low', 'medium', 'high'] as const;
export type RiskClass = (typeof RISK_CLASSES)[number];

/** How an account paid: days late of the invoices it paid, the newest first, and promises of the last year it did not keep. */
export type PaidHow = { readonly paidDaysLate: readonly number[]; readonly brokenPromises: number };

/** So many of the newest paid invoices count. */
const INVOICES = 12;
/** Fewer say too little for a low class. */
const LOW_INVOICES_MIN = 3;
/** A few days late are a payment run, a month is a habit. */
const LOW_DAYS_MAX = 5;
const HIGH_DAYS_MIN = 30;
/** One promise can be broken by a mishap. */
const HIGH_BROKEN_MIN = 2;

/** The rule in words, for pages and files. */
export const RISK_RULE =
  `High: ${HIGH_BROKEN_MIN} promises of the last year were not kept, or the ${INVOICES} newest paid invoices were more than ` +
  `${HIGH_DAYS_MIN} days late on average. Low: at least ${LOW_INVOICES_MIN} were paid, no more than ${LOW_DAYS_MAX} days late on ` +
  `average, and every promise was kept. Medium: anything else. Days on which all that was open of an invoice was in dispute ` +
  `are not days late, unless the customer was found wrong. Without a paid invoice or a broken promise there is no class.`;

/** The class that follows from how an account paid, see `RISK_RULE`; null where nothing is known of it. */
export function reckonRisk({ paidDaysLate, brokenPromises }: PaidHow): RiskClass | null {
  const days = paidDaysLate.slice(0, INVOICES);
  if (brokenPromises >= HIGH_BROKEN_MIN) return 'high';
  if (days.length === 0) return brokenPromises === 0 ? null : 'medium';
  const total = days.reduce((sum, one) => sum + one, 0);
  if (total > HIGH_DAYS_MIN * days.length) return 'high';
  const isLow = days.length >= LOW_INVOICES_MIN && total <= LOW_DAYS_MAX * days.length;
  return isLow && brokenPromises === 0 ? 'low' : 'medium';
}
