// The words that our own messages share, whatever they are about, in every language we write.

import type { DocumentLanguage } from '#printing/language.ts';
import { ar, he, hi, ja, ko, zhHans, zhHant } from './message-phrases-east.ts';
import { da, et, fi, nb, nl, sv } from './message-phrases-north.ts';
import { el, hu, lt, lv, tr } from './message-phrases-others.ts';
import { es, it, pt, ro } from './message-phrases-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './message-phrases-slavic.ts';
import type { OneOrMany } from './reminder-phrases.ts';

/** The words all built-in messages of a language share; places for facts in Liquid. */
export type MessagePhrases = {
  readonly greeting: string;
  /** One line of plain text about `item`. */
  readonly itemLine: string;
  readonly lateBy: string;
  readonly totalOpen: string;
  readonly payTo: string;
  readonly holder: string;
  readonly attached: OneOrMany;
  /** Before the names of files that are too large to go along, and what to do about it. */
  readonly leftOut: { readonly before: string; readonly ask: string };
  readonly online: string;
  readonly viewDocument: string;
  readonly alreadyPaid: string;
  readonly notRight: string;
  readonly penalties: string;
  readonly regards: string;
  readonly invoiceMail: { readonly subject: string; readonly opening: string; readonly dueLine: string };
  readonly creditMail: { readonly subject: string; readonly opening: string };
  readonly statementMail: { readonly subject: string; readonly opening: string };
  /** The words of the short notice. */
  readonly notice: {
    readonly due: string;
    readonly ask: string;
  };
};

const en: MessagePhrases = {
  greeting: 'Hello{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Invoice {{ item.number }} of {{ item.issued_on | date }}, due {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} late',
  totalOpen: 'Total open',
  payTo: 'Please pay to',
  holder: 'Account holder',
  attached: { one: 'The invoice is attached.', many: 'The invoices are attached.' },
  online: 'See your account and pay online',
  viewDocument: 'See and save the document online',
  alreadyPaid:
    'Have you paid already? Then please disregard this message, and thank you. If you paid more ' +
    'than a few days ago, a short reply with the date and the reference helps us to find your ' +
    'payment.',
  notRight: 'Is something not right with an invoice? Just reply to this message, and we will look into it.',
  penalties:
    'Please note that interest and the costs of recovery may be charged on late payments, as far ' +
    'as the law or our agreement provides for it.',
  regards: 'Kind regards',
  leftOut: {
    before: 'Too large for this mail, so not attached',
    ask: 'Please reply, and we will send it another way.',
  },
  invoiceMail: {
    subject: 'Your invoice {{ document.number }}',
    opening:
      'Thank you for your business. Please find attached our invoice {{ document.number }} of ' +
      '{{ document.issued_on | date }} for {{ document.total | money }}.',
    dueLine: 'It is due on {{ document.due_on | date }}.',
  },
  statementMail: {
    subject: 'Your statement of account as of {{ statement.as_of | date }}',
    opening: 'Please find attached the statement of your account as of {{ statement.as_of | date }}.',
  },
  creditMail: {
    subject: 'Your credit note {{ document.number }}',
    opening:
      'Please find attached our credit note {{ document.number }} of {{ document.issued_on | date }} ' +
      'for {{ document.total | money }}. The amount is credited to your account; there is nothing ' +
      'for you to pay.',
  },
  notice: { due: 'due', ask: 'Questions:' },
};

const de: MessagePhrases = {
  greeting: 'Guten Tag{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Rechnung {{ item.number }} vom {{ item.issued_on | date }}, fällig am {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} überfällig',
  totalOpen: 'Offen insgesamt',
  payTo: 'Bitte zahlen Sie auf dieses Konto',
  holder: 'Empfänger',
  attached: {
    one: 'Die Rechnung liegt dieser Nachricht bei.',
    many: 'Die Rechnungen liegen dieser Nachricht bei.',
  },
  online: 'Konto ansehen und online zahlen',
  viewDocument: 'Dokument online ansehen und speichern',
  alreadyPaid:
    'Haben Sie bereits gezahlt? Dann betrachten Sie diese Nachricht bitte als gegenstandslos; ' +
    'vielen Dank. Liegt Ihre Zahlung schon einige Tage zurück, hilft uns eine kurze Antwort mit ' +
    'Datum und Verwendungszweck, sie zu finden.',
  notRight:
    'Stimmt etwas an einer Rechnung nicht? Antworten Sie einfach auf diese Nachricht, wir kümmern ' +
    'uns darum.',
  penalties:
    'Bitte beachten Sie, dass bei verspäteter Zahlung Zinsen und Kosten der Beitreibung anfallen ' +
    'können, soweit das Gesetz oder unsere Vereinbarung es vorsieht.',
  regards: 'Mit freundlichen Grüßen',
  leftOut: {
    before: 'Zu groß für diese E-Mail und deshalb nicht beigefügt',
    ask: 'Antworten Sie uns, dann senden wir es auf anderem Weg.',
  },
  invoiceMail: {
    subject: 'Ihre Rechnung {{ document.number }}',
    opening:
      'vielen Dank für Ihren Auftrag. Anbei erhalten Sie unsere Rechnung {{ document.number }} vom ' +
      '{{ document.issued_on | date }} über {{ document.total | money }}.',
    dueLine: 'Sie ist am {{ document.due_on | date }} fällig.',
  },
  statementMail: {
    subject: 'Ihr Kontoauszug zum {{ statement.as_of | date }}',
    opening: 'anbei erhalten Sie den Auszug Ihres Kontos zum {{ statement.as_of | date }}.',
  },
  creditMail: {
    subject: 'Ihre Rechnungskorrektur {{ document.number }}',
    opening:
      'anbei erhalten Sie unsere Rechnungskorrektur {{ document.number }} vom ' +
      '{{ document.issued_on | date }} über {{ document.total | money }}. Der Betrag wird Ihnen ' +
      'gutgeschrieben; Sie brauchen nichts zu zahlen.',
  },
  notice: { due: 'fällig am', ask: 'Fragen:' },
};

const fr: MessagePhrases = {
  greeting: 'Bonjour{% if contact.name %} {{ contact.name }}{% endif %},',
  itemLine: 'Facture {{ item.number }} du {{ item.issued_on | date }}, échéance {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} de retard',
  totalOpen: 'Total restant dû',
  payTo: 'Merci de régler sur ce compte',
  holder: 'Bénéficiaire',
  attached: {
    one: 'Vous trouverez la facture en pièce jointe.',
    many: 'Vous trouverez les factures en pièces jointes.',
  },
  online: 'Consulter votre compte et payer en ligne',
  viewDocument: 'Consulter et enregistrer le document en ligne',
  alreadyPaid:
    'Vous avez déjà réglé ? Ne tenez alors pas compte de ce message, et merci. Si votre règlement ' +
    'date de plus de quelques jours, une brève réponse avec la date et la référence nous aidera à ' +
    'le retrouver.',
  notRight: 'Une facture vous semble inexacte ? Répondez simplement à ce message, et nous l’examinerons.',
  penalties:
    'Nous vous rappelons que des intérêts et des frais de recouvrement peuvent s’appliquer en cas ' +
    'de retard de paiement, dans la mesure où la loi ou notre accord le prévoit.',
  regards: 'Cordialement',
  leftOut: {
    before: 'Trop volumineux pour ce message, donc non joint',
    ask: 'Répondez-nous, et nous l’enverrons autrement.',
  },
  invoiceMail: {
    subject: 'Votre facture {{ document.number }}',
    opening:
      'Nous vous remercions de votre confiance. Vous trouverez en pièce jointe notre facture ' +
      '{{ document.number }} du {{ document.issued_on | date }} d’un montant de ' +
      '{{ document.total | money }}.',
    dueLine: 'Elle est à régler au plus tard le {{ document.due_on | date }}.',
  },
  statementMail: {
    subject: 'Votre relevé de compte au {{ statement.as_of | date }}',
    opening: 'Vous trouverez en pièce jointe le relevé de votre compte au {{ statement.as_of | date }}.',
  },
  creditMail: {
    subject: 'Votre avoir {{ document.number }}',
    opening:
      'Vous trouverez en pièce jointe notre avoir {{ document.number }} du ' +
      '{{ document.issued_on | date }} d’un montant de {{ document.total | money }}. Ce montant est ' +
      'porté à votre crédit ; vous n’avez rien à payer.',
  },
  notice: { due: 'échéance le', ask: 'Questions :' },
};

const cs: MessagePhrases = {
  // A name after the greeting would have to be in the vocative, which no program should guess.
  greeting: 'Dobrý den,',
  itemLine:
    'Faktura {{ item.number }} ze dne {{ item.issued_on | date }}, splatnost {{ item.due_on | date }}',
  lateBy: '{{ item.days_late | days }} po splatnosti',
  totalOpen: 'Celkem zbývá uhradit',
  payTo: 'Platbu prosím zašlete na tento účet',
  holder: 'Příjemce',
  attached: { one: 'Fakturu najdete v příloze.', many: 'Faktury najdete v příloze.' },
  online: 'Zobrazit účet a zaplatit online',
  viewDocument: 'Zobrazit a uložit dokument online',
  alreadyPaid:
    'Pokud jste již zaplatili, považujte prosím tuto zprávu za bezpředmětnou; děkujeme. ' +
    'Proběhla-li platba již před několika dny, pomůže nám krátká odpověď s datem a referencí ji ' +
    'dohledat.',
  notRight: 'Není na některé faktuře něco v pořádku? Stačí odpovědět na tuto zprávu a my to prověříme.',
  penalties:
    'Upozorňujeme, že při opožděné platbě mohou být účtovány úroky a náklady na vymáhání, pokud to ' +
    'stanoví zákon nebo naše dohoda.',
  regards: 'S pozdravem',
  leftOut: {
    before: 'Příliš velké pro tento e-mail, proto nepřiloženo',
    ask: 'Odpovězte nám a pošleme to jinou cestou.',
  },
  invoiceMail: {
    subject: 'Vaše faktura {{ document.number }}',
    opening:
      'děkujeme za Vaši důvěru. V příloze zasíláme fakturu {{ document.number }} ze dne ' +
      '{{ document.issued_on | date }} na částku {{ document.total | money }}.',
    dueLine: 'Datum splatnosti je {{ document.due_on | date }}.',
  },
  statementMail: {
    subject: 'Výpis z vašeho účtu k {{ statement.as_of | date }}',
    opening: 'v příloze zasíláme výpis z vašeho účtu k {{ statement.as_of | date }}.',
  },
  creditMail: {
    subject: 'Váš opravný daňový doklad {{ document.number }}',
    opening:
      'v příloze zasíláme opravný daňový doklad {{ document.number }} ze dne ' +
      '{{ document.issued_on | date }} na částku {{ document.total | money }}. Částka je ve Váš ' +
      'prospěch; nemusíte nic platit.',
  },
  notice: { due: 'splatnost', ask: 'Dotazy:' },
};

/** The words of the built-in messages by language. */
export const MESSAGE_PHRASES: Readonly<Record<DocumentLanguage, MessagePhrases>> = {
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

/** A colon and a full stop, with the spaces that belong to them. */
export function marksOf(language: DocumentLanguage): { readonly colon: string; readonly stop: string } {
  if (language === 'ja' || language === 'zh-Hans' || language === 'zh-Hant')
    return { colon: '：', stop: '。' };
  if (language === 'hi') return { colon: ': ', stop: '। ' };
  return { colon: language === 'fr' ? '\u00a0: ' : ': ', stop: '. ' };
}

/** What a mail says of files that are too large to go along with it. */
export function leftOutNote(names: readonly string[], language: DocumentLanguage): string {
  const { before, ask } = MESSAGE_PHRASES[language].leftOut;
  const { colon, stop } = marksOf(language);
  return `${before}${colon}${names.join(', ')}${stop}${ask}`;
}
