// What banks call the columns of their CSV statements, and the words in them, in English, German, French, Czech,
// Dutch and Spanish. Only whole names count: what is not here is asked, not guessed.

import { isCurrency } from '#kernel/money.ts';

/** What a column of a statement can be. */
export type BankColumn =
  | 'bookingDate'
  | 'valueDate'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'flag'
  | 'currency'
  | 'counterpartyName'
  | 'counterpartyAccount'
  | 'text'
  | 'bankReference'
  | 'endToEndId'
  | 'balanceAfter'
  | 'balanceBefore'
  | 'originalAmount'
  | 'originalCurrency'
  | 'account'
  | 'status';

/**
 * Names of columns without accents and signs: English, German, French, Czech, Dutch, Spanish. Only whole names
 * count; "original amount" is no amount of the account.
 */
const NAMES: Readonly<Record<BankColumn, string>> = {
  bookingDate: `date, booking date, booked, posting date, posted date, transaction date, entry date, completed
    date, date completed, buchungstag, buchungsdatum, buchung, datum, umsatzdatum, date operation, date de l
    operation, date comptable, date de comptabilisation, datum zauctovani, datum uctovani, datum provedeni, datum
    pohybu, zauctovano, boekdatum, boekingsdatum, transactiedatum, fecha, fecha operacion, fecha de operacion, f
    operacion, fecha contable`,
  valueDate: `value date, valuta, valutadatum, valutatag, wertstellung, wertstellungsdatum, wert, date valeur,
    date de valeur, datum valuty, valuta datum, rentedatum, fecha valor, f valor`,
  amount: `amount, transaction amount, betrag, umsatz, montant, castka, objem, bedrag, transactiebedrag,
    importe, cantidad`,
  debit: `debit, debit amount, paid out, money out, withdrawal, withdrawals, soll, belastung, ausgang, ausgaben,
    sorties, na vrub, vydaje, debet, uitgaven, cargo, cargos, debe`,
  credit: `credit, credit amount, paid in, money in, deposit, deposits, haben, gutschrift, eingang, einnahmen,
    entrees, ve prospech, prijmy, inkomsten, abono, abonos, haber`,
  flag: `debit credit, credit debit, d c, c d, dc, cr dr, dr cr, credit debit indicator, soll haben, s h, soll
    haben kennzeichen, sens, smer, smer platby, af bij, bij af, debe haber, cargo abono`,
  currency: `currency, ccy, wahrung, waehrung, devise, mena, munt, muntsoort, divisa, moneda`,
  counterpartyName: `name, payee, payer, counterparty, counterparty name, beneficiary, beneficiary payer,
    partner name, empfanger, auftraggeber, zahlungspflichtiger, zahlungsbeteiligter, name zahlungsbeteiligter,
    auftraggeber empfanger, auftraggeber beguenstigter, beguenstigter zahlungspflichtiger, zahlungspartner, nom,
    tiers, contrepartie, nom contrepartie, nom de la contrepartie, nazev protiuctu, nazev protistrany, nazev uctu
    protistrany, protistrana, jmeno protistrany, naam, tegenpartij, naam tegenpartij, naam omschrijving, nombre,
    ordenante, beneficiario`,
  counterpartyAccount: `counterparty account, counterparty iban, counterparty account number, partner iban,
    gegenkonto, gegenkonto iban, iban zahlungsbeteiligter, kontonummer iban, iban auftraggeber, compte
    contrepartie, iban contrepartie, protiucet, cislo protiuctu, cislo uctu protistrany, ucet protistrany,
    tegenrekening, tegenrekening iban bban, iban tegenpartij, cuenta contraparte, iban beneficiario`,
  text: `description, details, narrative, memo, purpose, reference, payment reference, remittance information,
    transaction details, verwendungszweck, beschreibung1, beschreibung2, beschreibung3, mitteilung, mitteilungen,
    beschreibung, zahlungsreferenz, zahlungszweck, libelle, communication, motif, details de l operation, popis,
    zprava, zprava pro prijemce, poznamka, variabilni symbol, vs, omschrijving, mededeling, mededelingen,
    betalingskenmerk, concepto, descripcion, observaciones, referencia`,
  bankReference: `transaction id, bank reference, transaction reference, entry reference, transaktions id,
    transaktionsnummer, bankreferenz, transaktions nr, id transaction, reference operation, reference de l
    operation, id operace, id pohybu, id transakce, cislo transakce, transactiereferentie, volgnr, referencia
    bancaria`,
  endToEndId: `kundenreferenz end to end, end to end id, end to end reference, end to end, ende zu ende
    referenz, reference de bout en bout`,
  balanceAfter: `balance, running balance, account balance, closing balance, saldo, saldo nach buchung,
    kontostand, endsaldo, solde, zustatek, zustatek po, saldo po, eindsaldo, saldo na mutatie, saldo na trn, saldo
    despues`,
  balanceBefore: `opening balance, balance before, anfangssaldo, solde initial, pocatecni zustatek, beginsaldo,
    startsaldo, saldo voor mutatie`,
  originalAmount: `original amount, foreign amount, amount in foreign currency, originalbetrag, ursprungsbetrag,
    betrag in fremdwahrung, fremdwahrungsbetrag, montant d origine, montant en devise, puvodni castka, castka v cizi
    mene, bedrag in vreemde valuta, importe original, importe en divisa`,
  originalCurrency: `original currency, foreign currency, originalwahrung, ursprungswahrung, fremdwahrung, devise d
    origine, puvodni mena, vreemde valuta, divisa original`,
  account: `account, account number, iban, konto, kontonummer, auftragskonto, iban auftragskonto, compte, numero
    de compte, ucet, cislo uctu, rekening, rekeningnummer, iban bban, cuenta, numero de cuenta`,
  status: `status, state, umsatzstatus, statut, stav, estado`,
};

const FIELD_OF_NAME: ReadonlyMap<string, BankColumn> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(',').map((name) => [plainWord(name), field as BankColumn] as const),
  ),
);

/** Words with which banks say that money went out, came in, or that an entry is booked. */
export const DEBIT_WORDS = [
  'D',
  'DR',
  'DBIT',
  'Debit',
  'Débit',
  'Debet',
  'S',
  'Soll',
  'Belastung',
  'Af',
  'Výdaj',
  'Odchozí',
  'Cargo',
  'Debe',
  '-',
];
export const CREDIT_WORDS = [
  'C',
  'CR',
  'CRDT',
  'Credit',
  'Crédit',
  'H',
  'Haben',
  'Gutschrift',
  'Bij',
  'Příjem',
  'Příchozí',
  'Abono',
  'Haber',
  '+',
];
export const BOOKED_WORDS = [
  'booked',
  'book',
  'posted',
  'completed',
  'settled',
  'gebucht',
  'umsatz gebucht',
  'comptabilise',
  'zauctovano',
  'provedeno',
  'verwerkt',
  'geboekt',
  'contabilizado',
];

/** Lower case, no accents, no signs: "Währung (EUR)" is "wahrung eur". */
export function plainWord(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** What a column is, and the currency its name ends with ("Belastung in CHF"). */
export function columnNamed(name: string): { field: BankColumn | undefined; currency: string | undefined } {
  const words = plainWord(name).split(' ');
  const code = (words.at(-1) ?? '').toUpperCase();
  if (words.length > 1 && isCurrency(code)) {
    const rest = words.slice(0, words.at(-2) === 'in' ? -2 : -1).join(' ');
    const field = FIELD_OF_NAME.get(rest);
    if (field !== undefined) return { field, currency: code };
  }
  return { field: FIELD_OF_NAME.get(plainWord(name)), currency: undefined };
}
