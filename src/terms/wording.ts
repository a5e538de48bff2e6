// Terms in words, in the languages that letters are written in: `2 % within 10 days, 1 % within 20 days, net 30`.

import type { DueRule } from './due-rule.ts';
import type { DiscountTier, InstalmentRule, Share, TermsRules } from './payment-terms.ts';

/** The languages that terms are worded in; other languages get English. */
export type WordingLanguage = 'en' | 'de' | 'fr' | 'cs';

/** How a language says the parts of terms. */
type Words = {
  readonly atOnce: string;
  /** Alone (`net 30`), and as the end of a discount (`within 10 days`). */
  netDays(days: number): string;
  withinDays(days: number): string;
  months(months: number): string;
  monthEnd(rule: Extract<DueRule, { kind: 'month_end' }>): string;
  fixedDay(rule: Extract<DueRule, { kind: 'fixed_day' }>): string;
  cutOff(day: number): string;
  discount(percent: string, until: string): string;
  until(day: string): string;
  readonly share: { part(percent: string): string; readonly amount: string; readonly rest: string };
};

function plural(n: number, one: string, few: string, many: string = few): string {
  return n === 1 ? one : n >= 2 && n <= 4 ? few : many;
}

const ORDINAL_RULES = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINALS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

function ordinal(day: number): string {
  return `${day}${ORDINALS[ORDINAL_RULES.select(day)]}`;
}

function listOf(parts: readonly string[], and: string): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;
}

const ENGLISH: Words = {
  atOnce: 'due at once',
  netDays: (days) => `net ${days}`,
  withinDays: (days) => `within ${days} ${days === 1 ? 'day' : 'days'}`,
  months: (months) => `${months} ${months === 1 ? 'month' : 'months'} after issue`,
  monthEnd({ daysBefore, months, daysAfter }) {
    const before = daysBefore === 0 ? '' : `${daysBefore} days, then `;
    const end = months === 0 ? 'the end of the month' : `the end of the month ${inMonths(months)}`;
    return `${before}${daysAfter === 0 ? end : `${daysAfter} days after ${end}`}`;
  },
  fixedDay({ days, daysBefore, months }) {
    const which = listOf(days.map(ordinal), 'or');
    const month =
      months === 0 ? '' : months === 1 ? ' of the next month' : ` of the month ${inMonths(months)}`;
    const next = months === 0 ? `the next ${which}` : `the ${which}${month}`;
    return daysBefore === 0 ? next : `${daysBefore} days, then ${next}`;
  },
  cutOff: (day) => `issued after the ${ordinal(day)}: a month later`,
  discount: (percent, until) => `${percent} % ${until}`,
  until: (day) => `until ${day}`,
  share: { part: (percent) => `${percent} %`, amount: 'fixed', rest: 'the rest' },
};

function inMonths(months: number): string {
  return `${months} ${months === 1 ? 'month' : 'months'} later`;
}

const GERMAN: Words = {
  atOnce: 'sofort fällig',
  netDays: (days) => `${days} ${days === 1 ? 'Tag' : 'Tage'} netto`,
  withinDays: (days) => `innerhalb von ${days} ${days === 1 ? 'Tag' : 'Tagen'}`,
  months: (months) => `${months} ${months === 1 ? 'Monat' : 'Monate'} nach Rechnungsdatum`,
  monthEnd({ daysBefore, months, daysAfter }) {
    const before = daysBefore === 0 ? '' : `${daysBefore} Tage, dann `;
    const end =
      months === 0
        ? 'Monatsende'
        : months === 1
          ? 'Ende des Folgemonats'
          : `Monatsende ${months} Monate später`;
    return `${before}${daysAfter === 0 ? end : `${daysAfter} Tage nach ${end}`}`;
  },
  fixedDay({ days, daysBefore, months }) {
    const which = listOf(
      days.map((day) => `${day}.`),
      'oder',
    );
    const month = months === 1 ? ' des Folgemonats' : months > 1 ? ` des Monats ${months} Monate später` : '';
    const next = months === 0 ? `zum nächsten ${which}` : `am ${which}${month}`;
    return daysBefore === 0 ? next : `${daysBefore} Tage, dann ${next}`;
  },
  cutOff: (day) => `Rechnungen nach dem ${day}.: einen Monat später`,
  discount: (percent, until) => `${percent} % Skonto ${until}`,
  until: (day) => `bis ${day}`,
  share: { part: (percent) => `${percent} %`, amount: 'fest', rest: 'der Rest' },
};

const FRENCH: Words = {
  atOnce: 'payable immédiatement',
  netDays: (days) => `net à ${days} ${days === 1 ? 'jour' : 'jours'}`,
  withinDays: (days) => `sous ${days} ${days === 1 ? 'jour' : 'jours'}`,
  months: (months) => `${months} mois après la date de facture`,
  monthEnd({ daysBefore, months, daysAfter }) {
    const before = daysBefore === 0 ? '' : `${daysBefore} jours, puis `;
    const end =
      months === 0
        ? 'fin de mois'
        : months === 1
          ? 'fin du mois suivant'
          : `fin du mois, ${months} mois plus tard`;
    return `${before}${daysAfter === 0 ? end : `${daysAfter} jours après ${end}`}`;
  },
  fixedDay({ days, daysBefore, months }) {
    const which = listOf(days.map(String), 'ou');
    const month = months === 1 ? ' du mois suivant' : months > 1 ? ` du mois, ${months} mois plus tard` : '';
    const next = months === 0 ? `le prochain ${which}` : `le ${which}${month}`;
    return daysBefore === 0 ? next : `${daysBefore} jours, puis ${next}`;
  },
  cutOff: (day) => `factures émises après le ${day} : un mois plus tard`,
  discount: (percent, until) => `${percent} % d’escompte ${until}`,
  until: (day) => `jusqu’à : ${day}`,
  share: { part: (percent) => `${percent} %`, amount: 'fixe', rest: 'le solde' },
};

const CZECH: Words = {
  atOnce: 'splatné ihned',
  netDays: (days) => `splatnost ${days} ${plural(days, 'den', 'dny', 'dní')}`,
  withinDays: (days) => `do ${days} ${days === 1 ? 'dne' : 'dnů'}`,
  months: (months) => `${months} ${plural(months, 'měsíc', 'měsíce', 'měsíců')} od vystavení`,
  monthEnd({ daysBefore, months, daysAfter }) {
    const before = daysBefore === 0 ? '' : `${daysBefore} ${plural(daysBefore, 'den', 'dny', 'dní')}, pak `;
    const after = `${daysAfter} ${plural(daysAfter, 'den', 'dny', 'dní')} po konci`;
    const month =
      months === 0 ? 'měsíce' : months === 1 ? 'příštího měsíce' : `měsíce o ${months} měsíce později`;
    return `${before}${daysAfter === 0 ? 'konec' : after} ${month}`;
  },
  fixedDay({ days, daysBefore, months }) {
    const which = listOf(
      days.map((day) => `${day}.`),
      'nebo',
    );
    const month = months === 1 ? ' příštího měsíce' : months > 1 ? ` měsíce o ${months} měsíce později` : '';
    const next = months === 0 ? `nejbližší ${which}` : `${which}${month}`;
    return daysBefore === 0 ? next : `${daysBefore} ${plural(daysBefore, 'den', 'dny', 'dní')}, pak ${next}`;
  },
  cutOff: (day) => `vystavené po ${day}.: o měsíc později`,
  discount: (percent, until) => `skonto ${percent} % ${until}`,
  until: (day) => `do: ${day}`,
  share: { part: (percent) => `${percent} %`, amount: 'pevně', rest: 'zbytek' },
};

const WORDS: Readonly<Record<WordingLanguage, Words>> = { en: ENGLISH, de: GERMAN, fr: FRENCH, cs: CZECH };

/** The terms in one line of a language: discounts first, then what is due when. */
export function describeTerms(rules: TermsRules, language: WordingLanguage = 'en'): string {
  const words = WORDS[language];
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 4, useGrouping: false });
  const tiers = rules.discounts.map((tier) => describeTier(tier, words, number));
  const single = rules.instalments.length === 1;
  const percents = sharesInPercent(rules.instalments.map((instalment) => instalment.share));
  const parts = rules.instalments.map((instalment, index) => {
    const due = describeDue(instalment.due, words);
    return single ? due : `${describeShare(instalment, percents[index], words, number)} ${due}`;
  });
  return [...tiers, parts.join('; ')].join(', ');
}

function describeTier(tier: DiscountTier, words: Words, number: Intl.NumberFormat): string {
  const until =
    tier.until.kind === 'days' && tier.until.days > 0
      ? words.withinDays(tier.until.days)
      : words.until(describeDue(tier.until, words));
  return words.discount(number.format(Number(tier.percent)), until);
}

function describeDue(due: DueRule, words: Words): string {
  switch (due.kind) {
    case 'days':
      return due.days === 0 ? words.atOnce : words.netDays(due.days);
    case 'months':
      return words.months(due.months);
    case 'month_end':
      return withCutOff(words.monthEnd(due), due.cutOffDay, words);
    case 'fixed_day':
      return withCutOff(words.fixedDay(due), due.cutOffDay, words);
  }
}

function withCutOff(text: string, cutOffDay: number | null, words: Words): string {
  return cutOffDay === null ? text : `${text} (${words.cutOff(cutOffDay)})`;
}

function describeShare(
  { share }: InstalmentRule,
  percent: number | undefined,
  words: Words,
  number: Intl.NumberFormat,
): string {
  if ('amount' in share) return `${number.format(Number(share.amount))} ${words.share.amount}`;
  return percent === 100 ? words.share.rest : words.share.part(number.format(percent ?? 0));
}

/** Weights as percentages of what fixed amounts leave, for reading; amounts are never computed from these. */
function sharesInPercent(shares: readonly Share[]): readonly (number | undefined)[] {
  const weights = shares.map((share) => ('weight' in share ? Number(share.weight) : undefined));
  const whole = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return weights.map((weight) =>
    weight === undefined ? undefined : Math.round((weight * 10_000) / whole) / 100,
  );
}
