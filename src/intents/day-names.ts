// Names of days, months and spans of time in English, German, French, Spanish, Italian and Dutch; folded: small letters,
// without accents.

/** `a b c` in each language under its number, from 1 on. */
function numbered(...rows: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    rows
      .flatMap((row) => row.split('|').map((words) => words.split(' ')))
      .flatMap((words) => words.map((word, index) => [word, index + 1] as const)),
  );
}

/** Months by their names; short forms only where they are no other word. */
export const MONTHS: Readonly<Record<string, number>> = {
  ...numbered(
    'january february march april may june july august september october november december',
    'januar februar marz april mai juni juli august september oktober november dezember',
    'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    'januari februari maart april mei juni juli augustus september oktober november december',
    'jan feb mrz apr may jun jul aug sep oct nov dec',
  ),
  mar: 3,
  okt: 10,
  dez: 12,
  sept: 9,
  janner: 1,
  maerz: 3,
};

/** Days of the week by their names, Monday is 1. */
export const WEEK_DAYS: Readonly<Record<string, number>> = {
  ...numbered(
    'monday tuesday wednesday thursday friday saturday sunday',
    'montag dienstag mittwoch donnerstag freitag samstag sonntag',
    'lundi mardi mercredi jeudi vendredi samedi dimanche',
    'lunes martes miercoles jueves viernes sabado domingo',
    'lunedi martedi mercoledi giovedi venerdi sabato domenica',
    'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag',
  ),
  sonnabend: 6,
};

/** Small numbers as words. */
export const NUMBERS: Readonly<Record<string, number>> = {
  ...numbered(
    'one two three four five six seven eight nine ten',
    'ein zwei drei vier funf sechs sieben acht neun zehn',
    'un deux trois quatre cinq six sept huit neuf dix',
    'un dos tres cuatro cinco seis siete ocho nueve diez',
    'un due tre quattro cinque sei sette otto nove dieci',
    'een twee drie vier vijf zes zeven acht negen tien',
  ),
  a: 1,
  einer: 1,
  einem: 1,
  eines: 1,
  une: 1,
  una: 1,
  fourteen: 14,
  vierzehn: 14,
  quinze: 15,
  quince: 15,
  quindici: 15,
};

export type Unit = 'day' | 'business_day' | 'week' | 'month';

const named = (unit: Unit, names: string) => names.split(' ').map((name) => [name, unit] as const);

/** Units of time by their names. */
export const UNITS: Readonly<Record<string, Unit>> = Object.fromEntries([
  ...named('day', 'day days tag tage tagen jour jours dia dias giorno giorni dag dagen'),
  ...named('business_day', 'werktage werktagen arbeitstage arbeitstagen bankarbeitstagen werkdagen'),
  ...named('week', 'week weeks woche wochen semaine semaines semana semanas settimana settimane weken'),
  ...named('month', 'month months monat monate monaten mois mes meses mese mesi maand maanden'),
]);

export type DayMeaning =
  | 'today'
  | 'yesterday'
  | 'tomorrow'
  | 'day_after_tomorrow'
  | 'month_end'
  | 'next_month'
  | 'week_end'
  | 'next_week'
  | 'last_week';

type Phrase = {
  readonly words: readonly string[];
  readonly means: DayMeaning;
  /** It means something else after one of these. */
  readonly notAfter?: readonly string[];
};

const NOT_TOMORROW: Readonly<Record<string, readonly string[]>> = {
  morgen: ['guten', 'goede', 'am', 'jeden'],
  manana: ['la', 'esta', 'una'],
};

const SAID: Readonly<Record<DayMeaning, string>> = {
  today: "today|heute|aujourd'hui|hoy|oggi|vandaag",
  yesterday: 'yesterday|gestern|hier|ayer|ieri|gisteren',
  tomorrow: 'tomorrow|morgen|demain|manana|domani',
  day_after_tomorrow: 'the day after tomorrow|ubermorgen|apres-demain|pasado manana|dopodomani|overmorgen',
  month_end:
    'end of the month|end of month|end of this month|month end|month-end|ende des monats|ende dieses monats|ende monat|monatsende|fin du mois|fin de mois|fin de mes|final de mes|finales de mes|fine mese|fine del mese|einde van de maand|eind van de maand|einde maand|eind deze maand',
  next_month:
    'next month|nachsten monat|nachster monat|kommenden monat|mois prochain|proximo mes|mes que viene|prossimo mese|mese prossimo|volgende maand',
  week_end:
    'end of the week|end of this week|end of week|this week|ende der woche|ende dieser woche|diese woche|dieser woche|fin de la semaine|cette semaine|final de la semana|esta semana|fine della settimana|questa settimana|einde van de week|eind van de week|deze week',
  next_week:
    'next week|nachste woche|nachster woche|kommende woche|kommender woche|semaine prochaine|la semaine prochaine|proxima semana|semana que viene|prossima settimana|settimana prossima|volgende week',
  last_week:
    'last week|letzte woche|letzter woche|vergangene woche|semaine derniere|la semaine derniere|semana pasada|settimana scorsa|scorsa settimana|vorige week',
};

/** What days are called that depend on today, by their first word, the longest first. */
export const DAY_PHRASES: ReadonlyMap<string, readonly Phrase[]> = Map.groupBy(
  Object.entries(SAID)
    .flatMap(([means, said]) =>
      said.split('|').map((text): Phrase => {
        const notAfter = NOT_TOMORROW[text];
        return { words: text.split(' '), means: means as DayMeaning, ...(notAfter ? { notAfter } : {}) };
      }),
    )
    .toSorted((a, b) => b.words.length - a.words.length),
  (phrase) => phrase.words[0] ?? '',
);
