// How many short messages a text takes: 160 characters of the alphabet of GSM 03.38, or 70 of any other, and less where it is
// parted into several (3GPP TS 23.038, 23.040).

import { SHORT_MESSAGES_MAX } from '#kernel/limits.ts';

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two characters. */
const GSM_LONG = '^{}\\[~]|€\f';

const ALPHABET = new Set(GSM);
const LONG = new Set(GSM_LONG);

/** How many short messages a text is sent as; each is paid for. */
export function shortMessagesOf(text: string): number {
  return shortLengthOf(text).messages;
}

/** How many characters fit into one message, and into each of several. */
const ROOM = { gsm7: [160, 153], ucs2: [70, 67] } as const;

function parts(characters: number, alone: number, parted: number): number {
  return characters <= alone ? 1 : Math.ceil(characters / parted);
}

/** Signs that print well and would make a text message twice as dear, and what stands for them in it. */
const PLAIN: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2026': '...',
};

/** Letters that are no other letter with a mark. */
const WITHOUT_MARK: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
};

/** Latin letters without their marks, as people write text messages; those that short messages know stay. */
function withoutMarks(text: string): string {
  return [...text]
    .map((sign) => {
      if (ALPHABET.has(sign) || LONG.has(sign)) return sign;
      const base = WITHOUT_MARK[sign] ?? sign.normalize('NFD').replace(/\p{M}+/gu, '');
      return /^[A-Za-z]+$/.test(base) ? base : sign;
    })
    .join('');
}

/**
 * A text as it goes out by text message: on one line, with plain blanks, quotation marks and dashes, which are in the alphabet of
 * short messages. Letters of a language stay what they are, unless the text fits the limit only without their marks.
 */
export function shortText(text: string): string {
  const plain = [...text]
    .map((sign) => PLAIN[sign] ?? sign)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  if (shortMessagesOf(plain) <= SHORT_MESSAGES_MAX) return plain;
  const bare = withoutMarks(plain);
  return shortMessagesOf(bare) <= SHORT_MESSAGES_MAX ? bare : plain;
}

/** How a text goes by text message: its signs as they are counted, in which alphabet, how many messages. */
export type ShortLength = {
  readonly characters: number;
  readonly alphabet: 'gsm7' | 'ucs2';
  readonly messages: number;
};

/** How long a text message is. */
export function shortLengthOf(text: string): ShortLength {
  const isPlain = [...text].every((sign) => ALPHABET.has(sign) || LONG.has(sign));
  const doubled = isPlain ? [...text].filter((sign) => LONG.has(sign)).length : 0;
  const characters = text.length + doubled;
  const alphabet = isPlain ? 'gsm7' : 'ucs2';
  const [alone, parted] = ROOM[alphabet];
  return { characters, alphabet, messages: text === '' ? 0 : parts(characters, alone, parted) };
}
