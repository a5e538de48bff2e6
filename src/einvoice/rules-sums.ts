// Whether the amounts add up (BR-CO-10 to BR-CO-17) and have two decimals at most (BR-DEC). Sums are exact; where the standard
// rounds, it rounds to two decimals, whatever the currency.

import { eachAmount } from './amounts.ts';
import {
  decimalsOfText,
  type Exact,
  isSame,
  isWithin,
  minus,
  NOTHING,
  plus,
  readExact,
  roundUpHalf,
  shareOf,
  size,
  textOf,
} from './exact.ts';
import { at, inLine, isBlank, type Judge, type Place, type Words } from './judge.ts';
import type { AllowanceCharge, EInvoice } from './model.ts';

/** Judges by the rules on sums and decimals. */
export function judgeSums(judge: Judge): void {
  judgeDecimals(judge);
  judgeLineSum(judge);
  judgeAllowanceSums(judge);
  judgeTotalWithoutVat(judge);
  judgeTotalVat(judge);
  judgeTotalWithVat(judge);
  judgeDue(judge);
  for (const index of judge.invoice.vat.keys()) judgeTaxOfCategory(judge, index);
}

/** The rule on decimals for each term that has one. */
const DECIMALS_RULE: Readonly<Record<string, string>> = {
  'BT-92': 'BR-DEC-01',
  'BT-93': 'BR-DEC-02',
  'BT-99': 'BR-DEC-05',
  'BT-100': 'BR-DEC-06',
  'BT-106': 'BR-DEC-09',
  'BT-107': 'BR-DEC-10',
  'BT-108': 'BR-DEC-11',
  'BT-109': 'BR-DEC-12',
  'BT-110': 'BR-DEC-13',
  'BT-112': 'BR-DEC-14',
  'BT-111': 'BR-DEC-15',
  'BT-113': 'BR-DEC-16',
  'BT-114': 'BR-DEC-17',
  'BT-115': 'BR-DEC-18',
  'BT-116': 'BR-DEC-19',
  'BT-117': 'BR-DEC-20',
  'BT-131': 'BR-DEC-23',
  'BT-136': 'BR-DEC-24',
  'BT-137': 'BR-DEC-25',
  'BT-141': 'BR-DEC-27',
  'BT-142': 'BR-DEC-28',
};

const TOO_FINE: Words = ['The amount has more than two decimals.', 'Round it to two decimals.'];
const NO_NUMBER: Words = [
  'This is no number.',
  'Write digits with a point before the decimals, such as 1234.50.',
];

function judgeDecimals(judge: Judge): void {
  eachAmount(judge.invoice, ({ value }, term, line, index) => {
    if (isBlank(value)) return;
    const place = line === undefined ? at(term, index) : inLine(term, line, index);
    if (readExact(value) === undefined) {
      judge.report('Q-NUMBER', place, value, NO_NUMBER);
      return;
    }
    const rule = DECIMALS_RULE[term];
    if (rule !== undefined && decimalsOfText(value) > 2) judge.report(rule, place, value, TOO_FINE);
  });
  for (const [index, line] of judge.invoice.lines.entries()) {
    for (const [term, text] of [
      ['BT-129', line.quantity?.value],
      ['BT-149', line.priceBase?.value],
      ['BT-152', line.vatRate],
    ] as const) {
      if (isBlank(text) || readExact(text) !== undefined) continue;
      judge.report('Q-NUMBER', inLine(term, index), text, NO_NUMBER);
    }
  }
}

function total(invoice: EInvoice, name: keyof NonNullable<EInvoice['totals']>): Exact | undefined {
  return readExact(invoice.totals?.[name]?.value);
}

/** Says that a total is not what its parts come to. */
function disagree(judge: Judge, rule: string, places: readonly Place[], amounts: Disagreement): void {
  const { stated, computed } = amounts;
  judge.report(rule, places, stated === undefined ? '' : textOf(stated), [
    `${amounts.what} is not ${textOf(computed)}.`,
    amounts.hint,
  ]);
}

type Disagreement = {
  /** Which amount, at the beginning of a sentence. */
  readonly what: string;
  readonly stated: Exact | undefined;
  readonly computed: Exact;
  readonly hint: string;
};

function judgeLineSum(judge: Judge): void {
  const stated = total(judge.invoice, 'lines');
  if (stated === undefined) return;
  let sum = NOTHING;
  for (const { net } of judge.invoice.lines) sum = plus(sum, readExact(net?.value) ?? NOTHING);
  const computed = roundUpHalf(sum, 2);
  if (isSame(stated, computed)) return;
  disagree(judge, 'BR-CO-10', [at('BT-106'), at('BT-131')], {
    what: 'The sum of the lines',
    stated,
    computed,
    hint: 'Add up the net amounts of all lines.',
  });
}

function sumOf(all: readonly AllowanceCharge[], kind: AllowanceCharge['kind']): Exact | undefined {
  let sum: Exact | undefined;
  for (const one of all) {
    if (one.kind === kind) sum = plus(sum ?? NOTHING, readExact(one.amount?.value) ?? NOTHING);
  }
  return sum;
}

function judgeAllowanceSums(judge: Judge): void {
  for (const [rule, kind, name, terms, what] of [
    ['BR-CO-11', 'allowance', 'allowances', ['BT-107', 'BT-92'], 'The sum of allowances'],
    ['BR-CO-12', 'charge', 'charges', ['BT-108', 'BT-99'], 'The sum of charges'],
  ] as const) {
    const stated = total(judge.invoice, name);
    const sum = sumOf(judge.invoice.allowancesCharges, kind);
    if (stated === undefined && sum === undefined) continue;
    const computed = roundUpHalf(sum ?? NOTHING, 2);
    if (stated !== undefined && isSame(stated, computed)) continue;
    disagree(
      judge,
      rule,
      terms.map((term) => at(term)),
      {
        what,
        stated,
        computed,
        hint: `Add up every ${kind} of the document; those of lines are in their lines already.`,
      },
    );
  }
}

function judgeTotalWithoutVat(judge: Judge): void {
  const stated = total(judge.invoice, 'withoutVat');
  const lines = total(judge.invoice, 'lines');
  if (stated === undefined || lines === undefined) return;
  const allowances = total(judge.invoice, 'allowances');
  const charges = total(judge.invoice, 'charges');
  const exact = minus(plus(lines, charges ?? NOTHING), allowances ?? NOTHING);
  const computed = allowances === undefined && charges === undefined ? exact : roundUpHalf(exact, 2);
  if (isSame(stated, computed)) return;
  disagree(judge, 'BR-CO-13', [at('BT-109'), at('BT-106'), at('BT-107'), at('BT-108')], {
    what: 'The total without VAT',
    stated,
    computed,
    hint: 'It is the sum of the lines, less allowances, plus charges.',
  });
}

function judgeTotalVat(judge: Judge): void {
  const { vat } = judge.invoice;
  if (vat.length === 0) return;
  const stated = total(judge.invoice, 'vat');
  let sum = NOTHING;
  for (const { tax } of vat) sum = plus(sum, readExact(tax?.value) ?? NOTHING);
  const computed = roundUpHalf(sum, 2);
  if (stated !== undefined && isSame(stated, computed)) return;
  disagree(judge, 'BR-CO-14', [at('BT-110'), at('BT-117')], {
    what: 'The total VAT',
    stated,
    computed,
    hint: 'Add up the VAT of all categories.',
  });
}

/** In CII the total VAT may be left out where the totals with and without it are the same. */
function judgeTotalWithVat(judge: Judge): void {
  const { invoice } = judge;
  const stated = total(invoice, 'withVat');
  const withoutVat = total(invoice, 'withoutVat');
  if (isBlank(invoice.currency) || stated === undefined || withoutVat === undefined) return;
  const vatText = invoice.totals?.vat;
  const isInCurrency =
    vatText?.currency === undefined || vatText.currency.trim() === invoice.currency?.trim();
  const vat = isInCurrency ? readExact(vatText?.value) : undefined;
  const places = [at('BT-112'), at('BT-109'), at('BT-110')];
  const hint = 'It is the total without VAT plus the total VAT.';
  const computed = roundUpHalf(plus(withoutVat, vat ?? NOTHING), 2);
  const isRepeated = (invoice.vatAgain ?? []).some(
    ({ currency }) => currency?.trim() === invoice.currency?.trim(),
  );
  if (isRepeated) {
    judge.report('BR-CO-15', places, vatText?.value, [
      'The total VAT in the currency of the document is there more than once.',
      'Keep one.',
    ]);
  } else if (vat === undefined && invoice.syntax !== 'cii') {
    judge.report('BR-CO-15', places, vatText?.value, [
      'The total VAT in the currency of the document is missing.',
      'Enter it; 0.00 where no VAT is due.',
    ]);
  } else if (!isSame(stated, computed) && !(invoice.syntax === 'cii' && isSame(stated, withoutVat))) {
    disagree(judge, 'BR-CO-15', places, { what: 'The total with VAT', stated, computed, hint });
  }
}

function judgeDue(judge: Judge): void {
  const stated = total(judge.invoice, 'due');
  const withVat = total(judge.invoice, 'withVat');
  if (stated === undefined || withVat === undefined) return;
  const prepaid = total(judge.invoice, 'prepaid');
  const rounding = total(judge.invoice, 'rounding');
  const owed = prepaid === undefined ? withVat : roundUpHalf(minus(withVat, prepaid), 2);
  const asked = rounding === undefined ? stated : roundUpHalf(minus(stated, rounding), 2);
  if (isSame(asked, owed)) return;
  disagree(judge, 'BR-CO-16', [at('BT-115'), at('BT-112'), at('BT-113'), at('BT-114')], {
    what: 'The amount due',
    stated,
    computed: plus(owed, rounding ?? NOTHING),
    hint: 'It is the total with VAT, less what was paid before, plus the rounding.',
  });
}

/** How far the VAT of a category may be from its amount times the rate: less than one unit of the currency (CEN). */
export const TAX_TOLERANCE: Exact = { digits: 1n, scale: 0 };

/** The VAT on an amount, rounded to two decimals half away from zero, without its sign. */
export function taxOn(taxable: Exact, rate: Exact): Exact {
  return roundUpHalf(shareOf(size(taxable), rate), 2);
}

function judgeTaxOfCategory(judge: Judge, index: number): void {
  const breakdown = judge.invoice.vat[index];
  const tax = readExact(breakdown?.tax?.value);
  const taxable = readExact(breakdown?.taxable?.value);
  if (tax === undefined || taxable === undefined) return;
  const rate = readExact(breakdown?.rate);
  // A rate that rounds to nothing is no rate, and has no VAT beyond what rounds to nothing either.
  const isRated = rate !== undefined && roundUpHalf(rate, 0).digits !== 0n;
  const computed = isRated ? taxOn(taxable, rate) : NOTHING;
  const distance = minus(size(tax), computed);
  // A whole unit is too much in UBL, and just not too much in CII: so the two sets of published rules have it.
  const isNear =
    isWithin(distance, NOTHING, TAX_TOLERANCE) ||
    (judge.invoice.syntax === 'cii' && isSame(size(distance), TAX_TOLERANCE));
  if (isRated ? isNear : roundUpHalf(tax, 0).digits === 0n) return;
  disagree(judge, 'BR-CO-17', [at('BT-117', index), at('BT-116', index), at('BT-119', index)], {
    what: 'The VAT of this category',
    stated: tax,
    computed: taxable.digits < 0n ? minus(NOTHING, computed) : computed,
    hint: 'It is the taxable amount times the rate, rounded to two decimals.',
  });
}
