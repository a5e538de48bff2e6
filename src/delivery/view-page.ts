// The page a customer sees by the link in a mail: from whom, what, and a button for each file. Plain HTML that works without
// scripts; a look at it by a mail scanner takes nothing and counts nothing, since files come by the button alone. Pure.

import { chooseDocumentLanguage, type DocumentLanguage, isRightToLeft } from '#printing/language.ts';
import { fill } from '#printing/print-labels.ts';
import { escapeHtml } from '#wording/mail-layout.ts';
import { LINK_WORDS } from './link-words.ts';

/** What stands on the page. */
export type ViewPage = {
  readonly language: DocumentLanguage;
  readonly companyName: string;
  readonly subject: string;
  readonly files: readonly { readonly fileName: string; readonly bytes: number }[];
  /** The day after which it is gone, in words of the language. */
  readonly until: string;
  /** Where the buttons lead; the number of the file from 1 is added. */
  readonly action: string;
};

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;background:#f3f5f7;color:#1b2430}
main{max-width:34rem;margin:0 auto;padding:clamp(1rem,6vw,3.5rem) 1rem}
section{background:#fff;border:1px solid #d9dee4;border-radius:10px;padding:1.5rem}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 1.25rem;overflow-wrap:anywhere}
p{margin:0 0 .25rem}.small{font-size:.875rem;color:#56606c;margin-top:1rem}
ul{list-style:none;margin:0;padding:0}
li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;border-top:1px solid #d9dee4;padding:.75rem 0}
li span{flex:1 1 12rem;overflow-wrap:anywhere}li small{color:#56606c;white-space:nowrap}
button{font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.25rem;border:0;border-radius:6px;background:#1f4e79;
color:#fff;
cursor:pointer}
button:hover{background:#163a5b}button:focus-visible{outline:3px solid #f0a500;outline-offset:2px}
h2{font-size:1.05rem;margin:2rem 0 .25rem;padding-top:1.25rem;border-top:1px solid #d9dee4}
form+form,form+p,p+form{margin-top:.75rem}label{display:block;font-weight:600;margin:.75rem 0 .25rem}
input,select{font:inherit;box-sizing:border-box;width:100%;min-height:44px;padding:.5rem .75rem;border:1px solid #77818c;
border-radius:6px;background:#fff;color:inherit;margin-bottom:.75rem}button{overflow-wrap:anywhere;max-width:100%}
button.plain{background:#fff;color:#1f4e79;border:1px solid #1f4e79}button.plain:hover{background:#eaf1f7}
input:focus-visible,select:focus-visible{outline:3px solid #f0a500;outline-offset:1px}
.notice{border-inline-start:4px solid #2f7d4f;background:#eaf5ee;padding:.6rem .9rem;margin-bottom:1.25rem}
@media(prefers-color-scheme:dark){.notice{background:#1c3326}h2{border-color:#39424c}
input,select{background:#14181d;border-color:#79838e}
button.plain,button.plain:hover{background:transparent;color:#9cc6ee;border-color:#9cc6ee}
body{background:#14181d;color:#e8ebee}section{background:#1d232a;border-color:#39424c}
li{border-color:#39424c}.small,li small{color:#a9b2bc}button{background:#2f6ea8}}`;

/** The page with the documents of a mail. */
export function viewPage(page: ViewPage): string {
  const words = LINK_WORDS[page.language];
  const rows = page.files.map(({ fileName, bytes }, index) => {
    const name = escapeHtml(fileName);
    const button = `<button aria-label="${words.save}: ${name}">${words.save}</button>`;
    const form = `<form method="post" action="${escapeHtml(page.action)}/${index + 1}">${button}</form>`;
    return `<li><span>${name} <small>${sizeWords(bytes)}</small></span>${form}</li>`;
  });
  return framedPage(
    page.language,
    page.subject,
    `<p>${words.from} ${escapeHtml(page.companyName)}</p>
<h1>${escapeHtml(page.subject)}</h1>
<ul>${rows.join('\n')}</ul>
<p class="small">${fill(words.until, { day: escapeHtml(page.until) })} ${words.noted}</p>`,
  );
}

/**
 * The page of a link that does not work, in the reader's language and in English. It does not say why, nor whether it ever worked:
 * all who ask see the same.
 */
export function viewGonePage(language: DocumentLanguage): string {
  const parts = [...new Set<DocumentLanguage>([language, 'en'])].map((each) => {
    const { gone, goneWhy } = LINK_WORDS[each];
    return `<div lang="${each}"${direction(each)}><h1>${gone}</h1><p>${goneWhy}</p><br></div>`;
  });
  return framedPage(language, LINK_WORDS[language].gone, parts.join('\n'));
}

/** The language that a browser asks for, by its header; English where it asks for none of ours. */
export function askedLanguage(header: string | undefined): DocumentLanguage {
  return chooseDocumentLanguage((header ?? '').split(',').map((tag) => tag.split(';')[0]));
}

function direction(language: DocumentLanguage): string {
  return isRightToLeft(language) ? ' dir="rtl"' : ' dir="ltr"';
}

function sizeWords(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1_000))}\u00a0kB`;
}

/** The frame of a page for people who do not sign in. */
export function framedPage(language: DocumentLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"${direction(language)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><section>${body}</section></main></body></html>
`;
}
