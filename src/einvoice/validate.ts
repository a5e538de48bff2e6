// Judges an electronic invoice by the rules of a profile.

import { type Finding, Judge } from './judge.ts';
import type { EInvoice } from './model.ts';
import { type Profile, profileOf } from './profile.ts';
import { judgeCodes } from './rules-codes.ts';
import { asInItsLevel } from './rules-levels.ts';
import { judgePeppol } from './rules-peppol.ts';
import { judgeCountries } from './rules-peppol-countries.ts';
import { judgePresence } from './rules-presence.ts';
import { judgeSums } from './rules-sums.ts';
import { judgeVat } from './rules-vat.ts';
import { asInExtension, judgeXRechnung } from './rules-xrechnung.ts';

/**
 * Judges a document by the rules of a profile, the one it names in BT-24 unless another is asked for. Gives every finding, in
 * the order of the rules; none where all is right. Never throws, whatever stands in the document; a document with gaps, or a
 * mere fragment, is judged by each rule for itself. Takes time in proportion to the lines.
 */
export function validate(invoice: EInvoice, profile: Profile = profileOf(invoice)): readonly Finding[] {
  const judge = new Judge(invoice, profile);
  judgePresence(judge);
  judgeSums(judge);
  judgeVat(judge);
  judgeCodes(judge);
  if (profile === 'factur-x') asInItsLevel(judge);
  if (profile === 'xrechnung-extension') asInExtension(judge);
  if (profile === 'xrechnung' || profile === 'xrechnung-extension') judgeXRechnung(judge);
  if (profile === 'peppol') {
    judgePeppol(judge);
    judgeCountries(judge);
  }
  return judge.findings;
}

/** Whether the findings leave the document valid: nothing in them is fatal. */
export function isValid(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity !== 'fatal');
}
