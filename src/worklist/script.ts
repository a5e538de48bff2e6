// What to say: a few sentences by how late it is and in the language of the customer, with the facts in them. Pure.

import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, toDecimal } from '#kernel/money.ts';

/** How firmly is spoken. */
export const SCRIPT_PHASES = ['friendly', 'firm', 'final'] as const;
export type ScriptPhase = (typeof SCRIPT_PHASES)[number];

/** Days overdue from which is spoken firmly, and from which for the last time. */
const FIRM_FROM = 15;
const FINAL_FROM = 45;

/** How firmly is spoken of what is so many days overdue. */
export function phaseOf(daysLate: number): ScriptPhase {
  if (daysLate >= FINAL_FROM) return 'final';
  return daysLate >= FIRM_FROM ? 'firm' : 'friendly';
}

/** Sentences of each phase, and what goes before them. */
type Lines = Readonly<Record<ScriptPhase | 'broken' | 'closed', readonly string[]>>;

const LINES: Readonly<Record<string, Lines>> = {
  en: {
    friendly: [
      'I am calling for {company} about {amount}, due {days} days ago.',
      'Is anything missing for you to pay it?',
      'By which day can we expect it?',
    ],
    firm: [
      '{amount} has been overdue at {company} for up to {days} days.',
      'What keeps it from being paid?',
      'Please name the day on which the transfer leaves.',
    ],
    final: [
      '{amount} has been overdue for up to {days} days in spite of our reminders.',
      'Before {company} takes further steps: can you pay today, or in fixed instalments?',
    ],
    broken: ['You told us the money would come by {promised}; we did not see it.', 'What happened?'],
    closed: ['Your complaint has been decided.', 'What is left is owed as before: when can you pay it?'],
  },
  de: {
    friendly: [
      'Ich rufe für {company} an, wegen {amount}, fällig seit {days} Tagen.',
      'Fehlt Ihnen etwas, um zu zahlen?',
      'Bis wann dürfen wir damit rechnen?',
    ],
    firm: [
      'Bei {company} sind {amount} bis zu {days} Tage überfällig.',
      'Was hindert die Zahlung?',
      'Bitte nennen Sie den Tag, an dem Sie überweisen.',
    ],
    final: [
      'Trotz unserer Erinnerungen sind {amount} bis zu {days} Tage überfällig.',
      'Bevor {company} weitere Schritte geht: Können Sie heute zahlen, oder in festen Raten?',
    ],
    broken: [
      'Sie hatten uns das Geld bis {promised} zugesagt; es ist nicht angekommen.',
      'Was ist geschehen?',
    ],
    closed: [
      'Über Ihren Einwand ist entschieden.',
      'Der Rest ist wie zuvor offen: Wann können Sie ihn zahlen?',
    ],
  },
  fr: {
    friendly: [
      'J’appelle pour {company} au sujet de {amount}, échu depuis {days} jours.',
      'Vous manque-t-il quelque chose pour payer ?',
      'Quel jour pouvons-nous l’attendre ?',
    ],
    firm: [
      '{amount} sont en retard de {days} jours au plus chez {company}.',
      'Qu’est-ce qui empêche le paiement ?',
      'Indiquez-nous le jour du virement.',
    ],
    final: [
      'Malgré nos rappels, {amount} sont en retard de {days} jours au plus.',
      'Avant que {company} n’aille plus loin : pouvez-vous payer aujourd’hui, ou en échéances fixes ?',
    ],
    broken: [
      'Vous nous aviez annoncé le paiement pour le {promised} ; nous ne l’avons pas reçu.',
      'Que s’est-il passé ?',
    ],
    closed: [
      'Votre réclamation a été tranchée.',
      'Le reste est dû comme avant : quand pourrez-vous le régler ?',
    ],
  },
  es: {
    friendly: [
      'Llamo de {company} por {amount}, vencido hace {days} días.',
      '¿Le falta algo para pagarlo?',
      '¿Para qué día podemos esperarlo?',
    ],
    firm: [
      '{amount} llevan hasta {days} días vencidos con {company}.',
      '¿Qué impide el pago?',
      'Díganos qué día sale la transferencia.',
    ],
    final: [
      'Pese a nuestros avisos, {amount} llevan hasta {days} días vencidos.',
      'Antes de que {company} dé otros pasos: ¿puede pagar hoy, o en plazos fijos?',
    ],
    broken: ['Nos dijo que el dinero llegaría el {promised}; no lo hemos recibido.', '¿Qué ha pasado?'],
    closed: ['Su reclamación está resuelta.', 'El resto se debe como antes: ¿cuándo puede pagarlo?'],
  },
  it: {
    friendly: [
      'Chiamo per {company} a proposito di {amount}, scaduti da {days} giorni.',
      'Le manca qualcosa per pagare?',
      'Entro quale giorno possiamo aspettarli?',
    ],
    firm: [
      '{amount} sono scaduti da fino a {days} giorni con {company}.',
      'Che cosa impedisce il pagamento?',
      'Ci indichi il giorno del bonifico.',
    ],
    final: [
      'Nonostante i nostri solleciti, {amount} sono scaduti da fino a {days} giorni.',
      'Prima che {company} compia altri passi: può pagare oggi, o a rate fisse?',
    ],
    broken: [
      'Ci aveva promesso il pagamento per il {promised}; non lo abbiamo ricevuto.',
      'Che cosa è successo?',
    ],
    closed: ['Il suo reclamo è stato deciso.', 'Il resto è dovuto come prima: quando può pagarlo?'],
  },
  nl: {
    friendly: [
      'Ik bel namens {company} over {amount}, {days} dagen geleden vervallen.',
      'Mist u iets om te betalen?',
      'Op welke dag mogen we het verwachten?',
    ],
    firm: [
      'Bij {company} staat {amount} tot {days} dagen over tijd open.',
      'Wat houdt de betaling tegen?',
      'Noem ons de dag waarop u overmaakt.',
    ],
    final: [
      'Ondanks onze herinneringen is {amount} tot {days} dagen over tijd.',
      'Voordat {company} verdere stappen zet: kunt u vandaag betalen, of in vaste termijnen?',
    ],
    broken: [
      'U zei dat het geld er op {promised} zou zijn; wij hebben het niet gezien.',
      'Wat is er gebeurd?',
    ],
    closed: [
      'Over uw klacht is beslist.',
      'Wat overblijft is verschuldigd als voorheen: wanneer kunt u betalen?',
    ],
  },
};

/** Languages in which there is something to say. */
export const SCRIPT_LANGUAGES: readonly string[] = Object.keys(LINES);

/** What is filled into a script. */
export type ScriptFacts = {
  readonly company: string;
  readonly amount: Money;
  readonly daysLate: number;
  /** The day of a promise that broke lately. */
  readonly brokenOn: PlainDate | null;
  readonly isDisputeClosed: boolean;
};

/** What to say to a customer, in its language where there are words in it, else in English. */
export function scriptOf(
  language: string,
  facts: ScriptFacts,
): { readonly language: string; readonly text: string } {
  const code = language.slice(0, 2).toLowerCase();
  const own = LINES[code];
  const lines = own ?? (LINES.en as Lines);
  const first = facts.brokenOn !== null ? lines.broken : facts.isDisputeClosed ? lines.closed : [];
  const text = [...first, ...lines[phaseOf(facts.daysLate)]].join(' ');
  return {
    language: own ? code : 'en',
    text: text
      .replaceAll('{company}', () => facts.company)
      .replaceAll('{amount}', () => amountIn(own ? code : 'en', facts.amount))
      .replaceAll('{days}', String(facts.daysLate))
      .replaceAll(
        '{promised}',
        facts.brokenOn?.toLocaleString(own ? code : 'en', { dateStyle: 'long' }) ?? '',
      ),
  };
}

/** An amount as it is written in a language, with its currency. */
function amountIn(language: string, amount: Money): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: amount.currency });
  return format.format(toDecimal(amount) as Intl.StringNumericLiteral);
}
