// What our own reminders say, phase by phase, in every language we write. Nothing here claims what we cannot
// know (that a letter was sent before, that money did not arrive) or names a fee or a rate: those are facts,
// not phrases.

import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '#printing/language.ts';
import { LEGAL_PHRASES } from './legal-phrases.ts';
import { ar, he, hi, ja, ko, zhHans, zhHant } from './reminder-phrases-east.ts';
import { da, et, fi, nb, nl, sv } from './reminder-phrases-north.ts';
import { el, hu, lt, lv, tr } from './reminder-phrases-others.ts';
import { es, it, pt, ro } from './reminder-phrases-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './reminder-phrases-slavic.ts';

/** How a reminder sounds: before the due day, on it, three times after it, and before a claim goes to court or to others. */
export const REMINDER_PHASES = [
  'upcoming',
  'due_today',
  'first_reminder',
  'second_reminder',
  'third_reminder',
  'legal_announcement',
] as const;
export type ReminderPhase = (typeof REMINDER_PHASES)[number];

/** A sentence about one item and about several. */
export type OneOrMany = { readonly one: string; readonly many: string };

/** What a phase says of its own, with places for facts in Liquid. */
export type PhasePhrases = { readonly subject: OneOrMany; readonly opening: OneOrMany };

/** What the phases say in one language, without the last word before law, which has a file of its own. */
export type Phases = Readonly<Record<Exclude<ReminderPhase, 'legal_announcement'>, PhasePhrases>>;

const en: Phases = {
  upcoming: {
    subject: {
      one: 'Invoice {{ items[0].number }} is due on {{ items[0].due_on | date }}',
      many: '{{ items.size }} invoices from {{ company.name }} will be due soon',
    },
    opening: {
      one:
        'This is just to let you know that the following invoice will be due soon. If its payment ' +
        'is already planned, there is nothing for you to do.',
      many:
        'This is just to let you know that the following invoices will be due soon. If their ' +
        'payment is already planned, there is nothing for you to do.',
    },
  },
  due_today: {
    subject: {
      one: 'Invoice {{ items[0].number }} is due today',
      many: 'A payment to {{ company.name }} is due today',
    },
    opening: {
      one: 'The following invoice is due today. If your payment is on its way, thank you.',
      many:
        'A payment is due today. It concerns the following invoices. If your payment is on its ' +
        'way, thank you.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Reminder: invoice {{ items[0].number }}',
      many: 'Reminder: {{ items.size }} open invoices from {{ company.name }}',
    },
    opening: {
      one:
        'Our records show that the following invoice is still open. Perhaps it was overlooked; we ' +
        'would be grateful for your payment.',
      many:
        'Our records show that the following invoices are still open. Perhaps they were ' +
        'overlooked; we would be grateful for your payment.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Past due: invoice {{ items[0].number }}',
      many: 'Past due: invoices from {{ company.name }}',
    },
    opening: {
      one:
        'The following invoice is still open although its due date has passed. Please pay it ' +
        'within the next few days, or tell us when we can expect your payment.',
      many:
        'The following invoices are still open although payment is past due. Please pay what is ' +
        'due within the next few days, or tell us when we can expect your payment.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Urgent: invoice {{ items[0].number }} is long past due',
      many: 'Urgent: invoices from {{ company.name }} are long past due',
    },
    opening: {
      one:
        'The following invoice is still open long after its due date. Please pay it without ' +
        'further delay. If you cannot pay the whole amount at once, please contact us now, so that ' +
        'we can find a solution together.',
      many:
        'The following invoices are still open, and payment is long past due. Please pay what is ' +
        'due without further delay. If you cannot pay the whole amount at once, please contact us ' +
        'now, so that we can find a solution together.',
    },
  },
};

const de: Phases = {
  upcoming: {
    subject: {
      one: 'Rechnung {{ items[0].number }} ist am {{ items[0].due_on | date }} fällig',
      many: '{{ items.size }} Rechnungen von {{ company.name }} werden demnächst fällig',
    },
    opening: {
      one:
        'nur zur Information: Die folgende Rechnung wird demnächst fällig. Wenn die Zahlung ' +
        'bereits eingeplant ist, brauchen Sie nichts zu tun.',
      many:
        'nur zur Information: Die folgenden Rechnungen werden demnächst fällig. Wenn die Zahlung ' +
        'bereits eingeplant ist, brauchen Sie nichts zu tun.',
    },
  },
  due_today: {
    subject: {
      one: 'Rechnung {{ items[0].number }} ist heute fällig',
      many: 'Heute ist eine Zahlung an {{ company.name }} fällig',
    },
    opening: {
      one: 'die folgende Rechnung ist heute fällig. Falls Ihre Zahlung schon unterwegs ist: vielen Dank.',
      many:
        'heute ist eine Zahlung fällig. Es geht um die folgenden Rechnungen. Falls Ihre Zahlung ' +
        'schon unterwegs ist: vielen Dank.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Zahlungserinnerung: Rechnung {{ items[0].number }}',
      many: 'Zahlungserinnerung: {{ items.size }} offene Rechnungen von {{ company.name }}',
    },
    opening: {
      one:
        'nach unseren Unterlagen ist die folgende Rechnung noch offen. Vielleicht ist sie Ihnen ' +
        'entgangen; wir freuen uns über Ihre Zahlung.',
      many:
        'nach unseren Unterlagen sind die folgenden Rechnungen noch offen. Vielleicht sind sie ' +
        'Ihnen entgangen; wir freuen uns über Ihre Zahlung.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Überfällig: Rechnung {{ items[0].number }}',
      many: 'Überfällig: Rechnungen von {{ company.name }}',
    },
    opening: {
      one:
        'die folgende Rechnung ist noch offen, obwohl sie bereits fällig war. Bitte zahlen Sie in ' +
        'den nächsten Tagen oder teilen Sie uns mit, wann wir mit Ihrer Zahlung rechnen können.',
      many:
        'die folgenden Rechnungen sind noch offen, und die Zahlung ist überfällig. Bitte zahlen ' +
        'Sie den fälligen Betrag in den nächsten Tagen oder teilen Sie uns mit, wann wir mit Ihrer ' +
        'Zahlung rechnen können.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Dringend: Rechnung {{ items[0].number }} ist seit Langem überfällig',
      many: 'Dringend: Rechnungen von {{ company.name }} sind seit Langem überfällig',
    },
    opening: {
      one:
        'die folgende Rechnung ist lange nach ihrer Fälligkeit noch offen. Bitte zahlen Sie jetzt ' +
        'ohne weiteren Verzug. Wenn Sie den Betrag nicht auf einmal zahlen können, melden Sie sich ' +
        'bitte gleich, damit wir gemeinsam eine Lösung finden.',
      many:
        'die folgenden Rechnungen sind noch offen, und die Zahlung ist seit Langem überfällig. ' +
        'Bitte zahlen Sie den fälligen Betrag jetzt ohne weiteren Verzug. Wenn Sie ihn nicht auf ' +
        'einmal zahlen können, melden Sie sich bitte gleich, damit wir gemeinsam eine Lösung ' +
        'finden.',
    },
  },
};

const fr: Phases = {
  upcoming: {
    subject: {
      one: 'La facture {{ items[0].number }} arrive à échéance le {{ items[0].due_on | date }}',
      many: '{{ items.size }} factures de {{ company.name }} arrivent bientôt à échéance',
    },
    opening: {
      one:
        'Nous vous informons que la facture suivante arrive bientôt à échéance. Si son règlement ' +
        'est déjà prévu, vous n’avez rien à faire.',
      many:
        'Nous vous informons que les factures suivantes arrivent bientôt à échéance. Si leur ' +
        'règlement est déjà prévu, vous n’avez rien à faire.',
    },
  },
  due_today: {
    subject: {
      one: 'La facture {{ items[0].number }} est à régler aujourd’hui',
      many: 'Un règlement à {{ company.name }} arrive à échéance aujourd’hui',
    },
    opening: {
      one:
        'La facture suivante arrive à échéance aujourd’hui. Si votre règlement est en route, nous ' +
        'vous en remercions.',
      many:
        'Un règlement arrive à échéance aujourd’hui. Il concerne les factures suivantes. Si votre ' +
        'règlement est en route, nous vous en remercions.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Rappel : facture {{ items[0].number }}',
      many: 'Rappel : {{ items.size }} factures ouvertes de {{ company.name }}',
    },
    opening: {
      one:
        'Sauf erreur de notre part, la facture suivante reste à régler. Il s’agit peut-être d’un ' +
        'oubli ; nous vous remercions de votre règlement.',
      many:
        'Sauf erreur de notre part, les factures suivantes restent à régler. Il s’agit peut-être ' +
        'd’un oubli ; nous vous remercions de votre règlement.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Facture échue : {{ items[0].number }}',
      many: 'Factures échues de {{ company.name }}',
    },
    opening: {
      one:
        'La facture suivante reste ouverte alors que son échéance est passée. Merci de la régler ' +
        'dans les prochains jours ou de nous indiquer la date de votre règlement.',
      many:
        'Les factures suivantes restent ouvertes et leur règlement est en retard. Merci de régler ' +
        'le montant échu dans les prochains jours ou de nous indiquer la date de votre règlement.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Urgent : la facture {{ items[0].number }} est échue depuis longtemps',
      many: 'Urgent : des factures de {{ company.name }} sont échues depuis longtemps',
    },
    opening: {
      one:
        'La facture suivante reste ouverte longtemps après son échéance. Merci de la régler sans ' +
        'plus attendre. Si vous ne pouvez pas régler la totalité en une fois, contactez-nous dès ' +
        'maintenant afin de trouver une solution ensemble.',
      many:
        'Les factures suivantes restent ouvertes et leur règlement est en retard depuis longtemps. ' +
        'Merci de régler le montant échu sans plus attendre. Si vous ne pouvez pas régler la ' +
        'totalité en une fois, contactez-nous dès maintenant afin de trouver une solution ensemble.',
    },
  },
};

const cs: Phases = {
  upcoming: {
    subject: {
      one: 'Faktura {{ items[0].number }} je splatná {{ items[0].due_on | date }}',
      many: 'Blíží se splatnost faktur od {{ company.name }}',
    },
    opening: {
      one:
        'dovolujeme si Vás informovat, že následující faktura bude brzy splatná. Pokud již s ' +
        'platbou počítáte, nemusíte nic dělat.',
      many:
        'dovolujeme si Vás informovat, že následující faktury budou brzy splatné. Pokud již s ' +
        'platbou počítáte, nemusíte nic dělat.',
    },
  },
  due_today: {
    subject: {
      one: 'Faktura {{ items[0].number }} je dnes splatná',
      many: 'Dnes je splatná platba pro {{ company.name }}',
    },
    opening: {
      one: 'následující faktura je dnes splatná. Pokud je Vaše platba již na cestě, děkujeme.',
      many:
        'dnes je splatná platba, která se týká následujících faktur. Pokud je Vaše platba již na ' +
        'cestě, děkujeme.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Připomínka: faktura {{ items[0].number }}',
      many: 'Připomínka: neuhrazené faktury od {{ company.name }}',
    },
    opening: {
      one:
        'podle naší evidence není následující faktura dosud uhrazena. Možná jste ji jen přehlédli; ' +
        'budeme Vám vděčni za úhradu.',
      many:
        'podle naší evidence nejsou následující faktury dosud uhrazeny. Možná jste je jen ' +
        'přehlédli; budeme Vám vděčni za úhradu.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Po splatnosti: faktura {{ items[0].number }}',
      many: 'Po splatnosti: faktury od {{ company.name }}',
    },
    opening: {
      one:
        'následující faktura není dosud uhrazena, ačkoli je již po splatnosti. Uhraďte ji prosím v ' +
        'nejbližších dnech, nebo nám sdělte, kdy můžeme platbu očekávat.',
      many:
        'následující faktury nejsou dosud uhrazeny a platba je po splatnosti. Uhraďte prosím ' +
        'splatnou částku v nejbližších dnech, nebo nám sdělte, kdy můžeme platbu očekávat.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Naléhavé: faktura {{ items[0].number }} je dlouho po splatnosti',
      many: 'Naléhavé: faktury od {{ company.name }} jsou dlouho po splatnosti',
    },
    opening: {
      one:
        'následující faktura není uhrazena ani dlouho po splatnosti. Uhraďte ji prosím bez dalšího ' +
        'odkladu. Pokud nemůžete zaplatit celou částku najednou, obraťte se na nás prosím hned, ' +
        'abychom společně našli řešení.',
      many:
        'následující faktury nejsou uhrazeny a platba je dlouho po splatnosti. Uhraďte prosím ' +
        'splatnou částku bez dalšího odkladu. Pokud nemůžete zaplatit vše najednou, obraťte se na ' +
        'nás prosím hned, abychom společně našli řešení.',
    },
  },
};

const PHASES: Readonly<Record<DocumentLanguage, Phases>> = {
  en,
  de,
  fr,
  cs,
  es,
  it,
  pt,
  ro,
  nl,
  sv,
  da,
  nb,
  fi,
  et,
  pl,
  sk,
  sl,
  hr,
  bg,
  uk,
  hu,
  el,
  lv,
  lt,
  tr,
  ar,
  he,
  hi,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ja,
  ko,
};

/** The phases of a reminder by language. */
export const REMINDER_PHRASES = Object.fromEntries(
  DOCUMENT_LANGUAGES.map((language) => [
    language,
    { ...PHASES[language], legal_announcement: LEGAL_PHRASES[language] },
  ]),
) as Readonly<Record<DocumentLanguage, Readonly<Record<ReminderPhase, PhasePhrases>>>>;
