// What the law of the creditor's country asks for before a claim goes to an agency or a court, and how long it can be enforced.
// Between businesses; figures with their source. It is no legal advice: a lawyer of the country has the last word.

/** How limitation runs: so many years from the due date, or from the end of the year it lies in. */
export type Limitation = {
  readonly years: number;
  readonly from: 'due' | 'year_end';
  readonly source: string;
};

export type LegalPack = {
  readonly country: string;
  readonly limitation: Limitation;
  /** Days that lie between the final notice and the hand-over at least. */
  readonly waitDays: number;
  readonly waitSource: string;
};

const USUAL = 'no fixed term between businesses; usual practice';
const limit = (years: number, from: Limitation['from'], source: string): Limitation => ({
  years,
  from,
  source,
});

/** The countries we have figures for. */
export const LEGAL_PACKS: readonly LegalPack[] = [
  pack('AT', limit(3, 'due', '§ 1486 ABGB'), 14, USUAL),
  pack('BE', limit(10, 'due', 'art. 2262bis § 1 of the former Civil Code'), 14, USUAL),
  pack('CH', limit(5, 'due', 'Art. 128 OR, the shorter term; others ten years, Art. 127 OR'), 10, USUAL),
  pack('CZ', limit(3, 'due', '§ 629 Civil Code (89/2012)'), 7, '§ 142a Code of Civil Procedure'),
  pack('DE', limit(3, 'year_end', '§§ 195, 199 BGB'), 14, USUAL),
  pack('DK', limit(3, 'due', '§ 3 Limitation Act'), 10, '§ 10 Debt Collection Act'),
  pack('ES', limit(5, 'due', 'Art. 1964.2 Civil Code'), 14, USUAL),
  pack('FI', limit(3, 'due', '§ 4 Act on Limitation of Debts (728/2003)'), 14, USUAL),
  pack('FR', limit(5, 'due', 'Art. L110-4 Commercial Code'), 8, USUAL),
  pack(
    'GB',
    limit(6, 'due', 's. 5 Limitation Act 1980'),
    14,
    'Practice Direction on Pre-Action Conduct, para. 6',
  ),
  pack('IE', limit(6, 'due', 's. 11 Statute of Limitations 1957'), 14, USUAL),
  pack('IT', limit(10, 'due', 'Art. 2946 Civil Code'), 15, 'Art. 1454 Civil Code, by analogy'),
  pack('LU', limit(10, 'due', 'Art. 189 Commercial Code'), 14, USUAL),
  pack('NL', limit(5, 'due', 'Art. 3:307 Civil Code'), 14, USUAL),
  pack('NO', limit(3, 'due', '§§ 2, 3 Limitation Act'), 14, '§ 9 Debt Collection Act'),
  pack('PL', limit(2, 'year_end', 'Art. 554, 118 Civil Code, the shorter term for sales'), 7, USUAL),
  pack('SE', limit(10, 'due', '§ 2 Limitation Act'), 8, '§ 5 Debt Recovery Act'),
  pack('US', limit(4, 'due', 'UCC § 2-725 for sales of goods; states differ'), 10, USUAL),
];

function pack(country: string, limitation: Limitation, waitDays: number, waitSource: string): LegalPack {
  return { country, limitation, waitDays, waitSource };
}

/** Where we have no figures: the shortest term there is in our list, so that nobody is told a claim is safe that is not. */
export const CAUTIOUS_PACK: LegalPack = pack(
  '',
  limit(2, 'due', 'no figures for this country: the shortest term known'),
  30,
  'no figures for this country: the longest wait known',
);

/** What the law of a country asks for. */
export function legalPackOf(country: string): LegalPack {
  return LEGAL_PACKS.find((one) => one.country === country) ?? { ...CAUTIOUS_PACK, country };
}
