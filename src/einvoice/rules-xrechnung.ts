// What XRechnung 3.0 asks beyond EN 16931: the German rules, some of Peppol's, and what its extension allows (BR-DEX). The
// extension's lines below lines and payments by third parties are not in the model, so the rules on them are not judged.

import { isLeitweg, looksLikeLeitweg } from './check-digits.ts';
import { at, isBlank, type Judge, type Words } from './judge.ts';
import { XRECHNUNG, XRECHNUNG_EXTENSION } from './profile.ts';
import { IN_XRECHNUNG, judgeGermany } from './rules-germany.ts';
import { judgeSharedRules } from './rules-peppol.ts';

/** Judges by the rules of XRechnung. */
export function judgeXRechnung(judge: Judge): void {
  judgeSharedRules(judge);
  judgeGermany(judge, IN_XRECHNUNG);
  judgeSpecification(judge);
  judgeDelivery(judge);
  judgeLeitweg(judge);
}

function judgeSpecification(judge: Judge): void {
  const name = judge.invoice.specification?.trim();
  if (isBlank(name) || name === XRECHNUNG || name === XRECHNUNG_EXTENSION) return;
  judge.warn('BR-DE-21', at('BT-24'), name, [
    'This is not the specification of XRechnung 3.0.',
    `Use ${XRECHNUNG}.`,
  ]);
}

function judgeDelivery(judge: Judge): void {
  const { delivery, period, lines } = judge.invoice;
  if (!isBlank(delivery?.date) || period !== undefined) return;
  if (lines.length > 0 && lines.every((line) => line.period !== undefined)) return;
  judge.inform('BR-DE-TMP-32', [at('BT-72'), at('BG-14'), at('BG-26')], undefined, [
    'It is not said when goods or services were delivered.',
    'Enter the day of delivery or the period; German law asks for it.',
  ]);
}

/** The reference may be anything the buyer asks for; what looks like a Leitweg-ID should be one. */
function judgeLeitweg(judge: Judge): void {
  const reference = judge.invoice.buyerReference?.trim() ?? '';
  if (!looksLikeLeitweg(reference) || isLeitweg(reference)) return;
  judge.warn('Q-LEITWEG', at('BT-10'), reference, [
    'The check digits of the Leitweg-ID are wrong.',
    'Compare it with the order, digit by digit.',
  ]);
}

/** Identifiers of digital health applications, which the extension takes as schemes. */
const SCHEMES_OF_EXTENSION: ReadonlySet<string> = new Set(['XR01', 'XR02', 'XR03']);

/** The rules on codes that the extension has of its own, in place of those of EN 16931. */
const RULE_IN_EXTENSION: Readonly<Record<string, string>> = {
  'BR-CL-10': 'BR-DEX-04',
  'BR-CL-11': 'BR-DEX-05',
  'BR-CL-21': 'BR-DEX-06',
  'BR-CL-24': 'BR-DEX-01',
  'BR-CL-25': 'BR-DEX-07',
  'BR-CL-26': 'BR-DEX-08',
};

const WITH_PAYMENTS_OF_OTHERS: Words = [
  'The amount due is not the total less what was paid before.',
  'That is right only where a third party paid a part; the extension has that apart.',
];

/**
 * Puts the findings of EN 16931 as the extension of XRechnung sees them: codes that it takes are no findings, other rules on
 * codes have its names, and an amount due that payments of third parties may explain is a warning.
 */
export function asInExtension(judge: Judge): void {
  const findings = judge.findings.splice(0);
  for (const finding of findings) {
    const { rule, places, found } = finding;
    const name = RULE_IN_EXTENSION[rule];
    if (rule === 'BR-CO-16') judge.warn(rule, places, found, WITH_PAYMENTS_OF_OTHERS);
    else if (name === undefined) judge.findings.push(finding);
    else if (
      !SCHEMES_OF_EXTENSION.has(found.trim()) &&
      !(rule === 'BR-CL-24' && found.trim() === 'application/xml')
    ) {
      judge.findings.push({ ...finding, rule: name });
    }
  }
}
