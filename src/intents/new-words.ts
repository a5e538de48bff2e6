// The new words of a mail: what its writer wrote this time, without what is quoted below or between, and without the
// signature. Places are offsets into the text as it came, so that what is quoted from it later is exactly what stands there.

/** A stretch of a text, from its first letter to before its end. */
export type Span = { readonly from: number; readonly to: number };

/** Longer mails are read so far only: nobody answers a reminder with a book. */
export const INTENT_CHARACTERS_MAX = 20_000;

/** Folds a text so that case, accents and kinds of apostrophe make no difference. Its length may change. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[‘’`´]/g, "'")
    .replaceAll('ß', 'ss')
    .toLowerCase();
}

/** How a line begins, folded, below which stands what was written before. */
const ORIGINAL_BELOW = [
  'original message',
  'ursprungliche nachricht',
  'message original',
  "message d'origine",
  'mensaje original',
  'messaggio originale',
  'oorspronkelijk bericht',
  'forwarded message',
  'weitergeleitete nachricht',
] as const;

/** How mail programs begin the line above a quotation, and how they end it; folded. */
const SAID_BEFORE = ['on ', 'am ', 'le ', 'el ', 'il ', 'il giorno ', 'op ', 'den '] as const;
const SAID_AFTER = [
  'wrote',
  'schrieb',
  'ecrit',
  'escribio',
  'ha scritto',
  'schreef',
  'het volgende',
] as const;

/** First lines of a header that was copied into the text, and those of which one more must follow. */
const HEADERS = /^\*?(?:from|von|de|da|van)\*?\s?:/;
const MORE_HEADERS =
  /^\*?(?:sent|gesendet|envoye|enviado|inviato|verzonden|date|datum|data|fecha|to|an|a|aan|para|subject|betreff|objet|asunto|oggetto|onderwerp)\*?\s?:/;

/** Lines after which only who wrote it stands; folded, without what follows them. */
const FAREWELLS = [
  'best regards',
  'kind regards',
  'kindest regards',
  'warm regards',
  'regards',
  'yours sincerely',
  'yours faithfully',
  'sincerely',
  'many thanks and best regards',
  'mit freundlichen grussen',
  'freundliche grusse',
  'viele grusse',
  'beste grusse',
  'mfg',
  'cordialement',
  'bien cordialement',
  'sinceres salutations',
  'saludos',
  'un saludo',
  'saludos cordiales',
  'atentamente',
  'cordiali saluti',
  'distinti saluti',
  'saluti',
  'met vriendelijke groet',
  'met vriendelijke groeten',
  'vriendelijke groeten',
] as const;

const SENT_FROM = [
  'sent from my',
  'von meinem',
  'envoye de mon',
  'enviado desde mi',
  'inviato da',
  'verzonden vanaf',
];

const LINE_READ = 200;

/** The lines of a text with their places; the ends of lines belong to none. */
export function linesOf(text: string): readonly Span[] {
  const lines: Span[] = [];
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    lines.push({ from, to: to > from && text[to - 1] === '\r' ? to - 1 : to });
    if (end < 0) break;
    from = end + 1;
  }
  return lines;
}

/** Stretches of a mail that its writer wrote this time, in their order; lines that follow each other are one stretch. */
export function newWords(whole: string): readonly Span[] {
  const text = whole.slice(0, INTENT_CHARACTERS_MAX);
  const lines = linesOf(text);
  const said = lines.map(({ from, to }) => folded(text.slice(from, Math.min(to, from + LINE_READ))).trim());
  const spans: { from: number; to: number }[] = [];
  let isOpen = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Span;
    const words = said[at] as string;
    const hasBefore = spans.length > 0;
    if (isEnd(said, at, hasBefore)) break;
    if (words.startsWith('>') || words.startsWith('|')) {
      isOpen = false;
      continue;
    }
    const last = spans.at(-1);
    if (isOpen && last) last.to = line.to;
    else if (words !== '') spans.push({ ...line });
    isOpen ||= words !== '';
  }
  return spans;
}

/** Whether everything from a line on is none of the new words: a quotation without marks, a signature, a farewell. */
function isEnd(said: readonly string[], at: number, hasBefore: boolean): boolean {
  const words = said[at] as string;
  if (words === '--' || words.startsWith('____')) return hasBefore;
  if (ORIGINAL_BELOW.some((mark) => words.startsWith('-') && words.includes(mark))) return true;
  const next = said[at + 1] ?? '';
  if (HEADERS.test(words) && said.slice(at + 1, at + 4).some((line) => MORE_HEADERS.test(line))) return true;
  const both = `${words} ${next}`;
  // What is quoted between answers goes on with marks, and is left out line by line; without marks it is the end.
  if (SAID_BEFORE.some((start) => words.startsWith(start))) {
    const ending = words.endsWith(':') ? words : next.endsWith(':') ? both : '';
    if (ending !== '' && SAID_AFTER.some((end) => ending.includes(end))) return !answersBelow(said, at);
  }
  if (!hasBefore) return false;
  const bare = words.replace(/[\s,.!]+$/, '');
  return (
    FAREWELLS.some((farewell) => bare === farewell) || SENT_FROM.some((start) => words.startsWith(start))
  );
}

/** Whether below a line stands something quoted with marks, and something without after it. */
function answersBelow(said: readonly string[], at: number): boolean {
  const marked = said.findIndex((words, index) => index > at && words.startsWith('>'));
  return marked > 0 && said.slice(marked).some((words) => words !== '' && !words.startsWith('>'));
}
