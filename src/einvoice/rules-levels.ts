// The lower levels of Factur-X: MINIMUM and BASIC WL have no lines and are no invoices of EN 16931, so that rules on what they
// leave out on purpose are not asked of them.

import { at, type Judge } from './judge.ts';
import { levelOf } from './profile.ts';

/** What can be asked of MINIMUM: who, when, how much. */
const OF_MINIMUM =
  /^(?:BR-0[1-9]|BR-1[345]|BR-CO-09|BR-CO-15|BR-CO-26|BR-CL-(?:01|03|04|11|14)|BR-DEC-1[2348]|Q-NUMBER)$/;

/** What cannot be asked of a document without lines. */
const OF_LINES = /^(?:BR-16|BR-CO-10|BR-(?:S|Z|E|AE|IC|G|O|AF|AG)-0[18])$/;

/** Takes away the findings that the level of a document explains, and says that it is no full invoice. */
export function asInItsLevel(judge: Judge): void {
  const level = levelOf(judge.invoice);
  if (level === 'full') return;
  const findings = judge.findings.splice(0);
  judge.findings.push(
    ...findings.filter(({ rule }) => (level === 'minimum' ? OF_MINIMUM.test(rule) : !OF_LINES.test(rule))),
  );
  judge.inform('Q-LEVEL', at('BT-24'), judge.invoice.specification, [
    'This level of Factur-X holds no lines.',
    'Use the level EN 16931; in Germany the lower ones are no invoices.',
  ]);
}
