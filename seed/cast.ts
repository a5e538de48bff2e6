// Who plays in the demo: customers with habits of paying, and what is sold to them. All names are made up; all addresses
// are of domains that can never exist (RFC 2606) and all telephone numbers are kept for fiction, so that nobody can be reached.

import { Chance } from './chance.ts';

/** How a customer pays: days after the due date on average, how much that varies, and what goes wrong. */
export type Habit = {
  readonly lateDays: number;
  readonly spread: number;
  readonly neverShare: number;
  readonly partShare: number;
};

export type Player = {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly email: string | undefined;
  readonly contact: string;
  readonly phone: string | undefined;
  readonly netDays: number;
  /** Invoices a month. */
  readonly rhythm: number;
  /** Usual invoice, in whole euros. */
  readonly size: number;
  readonly habit: Habit;
};

const PUNCTUAL: Habit = { lateDays: -2, spread: 3, neverShare: 0, partShare: 0 };
const USUAL: Habit = { lateDays: 4, spread: 6, neverShare: 0.01, partShare: 0.02 };
const SLOW: Habit = { lateDays: 21, spread: 12, neverShare: 0.03, partShare: 0.06 };
const TROUBLED: Habit = { lateDays: 55, spread: 25, neverShare: 0.2, partShare: 0.12 };

const FIRST = [
  'Aldera',
  'Brevik',
  'Castellan',
  'Dornfeld',
  'Elbtal',
  'Fennmark',
  'Granath',
  'Hollenstein',
  'Iserling',
  'Jasmund',
  'Kestrel',
  'Lindqvist',
  'Morava',
  'Nordhaven',
  'Ostrava',
  'Pellworm',
  'Quarnero',
  'Riesling',
  'Silvretta',
  'Tannwald',
  'Ulmenhof',
  'Vltava',
  'Westerholt',
  'Ysel',
  'Zwickau',
  'Ardenne',
  'Beskid',
  'Charente',
];
const SECOND = [
  'Optics',
  'Foods',
  'Machinery',
  'Textiles',
  'Logistics',
  'Packaging',
  'Chemicals',
  'Tools',
  'Furniture',
  'Medical',
  'Energy',
  'Printing',
];
const PLACES = [
  { country: 'DE', language: 'de', timeZone: 'Europe/Berlin', form: 'GmbH' },
  { country: 'DE', language: 'de', timeZone: 'Europe/Berlin', form: 'AG' },
  { country: 'AT', language: 'de', timeZone: 'Europe/Vienna', form: 'GmbH' },
  { country: 'FR', language: 'fr', timeZone: 'Europe/Paris', form: 'SARL' },
  { country: 'CZ', language: 'cs', timeZone: 'Europe/Prague', form: 's.r.o.' },
  { country: 'NL', language: 'en', timeZone: 'Europe/Amsterdam', form: 'B.V.' },
  { country: 'IE', language: 'en', timeZone: 'Europe/Dublin', form: 'Ltd' },
] as const;
const CONTACTS = [
  'Anna Berg',
  'Marek Novák',
  'Claire Dubois',
  'Jonas Weber',
  'Eva Lind',
  'Tomás Ortega',
  'Ines Kraft',
  'Paul Moreau',
  'Petra Svobodová',
  'Liam Byrne',
];

/**
 * Where numbers begin that an authority keeps for fiction: Bundesnetzagentur (Berlin), Arcep, ComReg. Countries that keep none
 * are called at Ofcom's numbers of no area.
 */
const FICTION: Readonly<Record<string, string>> = {
  DE: '+49 30 23125 ',
  FR: '+33 1 99 00 0',
  IE: '+353 20 910 0',
};
const FICTION_ELSEWHERE = '+44 1632 960';

/** A number of the fiction of a country; `index` is from 0 to 899. */
export function fictionPhone(country: string, index: number): string {
  const digits = String(100 + index);
  const begin = FICTION[country] ?? FICTION_ELSEWHERE;
  return country === 'FR' ? `${begin}${digits.slice(0, 1)} ${digits.slice(1)}` : `${begin}${digits}`;
}

/** One customer in so many has given no number: somebody has to find it. */
const WITHOUT_PHONE = 9;

/** What is sold: description, unit, price range in whole euros. */
export const GOODS = [
  { description: 'Pressure sensor PS-40', unit: 'pcs', from: 38, to: 64 },
  { description: 'Flow meter FM-200', unit: 'pcs', from: 420, to: 690 },
  { description: 'Calibration on site', unit: 'h', from: 95, to: 120 },
  { description: 'Display unit D7', unit: 'pcs', from: 130, to: 185 },
  { description: 'Maintenance contract, one month', unit: 'month', from: 240, to: 900 },
  { description: 'Cable set 10 m', unit: 'set', from: 12, to: 29 },
  { description: 'Gateway GW-8', unit: 'pcs', from: 310, to: 480 },
] as const;

const CUSTOMERS = 44;

/** The customers of the demo. */
export function cast(seed: number): readonly Player[] {
  const chance = new Chance(seed);
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const first = FIRST[index % FIRST.length] ?? 'Aldera';
    const place = chance.oneOf(PLACES);
    const share = chance.share();
    const habit = share < 0.3 ? PUNCTUAL : share < 0.72 ? USUAL : share < 0.92 ? SLOW : TROUBLED;
    const name = `${first} ${chance.oneOf(SECOND)} ${place.form}`;
    return {
      number: `C${String(10_001 + index)}`,
      name,
      country: place.country,
      language: place.language,
      timeZone: place.timeZone,
      // One customer cannot be written to, so that the reminders show what happens then.
      email: index === 17 ? undefined : `accounts@${first.toLowerCase()}-${index + 1}.example`,
      contact: chance.oneOf(CONTACTS),
      phone: index % WITHOUT_PHONE === WITHOUT_PHONE - 1 ? undefined : fictionPhone(place.country, index),
      netDays: chance.oneOf([14, 30, 30, 30, 45, 60]),
      rhythm: chance.oneOf([0.4, 0.6, 0.9, 1.2, 1.8]),
      size: chance.oneOf([350, 900, 1_800, 4_200, 9_500, 22_000]),
      habit,
    };
  });
}
