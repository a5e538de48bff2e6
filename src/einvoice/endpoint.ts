// Electronic addresses (BT-34, BT-49): a scheme and an identifier in it, written as one text such as `0088:7300010000001`.

import { isAustralian, isBelgian, isNorwegian, isSwedish } from '#formats/tax-id.ts';
import { isGln, isItalianTaxCode, isItalianVat, isLeitweg } from './check-digits.ts';
import { isCode } from './code-lists.ts';
import type { Identifier } from './model.ts';

/** How identifiers of a scheme are proven by themselves: what they are, and whether one is right. */
const PROOFS: ReadonlyMap<string, readonly [what: string, isRight: (value: string) => boolean]> = new Map<
  string,
  readonly [what: string, isRight: (value: string) => boolean]
>([
  ['0088', ['GLN', isGln]],
  ['0192', ['Norwegian organisation number', isNorwegian]],
  ['0184', ['Danish CVR number', (value) => /^DK\d{8}$/.test(value)]],
  ['0208', ['Belgian enterprise number', isBelgian]],
  ['0201', ['Italian IPA code', (value) => /^[A-Za-z0-9]{6}$/.test(value)]],
  ['0210', ['Italian tax code', isItalianTaxCode]],
  ['9907', ['Italian tax code', isItalianTaxCode]],
  ['0211', ['Italian VAT number', isItalianVat]],
  ['0007', ['Swedish organisation number', isSwedish]],
  ['0151', ['Australian business number', isAustralian]],
  ['0204', ['Leitweg-ID', isLeitweg]],
]);

/** How an identifier of this scheme proves itself, where it does: what it is called, and whether it is one. */
export function proofOf(scheme: string) {
  return PROOFS.get(scheme);
}

/** An address as text, read; nothing where it has no scheme, or nothing behind it. */
export function readEndpoint(text: string): Identifier | undefined {
  const colon = text.indexOf(':');
  const [scheme, value] = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  return colon > 0 && value !== '' ? { scheme, value } : undefined;
}

/** What is wrong with an address, by itself: where it is said, in one sentence; nothing where it can be one. */
export function endpointProblem(text: string): string | undefined {
  const endpoint = readEndpoint(text);
  if (!endpoint?.scheme || !/^[\x21-\x7e]{1,135}$/.test(endpoint.value))
    return 'Write the scheme, a colon and the identifier.';
  const { scheme, value } = endpoint;
  if (!isCode('endpoint_scheme', scheme)) return `${scheme} is no scheme of electronic addresses.`;
  const [what, isRight] = PROOFS.get(scheme) ?? [];
  if (isRight && !isRight(value)) return `This is no ${what}: a digit is wrong or missing.`;
  return undefined;
}
