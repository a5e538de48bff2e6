// The page behind the link to stop reminders or statements: what will happen, for whom, and what will not. Plain HTML that works
// without scripts; looking at it changes nothing. Pure.

import type { Language } from '#printing/language.ts';
import { escapeHtml } from '#wording/mail-layout.ts';
import { framedPage } from './view-page.ts';

/** What can be stopped. */
export type StoppablePurpose = 'reminder' | 'statement';

/** What stands on the page. */
export type StopPage = {
  readonly language: Language;
  readonly companyName: string;
  readonly purpose: StoppablePurpose;
  /** Who got the mail, with the day since when nothing is sent to it, in words of the language. */
  readonly readers: readonly { readonly address: string; readonly stoppedOn: string | undefined }[];
  /** Where the buttons lead. */
  readonly action: string;
  /** What was just done or could not be done. */
  readonly notice?: StopNotice | undefined;
};

/** What is said above the page after a button was pressed. */
export type StopNotice = 'stopped' | 'noted' | 'noted_before' | 'address_not_valid';

type StopWords = {
  readonly what: Readonly<Record<StoppablePurpose, string>>;
  readonly title: (what: string) => string;
  readonly happens: (company: string, what: string) => string;
  readonly button: (address: string) => string;
  readonly since: (address: string, day: string) => string;
  readonly other: string;
  readonly otherWhy: (company: string) => string;
  readonly field: string;
  readonly instead: string;
  readonly tell: string;
  readonly notices: Readonly<Record<StopNotice, string>>;
  /** The line in the mail. */
  readonly line: Readonly<Record<StoppablePurpose, string>>;
};

const WORDS: Readonly<Record<Language, StopWords>> = {
  en: {
    what: { reminder: 'payment reminders', statement: 'statements of account' },
    title: (what) => `Stop ${what}?`,
    happens: (company, what) =>
      `Press the button and ${company} sends no more ${what} to this address. Invoices still come, what is owed stays as it is, and other readers are written to as before. ${company} is told that you stopped them.`,
    button: (address) => `Stop for ${address}`,
    since: (address, day) => `Nothing of this kind is sent to ${address} since ${day}.`,
    other: 'Is somebody else the right reader?',
    otherWhy: (company) =>
      `Leave the address. Nothing changes by itself: a person at ${company} looks at it first.`,
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
  },
  de: {
    what: { reminder: 'Zahlungserinnerungen', statement: 'Kontoauszüge' },
    title: (what) => `${what} abbestellen?`,
    happens: (company, what) =>
      `Mit dem Knopf sendet ${company} keine ${what} mehr an diese Adresse. Rechnungen kommen weiterhin, was offen ist, bleibt offen, und andere Empfänger werden wie bisher angeschrieben. ${company} erfährt, dass Sie abbestellt haben.`,
    button: (address) => `Für ${address} abbestellen`,
    since: (address, day) => `An ${address} geht seit ${day} nichts dieser Art mehr.`,
    other: 'Ist jemand anderes zuständig?',
    otherWhy: (company) =>
      `Nennen Sie uns die Adresse. Von selbst ändert sich nichts: Bei ${company} sieht zuerst ein Mensch darauf.`,
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
  },
  fr: {
    what: { reminder: 'rappels de paiement', statement: 'relevés de compte' },
    title: (what) => `Ne plus recevoir de ${what} ?`,
    happens: (company, what) =>
      `En appuyant sur le bouton, ${company} n’enverra plus de ${what} à cette adresse. Les factures arrivent toujours, ce qui est dû reste dû, et les autres destinataires sont contactés comme avant. ${company} en sera informé.`,
    button: (address) => `Arrêter pour ${address}`,
    since: (address, day) => `Plus rien de ce genre n’est envoyé à ${address} depuis le ${day}.`,
    other: 'Quelqu’un d’autre est le bon destinataire ?',
    otherWhy: (company) =>
      `Indiquez son adresse. Rien ne change automatiquement : une personne chez ${company} l’examine d’abord.`,
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
  },
  cs: {
    what: { reminder: 'upomínky', statement: 'výpisy z účtu' },
    title: (what) => `Nezasílat ${what}?`,
    happens: (company, what) =>
      `Po stisknutí tlačítka už ${company} nebude na tuto adresu posílat ${what}. Faktury chodí dál, dluh zůstává a ostatním příjemcům se píše jako dosud. ${company} se o tom dozví.`,
    button: (address) => `Nezasílat na ${address}`,
    since: (address, day) => `Na ${address} se od ${day} nic takového neposílá.`,
    other: 'Je správným příjemcem někdo jiný?',
    otherWhy: (company) =>
      `Zanechte adresu. Samo se nic nezmění: nejdříve se na to podívá člověk ve firmě ${company}.`,
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
  },
};

/** The words of the link as they stand in a mail. */
export function stopLine(language: Language, purpose: StoppablePurpose): string {
  return WORDS[language].line[purpose];
}

/** The page behind the link. */
export function stopPage(page: StopPage): string {
  const words = WORDS[page.language];
  const what = words.what[page.purpose];
  const company = escapeHtml(page.companyName);
  const title = words.title(what);
  const notice = page.notice ? `<p class="notice" role="status">${words.notices[page.notice]}</p>` : '';
  const buttons = page.readers.map(({ address, stoppedOn }, index) => {
    const shown = escapeHtml(address);
    if (stoppedOn !== undefined) return `<p>${words.since(shown, escapeHtml(stoppedOn))}</p>`;
    return `<form method="post" action="${page.action}">
<button name="reader" value="${index + 1}">${words.button(shown)}</button></form>`;
  });
  const areAllStopped = page.readers.every(({ stoppedOn }) => stoppedOn !== undefined);
  return framedPage(
    page.language,
    title,
    `${notice}<h1>${title}</h1>
${areAllStopped ? '' : `<p>${words.happens(company, what)}</p><br>`}
${buttons.join('\n')}
<h2>${words.other}</h2><p>${words.otherWhy(company)}</p>
<form method="post" action="${page.action}/redirects">${insteadOf(page, words.instead)}
<label for="to">${words.field}</label>
<input id="to" name="to" type="email" autocomplete="email" maxlength="254" required>
<button class="plain">${words.tell}</button></form>`,
  );
}

/** Whose place the other address takes, where several got the mail. */
function insteadOf({ readers }: StopPage, label: string): string {
  if (readers.length === 1) return '<input type="hidden" name="reader" value="1">';
  const options = readers.map(
    ({ address }, index) => `<option value="${index + 1}">${escapeHtml(address)}</option>`,
  );
  return `<label for="reader">${label}</label><select id="reader" name="reader">${options.join('')}</select>`;
}
