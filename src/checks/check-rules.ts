// What is looked at before an invoice is issued, and how strictly: of a company for all it issues, of a customer where it wants
// something of its own. Nothing is looked at that a rule turns off.

import { Refusal } from '#kernel/refusal.ts';

/** Everything that can be looked at, in the order findings are shown. */
export const CHECKS = [
  'purchase_order',
  'buyer_reference',
  'buyer_tax_id',
  'own_tax_id',
  'duplicate',
  'alike',
  'bank_account',
  'no_bank_account',
  'recipient',
  'address',
  'due_date',
  'amount',
] as const;

export type CheckCode = (typeof CHECKS)[number];

/** `off`: not looked at. `warn`: told, and issued once somebody says so. `refuse`: not issued until it is mended. */
export const MODES = ['off', 'warn', 'refuse'] as const;
export type Mode = (typeof MODES)[number];

export type CheckRule = {
  readonly mode: Mode;
  /** Of the purchase order: how it is written. `#` is a digit, `@` a letter, `?` one character, `*` any number of them. */
  readonly pattern?: string | undefined;
  /** Of what is invoiced twice: looked for among invoices of so many days before. */
  readonly days?: number | undefined;
  /** Of the amount: so many times the customer's usual one is told. */
  readonly factor?: number | undefined;
};

export type CheckRules = Readonly<Record<CheckCode, CheckRule>>;

/** Rules as somebody stated them: some of all checks. */
export type StatedRules = Readonly<Partial<Record<CheckCode, CheckRule>>>;

/**
 * What counts where nobody said anything: what makes money go astray or asks it twice is refused, what is doubtful is told, and
 * what only some customers want is left alone.
 *
 * Twenty days for a duplicate are less than a month, so that a fee asked each month under one order is none; seven for the same
 * lines without any reference, since those repeat more readily.
 */
export const START_RULES: CheckRules = {
  purchase_order: { mode: 'off' },
  buyer_reference: { mode: 'off' },
  buyer_tax_id: { mode: 'warn' },
  own_tax_id: { mode: 'warn' },
  duplicate: { mode: 'refuse', days: 20 },
  alike: { mode: 'warn', days: 7 },
  bank_account: { mode: 'refuse' },
  no_bank_account: { mode: 'warn' },
  recipient: { mode: 'warn' },
  address: { mode: 'warn' },
  due_date: { mode: 'warn' },
  amount: { mode: 'warn', factor: 10 },
};

/** The measure each check knows, beside its mode. */
const MEASURES: Readonly<Partial<Record<CheckCode, 'pattern' | 'days' | 'factor'>>> = {
  purchase_order: 'pattern',
  duplicate: 'days',
  alike: 'days',
  amount: 'factor',
};

/** The rules of an invoice: the customer's own, else the company's, else what everybody starts with. */
export function rulesFor(company: StatedRules, customer: StatedRules): CheckRules {
  const entries = CHECKS.map((code) => {
    const stated = { ...START_RULES[code], ...company[code], ...customer[code] };
    return [code, stated] as const;
  });
  return Object.fromEntries(entries) as CheckRules;
}

/**
 * Makes sure that rules can be gone by.
 *
 * Refuses: `check_measure_not_known` (a check was given a measure it does not have), `check_only_warns` (the usual amount says
 * what is odd, not what is wrong), `purchase_order_pattern_not_valid`.
 */
export function checkRules(rules: StatedRules): void {
  for (const code of CHECKS) {
    const { mode, ...measures } = rules[code] ?? { mode: 'off' };
    const odd = Object.entries(measures).find(
      ([key, value]) => value !== undefined && key !== MEASURES[code],
    );
    if (odd) throw new Refusal('check_measure_not_known', { check: code, measure: odd[0] });
    if (code === 'amount' && mode === 'refuse') throw new Refusal('check_only_warns', { check: code });
  }
  const { pattern } = rules.purchase_order ?? {};
  if (pattern !== undefined && !/[#@?*]|\w/.test(pattern))
    throw new Refusal('purchase_order_pattern_not_valid', { pattern });
}

const FITS: Readonly<Record<string, RegExp>> = { '#': /^\d$/u, '@': /^\p{L}$/u, '?': /^.$/u };

/**
 * Whether a text is written as a pattern says: `#` a digit, `@` a letter, `?` one character, `*` any number of them, anything
 * else itself, capital or not. Takes time in proportion to both lengths whatever they hold, unlike a regular expression.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  const want = [...pattern.toUpperCase()];
  const have = [...text.toUpperCase()];
  let at = 0;
  let star = -1;
  let resume = 0;
  let next = 0;
  while (next < have.length) {
    const sign = want[at];
    if (sign === '*') {
      star = at;
      resume = next;
      at += 1;
    } else if (sign !== undefined && fits(sign, have[next] ?? '')) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      next = resume;
    } else return false;
  }
  return want.slice(at).every((sign) => sign === '*');
}

function fits(sign: string, character: string): boolean {
  return FITS[sign]?.test(character) ?? sign === character;
}
