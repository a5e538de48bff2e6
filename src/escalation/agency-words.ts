// The words of mails to agencies and law firms. Pure.

/** Languages in which they are written; another company writes in English. */
export const AGENCY_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;
export type AgencyLanguage = (typeof AGENCY_LANGUAGES)[number];

/** `{number}` is that of the hand-over. */
export type AgencyWords = {
  readonly subject: Readonly<Record<'recalled' | 'changed', string>>;
  readonly says: Readonly<Record<'recalled' | 'changed', string>>;
  readonly greeting: string;
  readonly clientNumber: string;
  readonly debtor: string;
  readonly reason: string;
  readonly line: string;
};

export const AGENCY_WORDS: Readonly<Record<AgencyLanguage, AgencyWords>> = {
  en: {
    greeting: 'Dear Sir or Madam,',
    subject: { recalled: 'Claim {number}: recalled', changed: 'Claim {number}: another amount is open' },
    says: {
      recalled: 'we recall the claim below. Please do nothing more about it, and send us your statement.',
      changed:
        'the amount of the claim below changed here. Please ask for what is open now, and for no more.',
    },
    clientNumber: 'Our number with you: {value}',
    debtor: 'Debtor: {value}',
    reason: 'Reason: {value}',
    line: '{reference}: {open} open',
  },
  de: {
    greeting: 'Sehr geehrte Damen und Herren,',
    subject: { recalled: 'Forderung {number}: Rückruf', changed: 'Forderung {number}: geänderter Betrag' },
    says: {
      recalled:
        'wir rufen die folgende Forderung zurück. Bitte unternehmen Sie nichts weiter und senden Sie uns Ihre Abrechnung.',
      changed:
        'der Betrag der folgenden Forderung hat sich bei uns geändert. Bitte fordern Sie nur, was jetzt noch offen ist.',
    },
    clientNumber: 'Unsere Nummer bei Ihnen: {value}',
    debtor: 'Schuldner: {value}',
    reason: 'Grund: {value}',
    line: '{reference}: {open} offen',
  },
  fr: {
    greeting: 'Madame, Monsieur,',
    subject: { recalled: 'Créance {number} : retrait', changed: 'Créance {number} : montant modifié' },
    says: {
      recalled:
        'nous retirons la créance ci-dessous. Merci de ne plus rien entreprendre et de nous adresser votre décompte.',
      changed:
        'le montant de la créance ci-dessous a changé chez nous. Merci de ne réclamer que ce qui reste ouvert.',
    },
    clientNumber: 'Notre numéro chez vous : {value}',
    debtor: 'Débiteur : {value}',
    reason: 'Motif : {value}',
    line: '{reference} : {open} ouverts',
  },
  es: {
    greeting: 'Estimados señores:',
    subject: { recalled: 'Crédito {number}: retirado', changed: 'Crédito {number}: importe modificado' },
    says: {
      recalled:
        'retiramos el crédito siguiente. Les rogamos que no hagan nada más al respecto y nos envíen su liquidación.',
      changed:
        'el importe del crédito siguiente ha cambiado en nuestros libros. Les rogamos que reclamen solo lo que queda pendiente.',
    },
    clientNumber: 'Nuestro número: {value}',
    debtor: 'Deudor: {value}',
    reason: 'Motivo: {value}',
    line: '{reference}: {open} pendientes',
  },
  it: {
    greeting: 'Gentili Signori,',
    subject: { recalled: 'Credito {number}: ritirato', changed: 'Credito {number}: importo modificato' },
    says: {
      recalled:
        'ritiriamo il credito indicato di seguito. Vi preghiamo di non procedere oltre e di inviarci il vostro rendiconto.',
      changed:
        'l’importo del credito indicato di seguito è cambiato. Vi preghiamo di chiedere solo quanto è ancora aperto.',
    },
    clientNumber: 'Il nostro numero presso di voi: {value}',
    debtor: 'Debitore: {value}',
    reason: 'Motivo: {value}',
    line: '{reference}: {open} aperti',
  },
  nl: {
    greeting: 'Geachte heer, mevrouw,',
    subject: {
      recalled: 'Vordering {number}: teruggenomen',
      changed: 'Vordering {number}: gewijzigd bedrag',
    },
    says: {
      recalled: 'wij nemen de onderstaande vordering terug. Onderneem niets meer en stuur ons uw afrekening.',
      changed:
        'het bedrag van de onderstaande vordering is bij ons gewijzigd. Vraag alleen wat nu nog openstaat.',
    },
    clientNumber: 'Ons nummer bij u: {value}',
    debtor: 'Schuldenaar: {value}',
    reason: 'Reden: {value}',
    line: '{reference}: {open} open',
  },
};

/** The language of a mail to an agency. */
export function agencyLanguage(wanted: string): AgencyLanguage {
  return AGENCY_LANGUAGES.find((language) => language === wanted.slice(0, 2)) ?? 'en';
}

/** What a mail to an agency speaks about; amounts and names as they are written. */
export type AgencyFacts = {
  readonly kind: 'recalled' | 'changed';
  readonly number: string;
  readonly clientNumber: string | null;
  readonly debtor: string;
  readonly reason: string | null;
  readonly items: readonly { readonly reference: string; readonly open: string }[];
  readonly companyName: string;
};

const fill = (words: string, facts: Readonly<Record<string, string>>): string =>
  words.replace(/\{([a-z]+)\}/g, (place, name: string) => facts[name] ?? place);

/** A mail to an agency, as its subject and paragraphs. Of what is recalled no amount is told: it is nothing to them any more. */
export function agencyMail(
  facts: AgencyFacts,
  language: AgencyLanguage,
): { readonly subject: string; readonly paragraphs: readonly string[] } {
  const words = AGENCY_WORDS[language];
  const named = (text: string, value: string | null): readonly string[] =>
    value === null ? [] : [fill(text, { value })];
  const subject = fill(words.subject[facts.kind], { number: facts.number });
  const about = [
    subject,
    ...named(words.clientNumber, facts.clientNumber),
    fill(words.debtor, { value: facts.debtor }),
    ...named(words.reason, facts.reason),
  ].join('\n');
  const items = facts.items
    .map(({ reference, open }) =>
      facts.kind === 'recalled' ? `- ${reference}` : `- ${fill(words.line, { reference, open })}`,
    )
    .join('\n');
  return { subject, paragraphs: [words.greeting, words.says[facts.kind], about, items, facts.companyName] };
}
