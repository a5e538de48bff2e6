// The rules of each category of VAT: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF and BR-AG with the numbers 01 to 10, a few
// more for intra-community supplies (BR-IC-11, 12) and what is outside the scope (BR-O-11 to 14), and BR-B for split payment.

import { compare, type Exact, isSame, isWithin, NOTHING, readExact, size, textOf } from './exact.ts';
import { at, inLine, isBlank, type Judge, type Place, type Words } from './judge.ts';
import { TAX_TOLERANCE, taxOn } from './rules-sums.ts';
import { FAMILY_OF, VAT_FAMILIES, type VatFamily } from './vat-families.ts';
import { addUp, type Usage, type Usages } from './vat-usage.ts';

/** Judges by the rules of the VAT categories. */
export function judgeVat(judge: Judge): void {
  const usages = addUp(judge.invoice);
  for (const family of VAT_FAMILIES) {
    const usage = usages.get(family.code);
    if (usage === undefined) continue;
    judgeBreakdowns(judge, family, usage);
    judgeNumbers(judge, family, usage);
  }
  judgeRates(judge);
  for (const index of judge.invoice.vat.keys()) judgeBreakdown(judge, usages, index);
  judgeIntraCommunity(judge, usages);
  judgeOutsideScope(judge, usages);
  judgeSplitPayment(judge, usages);
}

/**
 * Number 01: what is used stands in the breakdown; where no VAT is charged, once. The published rules differ in what they say
 * of an entry that nothing uses: UBL takes one without VAT, CII one with VAT.
 */
function judgeBreakdowns(judge: Judge, family: VatFamily, usage: Usage): void {
  const { breakdowns } = usage;
  const isUsed = usage.lines + usage.allowances + usage.charges > 0;
  const mayBeUnused = family.isTaxed === (judge.invoice.syntax === 'cii');
  const isRight = isUsed
    ? breakdowns === 1 || (family.isTaxed && breakdowns > 1)
    : mayBeUnused && (family.isTaxed || breakdowns === 1);
  if (isRight) return;
  judge.report(`BR-${family.id}-01`, at('BT-118'), family.code, [
    breakdowns === 0
      ? `The breakdown of VAT has no entry for "${family.name}".`
      : isUsed || mayBeUnused
        ? `The breakdown of VAT has "${family.name}" more than once.`
        : `The breakdown of VAT has "${family.name}", which nothing uses.`,
    'Keep one entry in the breakdown for each category and rate that is used.',
  ]);
}

/** Numbers 02 to 04: whose tax numbers must be there, for lines, allowances and charges. */
function judgeNumbers(judge: Judge, family: VatFamily, usage: Usage): void {
  const { seller, buyer, taxRepresentative } = judge.invoice;
  const hasVat = !isBlank(seller?.vatId) || !isBlank(taxRepresentative?.vatId);
  const hasBuyerVat = !isBlank(buyer?.vatId);
  const isSellerRight = {
    any: hasVat || !isBlank(seller?.taxRegistration),
    vat: hasVat,
    none: !hasVat && !hasBuyerVat,
  }[family.seller];
  const isBuyerRight = {
    nothing: true,
    vat_or_register: hasBuyerVat || !isBlank(buyer?.legalRegistration?.value),
    vat: hasBuyerVat,
  }[family.buyer];
  if (isSellerRight && isBuyerRight) return;
  const places: Place[] = isSellerRight ? [] : [at('BT-31'), at('BT-63')];
  if (!isSellerRight && family.seller === 'any') places.push(at('BT-32'));
  if (!isBuyerRight || family.seller === 'none') places.push(at('BT-48'));
  const words = wordsOnNumbers(family, isSellerRight);
  if (usage.lines > 0) judge.report(`BR-${family.id}-02`, places, undefined, words);
  if (usage.allowances > 0) judge.report(`BR-${family.id}-03`, places, undefined, words);
  if (usage.charges > 0) judge.report(`BR-${family.id}-04`, places, undefined, words);
}

function wordsOnNumbers(family: VatFamily, isSellerRight: boolean): Words {
  if (family.seller === 'none') {
    return [
      `With "${family.name}" no VAT number may be there.`,
      'Take out the VAT numbers of seller, representative and buyer, or choose another category.',
    ];
  }
  if (isSellerRight) {
    return [
      `With "${family.name}" the buyer must be identified.`,
      family.buyer === 'vat' ? "Enter the buyer's VAT number." : "Enter the buyer's VAT or register number.",
    ];
  }
  return [
    `With "${family.name}" the seller's tax number must be there.`,
    family.seller === 'vat'
      ? "Enter the seller's VAT number, or that of its tax representative."
      : "Enter the seller's VAT number or tax number, or the VAT number of its tax representative.",
  ];
}

/** Numbers 05 to 07: the rates of lines, allowances and charges. */
function judgeRates(judge: Judge): void {
  const { lines, allowancesCharges } = judge.invoice;
  for (const [index, { vatCategory, vatRate }] of lines.entries()) {
    judgeRate(judge, vatCategory, vatRate, ['05', inLine('BT-152', index)]);
  }
  for (const [index, { kind, vatCategory, vatRate }] of allowancesCharges.entries()) {
    const [number, term] = kind === 'allowance' ? ['06', 'BT-96'] : ['07', 'BT-103'];
    judgeRate(judge, vatCategory, vatRate, [number, at(term, index)]);
  }
}

function judgeRate(
  judge: Judge,
  category: string | undefined,
  rateText: string | undefined,
  [number, place]: readonly [string, Place],
): void {
  const family = category === undefined ? undefined : FAMILY_OF.get(category.trim());
  if (family === undefined) return;
  const rate = readExact(rateText);
  const sign = rate === undefined ? undefined : compare(rate, NOTHING);
  const isRight = {
    positive: sign === 1,
    not_negative: sign === 0 || sign === 1,
    zero: sign === 0,
    absent: isBlank(rateText),
  }[family.rate];
  if (!isRight) judge.report(`BR-${family.id}-${number}`, place, rateText, wordsOnRate(family));
}

function wordsOnRate({ rate, name }: VatFamily): Words {
  switch (rate) {
    case 'positive':
      return [`With "${name}" the rate must be more than 0.`, 'Enter the rate, or choose another category.'];
    case 'not_negative':
      return [`With "${name}" there must be a rate of 0 or more.`, 'Enter the rate.'];
    case 'zero':
      return [`With "${name}" the rate must be 0.`, 'Enter 0, or choose another category.'];
    case 'absent':
      return [`With "${name}" there may be no rate.`, 'Leave the rate empty.'];
  }
}

/** Numbers 08 to 10: the sum, the tax and the reason of an entry in the breakdown. */
function judgeBreakdown(judge: Judge, usages: Usages, index: number): void {
  const breakdown = judge.invoice.vat[index];
  const code = breakdown?.category?.trim() ?? '';
  const family = FAMILY_OF.get(code);
  const usage = usages.get(code);
  if (breakdown === undefined || family === undefined || usage === undefined) return;
  const rate = readExact(breakdown.rate);
  const taxable = readExact(breakdown.taxable?.value);
  if (taxable !== undefined) judgeTaxable(judge, family, { usage, index, taxable, rate });
  const tax = readExact(breakdown.tax?.value);
  if (tax !== undefined) judgeTax(judge, family, { index, tax, taxable, rate });
  const reason = breakdown.exemptionReason ?? breakdown.exemptionCode;
  const hasReason = !isBlank(breakdown.exemptionReason) || !isBlank(breakdown.exemptionCode);
  if (hasReason === family.needsReason) return;
  judge.report(`BR-${family.id}-10`, [at('BT-120', index), at('BT-121', index)], reason, [
    family.needsReason
      ? `It is not said why no VAT is charged ("${family.name}").`
      : `With "${family.name}" there may be no reason for charging no VAT.`,
    family.needsReason ? 'Give the reason, in words or by a VATEX code.' : 'Take the reason out.',
  ]);
}

type Sum = {
  readonly usage: Usage;
  readonly index: number;
  readonly taxable: Exact;
  readonly rate: Exact | undefined;
};

function judgeTaxable(judge: Judge, family: VatFamily, { usage, index, taxable, rate }: Sum): void {
  if (family.isTaxed && rate === undefined) return;
  const sum = family.isTaxed ? usage.byRate.get(textOf(rate ?? NOTHING)) : usage.sum;
  const computed = sum ?? NOTHING;
  const isBased = family.isTaxed ? sum !== undefined : judge.invoice.lines.length > 0;
  // Where VAT is charged, UBL grants less than one unit of the currency and CII nothing; elsewhere it is the other way round.
  const isExact = family.isTaxed === (judge.invoice.syntax === 'cii');
  const isRight =
    isBased && (isExact ? isSame(taxable, computed) : isWithin(taxable, computed, TAX_TOLERANCE));
  if (isRight) return;
  const found = textOf(taxable);
  judge.report(`BR-${family.id}-08`, at('BT-116', index), found, [
    isBased ? `The taxable amount is not ${textOf(computed)}.` : 'Nothing in the document is taxed this way.',
    'It is what lines and charges of this category come to, less its allowances.',
  ]);
}

type Tax = {
  readonly index: number;
  readonly tax: Exact;
  readonly taxable: Exact | undefined;
  readonly rate: Exact | undefined;
};

function judgeTax(judge: Judge, family: VatFamily, { index, tax, taxable, rate }: Tax): void {
  if (family.isTaxed && (taxable === undefined || rate === undefined)) return;
  const computed = family.isTaxed ? taxOn(taxable ?? NOTHING, rate ?? NOTHING) : NOTHING;
  const isRight = family.isTaxed ? isWithin(size(tax), computed, TAX_TOLERANCE) : tax.digits === 0n;
  if (isRight) return;
  judge.report(`BR-${family.id}-09`, at('BT-117', index), textOf(tax), [
    `The VAT of "${family.name}" is not ${textOf(computed)}.`,
    family.isTaxed ? 'It is the taxable amount times the rate.' : 'No VAT is charged here: enter 0.00.',
  ]);
}

function judgeIntraCommunity(judge: Judge, usages: Usages): void {
  if ((usages.get('K')?.breakdowns ?? 0) === 0) return;
  const { delivery, period, taxPointCode } = judge.invoice;
  const hasPeriod = !isBlank(period?.start) || !isBlank(period?.end) || !isBlank(taxPointCode);
  if (isBlank(delivery?.date) && !hasPeriod) {
    judge.report('BR-IC-11', [at('BT-72'), at('BG-14')], undefined, [
      'With an intra-community supply the day of delivery must be there.',
      'Enter the day of delivery or the period invoiced.',
    ]);
  }
  if (isBlank(delivery?.address?.country)) {
    judge.report('BR-IC-12', at('BT-80'), undefined, [
      'With an intra-community supply the country of delivery must be there.',
      'Enter the country the goods went to.',
    ]);
  }
}

const MIXED: Words = [
  'What is outside the scope of VAT cannot share a document with other categories.',
  'Put it on a document of its own, or choose another category.',
];

function judgeOutsideScope(judge: Judge, usages: Usages): void {
  if ((usages.get('O')?.breakdowns ?? 0) === 0) return;
  const others = { breakdowns: 0, lines: 0, allowances: 0, charges: 0 };
  for (const [code, usage] of usages) {
    if (code === 'O') continue;
    others.breakdowns += usage.breakdowns;
    others.lines += usage.lines;
    others.allowances += usage.allowances;
    others.charges += usage.charges;
  }
  if (others.breakdowns > 0) judge.report('BR-O-11', at('BT-118'), undefined, MIXED);
  if (others.lines > 0) judge.report('BR-O-12', at('BT-151'), undefined, MIXED);
  if (others.allowances > 0) judge.report('BR-O-13', at('BT-95'), undefined, MIXED);
  if (others.charges > 0) judge.report('BR-O-14', at('BT-102'), undefined, MIXED);
}

function judgeSplitPayment(judge: Judge, usages: Usages): void {
  if (usages.get('B') === undefined) return;
  const { seller, buyer, taxRepresentative, delivery, lines } = judge.invoice;
  const countries = [seller, buyer, taxRepresentative, delivery].map((party) => party?.address?.country);
  const foreign = [...countries, ...lines.map(({ item }) => item.origin)].find(
    (country) => !isBlank(country) && country?.trim() !== 'IT',
  );
  if (foreign !== undefined) {
    judge.report('BR-B-01', [at('BT-40'), at('BT-55')], foreign, [
      'Split payment is for invoices within Italy.',
      'Choose another tax category.',
    ]);
  }
  if (usages.get('S') !== undefined) {
    judge.report('BR-B-02', at('BT-118'), 'S', [
      'Split payment and the standard rate cannot share a document.',
      'Use one of the two.',
    ]);
  }
}
