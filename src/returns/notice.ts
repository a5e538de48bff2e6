// That something came back, as it was told: what of it is the payment and what the bank took on top, why, and all by which the
// payment can be known again.

import { type StatementAmount, type StatementDetail, statementMoney } from '#formats/bank-statement-shape.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, StatementLineId } from '#kernel/id.ts';
import { absolute, type Money, money } from '#kernel/money.ts';
import { compactAccount } from '#parties/iban.ts';
import { codeInWords } from './known-reasons.ts';

export const NOTICE_ORIGINS = ['bank_line', 'ach'] as const;
export type NoticeOrigin = (typeof NOTICE_ORIGINS)[number];

/** Dishonoured: our bank refused the return. Contested: theirs insists on it. Neither moves a payment of ours by itself. */
export const NOTICE_KINDS = ['return', 'dishonoured', 'contested'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A payer's money takes a receipt back; ours was never received. */
export type WhoseMoney = 'payer' | 'ours';

/** A notice ready to be kept. */
export type ReadyNotice = {
  readonly companyId: CompanyId;
  readonly origin: NoticeOrigin;
  readonly kind: NoticeKind;
  readonly whose: WhoseMoney;
  /** What tells it from others. */
  readonly identity: string;
  readonly statementLineId: StatementLineId | null;
  /** What came back of the payment; the fee is not in it. */
  readonly amount: Money;
  readonly fee: Money;
  readonly returnedOn: PlainDate;
  readonly code: string | null;
  readonly endToEndId: string | null;
  readonly references: readonly string[];
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly said: string;
  readonly fileName: string | null;
};

/** A line of a statement by which money left that a payment had brought, as it is stored. */
export type ReturnLine = {
  readonly id: StatementLineId;
  readonly companyId: CompanyId;
  /** The account at the bank that the line is of. */
  readonly ownAccount: string;
  readonly bookedOn: PlainDate;
  /** Negative. */
  readonly amount: Money;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly endToEndId: string | null;
  readonly remittance: string;
  readonly details: readonly StatementDetail[];
};

const REFERENCES_MAX = 20;
const REFERENCE_CHARACTERS_MAX = 100;

/** What a line of a statement tells of a return. */
export function noticeOfLine(line: ReturnLine): ReadyNotice {
  const { amount, fee } = partsOf(line);
  const told = line.details.flatMap((detail) => [
    detail.instructionId,
    detail.transactionId,
    detail.uetr,
    detail.mandateId,
    ...detail.structured.map((one) => one.reference),
  ]);
  return {
    companyId: line.companyId,
    origin: 'bank_line',
    kind: 'return',
    whose: 'payer',
    identity: `line ${line.id}`,
    statementLineId: line.id,
    amount,
    fee,
    returnedOn: line.bookedOn,
    code: codeOf(line),
    endToEndId: line.endToEndId,
    references: referencesIn(told),
    ...payerOf(line),
    said: line.remittance,
    fileName: null,
  };
}

/**
 * Who had paid. Banks leave the parties of a return as they were in the payment, or turn them round: whoever of them is not us is
 * the payer.
 */
function payerOf({ ownAccount, details, payerName, payerAccount }: ReturnLine): {
  readonly payerName: string | null;
  readonly payerAccount: string | null;
} {
  const others = details
    .flatMap((detail) => [detail.debtor, detail.creditor])
    .flatMap((party) => {
      const account = compactAccount(party?.iban ?? party?.otherAccount ?? '');
      return account === '' || account === ownAccount ? [] : [{ account, name: party?.name ?? null }];
    });
  const accounts = new Set(others.map(({ account }) => account));
  const [first] = others;
  if (first !== undefined && accounts.size === 1)
    return { payerAccount: first.account.slice(0, 64), payerName: first.name?.slice(0, 200) ?? payerName };
  return { payerName, payerAccount: payerAccount === ownAccount ? null : payerAccount };
}

/** References worth looking for: each once, none that says that there is none. */
export function referencesIn(texts: readonly (string | null | undefined)[]): readonly string[] {
  const kept = texts
    .map((text) => text?.trim() ?? '')
    .filter((text) => text.length >= 4 && !/^(NOTPROVIDED|NONREF|NONE|N\/A)$/i.test(text))
    .map((text) => text.slice(0, REFERENCE_CHARACTERS_MAX));
  return [...new Set(kept)].slice(0, REFERENCES_MAX);
}

function codeOf({ details, remittance }: ReturnLine): string | null {
  const codes = new Set(details.flatMap((detail) => detail.returned?.code ?? []));
  const [code] = codes;
  if (codes.size === 1 && code !== undefined && /^[A-Z0-9]{2,8}$/.test(code)) return code;
  const info = details.flatMap((detail) => [...(detail.returned?.info ?? []), detail.info ?? '']);
  return codeInWords([...info, remittance]);
}

/**
 * What of a line is the payment and what the bank took on top: where the bank states the amount that was paid, or a charge that
 * is within the line. A line of several payments is left whole.
 */
function partsOf({ amount, details }: ReturnLine): { readonly amount: Money; readonly fee: Money } {
  const whole = absolute(amount.minor);
  const { currency } = amount;
  const parts = (fee: bigint) => ({ amount: money(whole - fee, currency), fee: money(fee, currency) });
  const [detail, second] = details;
  if (detail === undefined || second !== undefined) return parts(0n);
  const read = (told: StatementAmount | undefined): bigint | undefined => {
    const seen = told?.currency === currency ? statementMoney(told) : undefined;
    return seen && 'money' in seen ? absolute(seen.money.minor) : undefined;
  };
  const stated = [detail.amounts.instructed, detail.amounts.transaction]
    .map(read)
    .find((minor) => minor !== undefined && minor > 0n && minor < whole);
  if (stated !== undefined) return parts(whole - stated);
  const within = detail.charges.filter((charge) => charge.isIncluded === true);
  const charged = within.reduce((sum, charge) => sum + (read(charge.amount) ?? 0n), 0n);
  return parts(charged < whole ? charged : 0n);
}
