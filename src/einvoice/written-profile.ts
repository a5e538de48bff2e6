// What we write: a syntax together with the set of rules the document claims to follow (BT-23 and BT-24).

import type { EInvoice } from './model.ts';
import { PEPPOL_BILLING, type Profile, XRECHNUNG } from './profile.ts';

/**
 * The kinds of document that are written. `factur_x` is the level EN 16931 (COMFORT) of Factur-X, which is ZUGFeRD;
 * `en16931_…` claim no more than the standard itself.
 */
export const WRITTEN_PROFILES = [
  'peppol',
  'xrechnung_ubl',
  'xrechnung_cii',
  'factur_x',
  'en16931_ubl',
  'en16931_cii',
] as const;
export type WrittenProfile = (typeof WRITTEN_PROFILES)[number];

/** The process of billing, which Peppol and XRechnung ask for (BT-23). */
const BILLING = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';
const CORE = 'urn:cen.eu:en16931:2017';

type Claim = {
  readonly specification: string;
  readonly process: string | undefined;
};

/** The rules we write by, and what a document that follows them says of itself (BT-23, BT-24). */
const CLAIMS = {
  en16931: { specification: CORE, process: undefined },
  peppol: { specification: PEPPOL_BILLING, process: BILLING },
  xrechnung: { specification: XRECHNUNG, process: BILLING },
} as const satisfies Partial<Record<Profile, Claim>>;

type WrittenRules = keyof typeof CLAIMS;

const FORMS: Readonly<
  Record<WrittenProfile, { readonly syntax: 'ubl' | 'cii'; readonly rules: WrittenRules }>
> = {
  peppol: { syntax: 'ubl', rules: 'peppol' },
  xrechnung_ubl: { syntax: 'ubl', rules: 'xrechnung' },
  xrechnung_cii: { syntax: 'cii', rules: 'xrechnung' },
  factur_x: { syntax: 'cii', rules: 'en16931' },
  en16931_ubl: { syntax: 'ubl', rules: 'en16931' },
  en16931_cii: { syntax: 'cii', rules: 'en16931' },
};

/** What a document that follows these rules says of itself: its process (BT-23) and specification (BT-24). */
export function claimOf(rules: WrittenRules): Claim {
  return CLAIMS[rules];
}

/** The rules that a document of a profile is judged by. */
export function rulesOf(profile: WrittenProfile): WrittenRules {
  return FORMS[profile].rules;
}

/** The syntax that a document of a profile is written in. */
export function syntaxOf(profile: WrittenProfile): 'ubl' | 'cii' {
  return FORMS[profile].syntax;
}

/** UNTDID 1001: the types that are credit notes, whose root in UBL is CreditNote. */
const CREDIT_NOTE_TYPES: ReadonlySet<string> = new Set(
  '81 83 261 262 296 308 381 396 420 458 502 503 532'.split(' '),
);

/** Whether a document of this type (BT-3) credits rather than charges. */
export function isCreditNoteType(typeCode: string | undefined): boolean {
  return typeCode !== undefined && CREDIT_NOTE_TYPES.has(typeCode);
}

/** The same invoice as a document of a profile: its syntax, and what it claims to follow. All other terms stay. */
export function withProfile(invoice: EInvoice, profile: WrittenProfile): EInvoice {
  const { syntax, rules } = FORMS[profile];
  const ubl = isCreditNoteType(invoice.typeCode) ? 'ubl_credit_note' : 'ubl_invoice';
  return { ...invoice, syntax: syntax === 'cii' ? 'cii' : ubl, ...claimOf(rules) };
}
