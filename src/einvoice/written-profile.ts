// What we write: a syntax together with the set of rules the document claims to follow (BT-23 and BT-24).

import type { EInvoice } from './model.ts';
import { PEPPOL_BILLING, XRECHNUNG } from './profile.ts';

/** The kinds of document that are written. `factur_x` is the level EN 16931 (COMFORT) of Factur-X, which is ZUGFeRD. */
export type WrittenProfile = 'peppol' | 'xrechnung_ubl' | 'xrechnung_cii' | 'factur_x';

/** The process of billing, which Peppol and XRechnung ask for (BT-23). */
const BILLING = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';
const CORE = 'urn:cen.eu:en16931:2017';

type Claim = {
  readonly syntax: 'ubl' | 'cii';
  readonly specification: string;
  readonly process: string | undefined;
};

const CLAIMS: Readonly<Record<WrittenProfile, Claim>> = {
  peppol: {
    syntax: 'ubl',
    specification: PEPPOL_BILLING,
    process: BILLING,
  },
  xrechnung_ubl: { syntax: 'ubl', specification: XRECHNUNG, process: BILLING },
  xrechnung_cii: { syntax: 'cii', specification: XRECHNUNG, process: BILLING },
  factur_x: { syntax: 'cii', specification: CORE, process: undefined },
};

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
  const { syntax, specification, process } = CLAIMS[profile];
  const ubl = isCreditNoteType(invoice.typeCode) ? 'ubl_credit_note' : 'ubl_invoice';
  return { ...invoice, syntax: syntax === 'cii' ? 'cii' : ubl, specification, process };
}
