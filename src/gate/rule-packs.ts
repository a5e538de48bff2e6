// Rules of countries on when and how often debtors may be contacted, as data with their source. They bind who collects from
// consumers; a tenant that collects from businesses alone need not keep any. Whether one applies is for the tenant to say.

/** A span of a day in minutes since midnight; the end is not in it. */
export type Span = { readonly from: number; readonly to: number };

export type RulePack = {
  readonly code: string;
  readonly name: string;
  /** Where the rules stand. */
  readonly source: string;
  /** Customers of these countries. */
  readonly countries: readonly string[];
  /** When contact is allowed, Monday first, in the customer's time. */
  readonly week: readonly Span[];
  readonly quietHolidays: boolean;
  /** Contacts by any way in so many days. */
  readonly contacts: readonly { readonly max: number; readonly days: number }[];
  /** Calls alone: attempts in so many days, and days without a call after a conversation. */
  readonly calls: {
    readonly max: number;
    readonly days: number;
    readonly afterConversationDays: number;
  } | null;
};

const at = (hour: number, minute = 0): number => hour * 60 + minute;
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export const RULE_PACKS: readonly RulePack[] = [
  {
    code: 'us-reg-f',
    name: 'United States: Regulation F',
    source:
      '12 CFR 1006.6(b)(1)(i): before 8 a.m. and after 9 p.m. local time are inconvenient. 12 CFR 1006.14(b)(2): more than seven calls within seven days about a debt, or a call within seven days after a conversation about it, are presumed to harass.',
    countries: ['US'],
    week: DAYS.map(() => ({ from: at(8), to: at(21) })),
    quietHolidays: false,
    contacts: [],
    calls: { max: 7, days: 7, afterConversationDays: 7 },
  },
  {
    code: 'au-guideline',
    name: 'Australia: debt collection guideline',
    source:
      'ACCC and ASIC, Debt collection guideline for collectors and creditors (ASIC RG 96): weekdays 7:30 to 21:00, weekends 9:00 to 21:00, not on national public holidays; no more than three contacts a week or ten a month.',
    countries: ['AU'],
    week: DAYS.map((day) => ({ from: day > 5 ? at(9) : at(7, 30), to: at(21) })),
    quietHolidays: true,
    contacts: [
      { max: 3, days: 7 },
      { max: 10, days: 30 },
    ],
    calls: null,
  },
];

/** The packs that a tenant keeps for customers of a country. */
export function packsFor(codes: readonly string[], country: string | null): readonly RulePack[] {
  return RULE_PACKS.filter(
    ({ code, countries }) => codes.includes(code) && country !== null && countries.includes(country),
  );
}
