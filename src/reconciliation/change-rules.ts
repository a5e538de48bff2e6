// Rules that say by its text what a bank line is: adding one, taking one out of use, and looking beforehand at what one would do.

import { actorText, type Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { BANK_RULES_MAX, RULE_LINES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type BankRule, fitsRule, type RuleDirection, ruleFor, ruleText } from './bank-rule.ts';
import type { OtherKind } from './line-kind.ts';
import { takeAccount } from './read-days.ts';
import { findRuleLines, findRules, insertRule, type RuleLine, retireRule } from './store.ts';

export type NewRule = {
  readonly text: string;
  readonly direction: RuleDirection;
  readonly kind: OtherKind;
  readonly bankAccountId?: string | undefined;
};

/**
 * Adds a rule. Lines that wait are explained by it a moment later.
 *
 * Refuses: `bank_account_not_found`, `rule_text_too_short`, `rule_known`, `too_many_rules`.
 */
export const addRule: Command<NewRule, { readonly ruleId: string }> = {
  name: 'add-bank-rule',
  permission: 'bank.import',
  async run(act, input) {
    const rule = await takeRule(act, input);
    const rules = await findRules(act);
    if (rules.length >= BANK_RULES_MAX) throw new Refusal('too_many_rules', { max: BANK_RULES_MAX });
    const same = rules.find(
      (one) =>
        ruleText(one.text) === ruleText(rule.text) &&
        one.direction === rule.direction &&
        one.bankAccountId === rule.bankAccountId,
    );
    if (same) throw new Refusal('rule_known', { kind: same.kind });
    insertRule(act, rule, actorText(act.actor));
    act.record({ type: 'bank_rule.added', subjectId: rule.id, data: { ...rule } });
    return { ruleId: rule.id };
  },
};

/** Takes a rule out of use; what it explained stays. Refuses: `rule_not_found`. */
export const removeRule: Command<{ readonly ruleId: string }, { readonly ruleId: string }> = {
  name: 'remove-bank-rule',
  permission: 'bank.import',
  async run(act, { ruleId }) {
    if (!(await retireRule(act, ruleId, actorText(act.actor))))
      throw new Refusal('rule_not_found', { ruleId });
    act.record({ type: 'bank_rule.removed', subjectId: ruleId, data: {} });
    return { ruleId };
  },
};

async function takeRule(tx: Tx, input: NewRule): Promise<BankRule> {
  const bankAccountId = input.bankAccountId ?? null;
  if (bankAccountId !== null) await takeAccount(tx, bankAccountId);
  if (ruleText(input.text).length < RULE_CHARACTERS_MIN)
    throw new Refusal('rule_text_too_short', { min: RULE_CHARACTERS_MIN });
  const { text, direction, kind } = input;
  return { id: newId<'bank_rule'>(), bankAccountId, text, direction, kind };
}

/** Letters and digits of a rule's text: fewer fit by chance. */
const RULE_CHARACTERS_MIN = 3;

/** How far back a rule is tried before it is added. */
const PREVIEW_DAYS = 400;
/** Lines shown of each kind. */
const PREVIEW_LINES = 20;

/** What a rule fits of the last year. */
export type RulePreview = {
  /** The first day of what was looked at, and whether all since was. */
  readonly from: PlainDate;
  readonly isWhole: boolean;
  /** Lines that wait and it would explain. */
  readonly waiting: readonly RuleLine[];
  readonly waitingCount: number;
  /** Lines that fit and are a customer's money: it leaves them alone. */
  readonly matched: readonly RuleLine[];
  readonly matchedCount: number;
  readonly explainedCount: number;
};

/** Tries a rule on the lines of the last year. Changes nothing. Refuses: `bank_account_not_found`, `rule_text_too_short`. */
export async function previewRule(tx: Tx, input: NewRule, today: PlainDate): Promise<RulePreview> {
  const rule = await takeRule(tx, input);
  const from = addDays(today, -PREVIEW_DAYS);
  const { bankAccountId } = rule;
  const lines = await findRuleLines(tx, { bankAccountId, from, isWaiting: false, limit: RULE_LINES_MAX });
  const fitting = lines.filter((line) => fitsRule(rule, ruledLine(line)));
  const explained = fitting.filter((line) => line.is_explained || line.is_signed);
  const rest = fitting.filter((line) => !explained.includes(line));
  const matched = rest.filter((line) => line.is_matched);
  const waiting = rest.filter((line) => !line.is_matched);
  return {
    from,
    isWhole: lines.length < RULE_LINES_MAX,
    waiting: waiting.slice(0, PREVIEW_LINES),
    waitingCount: waiting.length,
    matched: matched.slice(0, PREVIEW_LINES),
    matchedCount: matched.length,
    explainedCount: explained.length,
  };
}

function ruledLine(line: RuleLine) {
  return {
    bankAccountId: line.bank_account_id,
    minor: line.amount_minor,
    texts: [line.payer_name, line.remittance, line.bank_text],
  };
}

/** Lines that wait and a rule explains, with the rule. What matching found a payer for is not among them. */
export async function findRuled(
  tx: Tx,
  today: PlainDate,
): Promise<readonly { readonly lineId: string; readonly rule: BankRule }[]> {
  const rules = await findRules(tx);
  if (rules.length === 0) return [];
  const from = addDays(today, -PREVIEW_DAYS);
  const lines = await findRuleLines(tx, {
    bankAccountId: null,
    from,
    isWaiting: true,
    limit: RULE_LINES_MAX,
  });
  return lines.flatMap((line) => {
    const rule = ruleFor(rules, ruledLine(line));
    return rule ? [{ lineId: line.id, rule }] : [];
  });
}
