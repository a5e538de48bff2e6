// The words behind the links of mails: the page to see documents, the page to stop, and the line in the mail that leads to it. In
// every language that documents are printed in.

import type { DocumentLanguage } from '#printing/language.ts';
import { el, hu, lt, lv, tr } from './link-words-east.ts';
import { da, et, fi, nb, nl, sv } from './link-words-north.ts';
import { ar, he, hi, ja, ko, zhHans, zhHant } from './link-words-others.ts';
import { es, it, pt, ro } from './link-words-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './link-words-slavic.ts';

/** What can be stopped. */
export type StoppablePurpose = 'reminder' | 'statement';

/** What is said above the page after a button was pressed. */
export type StopNotice = 'stopped' | 'noted' | 'noted_before' | 'address_not_valid';

/** The words of one language. `{x}` is filled in. */
export type LinkWords = {
  readonly from: string;
  readonly save: string;
  /** `{day}`: the last one. */
  readonly until: string;
  /** That the sender is told that a document was opened. */
  readonly noted: string;
  readonly gone: string;
  readonly goneWhy: string;
  /** Whether what came is to be stopped. */
  readonly title: Readonly<Record<StoppablePurpose, string>>;
  /** What the button does and what it does not; `{company}`. */
  readonly happens: string;
  readonly button: string;
  readonly since: string;
  readonly other: string;
  readonly otherWhy: string;
  readonly field: string;
  readonly instead: string;
  readonly tell: string;
  readonly notices: Readonly<Record<StopNotice, string>>;
  /** The line in the mail. */
  readonly line: Readonly<Record<StoppablePurpose, string>>;
};

const en: LinkWords = {
  from: 'From',
  save: 'Save',
  until: 'You can get the documents here until {day}.',
  noted: 'The sender is told once that a document was opened, and when.',
  gone: 'This link does not work',
  goneWhy: 'Its time is over, it was ended, or it is not complete. Please answer the mail it came with.',
  title: { reminder: 'Stop payment reminders?', statement: 'Stop statements of account?' },
  happens:
    'Press the button and {company} sends nothing of this kind to this address any more. Invoices still come, what is owed stays as it is, and other readers are written to as before. {company} is told that you stopped them.',
  button: 'Stop for {address}',
  since: 'Nothing of this kind is sent to {address} since {day}.',
  other: 'Is somebody else the right reader?',
  otherWhy: 'Leave the address. Nothing changes by itself: a person at {company} looks at it first.',
  field: 'Right address',
  instead: 'Instead of',
  tell: 'Tell the sender',
  notices: {
    stopped: 'Done. It is stopped.',
    noted: 'Thank you. A person will look at it.',
    noted_before: 'Enough addresses were left by this link. A person will look at them.',
    address_not_valid: 'This is no mail address. It looks like anna@example.com.',
  },
  line: {
    reminder: 'No reminders to this address any more, or another address',
    statement: 'No statements to this address any more, or another address',
  },
};

const de: LinkWords = {
  from: 'Von',
  save: 'Speichern',
  until: 'Hier abrufbar bis {day}.',
  noted: 'Der Absender erfährt einmal, dass und wann ein Dokument geöffnet wurde.',
  gone: 'Dieser Link funktioniert nicht',
  goneWhy:
    'Er ist abgelaufen, wurde beendet oder ist unvollständig. Bitte antworten Sie auf die E-Mail, in der er stand.',
  title: { reminder: 'Zahlungserinnerungen abbestellen?', statement: 'Kontoauszüge abbestellen?' },
  happens:
    'Mit dem Knopf sendet {company} nichts dieser Art mehr an diese Adresse. Rechnungen kommen weiterhin, was offen ist, bleibt offen, und andere Empfänger werden wie bisher angeschrieben. {company} erfährt, dass Sie abbestellt haben.',
  button: 'Für {address} abbestellen',
  since: 'An {address} geht seit {day} nichts dieser Art mehr.',
  other: 'Ist jemand anderes zuständig?',
  otherWhy:
    'Nennen Sie uns die Adresse. Von selbst ändert sich nichts: Bei {company} sieht zuerst ein Mensch darauf.',
  field: 'Richtige Adresse',
  instead: 'Anstelle von',
  tell: 'Dem Absender mitteilen',
  notices: {
    stopped: 'Erledigt. Es ist abbestellt.',
    noted: 'Danke. Ein Mensch sieht es sich an.',
    noted_before: 'Über diesen Link wurden genug Adressen genannt. Ein Mensch sieht sie sich an.',
    address_not_valid: 'Das ist keine E-Mail-Adresse. Sie sieht aus wie anna@example.com.',
  },
  line: {
    reminder: 'Keine Erinnerungen mehr an diese Adresse, oder eine andere Adresse nennen',
    statement: 'Keine Kontoauszüge mehr an diese Adresse, oder eine andere Adresse nennen',
  },
};

const fr: LinkWords = {
  from: 'De',
  save: 'Enregistrer',
  until: 'Disponible ici jusqu’au {day}.',
  noted: 'L’expéditeur est informé une fois qu’un document a été ouvert, et quand.',
  gone: 'Ce lien ne fonctionne pas',
  goneWhy:
    'Il a expiré, a été désactivé ou n’est pas complet. Veuillez répondre au courriel qui le contenait.',
  title: {
    reminder: 'Ne plus recevoir de rappels de paiement ?',
    statement: 'Ne plus recevoir de relevés de compte ?',
  },
  happens:
    'En appuyant sur le bouton, {company} n’enverra plus rien de ce genre à cette adresse. Les factures arrivent toujours, ce qui est dû reste dû, et les autres destinataires sont contactés comme avant. {company} en sera informé.',
  button: 'Arrêter pour {address}',
  since: 'Plus rien de ce genre n’est envoyé à {address} depuis le {day}.',
  other: 'Quelqu’un d’autre est le bon destinataire ?',
  otherWhy:
    'Indiquez son adresse. Rien ne change automatiquement : une personne chez {company} l’examine d’abord.',
  field: 'Bonne adresse',
  instead: 'Au lieu de',
  tell: 'Informer l’expéditeur',
  notices: {
    stopped: 'C’est fait : l’envoi est arrêté.',
    noted: 'Merci. Une personne va s’en occuper.',
    noted_before: 'Assez d’adresses ont été indiquées par ce lien. Une personne va les examiner.',
    address_not_valid: 'Ce n’est pas une adresse e-mail. Exemple : anna@example.com.',
  },
  line: {
    reminder: 'Ne plus envoyer de rappels à cette adresse, ou indiquer une autre adresse',
    statement: 'Ne plus envoyer de relevés à cette adresse, ou indiquer une autre adresse',
  },
};

const cs: LinkWords = {
  from: 'Od',
  save: 'Uložit',
  until: 'Zde k dispozici do {day}.',
  noted: 'Odesílatel se jednou dozví, že a kdy byl dokument otevřen.',
  gone: 'Tento odkaz nefunguje',
  goneWhy: 'Jeho platnost skončila, byl zrušen nebo není úplný. Odpovězte prosím na e-mail, ve kterém byl.',
  title: { reminder: 'Nezasílat upomínky?', statement: 'Nezasílat výpisy z účtu?' },
  happens:
    'Po stisknutí tlačítka už {company} nebude na tuto adresu nic takového posílat. Faktury chodí dál, dluh zůstává a ostatním příjemcům se píše jako dosud. {company} se o tom dozví.',
  button: 'Nezasílat na {address}',
  since: 'Na {address} se od {day} nic takového neposílá.',
  other: 'Je správným příjemcem někdo jiný?',
  otherWhy: 'Zanechte adresu. Samo se nic nezmění: nejdříve se na to podívá člověk ve firmě {company}.',
  field: 'Správná adresa',
  instead: 'Místo',
  tell: 'Sdělit odesílateli',
  notices: {
    stopped: 'Hotovo. Zasílání je zastaveno.',
    noted: 'Děkujeme. Podívá se na to člověk.',
    noted_before: 'Tímto odkazem bylo zanecháno dost adres. Podívá se na ně člověk.',
    address_not_valid: 'Toto není e-mailová adresa. Vypadá jako anna@example.com.',
  },
  line: {
    reminder: 'Na tuto adresu už neposílat upomínky, nebo uvést jinou adresu',
    statement: 'Na tuto adresu už neposílat výpisy, nebo uvést jinou adresu',
  },
};

/** The words behind links, by language. */
export const LINK_WORDS: Readonly<Record<DocumentLanguage, LinkWords>> = {
  ...{ en, de, fr, cs, es, it, pt, ro, nl, sv, da, nb, fi, et, pl, sk, sl, hr },
  ...{ bg, uk, hu, el, lv, lt, tr, ar, he, hi, 'zh-Hans': zhHans, 'zh-Hant': zhHant, ja, ko },
};
