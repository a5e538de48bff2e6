// How reminders tell what late payment has cost by the day they are written, in every language; places for facts in Liquid.

import type { DocumentLanguage } from '#printing/language.ts';

/** Labels of the amounts; each says that it is not charged yet. */
export type CostPhrases = { readonly interest: string; readonly fees: string };

const said = (interest: string, fees: string): CostPhrases => ({
  interest: interest.replace('DAY', '{{ today | date }}'),
  fees,
});

/** The phrases, by language. */
export const COST_PHRASES: Readonly<Record<DocumentLanguage, CostPhrases>> = {
  en: said('Interest accrued to DAY, not yet charged', 'Fees, not yet charged'),
  de: said('Zinsen bis DAY, noch nicht berechnet', 'Gebühren, noch nicht berechnet'),
  fr: said('Intérêts courus au DAY, pas encore facturés', 'Frais, pas encore facturés'),
  cs: said('Úroky ke dni DAY, dosud nevyúčtované', 'Poplatky, dosud nevyúčtované'),
  es: said('Intereses devengados a DAY, aún no cargados', 'Gastos, aún no cargados'),
  it: said('Interessi maturati al DAY, non ancora addebitati', 'Spese, non ancora addebitate'),
  pt: said('Juros vencidos até DAY, ainda não cobrados', 'Encargos, ainda não cobrados'),
  ro: said('Dobândă acumulată până la DAY, încă nefacturată', 'Taxe, încă nefacturate'),
  nl: said('Rente tot en met DAY, nog niet in rekening gebracht', 'Kosten, nog niet in rekening gebracht'),
  sv: said('Ränta till och med DAY, ännu inte debiterad', 'Avgifter, ännu inte debiterade'),
  da: said('Renter til og med DAY, endnu ikke opkrævet', 'Gebyrer, endnu ikke opkrævet'),
  nb: said('Renter til og med DAY, ennå ikke fakturert', 'Gebyrer, ennå ikke fakturert'),
  fi: said('Kertynyt korko DAY, ei vielä veloitettu', 'Maksut, ei vielä veloitettu'),
  et: said('Viivis seisuga DAY, veel esitamata', 'Tasud, veel esitamata'),
  pl: said('Odsetki na dzień DAY, jeszcze nienaliczone notą', 'Opłaty, jeszcze nienaliczone notą'),
  sk: said('Úroky ku dňu DAY, zatiaľ nevyúčtované', 'Poplatky, zatiaľ nevyúčtované'),
  sl: said('Obresti do DAY, še niso zaračunane', 'Stroški, še niso zaračunani'),
  hr: said('Kamate do DAY, još nisu zaračunate', 'Naknade, još nisu zaračunate'),
  bg: said('Лихва към DAY, още неначислена', 'Такси, още неначислени'),
  uk: said('Проценти станом на DAY, ще не виставлені', 'Збори, ще не виставлені'),
  hu: said('Kamat DAY napjáig, még nem felszámítva', 'Díjak, még nem felszámítva'),
  el: said('Τόκοι έως DAY, δεν έχουν χρεωθεί ακόμη', 'Έξοδα, δεν έχουν χρεωθεί ακόμη'),
  lv: said('Procenti līdz DAY, vēl nav aprēķināti rēķinā', 'Maksas, vēl nav aprēķinātas rēķinā'),
  lt: said('Palūkanos iki DAY, dar neįskaičiuotos', 'Mokesčiai, dar neįskaičiuoti'),
  tr: said('DAY tarihine kadar faiz, henüz tahakkuk ettirilmedi', 'Ücretler, henüz tahakkuk ettirilmedi'),
  ar: said('الفوائد حتى DAY، لم تُحتسب بعد', 'الرسوم، لم تُحتسب بعد'),
  he: said('ריבית עד DAY, טרם חויבה', 'דמים, טרם חויבו'),
  hi: said('DAY तक का ब्याज, अभी लगाया नहीं गया', 'शुल्क, अभी लगाया नहीं गया'),
  'zh-Hans': said('截至 DAY 的利息，尚未收取', '费用，尚未收取'),
  'zh-Hant': said('截至 DAY 的利息，尚未收取', '費用，尚未收取'),
  ja: said('DAY までの利息（未請求）', '手数料（未請求）'),
  ko: said('DAY까지의 이자(미청구)', '수수료(미청구)'),
};
