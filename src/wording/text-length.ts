// How many short messages a text takes: 160 characters of the alphabet of GSM 03.38, or 70 of any other, and less where it is
// parted into several (3GPP TS 23.038, 23.040).

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two characters. */
const GSM_LONG = '^{}\\[~]|€\f';

const ALPHABET = new Set(GSM);
const LONG = new Set(GSM_LONG);

/** How many short messages a text is sent as; each is paid for. */
export function shortMessagesOf(text: string): number {
  if (text === '') return 0;
  let characters = 0;
  for (const character of text) {
    if (!ALPHABET.has(character) && !LONG.has(character)) return parts(text.length, 70, 67);
    characters += LONG.has(character) ? 2 : 1;
  }
  return parts(characters, 160, 153);
}

function parts(characters: number, alone: number, parted: number): number {
  return characters <= alone ? 1 : Math.ceil(characters / parted);
}
