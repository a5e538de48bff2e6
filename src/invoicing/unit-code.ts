// Units as people write them, and their codes of UN/ECE recommendation 20, which machines read.

const CODES: Readonly<Record<string, readonly string[]>> = {
  C62: [
    '',
    'pc',
    'pcs',
    'piece',
    'pieces',
    'ea',
    'each',
    'unit',
    'units',
    'stk',
    'stück',
    'st',
    'ks',
    'kus',
    'pce',
    'pièce',
    'pièces',
  ],
  HUR: ['h', 'hr', 'hrs', 'hour', 'hours', 'std', 'stunde', 'stunden', 'hod', 'hodin', 'heure', 'heures'],
  DAY: ['d', 'day', 'days', 'tag', 'tage', 'pt', 'den', 'dní', 'jour', 'jours'],
  WEE: ['week', 'weeks', 'woche', 'wochen', 'týden', 'semaine', 'semaines'],
  MON: ['month', 'months', 'monat', 'monate', 'měsíc', 'měsíců', 'mois'],
  ANN: ['year', 'years', 'jahr', 'jahre', 'rok', 'let', 'an', 'ans', 'année', 'années'],
  MIN: ['min', 'minute', 'minutes', 'minuten'],
  KGM: ['kg'],
  GRM: ['g'],
  TNE: ['t', 'ton', 'tons', 'tonne', 'tonnen'],
  LTR: ['l', 'ltr', 'litre', 'liter'],
  MTR: ['m'],
  MTK: ['m2', 'm²', 'qm'],
  MTQ: ['m3', 'm³', 'cbm'],
  KMT: ['km'],
  KWH: ['kwh'],
  P1: ['%'],
  LS: ['flat', 'lump sum', 'pauschal', 'psch', 'paušál', 'forfait'],
};

const BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(CODES).flatMap(([code, words]) => words.map((word) => [word, code] as const)),
);

/** The code of a unit; `C62` (one) for none and for one that is not known, since a line must have a code (BR-23). */
export function unitCodeOf(unit: string | undefined): string {
  return BY_WORD.get((unit ?? '').trim().toLowerCase().replace(/\.$/, '')) ?? 'C62';
}
