// What invoicing itself says on paper: why no tax is shown, that a document was voided, and what stands for the lines of
// a document that was taken over from another system. In every language we print.

import type { Language } from '#delivery/language.ts';
import { formatDate } from '#delivery/print-format.ts';
import { fill } from '#delivery/print-labels.ts';
import type { PlainDate } from '#kernel/calendar.ts';

type Words = {
  /** The one line of a document known by its total only. */
  readonly takenOver: Readonly<Record<'invoice' | 'credit_note', string>>;
  /** Under it: that the amounts are a copy. */
  readonly copy: string;
  readonly voided: string;
  readonly reason: string;
  /** By category of UNCL 5305: why a line carries no tax, in the words that the tax laws of the language's countries use. */
  readonly untaxed: Readonly<Record<string, string>>;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    takenOver: {
      invoice: 'Invoice {number}, amount as issued',
      credit_note: 'Credit note {number}, amount as issued',
    },
    copy: 'This is a record of amounts; the document itself was issued by another system.',
    voided: 'VOID: this document was voided on {date}. Nothing is to be paid on it.',
    reason: 'Reason: {reason}',
    untaxed: {
      E: 'Exempt from tax.',
      AE: 'Reverse charge: the customer is liable for the tax.',
      K: 'Exempt intra-Community supply.',
      G: 'Exempt export.',
    },
  },
  de: {
    takenOver: {
      invoice: 'Rechnung {number}, Betrag wie ausgestellt',
      credit_note: 'Gutschrift {number}, Betrag wie ausgestellt',
    },
    copy: 'Aufstellung der Beträge; der Beleg selbst wurde von einem anderen System ausgestellt.',
    voided: 'STORNIERT: Dieser Beleg wurde am {date} storniert. Es ist nichts darauf zu zahlen.',
    reason: 'Grund: {reason}',
    untaxed: {
      E: 'Steuerfrei.',
      AE: 'Steuerschuldnerschaft des Leistungsempfängers.',
      K: 'Steuerfreie innergemeinschaftliche Lieferung.',
      G: 'Steuerfreie Ausfuhrlieferung.',
    },
  },
  fr: {
    takenOver: {
      invoice: 'Facture {number}, montant tel qu’émis',
      credit_note: 'Avoir {number}, montant tel qu’émis',
    },
    copy: 'Relevé de montants ; le document lui-même a été émis par un autre système.',
    voided: 'ANNULÉ : ce document a été annulé le {date}. Rien n’est à payer à ce titre.',
    reason: 'Motif : {reason}',
    untaxed: {
      E: 'Exonéré de TVA.',
      AE: 'Autoliquidation.',
      K: 'Livraison intracommunautaire exonérée.',
      G: 'Exportation exonérée.',
    },
  },
  cs: {
    takenOver: {
      invoice: 'Faktura {number}, částka dle vystavení',
      credit_note: 'Dobropis {number}, částka dle vystavení',
    },
    copy: 'Přehled částek; samotný doklad byl vystaven jiným systémem.',
    voided: 'STORNO: tento doklad byl stornován dne {date}. Nic se podle něj neplatí.',
    reason: 'Důvod: {reason}',
    untaxed: {
      E: 'Osvobozeno od daně.',
      AE: 'Daň odvede zákazník.',
      K: 'Dodání zboží do jiného členského státu, osvobozeno od daně.',
      G: 'Vývoz zboží, osvobozeno od daně.',
    },
  },
};

/** The one line that stands for a document known by its total only. */
export function takenOverLine(kind: 'invoice' | 'credit_note', number: string, language: Language): string {
  return fill(WORDS[language].takenOver[kind], { number });
}

/** What stands small under a document: that it is void or a copy, why a credit was given, notes, why no tax is shown. */
export function footnotesOf(
  document: {
    readonly voidedOn: PlainDate | null;
    readonly takenOver: boolean;
    readonly reason: string | null;
    readonly note: string | null;
    readonly taxCategories: readonly string[];
  },
  language: Language,
): readonly string[] {
  const words = WORDS[language];
  return [
    ...(document.voidedOn ? [fill(words.voided, { date: formatDate(document.voidedOn, language) })] : []),
    ...(document.takenOver ? [words.copy] : []),
    ...(document.reason ? [fill(words.reason, { reason: document.reason })] : []),
    ...(document.note ? [document.note] : []),
    ...[...new Set(document.taxCategories)].flatMap((category) => words.untaxed[category] ?? []),
  ];
}
