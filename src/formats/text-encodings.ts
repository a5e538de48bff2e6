// The encodings of text files, for whoever offers them.

/** The encodings business files come in. ISO 8859-1 is read as windows-1252, its superset, as browsers do. */
export const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'iso-8859-2',
  'iso-8859-15',
  'cp852',
] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];
