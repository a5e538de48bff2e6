// The code lists that EN 16931 names, ready to be asked. A code that was withdrawn keeps the last day it was good, so that a
// document of its time is not refused today.

import { NOTE_SUBJECTS, OBJECT_SCHEMES, UNITS } from './code-lists-long.ts';
import {
  ALLOWANCE_REASONS,
  CHARGE_REASONS,
  COUNTRIES,
  CREDIT_NOTE_TYPES,
  CURRENCIES_IN_FORCE,
  ENDPOINT_SCHEMES,
  EXEMPTION_REASONS,
  INVOICE_TYPES,
  ITEM_CLASSES,
  MIME_TYPES,
  PARTY_SCHEMES,
  PAYMENT_MEANS,
} from './code-lists-short.ts';

/** The lists by what they are for. */
export type CodeList =
  | 'invoice_type'
  | 'credit_note_type'
  | 'currency'
  | 'country'
  | 'payment_means'
  | 'vat_category'
  | 'allowance_reason'
  | 'charge_reason'
  | 'exemption_reason'
  | 'party_scheme'
  | 'endpoint_scheme'
  | 'item_class'
  | 'mime_type'
  | 'note_subject'
  | 'object_scheme'
  | 'unit'
  | 'tax_point';

const codesOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const LISTS: Readonly<Record<CodeList, ReadonlySet<string>>> = {
  invoice_type: codesOf(INVOICE_TYPES),
  credit_note_type: codesOf(CREDIT_NOTE_TYPES),
  currency: codesOf(CURRENCIES_IN_FORCE),
  country: codesOf(COUNTRIES),
  payment_means: codesOf(PAYMENT_MEANS),
  // UNTDID 5305: S standard, Z zero, E exempt, AE reverse charge, K intra-community, G export, O outside the scope,
  // L Canary Islands (IGIC), M Ceuta and Melilla (IPSI), B split payment in Italy.
  vat_category: codesOf('S Z E AE K G O L M B'),
  allowance_reason: codesOf(ALLOWANCE_REASONS),
  charge_reason: codesOf(CHARGE_REASONS),
  exemption_reason: codesOf(EXEMPTION_REASONS),
  party_scheme: codesOf(PARTY_SCHEMES),
  endpoint_scheme: codesOf(ENDPOINT_SCHEMES),
  item_class: codesOf(ITEM_CLASSES),
  mime_type: codesOf(MIME_TYPES),
  note_subject: codesOf(NOTE_SUBJECTS),
  object_scheme: codesOf(OBJECT_SCHEMES),
  unit: codesOf(UNITS),
  // UNTDID 2005: the day of issue, of delivery, of payment.
  tax_point: codesOf('3 35 432'),
};

/** The last day of currencies that countries gave up for the euro (ISO 4217, list three). */
const WITHDRAWN: Partial<Record<CodeList, ReadonlyMap<string, string>>> = {
  currency: new Map([
    ['EEK', '2010-12-31'],
    ['LVL', '2013-12-31'],
    ['LTL', '2014-12-31'],
    ['HRK', '2022-12-31'],
  ]),
};

/**
 * Whether a code is in a list on a day (`2026-02-28`); without a day, whether it is in force. Codes are compared as they
 * stand, capitals and all.
 */
export function isCode(list: CodeList, code: string, on?: string): boolean {
  if (LISTS[list].has(code)) return true;
  const last = WITHDRAWN[list]?.get(code);
  return last !== undefined && on !== undefined && on <= last;
}
