// The page behind the link to stop reminders or statements: what will happen, for whom, and what will not. Plain HTML that works
// without scripts; looking at it changes nothing. Pure.

import type { DocumentLanguage } from '#printing/language.ts';
import { fill } from '#printing/print-labels.ts';
import { escapeHtml } from '#wording/mail-layout.ts';
import { LINK_WORDS, type StopNotice, type StoppablePurpose } from './link-words.ts';
import { framedPage } from './view-page.ts';

/** What stands on the page. */
export type StopPage = {
  readonly language: DocumentLanguage;
  readonly companyName: string;
  readonly purpose: StoppablePurpose;
  /** Who got the mail, with the day since when nothing is sent to it, in words of the language. */
  readonly readers: readonly { readonly address: string; readonly stoppedOn: string | undefined }[];
  /** Where the buttons lead. */
  readonly action: string;
  /** What was just done or could not be done. */
  readonly notice?: StopNotice | undefined;
};

/** The words of the link as they stand in a mail. */
export function stopLine(language: DocumentLanguage, purpose: StoppablePurpose): string {
  return LINK_WORDS[language].line[purpose];
}

/** The page behind the link. */
export function stopPage(page: StopPage): string {
  const words = LINK_WORDS[page.language];
  const company = escapeHtml(page.companyName);
  const title = words.title[page.purpose];
  const notice = page.notice ? `<p class="notice" role="status">${words.notices[page.notice]}</p>` : '';
  const buttons = page.readers.map(({ address, stoppedOn }, index) => {
    const shown = escapeHtml(address);
    if (stoppedOn !== undefined)
      return `<p>${fill(words.since, { address: shown, day: escapeHtml(stoppedOn) })}</p>`;
    return `<form method="post" action="${page.action}">
<button name="reader" value="${index + 1}">${fill(words.button, { address: shown })}</button></form>`;
  });
  const areAllStopped = page.readers.every(({ stoppedOn }) => stoppedOn !== undefined);
  return framedPage(
    page.language,
    title,
    `${notice}<h1>${title}</h1>
${areAllStopped ? '' : `<p>${fill(words.happens, { company })}</p><br>`}
${buttons.join('\n')}
<h2>${words.other}</h2><p>${fill(words.otherWhy, { company })}</p>
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
