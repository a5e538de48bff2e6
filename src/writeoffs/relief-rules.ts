// When a seller gets back the value added tax of a debt that is not paid, country by country, as far as we know the
// law. Where a country does not stand here nothing is claimed. These are the conditions that follow from the books
// and from what somebody states; formalities of the claim itself (forms, certificates, deadlines of the return) stay
// with whoever files it.

import { type PlainDate, parseDate } from '#kernel/calendar.ts';

/** What makes a debt a bad one for the tax: one of a rule's grounds is enough. */
export type ReliefGround =
  /** So long after the later of the day of issue and the due date. */
  | { readonly kind: 'overdue'; readonly months?: number; readonly days?: number }
  /** Insolvency proceedings over the customer's assets were opened, or refused for want of assets. */
  | { readonly kind: 'insolvency' }
  /**
   * Collecting it was tried and did not succeed: an enforcement without result, or it is plain that there is nothing to get.
   */
  | { readonly kind: 'enforcement_failed' }
  /** Written off in the books: nothing more is asked. */
  | { readonly kind: 'written_off' };

export type ReliefRule = {
  /** Country of the company whose tax it is, ISO 3166-1. */
  readonly country: string;
  /** The first day of write-offs it counts for. */
  readonly validFrom: PlainDate;
  readonly grounds: readonly ReliefGround[];
  /** The customer has to be told in writing that the tax is taken back, or given a corrected document. */
  readonly needsNotice: boolean;
  /** The law it follows. */
  readonly source: string;
};

const rule = (
  country: string,
  validFrom: string,
  source: string,
  grounds: readonly ReliefGround[],
  needsNotice = false,
): ReliefRule => ({ country, validFrom: parseDate(validFrom), grounds, needsNotice, source });

const INSOLVENCY = { kind: 'insolvency' } as const;
const FAILED = { kind: 'enforcement_failed' } as const;
const WRITTEN_OFF = { kind: 'written_off' } as const;
const overdue = (months: number) => ({ kind: 'overdue', months }) as const;

/** All rules; of a country the latest that is valid counts. The whole tax on the part written off is given back in each. */
export const RELIEF_RULES: readonly ReliefRule[] = [
  rule('AT', '1995-01-01', '§ 16 Abs. 3 Z 1 UStG 1994', [INSOLVENCY, FAILED]),
  rule('AU', '2000-07-01', 'A New Tax System (Goods and Services Tax) Act 1999, s 21-5', [WRITTEN_OFF]),
  rule('BE', '1993-01-01', 'Art. 77 § 1, 7° Code de la TVA; arrêté royal n° 4, art. 3', [INSOLVENCY, FAILED]),
  rule('CA', '1991-01-01', 'Excise Tax Act, s. 231', [WRITTEN_OFF]),
  rule('CH', '2010-01-01', 'Art. 41 Abs. 1 MWSTG', [INSOLVENCY, FAILED]),
  rule('DE', '1980-01-01', '§ 17 Abs. 2 Nr. 1 UStG; Abschn. 17.1 UStAE', [INSOLVENCY, FAILED]),
  rule('DK', '1994-07-01', '§ 27, stk. 6 momsloven', [INSOLVENCY, FAILED]),
  // Smaller sellers may choose six months; a year is right for all.
  rule('ES', '2012-10-31', 'Art. 80.Tres, Cuatro y Cinco Ley 37/1992', [INSOLVENCY, overdue(12)], true),
  rule('FI', '1994-06-01', '78 § 1 mom. 3 kohta arvonlisäverolaki', [INSOLVENCY, FAILED]),
  rule('FR', '1979-01-01', 'Art. 272, 1 CGI', [INSOLVENCY, FAILED], true),
  rule('GB', '1997-01-01', 'Value Added Tax Act 1994, s 36; VAT Regulations 1995, reg 165–172', [overdue(6)]),
  // The six months of section 62A bind the customer's deduction, not the seller's relief.
  rule('IE', '2010-11-01', 'VAT Consolidation Act 2010, s 39; VAT Regulations 2010, reg 10', [
    INSOLVENCY,
    FAILED,
  ]),
  rule('IT', '2021-05-26', 'Art. 26, commi 3-bis e 5-bis DPR 633/1972', [INSOLVENCY, FAILED], true),
  // A year after the due date the debt counts as bad, without anything else; before, where it is plain that it is.
  rule('NL', '2017-01-01', 'Art. 29, leden 1 en 2 Wet op de omzetbelasting 1968', [
    INSOLVENCY,
    FAILED,
    overdue(12),
  ]),
  rule('NO', '2010-01-01', '§ 4-7 merverdiavgiftsloven', [INSOLVENCY, FAILED]),
  rule('NZ', '1986-10-01', 'Goods and Services Tax Act 1985, s 26', [WRITTEN_OFF]),
  rule('PL', '2013-01-01', 'Art. 89a ustawy o podatku od towarów i usług', [{ kind: 'overdue', days: 150 }]),
  rule('PL', '2019-01-01', 'Art. 89a ustawy o podatku od towarów i usług', [{ kind: 'overdue', days: 90 }]),
  rule('SE', '1994-07-01', '7 kap. 6 § mervärdesskattelagen (1994:200)', [INSOLVENCY, FAILED]),
  rule('SE', '2023-07-01', '8 kap. 14 § mervärdesskattelagen (2023:200)', [INSOLVENCY, FAILED]),
  rule('ZA', '1991-09-30', 'Value-Added Tax Act 89 of 1991, s 22', [WRITTEN_OFF]),
];
