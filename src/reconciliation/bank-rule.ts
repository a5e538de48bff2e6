// Rules that say by the text of a bank line what it is: "account fee" is a fee. A rule speaks only where matching found nobody
// who paid: what was applied, or has a payer, is a receipt whatever its text says.

import type { OtherKind } from './line-kind.ts';

export const RULE_DIRECTIONS = ['in', 'out', 'both'] as const;
export type RuleDirection = (typeof RULE_DIRECTIONS)[number];

export type BankRule = {
  readonly id: string;
  /** Null: lines of all accounts. */
  readonly bankAccountId: string | null;
  readonly text: string;
  readonly direction: RuleDirection;
  readonly kind: OtherKind;
};

/** What a rule looks at. Money in is positive. */
export type RuledLine = {
  readonly bankAccountId: string;
  readonly minor: bigint;
  readonly texts: readonly (string | null)[];
};

/** A text as rules compare it: capitals, every run of other characters one blank, so that the blanks of a bank do not matter. */
export function ruleText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a rule fits a line: account, direction, and its words standing in the text one after the other, as whole words. */
export function fitsRule(rule: Omit<BankRule, 'id'>, line: RuledLine): boolean {
  if (rule.bankAccountId !== null && rule.bankAccountId !== line.bankAccountId) return false;
  if (rule.direction !== 'both' && (rule.direction === 'in') !== line.minor > 0n) return false;
  const words = ruleText(rule.text);
  const said = ` ${ruleText(line.texts.filter((text) => text !== null).join(' '))} `;
  return words !== '' && said.includes(` ${words} `);
}

/**
 * The rule for a line: of several that fit the one with the longest text, and of an account before that of all. Undefined where
 * none fits, or where the best ones disagree about the kind: a tie is for a person.
 */
export function ruleFor(rules: readonly BankRule[], line: RuledLine): BankRule | undefined {
  const weight = (rule: BankRule): number =>
    ruleText(rule.text).length * 2 + (rule.bankAccountId === null ? 0 : 1);
  const fitting = rules.filter((rule) => fitsRule(rule, line));
  const best = Math.max(...fitting.map(weight));
  const first = fitting.filter((rule) => weight(rule) === best);
  return new Set(first.map((rule) => rule.kind)).size === 1 ? first[0] : undefined;
}
