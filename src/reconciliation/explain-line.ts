// Saying what a bank line is: of other books (a fee, a transfer), or what was recorded by hand before (a deposit of cheques, a
// refund, a payment that came back). What an import took for a receipt is given up by this; said otherwise later, it is one again.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { CompanyId, EntryId, PaymentId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { absolute, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { type Entry, reversed } from '#ledger/journal.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { takeRate, toFunctional } from '#ledger/take-rate.ts';
import { takeCompany } from '#parties/take-party.ts';
import { receivePayments } from '#payments/receive-payments.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { isOther, type OtherKind, otherEntry, type ShownKind } from './line-kind.ts';
import {
  findBankEntry,
  findExplanation,
  findReceiptState,
  type HandPayment,
  insertExplanation,
  type LockedLine,
  lockHandPayments,
  lockLine,
  updateUndone,
} from './store.ts';

export type ExplainLine = {
  readonly lineId: string;
  readonly kind: OtherKind | ShownKind;
  /** Of a deposit, refund or return: which payments the line shows. */
  readonly paymentIds?: readonly string[] | undefined;
  readonly note?: string | undefined;
  /** The rule that said so. */
  readonly ruleId?: string | undefined;
};

export type LineExplained = {
  readonly explanationId: string;
  readonly lineId: string;
  readonly kind: string;
  readonly amount: ShownMoney;
};

/** What a violated rule of the database means, of all that changes a day of a bank account. */
const DAY_CONSTRAINTS = {
  bank_day_open: 'bank_day_signed',
  line_explanation_once: 'line_explained',
} as const;

/**
 * Says what a line is. A receipt that nothing was applied of is given up on its own day; a line that rules or people explained
 * otherwise before is explained anew. Lines of other books are posted on the day the bank booked them.
 *
 * Refuses: `statement_line_not_found`, `line_explained`, `line_in_other_currency`, `receipt_applied`, `receipt_returned`,
 * `line_of_other_side`, `payments_not_named`, `payment_not_found`, `payment_not_showable`, `payments_differ_from_line`,
 * `bank_day_signed`, `exchange_rate_missing`, `period_locked`.
 */
export const explainLine: Command<ExplainLine, LineExplained> = {
  name: 'explain-line',
  permission: 'bank.import',
  constraints: DAY_CONSTRAINTS,
  async run(act, input) {
    const line = await takeLine(act, input.lineId);
    const { kind } = input;
    const paymentIds = isOther(kind) ? [] : await shownBy(act, line, kind, input.paymentIds ?? []);
    if (line.explanation_id !== null) await endExplanation(act, line, 'explained anew');
    const givenUpId = await giveUpReceipt(act, line, kind);

    const id = newId<'line_explanation'>();
    const note = input.note ?? null;
    const functionalMinor = isOther(kind) ? await worthOf(act, line) : null;
    const ruleId = input.ruleId ?? null;
    saveExplanation(act, line, { id, kind, note, ruleId, givenUpId, functionalMinor, paymentIds });
    if (isOther(kind) && functionalMinor !== null)
      postEntries(act, [await entryOf(act, line, { id, kind, functionalMinor })], []);
    const explained = { explanationId: id, lineId: line.id, kind, amount: amountOf(line) };
    act.record({
      type: 'bank_line.explained',
      subjectId: line.id,
      data: { ...explained, note, ruleId: input.ruleId, paymentIds: [...paymentIds], givenUpId },
    });
    return explained;
  },
};

/**
 * Takes back what was said of a line. It waits to be explained again; one that an import took for a receipt is a receipt again,
 * of nobody yet, recorded anew.
 *
 * Refuses: `statement_line_not_found`, `line_not_explained`, `bank_day_signed`, `period_locked`.
 */
export const undoExplanation: Command<
  { readonly lineId: string; readonly note: string },
  { readonly lineId: string; readonly paymentId: string | null }
> = {
  name: 'undo-explanation',
  permission: 'bank.import',
  constraints: DAY_CONSTRAINTS,
  async run(act, input) {
    const line = await takeLine(act, input.lineId);
    if (line.explanation_id === null || line.payment_id !== null)
      throw new Refusal('line_not_explained', { lineId: line.id });
    await endExplanation(act, line, input.note);
    const paymentId = line.given_up_id === null ? null : await recordAgain(act, line);
    const undone = { lineId: line.id, paymentId };
    act.record({
      type: 'bank_line.explanation_undone',
      subjectId: line.id,
      data: { ...undone, note: input.note },
    });
    return undone;
  },
};

const amountOf = (line: LockedLine): ShownMoney => shownMoney(money(line.amount_minor, line.currency));

/**
 * A bank line in hand, locked against being explained by another.
 *
 * Refuses: `statement_line_not_found`, `line_explained` (it takes a payment back).
 */
export async function takeLine(act: Act, id: string): Promise<LockedLine> {
  const line = await lockLine(act, id);
  if (!line) throw new Refusal('statement_line_not_found', { statementLineId: id });
  if (line.returns_payment_id !== null) throw new Refusal('line_explained', { lineId: id });
  return line;
}

/** The payments a line shows, made sure that they are what it says and come to it exactly. */
async function shownBy(
  act: Act,
  line: LockedLine,
  kind: ShownKind,
  ids: readonly string[],
): Promise<readonly string[]> {
  // A deposit is money in and a refund money out; what comes back goes the other way than it went.
  if (kind !== 'return' && line.amount_minor > 0n !== (kind === 'deposit'))
    throw new Refusal('line_of_other_side', { kind, amount: amountOf(line).amount });
  if (line.currency !== line.account_currency)
    throw new Refusal('line_in_other_currency', { currency: line.currency });
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) throw new Refusal('payments_not_named', { kind });
  const payments = await lockHandPayments(act, wanted);
  const missing = wanted.find((id) => !payments.some((payment) => payment.id === id));
  if (missing !== undefined) throw new Refusal('payment_not_found', { paymentId: missing });
  const wrong = payments.find((payment) => !mayShow(payment, line, kind));
  if (wrong) throw new Refusal('payment_not_showable', { payment: wrong.number, kind });
  // What the bank took for a return is on top of money out, and off money that is back.
  const feeOf = (payment: HandPayment): bigint => {
    if (kind !== 'return') return 0n;
    return payment.direction === 'received' ? payment.return_fee_minor : -payment.return_fee_minor;
  };
  const total = payments.reduce((all, payment) => all + payment.amount_minor + feeOf(payment), 0n);
  if (total !== absolute(line.amount_minor))
    throw new Refusal('payments_differ_from_line', {
      payments: shownMoney(money(total, line.currency)).amount,
      line: shownMoney(money(absolute(line.amount_minor), line.currency)).amount,
    });
  return wanted;
}

function mayShow(payment: HandPayment, line: LockedLine, kind: ShownKind): boolean {
  if (payment.company_id !== line.company_id || payment.currency !== line.currency || payment.is_given_up)
    return false;
  if (kind === 'return') {
    const isOtherWay = (payment.direction === 'received') === line.amount_minor < 0n;
    const isReturned = payment.returned_on !== null && payment.return_line_id === null;
    return isOtherWay && isReturned && !payment.is_return_shown;
  }
  const direction = kind === 'deposit' ? 'received' : 'refunded';
  return payment.direction === direction && payment.statement_line_id === null && !payment.is_shown;
}

/** Ends what was said of a line until now: a line of other books is booked back on its own day. */
async function endExplanation(act: Act, line: LockedLine, note: string): Promise<void> {
  const standing = await findExplanation(act, line.explanation_id ?? '');
  if (!standing) throw new Refusal('line_not_explained', { lineId: line.id });
  updateUndone(act, standing.id, { by: actorText(act.actor), note });
  const { id, kind, functional_minor: functionalMinor } = standing;
  if (isOther(kind) && functionalMinor !== null) {
    const booked = await entryOf(act, line, { id, kind, functionalMinor });
    const reversesId = (await findBankEntry(act, id)) as EntryId | undefined;
    postEntries(act, [{ ...booked, reversesId, lines: reversed(booked.lines) }], []);
  }
  await act.settle();
}

/** Why a receipt is given up, where its line is money of customers all the same. */
const GIVEN_UP: Readonly<Record<string, string>> = {
  deposit: 'recorded by hand before',
  return: 'a refund came back',
};

/** Gives up the receipt that a line stands as, where nothing was applied of it; gives the one the import made. */
async function giveUpReceipt(act: Act, line: LockedLine, kind: string): Promise<string | null> {
  if (line.payment_id === null) return line.given_up_id;
  if (line.payment_returned_on !== null)
    throw new Refusal('receipt_returned', { paymentId: line.payment_id });
  const { is_whole } = await findReceiptState(act, line.payment_id);
  if (!is_whole) throw new Refusal('receipt_applied', { paymentId: line.payment_id });
  await returnPayment.run(act, {
    paymentId: line.payment_id as PaymentId,
    on: line.value_on,
    reason: GIVEN_UP[kind] ?? `no customer paid this: ${kind}`,
  });
  return line.given_up_id ?? line.payment_id;
}

/** Records the money of a line as a receipt again, after it was given up: of nobody yet. */
async function recordAgain(act: Act, line: LockedLine): Promise<string> {
  const company = await takeCompany(act, line.company_id as CompanyId);
  const id = newId<'payment'>();
  const amount = money(line.amount_minor, line.currency);
  const [received] = await receivePayments(act, company, [
    {
      id,
      companyId: company.id,
      customerId: null,
      direction: 'received',
      receivedOn: line.value_on,
      amount,
      method: 'transfer',
      reference: line.remittance.slice(0, 500),
      payerName: line.payer_name ?? undefined,
      payerAccount: line.payer_account ?? undefined,
    },
  ]);
  saveExplanation(act, line, {
    id: newId<'line_explanation'>(),
    kind: 'deposit',
    note: null,
    ruleId: null,
    givenUpId: line.given_up_id,
    recordedId: id,
    paymentIds: [id],
  });
  act.record({
    type: 'payment.received',
    subjectId: id,
    data: { number: received?.number ?? '', ...shownMoney(amount), bankLineId: line.id },
  });
  return id;
}

function saveExplanation(
  act: Act,
  line: LockedLine,
  said: {
    readonly id: string;
    readonly kind: string;
    readonly note: string | null;
    readonly ruleId: string | null;
    readonly givenUpId: string | null;
    readonly recordedId?: string;
    readonly functionalMinor?: bigint | null;
    readonly paymentIds: readonly string[];
  },
): void {
  const row = {
    id: said.id,
    company_id: line.company_id,
    bank_account_id: line.bank_account_id,
    statement_line_id: line.id,
    booked_on: line.booked_on,
    kind: said.kind,
    currency: line.currency,
    amount_minor: line.amount_minor,
    functional_minor: said.functionalMinor ?? null,
    note: said.note,
    rule_id: said.ruleId,
    given_up_id: said.givenUpId,
    recorded_id: said.recordedId ?? null,
    explained_by: actorText(act.actor),
  };
  insertExplanation(act, row, said.paymentIds);
}

/** What a line of other books is worth in the books, on the day the bank booked it. */
async function worthOf(act: Act, line: LockedLine): Promise<bigint> {
  const company = await takeCompany(act, line.company_id as CompanyId);
  const rate = await takeRate(act, line.currency, company.functionalCurrency, line.booked_on);
  return toFunctional(money(line.amount_minor, line.currency), rate).minor;
}

/** The entry of an explanation of other books, as it was booked. */
async function entryOf(
  act: Act,
  line: LockedLine,
  booked: { readonly id: string; readonly kind: OtherKind; readonly functionalMinor: bigint },
): Promise<Entry> {
  const company = await takeCompany(act, line.company_id as CompanyId);
  return otherEntry({
    explanationId: booked.id,
    companyId: company.id,
    kind: booked.kind,
    on: line.booked_on,
    amount: money(line.amount_minor, line.currency),
    functional: money(booked.functionalMinor, company.functionalCurrency),
  });
}
