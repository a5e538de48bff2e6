// The link by which a document can be paid online: made of a template of the company, on the page of whoever takes its payments.

import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** What a template may have places for, in braces. */
export const PAY_LINK_PLACES = ['number', 'amount', 'currency', 'reference'] as const;

/** What is asked for by a link; a template that has a place for what is not there gives no link. */
export type PayLinkFacts = {
  readonly number?: string | undefined;
  readonly amount?: Money | undefined;
  readonly reference?: string | undefined;
};

/** A link longer than this makes a code too fine to be scanned from paper. */
const LINK_CHARACTERS_MAX = 500;
const PLACE = /\{(\w*)\}/g;

/**
 * Refuses: `pay_link_not_valid` (reason) for a template that is no address of the web by https, holds a place we do not know,
 * a name or password, or a place in the part that says whose page it is, which no document may decide.
 */
export function checkPayLink(template: string): void {
  const reason = whyNot(template);
  if (reason) throw new Refusal('pay_link_not_valid', { payLink: template, reason });
}

function whyNot(template: string): string | undefined {
  const places = [...template.matchAll(PLACE)].map(([, name = '']) => name);
  if (!/^https:\/\/[^/?#{}\s]+([/?#]\S*)?$/.test(template)) return 'not_https';
  if (template.length > LINK_CHARACTERS_MAX) return 'too_long';
  if (!places.every((name) => (PAY_LINK_PLACES as readonly string[]).includes(name))) return 'unknown_place';
  if (/[{}"<>\\^`|]/.test(template.replaceAll(PLACE, ''))) return 'not_an_address';
  const url = URL.parse(template.replaceAll(PLACE, 'x'));
  if (url?.protocol !== 'https:') return 'not_https';
  return url.username !== '' || url.password !== '' ? 'has_password' : undefined;
}

/** The link for one document; what is put in is escaped, so that it stays one value of the address. */
export function payLinkOf(template: string, facts: PayLinkFacts): string | undefined {
  const { number, amount, reference } = facts;
  const values: Readonly<Record<string, string | undefined>> = {
    number,
    reference,
    amount: amount && toDecimal(amount),
    currency: amount?.currency,
  };
  const isWhole = [...template.matchAll(PLACE)].every(([, name = '']) => values[name] !== undefined);
  if (!isWhole) return undefined;
  return template.replaceAll(PLACE, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
