// Which set of rules a document wants to follow: what BT-24 says, or what somebody asks for.

import type { EInvoice } from './model.ts';

/**
 * A set of rules. Each holds those of EN 16931; `peppol` adds Peppol BIS Billing 3 with its rules for countries, `xrechnung`
 * the German ones, `xrechnung-extension` takes what the German extension allows, `factur-x` knows that the levels MINIMUM and
 * BASIC WL leave out most of an invoice.
 */
export type Profile = 'en16931' | 'peppol' | 'xrechnung' | 'xrechnung-extension' | 'factur-x';

/** Every profile. */
export const PROFILES: readonly Profile[] = [
  'en16931',
  'peppol',
  'xrechnung',
  'xrechnung-extension',
  'factur-x',
];

/** What BT-24 begins with for Peppol BIS Billing 3. */
export const PEPPOL_BILLING = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
/** BT-24 of XRechnung 3.0. */
export const XRECHNUNG = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0';
/** BT-24 of the extension of XRechnung 3.0. */
export const XRECHNUNG_EXTENSION = `${XRECHNUNG}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0`;

/** The profile a document names in BT-24; `en16931` where it names none that we know. */
export function profileOf(invoice: EInvoice): Profile {
  const name = invoice.specification?.trim() ?? '';
  if (name.startsWith(PEPPOL_BILLING)) return 'peppol';
  if (/:extension:xrechnung_/.test(name)) return 'xrechnung-extension';
  if (/:xrechnung_/.test(name)) return 'xrechnung';
  if (/urn:(?:factur-x\.eu|zugferd\.de):/.test(name)) return 'factur-x';
  return 'en16931';
}

/** How much of an invoice a document of Factur-X holds: MINIMUM and BASIC WL have no lines and are no invoices of EN 16931. */
export type Level = 'minimum' | 'without_lines' | 'full';

/** The level that BT-24 names. */
export function levelOf(invoice: EInvoice): Level {
  const name = invoice.specification?.trim() ?? '';
  if (/:(?:factur-x\.eu:1p0|zugferd\.de:2p0):minimum$/.test(name)) return 'minimum';
  return /:(?:factur-x\.eu:1p0|zugferd\.de:2p0):basicwl$/.test(name) ? 'without_lines' : 'full';
}
