// Numbers to dial: the address that a click opens, by the template of the tenant's soft phone. Pure.

import { Refusal } from '#kernel/refusal.ts';

/** What a click on a number opens where nothing is stated: whatever the reader's device dials with (RFC 3966). */
export const DIAL_TEMPLATE_DEFAULT = 'tel:{number}';

/** Stands for the number in a template. */
const PLACE = '{number}';

/** Ways of dialling that a template may begin with. Others could run something in the reader's browser. */
const SCHEMES = /^(tel|callto|sip|sips|msteams|zoomphonecall|webexphone|https):/;

/** Checks the template of a soft phone. Refuses: `dial_template_not_valid`. */
export function checkDialTemplate(template: string): void {
  const isKnown =
    SCHEMES.test(template) && template.split(PLACE).length === 2 && !/[\s"'<>\\]/.test(template);
  // The number must not choose whose server is asked.
  const isHostFixed = !template.startsWith('https:') || /^https:\/\/[^/{}@]+\//.test(template);
  if (!isKnown || !isHostFixed) throw new Refusal('dial_template_not_valid', { template });
}

/** A number as it is dialled: figures and a leading plus; `00` before a country is written as plus. */
export function dialled(number: string): string {
  // The nought in brackets is dialled only within the country: +44 (0)20 …
  const text = number.trim().replace(/(?<=^(\+|00)[^(]*)\(0\)/, '');
  const figures = text.replace(/\D/g, '');
  if (text.startsWith('+')) return `+${figures}`;
  return figures.startsWith('00') ? `+${figures.slice(2)}` : figures;
}

/** The address that dials a number; undefined where there is nothing to dial. */
export function dialLink(template: string, number: string): string | undefined {
  const text = dialled(number);
  if (!/\d/.test(text)) return undefined;
  // Within an address of the web a plus would mean a blank.
  return template.replace(PLACE, template.startsWith('https:') ? encodeURIComponent(text) : text);
}
