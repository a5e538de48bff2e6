// What becomes of an invoice by what is found about it: refused, asked about, or issued with what was found kept.

import { Refusal } from '#kernel/refusal.ts';
import type { Finding } from './invoice-checks.ts';

/** A finding in spite of which an invoice is issued, and whether somebody was asked. */
export type KeptFinding = Finding & { readonly isAccepted: boolean };

/**
 * What is kept of the findings where the invoice may be issued. `accept` names the warnings somebody saw and wants to issue in
 * spite of; left out, nobody is asked, as in a run, and warnings are kept as not asked about.
 *
 * Refuses: `checks_refused` (something is to be mended first; all findings are told), `checks_not_accepted` (warnings that
 * nobody accepted yet; accepted ones are told too).
 */
export function decideVerdict(
  findings: readonly Finding[],
  accept: readonly string[] | undefined,
): readonly KeptFinding[] {
  const facts = { findings: findings.map((finding) => ({ ...finding })) };
  if (findings.some((finding) => finding.mode === 'refuse')) throw new Refusal('checks_refused', facts);
  if (accept === undefined) return findings.map((finding) => ({ ...finding, isAccepted: false }));
  const accepted = new Set(accept);
  if (findings.some((finding) => !accepted.has(finding.id))) throw new Refusal('checks_not_accepted', facts);
  return findings.map((finding) => ({ ...finding, isAccepted: true }));
}
