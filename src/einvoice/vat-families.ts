// The categories of VAT, and what the rules of each ask: the same ten questions for all of them, with different answers.

/** Whose tax numbers must be there: `any` number of the seller or the VAT number of its tax representative, a `vat` number of
 * one of the two, or `none` at all. */
type SellerNumber = 'any' | 'vat' | 'none';

/** What the rules of one category ask. */
export type VatFamily = {
  /** What stands between `BR-` and the number of the rule. */
  readonly id: 'S' | 'Z' | 'E' | 'AE' | 'IC' | 'G' | 'O' | 'AF' | 'AG';
  /** UNTDID 5305. */
  readonly code: string;
  /** In the middle of a sentence. */
  readonly name: string;
  /** Whether VAT is charged: sums are then kept for each rate, and differ by less than one unit of the currency. */
  readonly isTaxed: boolean;
  readonly rate: 'positive' | 'not_negative' | 'zero' | 'absent';
  readonly seller: SellerNumber;
  /** What of the buyer must be there. */
  readonly buyer: 'nothing' | 'vat_or_register' | 'vat';
  /** Whether a reason for charging no VAT must be there; else it must not. */
  readonly needsReason: boolean;
};

const TAXED = { isTaxed: true, seller: 'any', buyer: 'nothing', needsReason: false } as const;
const UNTAXED = { isTaxed: false, rate: 'zero', seller: 'any', buyer: 'nothing', needsReason: true } as const;

/** The categories, each with its rules. Split payment (B) has rules of its own. */
export const VAT_FAMILIES: readonly VatFamily[] = [
  { ...TAXED, id: 'S', code: 'S', name: 'standard rate', rate: 'positive' },
  { ...UNTAXED, id: 'Z', code: 'Z', name: 'zero rate', needsReason: false },
  { ...UNTAXED, id: 'E', code: 'E', name: 'exempt from VAT' },
  { ...UNTAXED, id: 'AE', code: 'AE', name: 'reverse charge', buyer: 'vat_or_register' },
  { ...UNTAXED, id: 'IC', code: 'K', name: 'intra-community supply', seller: 'vat', buyer: 'vat' },
  { ...UNTAXED, id: 'G', code: 'G', name: 'export outside the EU', seller: 'vat' },
  { ...UNTAXED, id: 'O', code: 'O', name: 'outside the scope of VAT', rate: 'absent', seller: 'none' },
  { ...TAXED, id: 'AF', code: 'L', name: 'Canary Islands tax (IGIC)', rate: 'not_negative' },
  { ...TAXED, id: 'AG', code: 'M', name: 'tax of Ceuta and Melilla (IPSI)', rate: 'not_negative' },
];

/** The family of a code, as far as it has one. */
export const FAMILY_OF: ReadonlyMap<string, VatFamily> = new Map(VAT_FAMILIES.map((f) => [f.code, f]));
