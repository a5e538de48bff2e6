// Policies in words: for whom, when, how.

import { amountText } from '../../lib/format.ts';
import { heading, plainWords } from '../../lib/words.ts';

/** The sender of a step who is whoever the account belongs to. */
export const OWNER = 'owner';

/** A step as a file has it. */
export type FileStep = {
  readonly offsetDays: number;
  readonly phase: string;
  readonly template?: string | undefined;
  readonly everyDays?: number | undefined;
  readonly required?: boolean | undefined;
  readonly automatic?: boolean | undefined;
  readonly showsCosts?: boolean | undefined;
  readonly channel?: string | undefined;
  readonly recipient?: string | undefined;
  readonly showsPenalties?: boolean | undefined;
  readonly attaches?: readonly string[] | undefined;
  readonly sender?: typeof OWNER | { readonly name: string; readonly address: string } | undefined;
};

/** A policy as a file has it. */
export type FilePolicy = {
  readonly code: string;
  readonly name: string;
  readonly segment: unknown;
  readonly minimumGapDays?: number | undefined;
  readonly minimumAmount?: { readonly currency: string; readonly amount: string } | undefined;
  readonly grouping?: string | undefined;
  readonly afterCarrier?: string | undefined;
  readonly promisePauses?: string | undefined;
  readonly disputePauses?: string | undefined;
  readonly thanks?: string | undefined;
  readonly steps: readonly FileStep[];
};

/** A set as a file, as far as pages change it. */
export type SetFile = Record<string, unknown> & {
  readonly name: string;
  readonly runsDaily?: boolean;
  readonly runsAt?: string;
  readonly policies: readonly FilePolicy[];
};

export const STAGE_COLORS: Readonly<Record<string, string>> = {
  draft: 'gray',
  shadow: 'grape',
  live: 'teal',
  retired: 'gray',
};

export const STAGE_WORDS: Readonly<Record<string, string>> = {
  draft: 'draft',
  shadow: 'in the shadow',
  live: 'in force',
  retired: 'was in force',
};

/** What becomes of messages; the colour goes beside the word. */
export const DIFFERENCE_WORDS: Readonly<Record<string, { readonly title: string; readonly color: string }>> =
  {
    more: { title: 'Told, and not told now', color: 'orange' },
    less: { title: 'Told now, and no more', color: 'blue' },
    otherwise: { title: 'Told otherwise', color: 'grape' },
    same: { title: 'Told the same', color: 'gray' },
  };

export const COMPARISONS: Readonly<Record<string, string>> = {
  at_least: 'at least',
  at_most: 'at most',
  more_than: 'more than',
  less_than: 'less than',
  one_of: 'one of',
  none_of: 'none of',
};

/** An amount as one reads it; what is being typed and is no number yet, as it is. */
function fixedText(amount: string, currency: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(amount) && /^[A-Z]{3}$/.test(currency);
  return `${isNumber ? amountText(amount, currency) : amount} ${currency}`;
}

/** A rule in words: `country one of DE, AT and overdue amount at least 1,000.00 EUR`. */
export function segmentWords(segment: unknown): string {
  if (segment === 'everybody') return 'everybody';
  if (typeof segment !== 'object' || segment === null) return '';
  if ('all' in segment) return joined(segment.all, ' and ');
  if ('any' in segment) return joined(segment.any, ' or ');
  if ('not' in segment) return `not (${segmentWords(segment.not)})`;
  const { attribute, is, value } = segment as { attribute: string; is: string; value?: unknown };
  if (is === 'unknown') return `${plainWords(attribute)} not known`;
  return `${plainWords(attribute)} ${COMPARISONS[is] ?? is} ${valueWords(value)}`;
}

function joined(parts: unknown, word: string): string {
  const all = Array.isArray(parts) ? parts.map(segmentWords) : [];
  return all.length > 1
    ? all.map((one) => (/ (and|or) /.test(one) ? `(${one})` : one)).join(word)
    : (all[0] ?? '');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value)
    return fixedText(String(value.amount), String(value.currency));
  return String(value);
}

/** `7 days late`, `3 days before it is due`. */
export function dayOfStep(days: number): string {
  if (days === 0) return 'on the due date';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days < 0 ? `${count} before it is due` : `${count} late`;
}

const WAYS: Readonly<Record<string, string>> = {
  post: 'by post',
  email: 'by mail',
  sms: 'by text message',
};

function senderWords(sender: FileStep['sender']): string {
  if (sender === undefined) return '';
  return `in the name of ${sender === OWNER ? 'whoever the account belongs to' : sender.name}`;
}

/** How a step goes, as far as that is not the usual. */
export function wayWords(step: FileStep): string {
  return [
    step.everyDays ? `again every ${step.everyDays === 1 ? 'day' : `${step.everyDays} days`}` : '',
    step.required ? 'never skipped' : '',
    step.automatic === false ? 'waits for a person' : '',
    WAYS[step.channel ?? ''] ?? '',
    step.recipient ? `to ${step.recipient}` : '',
    senderWords(step.sender),
    step.showsCosts ? 'tells what late payment has cost' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

const CHOICES: Readonly<Record<string, string>> = {
  restart: 'others start again when what carried the last message is paid',
  resume_by_age: 'others go by their own age when what carried the last message is paid',
  continue_level: 'the tone is kept when what carried the last message is paid',
  nothing: 'nothing',
  everything: 'the whole account',
};

/** What a policy says besides its steps. */
export function rulesWords(policy: FilePolicy): readonly string[] {
  const gap = policy.minimumGapDays ?? 0;
  return [
    gap > 0 ? `at least ${gap} ${gap === 1 ? 'day' : 'days'} between two messages` : '',
    policy.minimumAmount
      ? `from ${fixedText(policy.minimumAmount.amount, policy.minimumAmount.currency)} on`
      : '',
    policy.grouping === 'invoice' ? 'one message for each invoice' : 'one message about everything',
    CHOICES[policy.afterCarrier ?? 'resume_by_age'] ?? '',
    `a promise stops ${CHOICES[policy.promisePauses ?? ''] ?? 'what is promised'}`,
    `a dispute stops ${CHOICES[policy.disputePauses ?? ''] ?? 'what is disputed'}`,
  ]
    .filter(Boolean)
    .map(heading);
}
