// How a company's printed documents look: paper, window of the envelope, colour, font. What is not said looks as we think best.

import { Refusal } from '#kernel/refusal.ts';
import type { Letterheads } from './letterhead.ts';
import type { PrintExtras } from './print-extras.ts';
import { SCRIPT_FONTS } from './print-scripts.ts';

/** Where the address stands, so that it shows in the window of the envelope. */
export const ADDRESS_WINDOWS = ['din_b', 'din_a', 'us', 'ch_right'] as const;
export type AddressWindow = (typeof ADDRESS_WINDOWS)[number];

export const PAPERS = ['a4', 'us_letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** Fonts a company can choose from; each is shipped and embedded, and steps back to Noto Sans for scripts it lacks. */
export const PRINT_FONTS = ['noto_sans', 'noto_serif'] as const;
export type PrintFont = (typeof PRINT_FONTS)[number];

/** The look of one company's documents. */
export type PrintStyle = {
  readonly paper: Paper;
  readonly window: AddressWindow;
  /** Of the name in the head and of small headings: `#1f4e79`. */
  readonly accent: string;
  readonly font: PrintFont;
  /** Fold and punch marks at the left edge. */
  readonly marks: boolean;
};

/** What a company has chosen: the look, the picture in the head, and what all of its documents say besides. */
export type CompanyLook = {
  readonly style: PrintStyle;
  readonly logo: Uint8Array | null;
  readonly extras: PrintExtras;
  /** What it says at head and foot and around the lines. */
  readonly letterheads: Letterheads;
};

/** Text on white is readable from this contrast on (WCAG 2.2, large text); the accent is for large and bold text. */
const CONTRAST_MIN = 3;

/** How strongly a colour stands out from white paper: 1 for white, 21 for black (WCAG 2.2, relative luminance). */
export function contrastToWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

/** Refuses: `accent_too_light` for a colour in which a heading cannot be read on white. */
export function checkStyle(style: PrintStyle): void {
  if (contrastToWhite(style.accent) < CONTRAST_MIN)
    throw new Refusal('accent_too_light', { accent: style.accent, contrastMin: CONTRAST_MIN });
}

const DEFAULT: PrintStyle = {
  paper: 'a4',
  window: 'din_b',
  accent: '#1f4e79',
  font: 'noto_sans',
  marks: true,
};

/** Countries where letters are written on Letter paper (ISO 3166-1). */
const LETTER_COUNTRIES: ReadonlySet<string> = new Set([
  'US',
  'CA',
  'MX',
  'PH',
  'CL',
  'CO',
  'CR',
  'GT',
  'PA',
  'PR',
  'DO',
  'SV',
  'VE',
]);

/** The look where a company has chosen nothing: the paper and the window that are usual in its country. */
export function usualStyle(country: string | undefined): PrintStyle {
  if (country === undefined) return DEFAULT;
  if (LETTER_COUNTRIES.has(country)) return { ...DEFAULT, paper: 'us_letter', window: 'us', marks: false };
  if (country === 'CH' || country === 'LI') return { ...DEFAULT, window: 'ch_right', marks: false };
  return DEFAULT;
}

/** The families to draw with, in the order in which they are asked for a letter they have. */
export function fontFamilies(font: PrintFont, scripts: readonly string[] = []): readonly string[] {
  const others = scripts.flatMap((script) => SCRIPT_FONTS[script]?.family ?? []);
  return font === 'noto_serif' ? ['Noto Serif', 'Noto Sans', ...others] : ['Noto Sans', ...others];
}
