// Which fonts a document needs beyond those of Latin, Greek and Cyrillic: told from its letters, so that large fonts are
// read only for a document that uses them.

/** A font for one script: the package it comes in, its files, and its family as the layout asks for it. */
export type ScriptFont = {
  readonly family: string;
  readonly package: string;
  /** Regular and strong, as seen from the entry of the package. */
  readonly files: readonly [string, string];
};

function googleFont(script: string): ScriptFont {
  const file = `NotoSans${script}`;
  return {
    family: `Noto Sans ${script}`,
    package: `@expo-google-fonts/noto-sans-${script.toLowerCase()}`,
    files: [`./400Regular/${file}_400Regular.ttf`, `./600SemiBold/${file}_600SemiBold.ttf`],
  };
}

function asianFont(language: string, file: string, family: string): ScriptFont {
  const name = `../fonts/NotoSans${file}`;
  return {
    family,
    package: `@embedpdf/fonts-${language}`,
    files: [`${name}-Regular.otf`, `${name}-Bold.otf`],
  };
}

/** Scripts with a font of their own: Unicode's name of the script (ISO 15924), which is the name of the font too. */
const SCRIPTS = [
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
  'Bengali',
  'Tamil',
  'Telugu',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Khmer',
  'Lao',
  'Myanmar',
] as const;

/** Chinese characters are drawn otherwise in each of these places; each font is named by its place. */
const ASIAN_FONTS = {
  japan: asianFont('jp', 'JP', 'Noto Sans Japanese'),
  mainland: asianFont('sc', 'Hans', 'Noto Sans S Chinese'),
  taiwan: asianFont('tc', 'Hant', 'Noto Sans T Chinese'),
  korea: asianFont('kr', 'KR', 'Noto Sans Korean'),
} as const;

type Place = keyof typeof ASIAN_FONTS;

/** By name: what the drawing process is told to read. */
export const SCRIPT_FONTS: Readonly<Record<string, ScriptFont>> = {
  ...Object.fromEntries(SCRIPTS.map((script) => [script, googleFont(script)])),
  ...ASIAN_FONTS,
};

const lettersOf = new Map(
  SCRIPTS.map((script) => [script, new RegExp(`\\p{Script_Extensions=${script}}`, 'u')]),
);
/** Letters of East Asia, with the punctuation and wide forms that only their fonts have. */
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;

/**
 * The scripts of a text that need a font of their own, in the order in which their fonts are asked for a letter.
 *
 * Chinese characters are drawn as readers of the document's language know them; in a document of another language as in
 * Japan where there is kana, as in Korea where there is hangul, else as in mainland China. The fonts of the other places
 * are asked only for what the first lacks: `everyPlace` adds them.
 */
export function scriptsOf(text: string, language: string, everyPlace = false): readonly string[] {
  const scripts: string[] = SCRIPTS.filter((script) => lettersOf.get(script)?.test(text));
  return EAST_ASIAN.test(text) ? [...scripts, ...placesOf(text, language, everyPlace)] : scripts;
}

function placesOf(text: string, language: string, everyPlace: boolean): readonly Place[] {
  const first = placeOfLanguage(language) ?? placeOfText(text);
  const others = (Object.keys(ASIAN_FONTS) as Place[]).filter((place) => place !== first);
  if (everyPlace) return [first, ...others];
  // Only the Korean font has hangul; kana is in all of them.
  return HANGUL.test(text) && first !== 'korea' ? [first, 'korea'] : [first];
}

function placeOfLanguage(language: string): Place | undefined {
  if (language === 'ja') return 'japan';
  if (language === 'ko') return 'korea';
  if (language === 'zh-Hant') return 'taiwan';
  return language === 'zh-Hans' ? 'mainland' : undefined;
}

function placeOfText(text: string): Place {
  if (KANA.test(text)) return 'japan';
  return HANGUL.test(text) ? 'korea' : 'mainland';
}

/** The same text with letters that no font has said by their number, `[U+13000]`: what is missing shows, and can be looked up. */
export function nameLetters(text: string, letters: ReadonlySet<string>): string {
  return [...text].map((letter) => (letters.has(letter) ? nameOf(letter) : letter)).join('');
}

function nameOf(letter: string): string {
  const number = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `[U+${number}]`;
}
