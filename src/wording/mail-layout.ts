// The frame around the HTML of a message: one column that reads well on a phone, in light and dark, in mail programs
// that know little CSS. Looks are written into the elements, because many programs drop style sheets.

import { type DocumentLanguage, isRightToLeft } from '#printing/language.ts';

/** The frame of one message. */
export type MailFrame = {
  readonly language: DocumentLanguage;
  readonly title: string;
  readonly companyName: string;
  /** Address and registration of the sender; one line each. */
  readonly footerLines: readonly string[];
};

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = 'color:#1b2430';
const MUTED = 'color:#5d6877';

const HEAD = `font-weight:400;border-bottom:1px solid #8a94a0;font-size:12px;${MUTED}`;
const CELL = 'border-bottom:1px solid #d9dee4;font-size:14px';
const TOTAL = 'font-weight:600;font-size:14px';
const FIGURE = 'text-align:right;white-space:nowrap';
const BUTTON =
  'display:inline-block;padding:11px 20px;border-radius:6px;background-color:#1f4e79;color:#ffffff';

/**
 * The look of each element of a body, by tag and class; where there is no class, by tag alone. Letters, ink and side are those of
 * the card around them, which all mail programs hand down but those that read the style sheet in its place (`STYLE`): said in each
 * cell again, they made up half of a mail.
 */
const LOOKS: Readonly<Record<string, string>> = {
  p: 'margin:0 0 16px;line-height:1.5',
  'p.small': `margin:0 0 16px;font-size:13px;line-height:1.5;${MUTED}`,
  h2: 'margin:24px 0 8px;font-size:17px;line-height:1.3',
  table: 'border-collapse:collapse;margin:0 0 20px',
  'table.items': 'border-collapse:collapse;width:100%;margin:4px 0 24px',
  'table.facts': 'border-collapse:collapse;margin:0 0 20px',
  th: `padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:400;font-size:14px;${MUTED}`,
  td: 'padding:4px 0;vertical-align:top;font-size:14px',
  'items th': `padding:6px 8px 6px 0;text-align:left;${HEAD}`,
  'items th.figure': `padding:6px 0 6px 8px;text-align:right;${HEAD}`,
  'items td': `padding:9px 8px 9px 0;${CELL}`,
  'items td.figure': `padding:9px 0 9px 8px;${FIGURE};${CELL}`,
  'total td': `padding:9px 8px 9px 0;${TOTAL}`,
  'total td.figure': `padding:9px 0 9px 8px;${FIGURE};${TOTAL}`,
  a: 'color:#1f4e79',
  'a.button': `${BUTTON};text-decoration:none;font-size:15px;font-weight:600`,
};

const STYLED_TAG = /<(p|h2|table|tr|th|td|a)((?:\s[^<>]*)?)>/g;

/** Looks for lines that run from right to left: sides are changed, in words and in the second and fourth of four distances. */
function mirrored(css: string): string {
  const other: Readonly<Record<string, string>> = { left: 'right', right: 'left' };
  return css
    .replace(
      /(text-align:|padding-)(left|right)/g,
      (_, what: string, side: string) => `${what}${other[side]}`,
    )
    .replace(/(padding|margin):([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;"]+)/g, '$1:$2 $5 $4 $3');
}

/** Writes the looks into the elements of a body that bring none of their own. */
function dressed(body: string, turn: (css: string) => string): string {
  let around = '';
  return body.replace(STYLED_TAG, (tag: string, name: string, attributes: string) => {
    const className = /\sclass="([\w-]+)/.exec(attributes)?.[1];
    if (name === 'table') around = className ?? '';
    if (name === 'tr') {
      around = className ?? (around === 'total' ? 'items' : around);
      return tag;
    }
    if (/\sstyle\s*=/i.test(attributes)) return tag;
    const withClass = className ? `${name}.${className}` : name;
    const look =
      LOOKS[`${around} ${withClass}`] ?? LOOKS[`${around} ${name}`] ?? LOOKS[withClass] ?? LOOKS[name] ?? '';
    // Cells begin lines, since lines of a mail are to be short.
    const before = name === 'td' || name === 'th' ? '\n' : '';
    return look === '' ? tag : `${before}<${name}${attributes} style="${turn(look)}">`;
  });
}

/** Text as it stands in HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Dark is said twice, for programs that ask the system and for those that mark the page; phones get the narrow
 * table.
 */
const STYLE = `
.card,.card p,.card h2,.card th,.card td{${FONT}}
.card,.card p,.card h2,.card td{${INK}}.card p{font-size:15px}.card .small{font-size:13px;${MUTED}}
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:520px){.outer{padding:16px 4px!important}.card{padding:22px 14px!important}.wide{display:none!important}
.items td,.items th,.facts td,.facts th{font-size:13px!important}.facts th{padding-right:10px!important}
.items th,.items td{padding-right:5px!important}.items .figure{padding-left:4px!important;padding-right:0!important}}
@media (prefers-color-scheme:dark){
.page{background-color:#15191f!important}.card{background-color:#1e242c!important}
.card p,.card td,.card h2,.brand{color:#e8ebef!important}.card th,.card .small,.foot{color:#a9b3bf!important}
.card td,.card th{border-color:#3a434e!important}.card a{color:#8fc1ee!important}
.card a.button{background-color:#2f6ea8!important;color:#ffffff!important}}`;

/** Where the foot of the page begins. */
const FOOT_ROW = '<tr><td class="foot"';

/**
 * Puts the frame around the body of a message. The body is HTML already (filled in with escaping); everything else is
 * escaped here.
 */
export function mailPage(body: string, frame: MailFrame): string {
  const turned = isRightToLeft(frame.language);
  const turn = turned ? mirrored : (css: string) => css;
  const foot = [frame.companyName, ...frame.footerLines].map(escapeHtml).join(' · ');
  const table = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
  const brandLook = `padding:0 4px 14px;text-align:left;font-weight:600;${FONT};font-size:17px;${INK}`;
  const cardLook = `padding:32px;text-align:left;background-color:#ffffff;border-radius:10px;${FONT};font-size:15px;${INK}`;
  const footLook = `padding:16px 4px;text-align:left;${FONT};font-size:12px;line-height:1.5;${MUTED}`;
  return `<!DOCTYPE html>
<html lang="${frame.language}"${turned ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(frame.title)}</title>
<style>${turn(STYLE)}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f4f6f8">
${table} class="page" style="background-color:#f4f6f8"><tr>
<td class="outer" align="center" style="padding:24px 12px">
${table} style="max-width:600px">
<tr><td class="brand" style="${turn(brandLook)}">${escapeHtml(frame.companyName)}</td></tr>
<tr><td class="card" style="${turn(cardLook)}">
${dressed(body, turn).trim()}
</td></tr>
${FOOT_ROW} style="${turn(footLook)}">${foot}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

/** The words of a mail with a small line above its foot that leads somewhere. */
export function withLink<W extends { readonly text: string; readonly html?: string | undefined }>(
  words: W,
  link: { readonly label: string; readonly url: string },
): W {
  const anchor = `<a href="${escapeHtml(link.url)}" style="${MUTED}">${escapeHtml(link.label)}</a>`;
  const row = `<tr><td class="foot" style="padding:12px 4px 0;text-align:start;${FONT};font-size:12px;${MUTED}">${anchor}</td></tr>`;
  return {
    ...words,
    text: `${words.text.trimEnd()}\n\n${link.label}:\n${link.url}\n`,
    ...(words.html === undefined ? {} : { html: words.html.replace(FOOT_ROW, () => `${row}\n${FOOT_ROW}`) }),
  };
}

/** The words of a mail with the company's signature under them; `-- ` is what mail programs know a signature by. */
export function withSignature(
  words: { readonly subject: string; readonly text: string; readonly html?: string | undefined },
  signature: string | null,
): { readonly subject: string; readonly text: string; readonly html?: string | undefined } {
  const { subject, text, html } = words;
  if (signature === null || signature.trim() === '')
    return { subject, text, ...(html === undefined ? {} : { html }) };
  const lines = signature.trim().split('\n').map(escapeHtml).join('<br>');
  const row = `<tr><td class="foot" style="padding:12px 4px 0;text-align:start;${FONT};font-size:13px;${MUTED}">${lines}</td></tr>`;
  return {
    subject,
    text: `${text.trimEnd()}\n\n-- \n${signature.trim()}\n`,
    ...(html === undefined ? {} : { html: html.replace(FOOT_ROW, () => `${row}\n${FOOT_ROW}`) }),
  };
}
